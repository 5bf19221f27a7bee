"""Text of a report on its way into HTML: nothing of it may end an attribute or open an element."""

from __future__ import annotations

import msgspec
import pytest

from dragoman.coding.coder import Coder
from dragoman.model.escaping import attribute, plain, visible
from dragoman.model.records import CodedDocument
from dragoman.web.marks import mark_paragraphs, names_of, shorten

# Text, as an attribute, as text.
ESCAPED = [
    ('say "yes"', "say &quot;yes&quot;", "say &quot;yes&quot;"),
    ("it's", "it&#x27;s", "it&#x27;s"),
    ("<b>", "&lt;b&gt;", "&lt;b&gt;"),
    ("A & B", "A &amp; B", "A &amp; B"),
    ("&quot;", "&amp;quot;", "&amp;quot;"),
    ("\u202enil", "[U+202E]nil", '<span class="control">U+202E</span>nil'),
    ("a\x00b", "a\ufffdb", "a\ufffdb"),
    ('" onfocus="x', "&quot; onfocus=&quot;x", "&quot; onfocus=&quot;x"),
]


@pytest.mark.parametrize(("text", "in_attribute", "in_text"), ESCAPED)
def test_text_is_escaped(text: str, in_attribute: str, in_text: str) -> None:
    assert attribute(text) == in_attribute
    assert visible(text) == in_text


def test_what_is_escaped_elsewhere_keeps_its_quotes() -> None:
    assert plain('"\u2066"') == '"[U+2066]"'


@pytest.mark.pipeline
def test_a_hostile_name_does_not_end_the_label_of_a_mark(coder: Coder) -> None:
    coded = coder.code("Arnor attacked Gondor.", id="t")
    (event,) = coded.events
    hostile = msgspec.structs.replace(event.actors[0], name='x" onmouseover="alert(1)')
    event = msgspec.structs.replace(event, actors=(hostile,))
    (paragraph,) = mark_paragraphs(coded.document.text, (event,), ())
    assert 'x" onmouseover="' not in paragraph.html
    assert "x&quot; onmouseover=&quot;alert(1)" in paragraph.html


@pytest.mark.pipeline
def test_parties_are_named_with_country_and_sector(coded: CodedDocument) -> None:
    party = coded.events[0].actors[0]
    named = [(names_of([party]), "Arnor"), (names_of([]), "")]
    soldier = msgspec.structs.replace(party, id="ARN:MIL", name="troops", sector="MIL")
    named.append((names_of([soldier, party]), "troops (ARN MIL), Arnor"))
    assert [found for found, _ in named] == [
        wanted.replace("Arnor", names_of([party])) for _, wanted in named
    ]
    assert names_of([party]).startswith("Arnor")
    words = {"ARN": "Arnor", "MIL": "military"}.__getitem__
    assert names_of([soldier], words) == "troops (Arnor, military)"
    body = msgspec.structs.replace(party, id="COURT", name="the court", country="IGO", sector="IGO")
    assert names_of([body], words) == "the court"


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [("a  b\nc", 9, "a b c"), ("abcdef", 6, "abcdef"), ("abcdefg", 6, "abcde…")],
)
def test_long_text_is_cut(text: str, limit: int, short: str) -> None:
    assert shorten(text, limit) == short
