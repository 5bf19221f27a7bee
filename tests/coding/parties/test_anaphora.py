"""References back, in running text: who is meant, and when nobody is, why.

In `REFERENCES` the word in square brackets means the parties in angle brackets; a row without any says
that the word means nobody who can be known.
"""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.pipeline

# ruff: noqa: E501 - one case a line reads best

# text, the trigger of an event, who does it, to whom
MEANT = [
    ("King Bard of Dale met Gondor's envoy. He promised to send grain to Rohan.", "promised", ["P:bard"], ["ROH"]),
    ("Queen Arwen of Gondor visited Rohan. She praised Rohan.", "praised", ["P:queen-arwen"], ["ROH"]),
    ("Arnor and Gondor held talks. The two countries signed a treaty.", "signed", ["ARN", "GON"], []),
    ("Arnor and Gondor held talks. Both sides signed a treaty.", "signed", ["ARN", "GON"], []),
    ("Mordor, Harad and Umbar met. The three countries signed a treaty.", "signed", ["HAR", "MOR", "UMB"], []),
    ("NATO met on Monday. The alliance condemned Russia.", "condemned", ["NATO"], ["RUS"]),
    ("The Arnorian government banned rallies. The regime arrested protesters.", "arrested", ["ARN"], None),
    ("President Bard of Dale spoke. The president accused Umbar of piracy.", "accused", ["P:bard"], ["UMB"]),
    ("The Turkish foreign ministry was closed. The ministry condemned Greece.", "condemned", ["TUR:GOV"], ["GRC"]),
    ("Arnor said its neighbor Gondor had attacked Rohan.", "attacked", ["GON"], ["ROH"]),
    ("Gondor attacked Rohan. Its neighbor Arnor accused Gondor of murder.", "accused", ["ARN"], ["GON"]),
    ("Mordor massed its troops. It attacked Gondor.", "attacked", ["MOR"], ["GON"]),
    (
        "Daniel Brown, the US State Department's top diplomat, arrived. Brown urged China to stop.",
        "urged", ["P:daniel-brown"], ["CHN"],
    ),
    (
        "Daniel Brown, the US State Department's top diplomat, arrived. He accused China of spying.",
        "accused", ["P:daniel-brown"], ["CHN"],
    ),
]  # fmt: skip

# text, the word that is left empty, and the reason given
EMPTY = [
    ("Denethor of Gondor and Theoden of Rohan met. He condemned Mordor.", "He", "two people named together before"),
    ("Rain fell in the valley. It worried Mordor.", "It", "no country or body named before"),
    ("The road was long. The two countries signed a treaty.", "countries", "not so many countries named before"),
    ("The road was long. She condemned Mordor.", "She", "no person named before"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "trigger", "actors", "recipients"), MEANT)
def test_a_reference_carries_the_event(coder, text, trigger, actors, recipients):
    events = [e for e in coder.code(text).events if e.trigger.text == trigger]
    assert [sorted(ref.id for ref in e.actors) for e in events] == [actors]
    if recipients is not None:
        assert [ref.id for ref in events[0].recipients] == recipients


@pytest.mark.parametrize(("text", "word", "reason"), EMPTY)
def test_a_reference_left_empty_has_a_reason(coder, text, word, reason):
    annotated = coder.annotate_text(text)
    parties = coder.parties_of(annotated)
    token = next(t for t in annotated.doc if t.text == word)
    assert parties.resolve(token) == ()
    assert parties.reasons[token.i] == reason


