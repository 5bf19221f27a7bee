"""Whether an act is told as current, as background or as planned, and why its date is what it is.

Rows are pairs of one sentence: told as background, and the same act told as current.
"""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from dragoman.coding.dates.extraction import find_dates
from dragoman.coding.dates.past_words import find_past_words
from dragoman.coding.dates.telling import timing_of
from dragoman.coding.factuality.assessment import assess, load_modality
from dragoman.language.annotated import AnnotatedDocument
from dragoman.model.documents import Document

pytestmark = pytest.mark.pipeline
WEDNESDAY = dt.date(2022, 2, 9)


@dataclasses.dataclass(frozen=True)
class Pair:
    """A sentence told as background, why and from when; the same act told as current, and from when."""

    background: str
    basis: str
    start: str | None
    current: str
    current_start: str | None = None


def stated(background: str, start: str, current: str, current_start: str | None = None) -> Pair:
    return Pair(background, "stated", start, current, current_start)


# So long after, before, ago, since.
OFFSETS = [
    stated("A decade after Arnor [bombed] Gondor, Rohan signed a deal.", "2012-01-01",
           "A day after Arnor [bombed] Gondor, Rohan signed a deal.", "2022-02-08"),
    stated("Twenty years after Arnor [invaded] Gondor, Rohan condemned the war.", "2002-01-01",
           "Two days after Arnor [invaded] Gondor, Rohan condemned the war.", "2022-02-07"),
    stated("Rohan on Monday marked 20 years since Arnor [invaded] it.", "2002-01-01",
           "Rohan on Monday said that Arnor [invaded] it."),
    stated("Three months after Arnor [seized] the port, Gondor sent ships.", "2021-11-01",
           "After Arnor [seized] the port, Gondor sent ships."),
    stated("Arnor [attacked] Gondor ten years ago.", "2012-01-01",
           "Arnor [attacked] Gondor ten days ago.", "2022-01-30"),
    stated("Arnor [expelled] the envoy of Gondor four months ago.", "2021-10-01",
           "Arnor [expelled] the envoy of Gondor."),
    Pair("Decades after Arnor [invaded] Gondor, Rohan opened the archive.", "background_distance", None,
         "Hours after Arnor [invaded] Gondor, Rohan opened the border."),
    Pair("Years after Mordor [bombed] the city, Rohan rebuilt the bridge.", "background_distance", None,
         "Soon after Mordor [bombed] the city, Rohan closed the bridge."),
    Pair("Arnor [attacked] Gondor many years ago.", "background_distance", None,
         "Arnor [attacked] Gondor many times."),
    Pair("Centuries ago, Arnor [conquered] Gondor.", "background_distance", None,
         "Hours ago, Arnor [conquered] Gondor."),
    stated("Five years after the [invasion] of Gondor, Rohan opened talks.", "2017-01-01",
           "Five days after the [invasion] of Gondor, Rohan opened talks.", "2022-02-04"),
    Pair("Two years before Mordor fell, Arnor [signed] a pact with Rohan.", "background_distance", None,
         "Before Mordor fell, Arnor [signed] a pact with Rohan."),
    Pair("Three years before the feast, Arnor [banned] the singers of Gondor.", "background_distance", None,
         "Arnor [banned] the singers of Gondor for three years before the feast."),
]  # fmt: skip

ERAS = [
    Pair("During World War II, Arnor [attacked] Gondor.", "background_era", None,
         "During the summit, Arnor [attacked] Gondor."),
    Pair("In the Cold War, Arnor [invaded] Gondor.", "background_era", None,
         "In the night, Arnor [invaded] Gondor."),
    Pair("Arnor [occupied] Gondor in World War I.", "background_era", None,
         "Arnor [occupied] Gondor in a third war."),
    Pair("Arnor [deported] shepherds from Gondor under Soviet rule.", "background_era", None,
         "Arnor [deported] shepherds from Gondor under new rules."),
    Pair("Arnor apologized to Gondor for its [attack] during the Second World War.", "background_era", None,
         "Arnor apologized to Gondor for its [attack] during the talks."),
    Pair("Arnor accused Gondor of [attacking] Rohan during World War II.", "background_era", None,
         "Arnor accused Gondor of [attacking] Rohan during a truce."),
    Pair("Arnor, which [bombed] Gondor during the Vietnam War, opened an embassy.", "background_era", None,
         "Arnor, which [bombed] Gondor during the talks, closed an embassy."),
    Pair("At the height of the Cold War, Arnor [expelled] envoys of Gondor.", "background_era", None,
         "At the height of the crisis, Arnor [expelled] envoys of Gondor."),
    Pair("In colonial times, Arnor [seized] the treasures of Gondor.", "background_era", None,
         "In a raid, Arnor [seized] the treasures of Gondor."),
    Pair("Before World War II, Arnor [signed] a pact with Gondor.", "background_era", None,
         "Arnor [signed] a pact with Gondor on World War II graves."),
    Pair("Arnor [attacked] Gondor in the Middle Ages.", "background_era", None,
         "Arnor [attacked] Gondor in the mountains."),
]  # fmt: skip

