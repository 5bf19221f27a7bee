"""A text kept to the letter: what is no part of the report gives no event, and every offset is true to it."""

from __future__ import annotations

import pytest

from dragoman.coding.coder import Coder
from dragoman.coding.passing_over import Cut
from dragoman.errors import EmptyDocumentError
from dragoman.knowledge.loading import data_folder
from dragoman.model.documents import Document
from dragoman.model.records import CodedDocument
from dragoman.record.checking import spans_of
from dragoman.running.fingerprint import fingerprint

FIRST = "Arnor accused Gondor of sheltering rebels on Monday."
SECOND = "Gondor denied it, and its foreign minister said that Gondor would send 500 troops to Rohan."
REPORT = f"{FIRST}\n{SECOND}"
CAPTION = "Rohan attacked Gondor at the ford on Friday. (AP Photo/Jane Doe)"
MORE = "Read more: Rohan threatens Gondor with war"

GIVEN = [
    f"{CAPTION}\n{FIRST}\n{SECOND}",
    f"{FIRST}\n\n{MORE}\n\n{SECOND}",
    f"{FIRST}\n{SECOND}\n{MORE}\n",
    f"{FIRST}\n{SECOND}\n{FIRST}",
    f"By Jane Doe\n{CAPTION}\n\n\n{FIRST}\n{MORE}\n  \n{SECOND}",
    f" \u2022 {FIRST}\n\u200b\u2022\u00ad {SECOND}",
    REPORT.replace("rebels", "re\u00adbels").replace("Rohan", "Ro\u200bhan"),
    REPORT.replace("Gondor", "\u200eGondor\u200f"),
    REPORT.replace(" minister said ", "\nminister said ").replace(
        "accused Gondor of ", "accused Gondor of\n"
    ),
    REPORT.replace("troops", "tro\u00adops").replace("foreign", "for-\neign"),
    REPORT.replace(" ", "\u00a0"),
    REPORT.replace("foreign", "<b>foreign</b>").replace(f"{FIRST}\n", f"<p>{FIRST}</p>"),
    REPORT.replace("Monday.\n", "Monday."),
    f"MINAS TIRITH, March 7 (Reuters) - {FIRST}\n{SECOND} (Reporting by Jane Doe; Editing by John Roe)",
    f"KYIV, Ukraine (AP) — {REPORT}",
]


@pytest.fixture(scope="module")
def skimmer() -> Coder:
    return Coder(actors=[data_folder() / "actors_invented"], skim=True, reading="rules")


def what_happened(coded: CodedDocument) -> list[tuple[object, ...]]:
    return [
        (e.event_type, tuple(a.id for a in e.actors), tuple(r.id for r in e.recipients), e.factuality,
         tuple(a.value for a in e.amounts), str(e.event_date and e.event_date.start))
        for e in coded.events
    ]  # fmt: skip


@pytest.mark.parametrize("text", GIVEN)
def test_the_events_are_those_of_the_report_alone(coder: Coder, text: str) -> None:
    plain = coder.code(REPORT, published_on="2022-02-09")
    coded = coder.code(text, published_on="2022-02-09")
    assert len(plain.events) >= 3
    assert what_happened(coded) == what_happened(plain)
    assert len(coded.attributions) == len(plain.attributions)


@pytest.mark.parametrize("text", GIVEN)
def test_every_offset_is_true_to_the_text_that_was_given(coder: Coder, text: str) -> None:
    coded = coder.code(text, published_on="2022-02-09")
    assert coded.document.text == text
    for event in coded.events:
        for start, end, words in spans_of(event):
            assert text[start:end] == words and words.strip()
    for attribution in coded.attributions:
        spans = [(s.start, s.end, s.text) for s in (attribution.speaker_span, attribution.cue) if s]
        assert all(text[start:end] == words for start, end, words in spans)
        assert all(0 <= start < end <= len(text) for start, end in attribution.content)


def test_datelines_are_there_for_whoever_wants_them(coder: Coder) -> None:
    text = f"KYIV, Ukraine (AP) — {FIRST}"
    (line,) = Cut(Document(id="d", text=text)).datelines
    assert text[slice(*line.place)] == "KYIV, Ukraine"
    assert line.agency is not None and text[slice(*line.agency)] == "AP"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Arnor accused Gon-\ndor of sheltering rebels.", "accused"),
        ("Arnor&#8217;s king accused Gondor of war.", "accused"),
        ("ARNOR ACCUSES GONDOR OF SHELTERING REBELS", "ACCUSES"),
        ("GENEVA - Arnor has accused the\nking of Gondor of sheltering rebels.", "accused"),
        ("It rained.Arnor accused Gondor of sheltering rebels.", "accused"),
    ],
)
def test_an_event_rests_on_the_words_as_given(coder: Coder, text: str, words: str) -> None:
    (event,) = coder.code(text).events
    assert event.event_type == "ACCUSE"
    assert text[event.trigger.start : event.trigger.end] == event.trigger.text == words
    assert all(text[start:end] == span for start, end, span in spans_of(event))


def test_predicates_move_too() -> None:
    text = f"{MORE}\n{FIRST}"
    coded = Coder(full=True, reading="rules").code(text)
    assert coded.predicates
    assert all(text[p.start : p.end] == p.text for p in coded.predicates)


@pytest.mark.parametrize("text", [CAPTION, MORE, f"By Jane Doe\n{CAPTION}"])
def test_a_text_that_is_nothing_else_is_read_all_the_same(coder: Coder, text: str) -> None:
    assert coder.code(text).events


def test_a_headline_reports_too(coder: Coder) -> None:
    headline = "Rohan attacks Gondor at dawn"
    coded = coder.code(f"{headline}\n{FIRST}", published_on="2022-02-09", title=headline)
    assert [e.event_type for e in coded.events] == ["ASSAULT", "ACCUSE"]


SIDE = "The harvest was good this year.\n\nIt rained on most days, farmers said.\n"
SKIMMED = [REPORT, f"{SIDE}\n{FIRST}\n\n{SIDE}\n{SECOND}", f"{FIRST}\n{SIDE}{SECOND}\n{SIDE}"]


@pytest.mark.parametrize("text", SKIMMED)
def test_skimming_gives_the_events_of_paragraphs_that_name_somebody(
    skimmer: Coder, coder: Coder, text: str
) -> None:
    coded = skimmer.code(text, published_on="2022-02-09")
    assert what_happened(coded) == what_happened(coder.code(REPORT, published_on="2022-02-09")) != []
    assert coded.document.text == text
    for event in coded.events:
        assert all(text[start:end] == words for start, end, words in spans_of(event))
    assert not any(
        "harvest" in text[a:b] or "farmers" in text[a:b] for s in coded.attributions for a, b in s.content
    )


def test_what_names_nobody_gives_nothing_when_skimmed(skimmer: Coder) -> None:
    coded = skimmer.code(SIDE)
    assert (coded.events, coded.attributions, coded.document.text) == ((), (), SIDE)
    with pytest.raises(EmptyDocumentError):
        skimmer.code("  ")


def test_skimmed_reports_are_coded_again_when_read_whole() -> None:
    assert fingerprint() != fingerprint(skim=True)
