"""Where a saying ends, who is no speaker, and who speaks in split quotes, transcripts and posts.

A row is a text and the countries of the speaker of the word in square brackets; "-" where only the publisher
says it. Rows stand in pairs that differ in what decides.
"""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.pipeline


WHERE_IT_ENDS = """\
Arnor said it had lost ten men; Mordor [attacked] Bree. | -
Mordor [attacked] Bree; Arnor said it had lost ten men. | -
Mordor [attacked] Bree; it will come back, Arnor said. | ARN
Rohan said Harad had burned the bridge; Dale [expelled] an envoy of Harad. | -
Rohan said that Harad had burned the bridge and that Dale had [expelled] an envoy. | ROH
Rohan said that Harad had burned the bridge; that Dale had [expelled] an envoy. | ROH
Arnor said the pass was closed, and on Monday Gondor [expelled] two Mordorian envoys. | -
Arnor said the pass was closed, and that on Monday Gondor [expelled] two Mordorian envoys. | ARN
Arnor said the pass was closed and Gondor had [expelled] two Mordorian envoys. | ARN
Arnor said the pass was closed, and Gondor [attacked] Mordor on Tuesday. | -
Arnor said the pass had been closed, but Gondor [attacked] Mordor on Tuesday. | -
Arnor said the pass had been closed but that Gondor had [attacked] Mordor. | ARN
Arnor said Harad had broken the truce, while Gondor [expelled] two Haradi envoys. | -
Arnor said Harad had broken the truce while Gondor had [expelled] nobody. | ARN
Arnor accused Gondor of arming rebels, while Rohan [condemned] Mordor. | -
Arnor said it would help Bree, while Mordor [threatened] Gondor with war. | -
While Mordor [attacked] Bree, Gondor said it was at peace. | -
Dale [expelled] a Haradi diplomat, Bree urged calm. | -
Dale [expelled] a Haradi diplomat, Bree said. | BRE
Arnor condemned Harad, Gondor [recalled] its ambassador from Harad, Rohan urged calm. | -
Arnor [condemned] Harad on Monday, Gondor recalled its ambassador, and Rohan urged its citizens to leave. | -
Gondor [condemned] Harad, Rohan demanded an apology. | -
Gondor has [attacked] Harad, Rohan claims. | ROH
Arnor warned that Mordor would attack. Gondor [sent] troops to Osgiliath. | -
Arnor denied that it had armed rebels, and Gondor [expelled] its ambassador. | -
Arnor announced a truce, and Mordor [attacked] Gondor. | -
Mordor [attacked] Gondor and Arnor announced a truce. | -
Mordor [attacked] Gondor, and Arnor said it would help. | -
"""

NO_SPEAKER = """\
Earlier Tuesday, Arnor said Mordor had [attacked] Bree. | ARN
Earlier Tuesday Arnor said Mordor had [attacked] Bree. | ARN
Late Monday, Gondor said Mordor had [attacked] Bree. | GON
On Monday, Rohan said Harad had [burned] the bridge. | ROH
On Monday Rohan said Harad had [burned] the bridge. | ROH
Last March, Dale said Umbar had [attacked] its ships. | DAL
In March Dale said Umbar had [attacked] its ships. | DAL
Rohan said Tuesday Harad had [attacked] Dale. | ROH
Rohan said on Tuesday that Harad had [attacked] Dale. | ROH
Harad [attacked] Dale, Rohan said Tuesday. | ROH
Harad [attacked] Dale, Rohan said late Tuesday. | ROH
Harad [attacked] Dale on Tuesday, Rohan said. | ROH
This week Arnor said Mordor had [attacked] Bree. | ARN
Last night, Arnor said Mordor had [attacked] Bree. | ARN
Two days later, Arnor said Mordor had [attacked] Bree. | ARN
Earlier in the day, Gondor claimed Mordor had [attacked] Bree. | GON
Earlier this month, Gondor claimed Mordor had [attacked] Bree. | GON
By Friday, Bree said, Mordor had [attacked] Dale. | BRE
Monday saw Mordor [attack] Bree. | -
The year saw Mordor [attack] Bree. | -
December marked a month since Mordor [attacked] Bree. | -
Arnor marked a month since Mordor [attacked] Bree. | -
Arnor said a month had passed since Mordor [attacked] Bree. | ARN
"""