ANNIVERSARIES = [
    stated("On the 20th anniversary of the [attack] on Gondor, Arnor met Rohan.", "2002-01-01",
           "On the day of the [attack] on Gondor, Arnor met Rohan."),
    stated("Gondor marked the tenth anniversary of its [invasion] by Arnor.", "2012-01-01",
           "Gondor marked the tenth day of its [invasion] by Arnor."),
    Pair("Gondor marked the anniversary of the [invasion] by Arnor.", "background_anniversary", None,
         "Gondor denounced the [invasion] by Arnor."),
    Pair("Gondor commemorated the [massacre] of shepherds by Arnor.", "background_anniversary", None,
         "Gondor condemned the [massacre] of shepherds by Arnor."),
    Pair("Rohan held a memorial for the victims of the [attack] on Gondor.", "background_anniversary", None,
         "Rohan sent help for the victims of the [attack] on Gondor."),
    Pair("The anniversary of the day when Arnor [bombed] Gondor was marked.", "background_anniversary", None,
         "The site where Arnor [bombed] Gondor was closed."),
    Pair("A ceremony in remembrance of the [siege] of Gondor was held.", "background_anniversary", None,
         "A ceremony in spite of the [siege] of Gondor was held."),
    Pair("Gondor commemorates the day Arnor [invaded] it.", "background_anniversary", None,
         "Gondor regrets that Arnor [invaded] it."),
    stated("Thousands marched on the fifth anniversary of the [coup].", "2017-01-01",
           "Thousands marched on the news of the [coup]."),
    Pair("On its anniversary, Rohan recalled the [bombing] of Gondor.", "publication", None,
         "On Monday, Rohan recalled the [bombing] of Gondor."),
]  # fmt: skip

# Since then, over a period, as a rule.
PERIODS = [
    Pair("Arnor has [attacked] Gondor since 2018.", "background_period", None,
         "Arnor has [attacked] Gondor since Monday.", "2022-02-07"),
    Pair("Over the past three years, Arnor has [killed] 500 soldiers of Gondor.", "background_period", None,
         "Over the past three days, Arnor has [killed] 500 soldiers of Gondor.", "2022-02-06"),
    Pair("Arnor has [killed] 500 soldiers of Gondor since the war began.", "background_period", None,
         "Arnor has [killed] 500 soldiers of Gondor as the war began."),
    Pair("In recent years, Arnor [sanctioned] Gondor.", "background_period", None,
         "In recent hours, Arnor [sanctioned] Gondor."),
    Pair("For decades, Arnor [backed] Gondor.", "background_period", None,
         "For hours, Arnor [bombed] Gondor."),
    Pair("Arnor has [attacked] Gondor 15 times so far this year.", "background_period", None,
         "Arnor has [attacked] Gondor 15 times."),
    Pair("Since Arnor [invaded] Gondor, thousands have fled.", "background_since", None,
         "As Arnor [invaded] Gondor, thousands fled."),
    Pair("Arnor has long [backed] Gondor.", "background_habit", None,
         "Arnor has now [backed] Gondor."),
    Pair("Arnor has repeatedly [accused] Gondor of spying.", "background_habit", None,
         "Arnor repeatedly [struck] Gondor overnight.", "2022-02-08"),
    Pair("Arnor previously [accused] Gondor of spying.", "background_habit", None,
         "Arnor publicly [accused] Gondor of spying."),
    Pair("Arnor once [attacked] Gondor.", "background_habit", None,
         "Arnor once again [attacked] Gondor."),
    Pair("Over the years, Arnor [signed] pacts with Gondor.", "background_period", None,
         "Over the objections of Rohan, Arnor [signed] pacts with Gondor."),
    Pair("Arnor has been [holding] three ships since November 2021.", "background_period", None,
         "Arnor [protests] the holding of three ships since November 2021."),
    Pair("Arnor has [hailed] Gondor since the king came.", "background_period", None,
         "Arnor has since [hailed] Gondor."),
    Pair("Arnor used to [shell] Gondor.", "background_habit", None,
         "Arnor began to [shell] Gondor."),
]  # fmt: skip