REFERENCES = """\
# They, them, their
<Arnor> and <Gondor> signed a treaty on Monday. [They] promised to respect the border.
<Rohan> and <Dale> closed their markets to Umbar. [They] accused Umbar of piracy.
<Rebels> from Dunland crossed the river. [They] burned two villages in Rohan.
Gondor sent <soldiers> to Ithilien. [They] killed three scouts.
Arnorian <troops> entered Bree at dawn. [They] seized the town hall.
<Diplomats> from Rohan arrived in Minas Tirith. [They] urged Gondor to keep the peace.
The White <Council> met on Friday. [They] condemned Mordor.
<Harad> and <Umbar> held a joint exercise. It lasted three days. [They] warned Gondor not to approach.
<Farmers> in Dale blocked the road on Tuesday. [They] accused the government of neglect.
<France> and <Germany> held talks in Paris. [They] condemned the attack on Ukraine.
Russian <forces> shelled Kharkiv overnight. [They] also struck a bridge near Odesa.
The <Uruks> crossed the river. [They] attacked a fort of Gondor.
<Arnor> and <Gondor> ended the talks. [Their] ministers blamed Mordor.
Mordorian <troops> left Osgiliath. [Their] commander accused Gondor of lies.
The road was open again. <Arnor> and <Bree> lifted [their] ban on grain.
<Rohan> and <Dale> asked for help. Gondor promised [them] grain.
Harad expelled two Gondorian <diplomats>. Gondor called [them] innocent.
Haradrim <troops> crossed the border. Gondor attacked [them] at dawn.
Gondor and Rohan welcomed Arnorian <troops>. [They] will guard the ford for a year.
Two <envoys> of Umbar reached Dale. Bree refused to receive [them].
The wagons broke down on the road. [They] were full of grain.
Bree bought ten ships. [They] arrived on Monday.
# It, its
<Mordor> massed its army at the gate. [It] attacked Gondor at dawn.
<Gondor> recalled its envoy from Harad. [It] accused Harad of breaking the treaty.
Arnor accused Gondor of sheltering rebels. <Gondor> denied the charge. [It] then expelled an envoy of Arnor.
<NATO> met in Brussels on Monday. [It] condemned Russia.
<Bree> is a small land. [It] has asked Arnor for protection.
The <League> of Arda held a vote. [It] urged Mordor to withdraw.
Rohan accused Umbar of piracy. <Umbar> said [it] would answer.
The harvest failed in Bree. <Arnor> said [it] would send grain.
The <Kremlin> rejected the plan. [It] accused Ukraine of terror.
<Turkey> summoned the Swedish ambassador. [It] demanded an apology from Sweden.
The Arnorian <parliament> met on Friday. [It] ratified the treaty with Gondor.
<Rohan> closed the road. [Its] king blamed Dunland.
Osgiliath burned for two days. Gondor condemned <Mordor> for [its] attack.
Umbar lost two towns. Arnor imposed sanctions on <Harad> over [its] invasion.
Japan protested. <China> sent [its] warships to the strait.
<Iran> tested a missile. [Its] foreign minister blamed Israel.
<Umbar> closed its harbour. Dale asked [it] to open the harbour again.
<Poland> sent two envoys to Kyiv. The trip took ten hours. [It] promised Ukraine tanks.
Gondor and Rohan met in Edoras. <Bree> sent nobody. [It] opposes the pact.
Heavy snow fell in the hills. [It] closed the road to Rohan.
The plan was old. [It] worried Mordor.
Gondor signed the truce on Monday. [It] will last a year.
Umbar built a wall along its border with Harad. [It] cost ten million crowns.
The army of Arnor retreated. [It] was raining in Bree.
Gondor attacked a fort in Harad. [It] had been built by slaves.
# He, she
King <Bard> of Dale met an envoy of Bree. [He] promised grain.
Queen <Arwen> of Gondor spoke in Minas Tirith. [She] condemned Mordor.
King <Eomer> received Queen Arwen. [He] promised five hundred riders.
King Eomer received Queen <Arwen>. [She] thanked Rohan.
<Aragorn> of Gondor arrived in Edoras. [He] praised Rohan.
<Faramir>, the foreign minister of Gondor, visited Dale. [He] urged Umbar to free the ships.
<Putin> spoke on Tuesday. [He] accused the West of lying.
<Macron> called Zelensky. [He] promised weapons to Ukraine.
Angela <Merkel> met Emmanuel Macron in Berlin. [She] called for talks with Russia.
Macron received Angela <Merkel> in Paris. [She] called for talks with Russia.
Gilraen <Dirhael> flew to Bree on Monday. [She] offered Bree aid.
Queen <Galadriel> visited Bree. Butterbur thanked [her] for the gifts.
King <Bard> spoke to the council. [His] minister accused Umbar of piracy.
<Sauron> sent a herald. Gondor accused [him] of murder.
King <Eomer> sent a letter. Aragorn praised [him].
Snow fell in Dale. King Bard called Queen <Arwen> to thank [her].
Mr. <Butterbur> sent beer to Edoras. Queen Arwen thanked [him].
King <Bard> left for Bree on Monday. The road was long. [He] met Butterbur on Friday.
<Erdogan> met Putin in Sochi. [He] said Turkey would send grain.
The <spokesman> of the Arnorian army read a statement. [He] blamed Gondor.
A Gondorian <lawmaker> resigned on Friday. [She] accused Denethor of fraud.
<Denethor> promised help. Rohan doubted that [he] would send troops.
<Theoden> visited Bree. [His] visit angered Umbar.
The talks broke down. [He] blamed Gondor.
King Bard and King Eomer met in Edoras. [He] praised the riders.
Snow fell in Bree. [She] accused Umbar of piracy.
Queen Arwen spoke in Bree. [He] accused Umbar of piracy.
# The two countries, both sides
<Arnor> and <Gondor> signed a pact. The two [countries] will hold drills.
<Arnor> accused <Gondor> of spying. The two [countries] cut ties.
<Arnor> and <Gondor> held talks. Rain delayed the start. The two [countries] signed a truce.
The king of <Arnor> met the steward of <Gondor>. Both [sides] praised the talks.
Envoys from <Harad> and <Umbar> met in Dale. The two [sides] agreed to a truce.
<Russia> and <Ukraine> exchanged prisoners. The two [sides] agreed on a truce.
<Mordor>, <Harad> and <Umbar> met. The three [countries] signed a pact.
<India> and <Pakistan> traded fire in Kashmir. Both [countries] blamed each other.
<Arnor> and <Bree> share a road. Robbers burned the inn. The two [neighbors] sent riders.
King <Bard> of Dale and King <Eomer> of Rohan met. The two [leaders] praised the pact.
<Serbia> and <Kosovo> opened a border post. The two [governments] thanked the envoy.
<Gondor> asked <Rohan> for riders. Mordor watched. The two [allies] marched to the gate.
<China> expelled an envoy of <Canada>. The two [nations] have argued for years.
Rohan, Gondor and Dale met. The two [countries] signed a pact.
Mordor was quiet. The two [sides] kept the truce.
Arnor signed a pact. The three [countries] signed a pact.
# The ministry, the alliance, the country
The Arnorian foreign <ministry> published a map. The [ministry] accused Gondor of lies.
The Turkish defence <ministry> denied the report. The [ministry] blamed Greece.
<NATO> sent two ships. The [alliance] warned Russia.
The European <Union> met on Monday. The [bloc] imposed sanctions on Belarus.
The Arab <League> met in Cairo. The [organization] condemned Israel.
The <government> of Rohan met on Friday. The [government] rejected the offer of Harad.
The White <Council> met. The [body] urged Mordor to withdraw.
<Rohan> lies far to the north. The [country] has no navy.
<Belarus> freed ten prisoners. The [country] has jailed hundreds.
The Eastern <Entente> met on Monday. The [alliance] threatened Gondor.
The Gondorian <army> took the ford. The [army] lost ten men.
<Hezbollah> fired rockets. The [group] blamed Israel.
It rained all day. The [ministry] accused Gondor of lies.
Arnor and Gondor met. The [government] rejected the offer of Harad.
# The president, the minister
King <Bard> of Dale spoke on Monday. The [king] promised grain to Bree.
Chancellor <Scholz> met Putin. The [chancellor] urged Russia to talk.
President <Zelensky> thanked Poland. The [president] asked NATO for jets.
The foreign <minister> of Gondor flew to Dale. The [minister] urged Umbar to free the ships.
Foreign Minister <Faramir> arrived in Bree. The [minister] promised help to Bree.
The <spokesman> of the Arnorian army spoke. The [spokesman] blamed Gondor.
Prime Minister <Butterbur> met Aragorn. The prime [minister] thanked Gondor.
Barliman <Butterbur>, the prime minister of Bree, slept. The [minister] thanked nobody.
King Bard and King Eomer met. The [king] thanked Gondor.
It rained all day. The [president] accused Umbar of piracy.
Arnor closed the road. The [president] accused Umbar of piracy.
# Its neighbor
<Russia> massed troops at the border. Ukraine accused its [neighbor] of preparing an attack.
<Pakistan> tested a missile on Sunday. India warned its [neighbor].
<Sudan> shelled a town. Ethiopia blamed its [neighbour].
<Argentina> closed a mountain pass. Chile warned its [neighbor].
<Belarus> pushed migrants over the river. Poland threatened its [neighbor] with a fence.
Brazil held elections on Sunday. Japan criticized its [neighbor].
The summer was dry. Chile warned its [neighbor].
# We, us, our
"The road is closed," said the king of <Rohan>. "[We] will not pay Harad."
The <envoy> of Dale spoke first. "Umbar burned [our] ships," he said.
<Gondor> is alone. "Mordor attacked [us]," Denethor of Gondor said.
<NATO> met in Brussels. "[We] stand with Ukraine," the alliance said.
A farmer spoke first. "Umbar burned [our] ships," he said.
Rain fell. [We] will not pay Harad.
"""

