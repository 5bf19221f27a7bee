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
from dragoman.language.pipeline import annotate
from dragoman.model.documents import Document
from dragoman.model.identity import content_id
from dragoman.model.records import ActorRef, CodedDocument

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
    def coded(self) -> CodedDocument:
        return self.coder.code_annotated(self.annotated)

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


class Reader:
    """Reads marked texts; those it is told of beforehand together, which is ten times quicker."""

    def __init__(self, coder: Coder, beforehand: Iterable[str]) -> None:
        self._coder = coder
        self._cues = load_reporting()
        self._parsed: dict[str, AnnotatedDocument] = {}
        self._parse([_MARKS.sub("", text) for text in beforehand])

    def _parse(self, texts: Iterable[str]) -> None:
        documents = [Document(id=content_id(text), text=text) for text in dict.fromkeys(texts)]
        annotated = annotate(self._coder.nlp, documents, names=self._names)
        self._parsed.update((found.document.text, found) for found in annotated)

    def _names(self, text: str) -> list[tuple[int, int]]:
        return [(match.start, match.end) for match in self._coder.actors.find(text)]

    def __call__(self, marked: str) -> Reading:
        text = _MARKS.sub("", marked)
        if text not in self._parsed:
            self._parse([text])
        annotated = self._parsed[text]
        contents = ContentIndex(tuple(find_attributions(annotated, cues=self._cues)))
        token_at = {token.idx: token for token in annotated.doc}
        return Reading(
            annotated=annotated,
            contents=contents,
            parties=self._coder.parties_of(annotated, contents),
            asked=tuple(token_at[start] for start in _at(marked, "[")),
            expected=tuple(token_at[start] for start in _at(marked, "<")),
            coder=self._coder,
        )


@pytest.fixture(scope="session")
def reading(coder: Coder, request: pytest.FixtureRequest) -> Reader:
    """Read a text in which words are marked; a parameter called `text` is read beforehand."""
    tests = [item for item in request.session.items if "reading" in getattr(item, "fixturenames", ())]
    params = [item.callspec.params for item in tests if hasattr(item, "callspec")]
    return Reader(coder, [row["text"] for row in params if "text" in row])


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