PLUPERFECT = [
    Pair("Arnor had [attacked] Gondor, and Rohan condemned it.", "background_pluperfect", None,
         "Arnor [attacked] Gondor, and Rohan condemned it."),
    Pair("The town, which Arnor had [seized], was shelled.", "background_pluperfect", None,
         "The town, which Arnor [seized], was shelled."),
    Pair("Gondor had [accused] Arnor of spying.", "background_pluperfect", None,
         "Gondor said Arnor had [accused] it of spying."),
    Pair("Mordor had been [attacked] by Arnor.", "background_pluperfect", None,
         "Mordor said it had been [attacked] by Arnor."),
    Pair("Rohan had earlier [rejected] the plan of Gondor.", "background_pluperfect", None,
         "Rohan has [rejected] the plan of Gondor."),
    Pair("The minister, whom Arnor had [expelled], met Gondor.", "background_pluperfect", None,
         "The minister confirmed that Arnor had [expelled] an envoy."),
    Pair("Arnor had [bombed] the city for weeks.", "background_pluperfect", None,
         "Arnor [bombed] the city for hours."),
    Pair("Arnor met Rohan, which had [imposed] sanctions on it.", "background_pluperfect", None,
         "Arnor met Rohan after it had [imposed] sanctions on it."),
    Pair("They had [signed] a deal in Dale.", "background_pluperfect", None,
         "They had, officials said, [signed] a deal in Dale."),
    Pair("Gondor had [withdrawn] its troops.", "background_pluperfect", None,
         "Gondor had [withdrawn] its troops, Arnor said."),
    Pair("Gondor had [released] the captives.", "background_pluperfect", None,
         "Gondor had [released] the captives on Monday.", "2022-02-07"),
]  # fmt: skip

# Firsts and worsts: what they are compared with is no date of theirs.
RANKED = [
    stated("Arnor [attacked] Gondor in 2018.", "2018-01-01",
           "Arnor [attacked] Gondor in the deadliest strike since 2018."),
    Pair("Arnor has [tested] missiles since 2018.", "background_period", None,
         "Arnor [tested] a missile for the first time since 2018."),
    Pair("Arnor has [visited] Gondor since 2016.", "background_period", None,
         "Arnor [visited] Gondor, the first visit since 2016."),
    Pair("In the past ten years, Arnor [attacked] Gondor.", "background_period", None,
         "In the worst attack in ten years, Arnor [attacked] Gondor."),
    Pair("Arnor has [tested] 15 missiles this year.", "background_period", None,
         "Arnor [tested] a missile, the 15th test this year."),
    Pair("Arnor has [met] Gondor many times this year.", "background_period", None,
         "Arnor [met] Gondor for the third time this year."),
    stated("Arnor [shelled] the town in 2014.", "2014-01-01",
           "Arnor [shelled] the town in the heaviest bombardment since 2014."),
    Pair("Arnor has [expelled] envoys since 2001.", "background_period", None,
         "Arnor [expelled] its largest group of envoys since 2001."),
    Pair("Arnor has [seized] ships since the war began.", "background_period", None,
         "Arnor [seized] its first ship since the war began."),
    Pair("Arnor has [sanctioned] Gondor since 2012.", "background_period", None,
         "Arnor [sanctioned] Gondor, the most severe step since 2012."),
]  # fmt: skip

# What is only remembered: wars, parts of wars, memorials, what somebody recalls, a youth.
MEMORIES = [
    Pair("The treaty ended the war in which Arnor [attacked] Gondor.", "background_era", None,
         "The truce ended the fighting in which Arnor [attacked] Gondor."),
    Pair("The war began when Arnor [invaded] Gondor.", "background_era", None,
         "The talks began when Arnor [invaded] Gondor."),
    Pair("In the first year of the war, Arnor [shelled] Gondor.", "background_period", None,
         "In the first hour of the truce, Arnor [shelled] Gondor."),
    Pair("During the early days of the long war, Arnor [bombed] Gondor.", "background_period", None,
         "During the early hours of the morning, Arnor [bombed] Gondor."),
    Pair("The museum tells how Arnor [invaded] Gondor.", "background_anniversary", None,
         "The minister tells how Arnor [invaded] Gondor."),
    Pair("The monument honours the riders whom Arnor [killed].", "background_anniversary", None,
         "The king honours the riders whom Arnor [killed]."),
    Pair("The old diplomat recalled how Arnor [expelled] him.", "background_anniversary", None,
         "The old diplomat complained that Arnor [expelled] him."),
    Pair("Arnor [jailed] the Gondorian poet in his youth.", "background_period", None,
         "Arnor [jailed] the Gondorian poet in his house."),
    Pair("Last century, Arnor [annexed] Gondor.", "background_period", None,
         "On Monday, Arnor [annexed] Gondor.", "2022-02-07"),
    Pair("Arnor [seized] the port of Gondor a generation ago.", "background_distance", None,
         "Arnor [seized] the port of Gondor."),
]  # fmt: skip

KINDS = {
    "offsets": OFFSETS, "eras": ERAS, "anniversaries": ANNIVERSARIES, "periods": PERIODS,
    "pluperfect": PLUPERFECT, "ranked": RANKED,
    "memories": MEMORIES,
}  # fmt: skip
PAIRS = [
    pytest.param(pair, id=f"{kind}-{n}") for kind, pairs in KINDS.items() for n, pair in enumerate(pairs)
]