SPLIT_QUOTES = """\
"Mordor," said the Gondorian prime minister, "[attacked] Bree without cause." | GON
"Bree is free," said the Gondorian prime minister, "but Mordor [attacked] it." | GON
"Mordor," the king of Rohan said, "has [attacked] Bree and will pay for it." | ROH
'Mordor,' said the Gondorian prime minister, '[attacked] Bree without cause.' | GON
'Mordor has broken the truce,' said the king of Rohan, 'and [attacked] Bree.' | ROH
“Mordor,” said the Arnorian foreign minister, “[attacked] Bree without cause.” | ARN
“Last night,” said the Arnorian foreign minister, “Mordor [attacked] Bree.” | ARN
"Yes," said the king of Rohan. "Mordor [attacked] Bree." | ROH
"No," said the king of Rohan, "Mordor has not [attacked] Bree." | ROH
"On Monday," Arnor said, "Gondor [expelled] our envoy." | ARN
"Our friends," said the Arnorian president, "were [attacked] by Mordor." | ARN
"Mordor," the Arnorian president told reporters on Monday, "has [attacked] Bree." | ARN
"Mordor," the Arnorian president added, "[attacked] Bree." | ARN
"Mordor has [attacked] Bree," said the Arnorian president, "and it will do so again." | ARN
"Mordor," warned the Arnorian president, "will [attack] Bree." | ARN
"We say to Mordor," said the king of Gondor, "that it [attacked] friends." | GON
The king of Gondor met the "friends" that Mordor [attacked]. | -
The "king" of Gondor said Mordor had [attacked] Bree. | GON
Mordor, said the king of Gondor, has [attacked] Bree. | GON
Mordor, the king of Gondor said, [attacked] Bree. | GON
Mordor, which the king of Gondor feared, [attacked] Bree. | -
Mordor, according to the king of Gondor, [attacked] Bree. | GON
"Mordor's army," Arnor said in a statement, "[attacked] Bree at dawn." | ARN
"""

OUTLETS = """\
Syrian state media said Israel had [attacked] Damascus. | SYR
Israel [attacked] Damascus, Syrian state media said. | SYR
Israel [attacked] Damascus, Syrian state media reported. | SYR
Israel [attacked] Damascus, according to Syrian state media. | SYR
Iranian state television said Israel had [attacked] a base. | IRN
Iran's state TV reported that Israel had [attacked] a base. | IRN
Israel [attacked] a base, Iran's state TV reported. | IRN
KCNA said the United States had [threatened] North Korea. | PRK
The United States [threatened] North Korea, KCNA said. | PRK
The United States [threatened] North Korea, the KCNA news agency reported. | PRK
The Xinhua agency said Japan had [threatened] China. | CHN
Japan [threatened] China, the Xinhua agency reported. | CHN
Japan [threatened] China, according to the Xinhua news agency. | CHN
Japan [threatened] China, state broadcaster CCTV said. | CHN
The official SANA news agency said Israel had [attacked] Damascus. | SYR
Israel [attacked] Damascus, SANA said. | SYR
IRNA said Israel had [attacked] a base. | IRN
Ukraine [attacked] a bridge, TASS reported. | RUS
Ukraine [attacked] a bridge, the RIA news agency said. | RUS
Ukraine [attacked] a bridge, RIA Novosti reported on Monday. | RUS
Gondorian state media said Mordor had [attacked] Bree. | GON
Mordor [attacked] Bree, Gondorian state television reported. | GON
Mordor [attacked] Bree, the state news agency of Gondor said. | GON
Mordor [attacked] Bree, Gondor's official news agency reported. | GON
Mordor [attacked] Bree near the Gondorian state television. | -
Mordor [attacked] Gondorian state television. | -
India [attacked] a village, Pakistan's state-run APP reported. | PAK
India [attacked] a village, Radio Pakistan said. | PAK
Israel [attacked] a village, Lebanon's National News Agency said. | LBN
"""

