"""Reading a report with a language model: grounded claims become events, the others are counted."""

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

# Approximate number of characters per token, for estimates before a run.
_PER_TOKEN = 4
# Approximate number of tokens of an answer.
_PER_ANSWER = 150
_MOST_PARTIES = 30
_DECODER = msgspec.json.Decoder(Answer)


class SecondReading(msgspec.Struct, kw_only=True):
    """The result of reading one report with a model.

    Attributes:
        document_id: The report.
        model: The model.
        events: Events whose words are all in the report.
        dropped: Number of dropped claims by reason.
        paragraphs: Number of paragraphs processed.
        asked: Number of calls made; the other answers came from the cache.
        prompt_tokens: Prompt tokens of these calls, as reported by the endpoint.
        completion_tokens: Completion tokens of these calls.
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
    """Estimated cost of a run: calls that are not cached, and their approximate tokens."""

    documents: int
    paragraphs: int
    calls: int
    prompt_tokens: int
    completion_tokens: int


class ModelReader:
    """A language model as a second reader.

    Args:
        endpoint: The endpoint of the model.
        coder: The coder, which provides the codebook and resolves parties, dates and amounts of claims.
        cache: Cached answers.
    """

    def __init__(self, endpoint: Endpoint, coder: Coder, cache: AnswerCache) -> None:
        self._endpoint = endpoint
        self._coder = coder
        self._cache = cache
        self._system = system_prompt(coder.book)
        self._schema = answer_schema(coder.book)

    def estimate(self, documents: Sequence[Document]) -> Estimate:
        """Return the estimated cost of reading some reports, without calling the endpoint."""
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
            EndpointError: The endpoint gave no answer; previous answers are in the cache.
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
            # Not cached: the next run repeats the call.
            dropped["answer is not in the schema"] += 1
            return []
        self._cache.put(key, text)
        if len(answer.events) > MOST_EVENTS:
            dropped["more events than a paragraph holds"] += len(answer.events) - MOST_EVENTS
        return answer.events[:MOST_EVENTS]

    def _ground(self, claimed: ClaimedEvent, paragraph: str, start: int) -> Claim | str:
        """Return a claim as an event with spans of the report, or the reason it is dropped."""
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
        """Yield the start offset and the prompt of each paragraph that names a party."""
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
    """Return a model's events as readings: it accepts coded events that it also has, and adds others.

    Args:
        found: The result of the model.
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
    """Return True if two readers' events are the same: equal type, overlapping words, a common party."""
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
    """Return the JSON of an answer; many models put it in a fenced code block."""
    bare = text.strip()
    if bare.startswith("```"):
        bare = bare.removeprefix("```json").removeprefix("```").strip().removesuffix("```")
    return bare.strip()
