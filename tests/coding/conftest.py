"""A parsed text with everything that is known of its words, for tests of single modules of coding.

Words are marked where a row of a test speaks of them: *"<Mordor> attacked. [It] fled."* asks about *It*
and expects *Mordor*. The marks are taken out before the text is read.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pytest
from spacy.tokens import Token

from dragoman.coding.attribution.content_index import ContentIndex
from dragoman.coding.attribution.extraction import find_attributions
from dragoman.coding.attribution.speaker_index import SpeakerIndex
from dragoman.coding.coder import Coder
from dragoman.coding.parties.resolver import Parties
from dragoman.coding.reading.rule_matching import RuleMatcher
from dragoman.knowledge.reporting import load_reporting
from dragoman.language.annotated import AnnotatedDocument
from dragoman.model.records import ActorRef

_MARKS = re.compile(r"[\[\]<>]")


@dataclass(frozen=True)
class Reading:
    """One text: its parse, its parties, and the words marked in it."""

    annotated: AnnotatedDocument
    contents: ContentIndex
    parties: Parties
    asked: tuple[Token, ...]
    expected: tuple[Token, ...]
    coder: Coder

    @property
    def word(self) -> Token:
        """The first word in square brackets."""
        return self.asked[0]

    def token(self, text: str) -> Token:
        """The first word of this form."""
        return next(t for t in self.annotated.doc if t.text == text)

    @functools.cached_property
    def speakers(self) -> SpeakerIndex:
        return SpeakerIndex(self.annotated, self.contents, self.parties)

    @functools.cached_property
    def matcher(self) -> RuleMatcher:
        return RuleMatcher(self.coder.book, self.parties)

    def wanted(self) -> tuple[ActorRef, ...]:
        """The parties at the words in angle brackets; each must be one, or the row tests nothing."""
        found = []
        for token in self.expected:
            refs = self.parties.resolve(token, include_possessors=False)
            assert refs, f"{token.text!r} is no party"
            found += refs
        return tuple(found)


def _at(marked: str, opening: str) -> list[int]:
    """Where the words behind a mark begin once the marks are out."""
    return [
        place.start() - len(_MARKS.findall(marked[: place.start()]))
        for place in re.finditer(re.escape(opening), marked)
    ]


@pytest.fixture(scope="session")
def reading(coder: Coder) -> Callable[[str], Reading]:
    """Read a text in which words are marked."""
    cues = load_reporting()

    @functools.cache
    def read(marked: str) -> Reading:
        annotated = coder.annotate_text(_MARKS.sub("", marked))
        contents = ContentIndex(tuple(find_attributions(annotated, cues=cues)))
        token_at = {token.idx: token for token in annotated.doc}
        return Reading(
            annotated=annotated,
            contents=contents,
            parties=coder.parties_of(annotated, contents),
            asked=tuple(token_at[start] for start in _at(marked, "[")),
            expected=tuple(token_at[start] for start in _at(marked, "<")),
            coder=coder,
        )

    return read


def _known(refs: Iterable[ActorRef]) -> list[ActorRef]:
    """Leave out what names nobody: "an envoy" of no known side."""
    return [ref for ref in refs if ref.country or not ref.id.startswith("G:")]


@pytest.fixture(scope="session")
def same_parties() -> Callable[[Iterable[ActorRef], Iterable[ActorRef]], None]:
    """Check that two sets of parties are one; a state stands for those who speak for it."""

    def check(found: Iterable[ActorRef], wanted: Iterable[ActorRef]) -> None:
        found, wanted = list(found), list(wanted)
        if not wanted:
            assert {ref.id for ref in _known(found)} == set()
        elif found and all(ref.kind == "state" for ref in found):
            assert {ref.country for ref in found} == {ref.country for ref in wanted}
        else:
            assert {ref.id for ref in found} == {ref.id for ref in wanted}

    return check


@pytest.fixture(scope="session")
def sides_of() -> Callable[[Iterable[ActorRef]], list[str]]:
    """The countries of parties, or their ids where they have none, in order of the alphabet."""
    return lambda refs: sorted({ref.country or ref.id for ref in refs})