NOT_IN_A_SENTENCE = """\
MACRON: Russia [attacked] Ukraine. | FRA
MACRON: Russia attacked Ukraine.\\nSCHOLZ: Russia [attacked] Ukraine. | DEU
Macron: Russia [attacked] Ukraine. | FRA
PRESIDENT MACRON: Thank you. Russia [attacked] Ukraine. | FRA
PRIME MINISTER MODI: Thank you. Russia [attacked] Ukraine. | IND
MR. MACRON: Russia [attacked] Ukraine. | FRA
THE MODERATOR: Thank you.\\nMACRON: Russia [attacked] Ukraine. | FRA
MACRON (in French): Russia [attacked] Ukraine. | FRA
Antony Blinken spoke to reporters.\\nQ: Who broke the truce?\\nA: Russia [attacked] Ukraine. | USA
Antony Blinken spoke to reporters.\\nQ: Why has Russia [attacked] Ukraine?\\nA: Ask Russia. | -
MACRON: Thank you.\\n\\nRussia [attacked] Ukraine on Monday. | -
Note: Russia [attacked] Ukraine. | -
UPDATE: Russia [attacked] Ukraine. | -
Bree: Mordor [attacked] Gondor. | -
Macron tweeted: "Russia has [attacked] Ukraine." | FRA
Macron tweeted: Russia has [attacked] Ukraine. | FRA
Macron wrote on X that Russia had [attacked] Ukraine. | FRA
Russia has [attacked] Ukraine, Macron wrote on X. | FRA
"Russia has [attacked] Ukraine," Macron wrote on X. | FRA
"Russia has [attacked] Ukraine," Macron posted on Telegram. | FRA
Macron posted on Telegram: "Russia has [attacked] Ukraine." | FRA
Macron posted on Telegram that Russia had [attacked] Ukraine. | FRA
In a post on X, Macron said Russia had [attacked] Ukraine. | FRA
Macron took to Twitter: "Russia has [attacked] Ukraine." | FRA
Macron posted a photo on Telegram. Russia [attacked] Ukraine. | -
Faramir of Gondor was blunt. "Mordor [attacked] Bree." | GON
The Gondorian prime minister was blunt. "Mordor has [attacked] Bree without cause." | GON
The Gondorian prime minister was blunt. Mordor [attacked] Bree. | -
The Gondorian prime minister was worried. 'Mordor [attacked] us without cause.' | GON
Gondor's foreign minister, Faramir Stewardson, said he was worried. "Mordor has [attacked] Bree." | GON
"Mordor has [attacked] Bree without cause." The Gondorian prime minister was blunt. | GON
"Mordor has [attacked] Bree without cause." Those were the words of the Gondorian prime minister. | GON
"Mordor has [attacked] Bree without cause." That is what the Gondorian prime minister told reporters. | GON
"""


def _rows(*blocks: str) -> list[object]:
    lines = [line.replace("\\n", "\n") for block in blocks for line in block.splitlines()]
    return [pytest.param(*line.rsplit(" | ", 1), id=line) for line in lines]


ROWS = _rows(WHERE_IT_ENDS, NO_SPEAKER, SPLIT_QUOTES, OUTLETS, NOT_IN_A_SENTENCE)


@pytest.mark.parametrize(("text", "sides"), ROWS)
def test_who_says_it(reading, sides_of, text, sides):
    found = reading(text)
    speaker = found.speakers.of(found.word).speaker
    assert sides_of(speaker) == ([] if sides == "-" else sides.split())


