"""A parsed text with everything that is known of its words, for tests of single modules of coding.

Words are marked where a row of a test speaks of them: *"<Mordor> attacked. [It] fled."* asks about *It*
and expects *Mordor*. The marks are taken out before the text is read.
"""

from __future__ import annotations

import functools
import importlib.util
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from spacy.tokens import Token

from dragoman.coding.attribution.content_index import ContentIndex
from dragoman.coding.attribution.extraction import find_attributions
from dragoman.coding.attribution.speaker_index import SpeakerIndex
from dragoman.coding.candidates.event_candidate import EventCandidate
from dragoman.coding.candidates.party_mention import PartyMention
from dragoman.coding.coder import Coder
from dragoman.coding.decision.proposals import Proposal
from dragoman.coding.factuality.assessment import Modality
from dragoman.coding.parties.resolver import Parties
from dragoman.coding.reading.rule_matching import RuleMatcher
from dragoman.coding.reading.trigger_reading import TYPE_NUMBER, RoleScores, TriggerReading
from dragoman.knowledge.reporting import load_reporting
from dragoman.language.annotated import AnnotatedDocument
from dragoman.language.pipeline import annotate
from dragoman.model.documents import Document
from dragoman.model.identity import content_id
from dragoman.model.records import ActorRef, CodedDocument

_MARKS = re.compile(r"[\[\]<>]")


def _exact_rows() -> ModuleType:
    place = Path(__file__).with_name("exact_rows.py")
    spec = importlib.util.spec_from_file_location("exact_rows", place)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


exact_rows = _exact_rows()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give a test of exact rows those of the file that its module names in `EXACT`."""
    if "exact_text" in metafunc.fixturenames:
        rows = exact_rows.read_rows(metafunc.module.EXACT)
        names = [f"row {number}" for number in range(1, len(rows) + 1)]
        metafunc.parametrize(("exact_text", "exact_lines"), rows, ids=names)


@pytest.fixture(scope="session")
def exact_coder() -> Coder:
    """The coder of the rows."""
    coder: Coder = exact_rows.exact_coder()
    return coder


@pytest.fixture(scope="module")
def exact_parses(exact_coder: Coder, request: pytest.FixtureRequest) -> dict[str, AnnotatedDocument]:
    """Return the texts of all rows of a module, read together, which is quicker."""
    texts = [text for text, _ in exact_rows.read_rows(request.module.EXACT)]
    found: dict[str, AnnotatedDocument] = exact_rows.annotate(exact_coder, texts)
    return found


@pytest.fixture
def found_lines(exact_coder: Coder, exact_parses: dict[str, AnnotatedDocument], exact_text: str) -> list[str]:
    """Return everything that is found in the text of a row, one line each."""
    lines: list[str] = exact_rows.lines_of(exact_coder, exact_parses[exact_text])
    return lines


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


# What comes after a learned reader, made by hand -----------------------------------------------------

Side = str | tuple[ActorRef, ...]
STATES = {"ARN": "Arnor", "GON": "Gondor", "ROH": "Rohan", "MOR": "Mordor", "DAL": "Dale"}


class Made:
    """Parties, readings, candidates and proposals, plain unless a test says otherwise."""

    @staticmethod
    def party(id: str = "ARN", **fields: Any) -> ActorRef:
        """A state for the id of a state, else whatever the fields say."""
        given: dict[str, Any] = {
            "id": id, "name": STATES.get(id, id), "kind": "state", "country": id if id in STATES else None,
            "sector": None, "text": STATES.get(id, id), "start": 0, "end": 5,
        }  # fmt: skip
        return ActorRef(**{**given, **fields})

    def side(self, side: Side) -> tuple[ActorRef, ...]:
        """Parties, or the states of some ids."""
        return tuple(map(self.party, side.split())) if isinstance(side, str) else side

    def role(
        self, id: str = "ARN", *, token: int = 0, found_by: str = "name", inferred: bool = False,
        actor: float = 0.0, recipient: float = 0.0, speaker: float = 0.0, place: float = 0.0, **fields: Any,
    ) -> RoleScores:  # fmt: skip
        """The scores of one mention."""
        mention = PartyMention(token, self.party(id, **fields), found_by, inferred)
        return RoleScores(mention, actor, recipient, speaker, place)

    @staticmethod
    def reading(
        token: int = 0, event_type: str = "ACCUSE", chance: float = 0.9, *, firm: float = 1.0,
        roles: Iterable[RoleScores] = (), **others: float,
    ) -> TriggerReading:  # fmt: skip
        """A reading that gives one type a chance, others theirs, and no event the rest."""
        types = [0.0] * (len(TYPE_NUMBER) + 1)
        for name, share in {event_type: chance, **others}.items():
            types[TYPE_NUMBER[name]] = share
        types[0] = 1.0 - sum(types)
        return TriggerReading(token, tuple(types), firm, tuple(roles))

    @staticmethod
    def modality(**fields: Any) -> Modality:
        """A plain statement of the past."""
        given: dict[str, Any] = {
            "factuality": "certain", "polarity": "positive", "tense": "past", "conditional": False,
            "cues": (), "reason": "plain statement",
        }  # fmt: skip
        return Modality(**{**given, **fields})

    def candidate(
        self, trigger: Token, event_type: str = "ACCUSE", actors: Side = "ARN", recipients: Side = "GON",
        **fields: Any,
    ) -> EventCandidate:  # fmt: skip
        """A candidate; its sides are ids of states, or parties."""
        given: dict[str, Any] = {
            "event_type": event_type, "mode": None, "rule": f"{event_type}/test", "trigger": trigger,
            "actors": self.side(actors), "recipients": self.side(recipients),
        }  # fmt: skip
        return EventCandidate(**{**given, **fields})

    def proposal(
        self, trigger: Token, event_type: str = "ACCUSE", actors: Side = "ARN", recipients: Side = "GON", *,
        reading: TriggerReading | None = None, by_rule: bool = True, **fields: Any,
    ) -> Proposal:  # fmt: skip
        """A proposal of a rule, a reading or both."""
        candidate = self.candidate(trigger, event_type, actors, recipients, **fields)
        return Proposal(candidate, candidate if by_rule else None, reading)


@pytest.fixture(scope="session")
def made() -> Made:
    return Made()


@pytest.fixture(scope="session")
def word_in(coder: Coder) -> Callable[[str, str], Token]:
    """Return the first word of a text that is written so; a text is parsed once."""
    parse = functools.cache(coder.annotate_text)
    return lambda text, word: next(token for token in parse(text).doc if token.text == word)