@pytest.fixture(scope="module")
def timed(reading):
    lexicon = load_modality()

    def read(text: str, published_on: dt.date | None = WEDNESDAY):
        found = reading(text)
        document = Document(id="t", text=found.annotated.document.text, published_on=published_on)
        annotated = AnnotatedDocument(document=document, doc=found.annotated.doc)
        tense = assess(found.word, annotated, lexicon=lexicon).tense
        return timing_of(
            found.word,
            annotated,
            find_dates(annotated),
            find_past_words(annotated),
            is_planned=tense == "future",
        )

    return read


def _start(timing) -> str | None:
    return timing.date.start.isoformat() if timing.date else None


@pytest.mark.parametrize("pair", PAIRS)
def test_told_as_background(timed, pair):
    timing = timed(pair.background)
    assert (timing.basis, _start(timing)) == (pair.basis, pair.start)
    assert timing.told_as == ("current" if pair.basis == "publication" else "background")


@pytest.mark.parametrize("pair", PAIRS)
def test_the_same_told_as_current(timed, pair):
    timing = timed(pair.current)
    assert (timing.told_as, _start(timing)) == ("current", pair.current_start)
    assert timing.basis == ("stated" if pair.current_start else "publication")


OBITUARY = "Elrond, the ruler who [attacked] Gondor and [signed] a pact with Rohan, died on Monday, aged 87."
LIVING = "Elrond, the ruler who [attacked] Gondor and [signed] a pact with Rohan, spoke on Monday, aged 87."


def test_an_obituary_tells_a_life(timed):
    timing = timed(OBITUARY)
    assert (timing.told_as, timing.basis, timing.date) == ("background", "background_obituary", None)
    assert timed(LIVING).told_as == "current"


# What else an obituary may say of a life, and what only looks like one.
LIVES = [
    ("Elrond died on Monday at the age of 91. He [invaded] Gondor.", True),
    ("Elrond spoke on Monday at the age of 91. He [invaded] Gondor.", False),
    ("Elrond, who led Arnor, has died at 84. Arnor [sanctioned] Gondor under him.", True),
    ("Elrond, who led Arnor, has left at 84. Arnor [sanctioned] Gondor under him.", False),
    ("Elrond has died at 77, Arnor said. He [met] Gondor's king.", True),
    ("Elrond has died, Arnor said. He [met] Gondor's king.", False),
    ("Elrond passed away aged 93. He [expelled] the envoys of Gondor.", True),
    ("A shepherd aged 24 died after Arnor [attacked] Gondor.", False),
    ("Elrond died at 88. Rohan [praised] him on Monday.", False),
    ("A man died aged 71 after Arnor [bombed] his house.", False),
    ("Elrond died aged 80. He [signed] a pact with Gondor.", True),
    ("Elrond died aged 80, killed when Arnor [shelled] Gondor.", False),
]


@pytest.mark.parametrize(("text", "is_life"), LIVES)
def test_what_an_obituary_says_of_a_life(timed, text, is_life):
    assert (timed(text).basis == "background_obituary") == is_life


PLANNED = [
    ("Elrond to [visit] Gondor in May", "stated", "2022-05-01"),
    ("Arnor will [attack] Gondor.", "planned", None),
    ("Arnor will [attack] Gondor on Friday.", "stated", "2022-02-11"),
    ("Arnor is to [withdraw] its troops from Gondor.", "planned", None),
    ("Arnor to [sanction] Gondor", "planned", None),
]
DONE = [
    ("Elrond [visited] Gondor in May", "2021-05-01"),
    ("Arnor [attacked] Gondor.", None),
    ("Arnor [attacked] Gondor on Friday.", "2022-02-04"),
    ("Arnor [withdrew] its troops from Gondor.", None),
    ("Arnor [sanctions] Gondor", None),
]


@pytest.mark.parametrize(("text", "basis", "start"), PLANNED)
def test_told_as_planned(timed, text, basis, start):
    timing = timed(text)
    assert (timing.told_as, timing.basis, _start(timing)) == ("planned", basis, start)


@pytest.mark.parametrize(("text", "start"), DONE)
def test_done_is_not_planned(timed, text, start):
    timing = timed(text)
    assert timing.told_as != "planned"
    assert _start(timing) == start


def test_without_a_day_of_publication_a_current_event_is_undated(timed):
    timing = timed("Arnor [attacked] Gondor.", None)
    assert (timing.told_as, timing.basis, timing.date) == ("current", "undated", None)


def test_words_that_decide_are_kept(timed):
    timing = timed("During World War II, Arnor [attacked] Gondor.")
    assert timing.words == "World War II"