# The party that the word in square brackets stands for.
OURS = """\
"Mordor has attacked our [embassy] in Bree," the Gondorian foreign minister said. | GON
"Mordor has attacked the [embassy] in Bree," the Gondorian foreign minister said. | -
"Mordor attacked our [ship] near Umbar," Arnor's prime minister said. | ARN
"Mordor attacked our [ships] near Umbar," Arnor's prime minister said. | ARN
"Mordor attacked our [village] in Dale," Arnor's prime minister said. | ARN
"Mordor has insulted my [country]," the Arnorian president said. | ARN
"Mordor has attacked my [country]," said Arnor's president. | ARN
"Mordor has attacked our [country]," said Arnor's president. | ARN
"Mordor has attacked [us]," said Arnor's president. | ARN
"Mordor has attacked our [people]," said Arnor's president. | ARN
"Mordor has killed our [citizens]," said Arnor's president. | ARN
"Mordor has killed our [soldiers] in Dale," said Arnor's president. | ARN
"Mordor has killed my [soldiers]," said the king of Rohan. | ROH
"Mordor has expelled our [ambassador]," said the king of Rohan. | ROH
"Mordor has expelled our [ambassador] to Barad-dur," said the king of Rohan. | ROH
"Mordor has expelled its [ambassador]," said the king of Rohan. | MOR
"Mordor has attacked our [consulate] in Umbar," said the king of Rohan. | ROH
"Mordor has attacked our [territory]," said the king of Rohan. | ROH
"Mordor has attacked our [capital]," said the king of Rohan. | ROH
"Mordor has seized our [fort] in Umbar," Rohan said. | ROH
Rohan said Mordor had attacked the Gondorian [embassy] in Umbar. | GON
Rohan said Mordor had attacked the [embassy] of Gondor in Umbar. | GON
"""


@pytest.mark.parametrize(("text", "sides"), _rows(OURS))
def test_what_is_ours_is_the_speakers(reading, sides_of, text, sides):
    found = reading(text)
    refs = found.parties.resolve(found.word)
    assert sides_of(ref for ref in refs if ref.country) == ([] if sides == "-" else sides.split())


# A report, and its events: type, actors, recipients, speakers, place.
NO_PART = """\
UMBAR CITY (Reuters) - Gondor condemned Mordor. | ACCUSE GON MOR - -
LONDON (Reuters) - Gondor condemned Mordor. | ACCUSE GON MOR - -
LONDON, Dec 12 (Reuters) - Gondor condemned Mordor. | ACCUSE GON MOR - -
PARIS - Gondor condemned Mordor. | ACCUSE GON MOR - -
MOSCOW, March 7 - Gondor condemned Mordor. | ACCUSE GON MOR - -
By Paris Hilton\\nGondor condemned Mordor. | ACCUSE GON MOR - -
By China Smith, Reuters\\n\\nGondor condemned Mordor. | ACCUSE GON MOR - -
By Jordan Miller in London\\n\\nGondor condemned Mordor. | ACCUSE GON MOR - -
Gondor condemned Mordor. (Photo by Reuters) | ACCUSE GON MOR - -
Gondor condemned Mordor. (Photo by Xinhua) | ACCUSE GON MOR - -
Gondor condemned Mordor. (Xinhua/Li Ming) | ACCUSE GON MOR - -
Gondor condemned Mordor. Credit: AP | ACCUSE GON MOR - -
Gondor condemned Mordor.\\nCredit: AP | ACCUSE GON MOR - -
Gondor condemned Mordor.\\nPhoto: Kremlin | ACCUSE GON MOR - -
Gondor condemned Mordor.\\nPhoto: AFP/Getty Images | ACCUSE GON MOR - -
Gondor condemned Mordor.\\nImage credit: Reuters | ACCUSE GON MOR - -
Gondor condemned Mordor. (Reporting by Jane Doe in Moscow; editing by John Roe) | ACCUSE GON MOR - -
Gondor condemned Mordor.\\nReporting by Jane Doe in Moscow | ACCUSE GON MOR - -
Gondor condemned Mordor in London. | ACCUSE GON MOR - London
Gondor condemned Mordor, Reuters reported. | ACCUSE GON MOR - -
Gondor condemned Mordor, China said. | ACCUSE GON MOR CHN -
Gondor attacked a fort in Mordor.\\nCredit: AP | ASSAULT GON MOR - -
Photo by Reuters: Gondor condemned Mordor. | ACCUSE GON MOR - -
"""


@pytest.mark.parametrize(("text", "events"), _rows(NO_PART))
def test_datelines_bylines_and_credits_do_nothing(coder, sides_of, text, events):
    def told(event):
        sides = (event.actors, event.recipients, event.speaker)
        words = ["+".join(sides_of(ref for ref in refs if ref.country)) or "-" for refs in sides]
        place = event.place.name if event.place and event.place.latitude is not None else "-"
        return " ".join([event.event_type, *words, place])

    found = [told(event) for event in coder.code(text, published_on="2023-03-08").events]
    assert found == events.split(" + ")
