"""Reading a report with a language model: what is grounded in its words is an event, the rest is counted."""

from __future__ import annotations

import collections
import itertools
from typing import TYPE_CHECKING

import msgspec

from dragoman.coding.candidates.claims import Claim
from dragoman.language.line_wrapping import paragraph_breaks
from dragoman.model.readings import EventReading
from dragoman.model.records import Event
from dragoman.second_readers.answers import AnswerCache, answer_key
from dragoman.second_readers.claims import MOST_EVENTS, Answer, ClaimedEvent, answer_schema
from dragoman.second_readers.grounding import find_words, nearest, within
from dragoman.second_readers.prompt import paragraph_prompt, system_prompt

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dragoman.coding.coder import Coder
    from dragoman.model.documents import Document
    from dragoman.second_readers.endpoint import Endpoint

# Characters that make one token, about; for estimates before a run.
_PER_TOKEN = 4
# Tokens of an answer, about.
_PER_ANSWER = 150
_MOST_PARTIES = 30
_DECODER = msgspec.json.Decoder(Answer)


class SecondReading(msgspec.Struct, kw_only=True):
    """What a model made of one report.

    Attributes:
        document_id: The report.
        model: The model.
        events: Events whose words all stand in the report.
        dropped: How many claims were dropped, by why.
        paragraphs: How many paragraphs were asked about.
        asked: How many calls were made; the rest came from the cache.
        prompt_tokens: Tokens of these calls, as the endpoint counts them.
        completion_tokens: Tokens of their answers.
    """

    document_id: str
    model: str
    events: list[Event] = []
    dropped: dict[str, int] = {}
    paragraphs: int = 0
    asked: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0


class Estimate(msgspec.Struct, frozen=True, kw_only=True):
    """What a run would ask: calls that no cache answers, and their tokens, about."""

    documents: int
    paragraphs: int
    calls: int
    prompt_tokens: int
    completion_tokens: int