# Rows of `REFERENCES` that fail today, by what goes wrong.
FAILING = {
    "the envoy of Dale is taken for a bare 'the envoy', which nothing finds again": [
        "The <spokesman> of the Arnorian army read a statement. [He] blamed Gondor.",
        "The <spokesman> of the Arnorian army spoke. The [spokesman] blamed Gondor.",
        'The <envoy> of Dale spoke first. "Umbar burned [our] ships," he said.',
    ],
    "a plural subject is preferred to the nearer plural object": [
        "Gondor and Rohan welcomed Arnorian <troops>. [They] will guard the ford for a year.",
    ],
    "a thing named before, not the state": [
        "Gondor signed the truce on Monday. [It] will last a year.",
        "Umbar built a wall along its border with Harad. [It] cost ten million crowns.",
        "Gondor attacked a fort in Harad. [It] had been built by slaves.",
    ],
    "it of the weather means nobody": [
        "The army of Arnor retreated. [It] was raining in Bree.",
    ],
    "the gender of a person is known from titles only": [
        "Macron received Angela <Merkel> in Paris. [She] called for talks with Russia.",
    ],
    "a person without a name is not found again": [
        "A Gondorian <lawmaker> resigned on Friday. [She] accused Denethor of fraud.",
    ],
    "a council is not found as the body": [
        "The White <Council> met. The [body] urged Mordor to withdraw.",
    ],
    "two that fit, and the subject's last is taken": [
        "Arnor and Gondor met. The [government] rejected the offer of Harad.",
        "King Bard and King Eomer met. The [king] thanked Gondor.",
    ],
    "an office of two words is not found again": [
        "Prime Minister <Butterbur> met Aragorn. The prime [minister] thanked Gondor.",
        "Barliman <Butterbur>, the prime minister of Bree, slept. The [minister] thanked nobody.",
    ],
}  # fmt: skip


def _rows() -> list[object]:
    lines = [line for line in REFERENCES.splitlines() if not line.startswith("#")]
    why = {line: reason for reason, failing in FAILING.items() for line in failing}
    assert set(why) <= set(lines), set(why) - set(lines)
    return [
        pytest.param(line, id=line, marks=[pytest.mark.xfail(reason=why[line])] if line in why else [])
        for line in lines
    ]


@pytest.mark.parametrize("text", _rows())
def test_what_a_reference_means(reading, same_parties, text):
    found = reading(text)
    same_parties(found.parties.resolve(found.word, include_possessors=False), found.wanted())