class ModelReader:
    """A language model as a second reader.

    Args:
        endpoint: Where the model answers.
        coder: Gives the codebook, and reads parties, dates and amounts of what the model claims.
        cache: Answers that were given before.
    """

    def __init__(self, endpoint: Endpoint, coder: Coder, cache: AnswerCache) -> None:
        self._endpoint = endpoint
        self._coder = coder
        self._cache = cache
        self._system = system_prompt(coder.book)
        self._schema = answer_schema(coder.book)

    def estimate(self, documents: Sequence[Document]) -> Estimate:
        """Return what reading some reports would take, without asking anybody."""
        calls = tokens = paragraphs = 0
        for document in documents:
            for _, user in self._questions(document):
                paragraphs += 1
                if self._cache.get(self._key(user)) is None:
                    calls += 1
                    tokens += (len(self._system) + len(user)) // _PER_TOKEN
        return Estimate(
            documents=len(documents), paragraphs=paragraphs, calls=calls, prompt_tokens=tokens,
            completion_tokens=calls * _PER_ANSWER,
        )  # fmt: skip

    def read(self, document: Document) -> SecondReading:
        """Read one report.

        Raises:
            EndpointError: The endpoint gave no answer; what it answered before is in the cache.
        """
        found = SecondReading(document_id=document.id, model=self._endpoint.model)
        dropped: collections.Counter[str] = collections.Counter()
        claims: list[Claim] = []
        for start, user in self._questions(document):
            found.paragraphs += 1
            paragraph = msgspec.json.decode(user)["paragraph"]
            for claimed in self._claimed(user, found, dropped):
                claim = self._ground(claimed, paragraph, start)
                if isinstance(claim, str):
                    dropped[claim] += 1
                elif claim not in claims:
                    claims.append(claim)
        for built in self._coder.code_claims(document, claims) if claims else ():
            if isinstance(built, str):
                dropped[built] += 1
            elif built.id not in {event.id for event in found.events}:
                found.events.append(built)
        found.dropped = dict(dropped)
        return found

    def _claimed(
        self, user: str, found: SecondReading, dropped: collections.Counter[str]
    ) -> list[ClaimedEvent]:
        key = self._key(user)
        text = self._cache.get(key)
        if text is None:
            text, usage = self._endpoint.ask(system=self._system, user=user, schema=self._schema)
            found.asked += 1
            found.prompt_tokens += usage.prompt_tokens
            found.completion_tokens += usage.completion_tokens
        try:
            answer = _DECODER.decode(_json_of(text))
        except msgspec.DecodeError:
            # Not kept: the next run asks again.
            dropped["answer is not in the schema"] += 1
            return []
        self._cache.put(key, text)
        if len(answer.events) > MOST_EVENTS:
            dropped["more events than a paragraph holds"] += len(answer.events) - MOST_EVENTS
        return answer.events[:MOST_EVENTS]

    def _ground(self, claimed: ClaimedEvent, paragraph: str, start: int) -> Claim | str:
        """Return a claim at characters of the report, or why it is dropped."""
        entry = self._coder.book.types.get(claimed.type)
        if entry is None:
            return "no such type"
        evidence = find_words(claimed.evidence, paragraph)
        if not evidence:
            return "evidence is not in the paragraph"
        triggers = [t for span in evidence for t in within(find_words(claimed.trigger, paragraph), span)]
        if not triggers:
            return "trigger is not in the evidence"
        trigger = triggers[0]
        parties: list[tuple[tuple[int, int], ...]] = []
        for names in (claimed.actors, claimed.recipients):
            spans = [find_words(name, paragraph) for name in names]
            if not all(spans):
                return "party is not in the paragraph"
            parties.append(tuple(_moved(nearest(places, trigger), start) for places in spans))
        return Claim(
            event_type=entry.id, mode=claimed.mode if claimed.mode in entry.modes else None,
            trigger=_moved(trigger, start), actors=parties[0], recipients=parties[1],
            source=f"model:{self._endpoint.model}",
        )  # fmt: skip

    def _questions(self, document: Document) -> Iterator[tuple[int, str]]:
        """Yield for each paragraph that names anybody where it begins, and what is asked of it."""
        matches = self._coder.actors.find(document.text, on=document.published_on)
        names = list(dict.fromkeys(match.text for match in matches))[:_MOST_PARTIES]
        bounds = sorted({0, *paragraph_breaks(document.text), len(document.text)})
        for start, end in itertools.pairwise(bounds):
            paragraph = document.text[start:end]
            if paragraph.strip() and any(start <= match.start < end for match in matches):
                yield start, paragraph_prompt(document, paragraph, parties=names)

    def _key(self, user: str) -> str:
        return answer_key(model=self._endpoint.model, system=self._system, user=user)


def readings_of(found: SecondReading, coded: Sequence[Event]) -> list[EventReading]:
    """Return what a model read as readings: it accepts a coded event that it has too, and adds others.

    Args:
        found: What the model read.
        coded: The events of the first reading of the same report.
    """
    readings = []
    for event in found.events:
        same = next((each for each in coded if is_same(each, event)), None)
        about = same or event
        readings.append(EventReading(
            document_id=found.document_id, reader=found.model, kind="model",
            verdict="add" if same is None else "accept", event_id=same.id if same else None,
            event_type=about.event_type, trigger_start=about.trigger.start, trigger_end=about.trigger.end,
            event=event if same is None else None,
        ))  # fmt: skip
    return readings


def is_same(one: Event, other: Event) -> bool:
    """Return True if two readers mean one event: its type, its words, and a party in common."""
    if one.event_type != other.event_type:
        return False
    apart = one.evidence.end <= other.evidence.start or other.evidence.end <= one.evidence.start
    if apart:
        return False
    sides = [
        ({ref.country or ref.id for ref in a}, {ref.country or ref.id for ref in b})
        for a, b in ((one.actors, other.actors), (one.recipients, other.recipients))
    ]
    return all(not a or not b or a & b for a, b in sides)


def _moved(span: tuple[int, int], start: int) -> tuple[int, int]:
    return span[0] + start, span[1] + start


def _json_of(text: str) -> str:
    """Return the JSON of an answer; many models put it in a fence of code."""
    bare = text.strip()
    if bare.startswith("```"):
        bare = bare.removeprefix("```json").removeprefix("```").strip().removesuffix("```")
    return bare.strip()
