"""Events made by hand for views: the word that carries the event stands in stars, its issue in braces."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest

from dragoman.model.documents import Document
from dragoman.model.records import ActorRef, Span
from dragoman.record.answers import StoredEvent

NAMES = {"Arnor": "ARN", "Gondor": "GON", "Mordor": "MOR", "Rohan": "ROH"}
Told = Callable[..., StoredEvent]


@pytest.fixture
def told(quick_code) -> Told:
    """Return a function that makes the event of a marked sentence."""
    import msgspec

    (pattern,) = quick_code(Document(id="a", text="Arnor attacked Gondor.")).events

    def make(
        marked: str, event_type: str, *, by: str = "Arnor", to: str = "", said_by: str = "", if_: str = "",
        then: str = "", document: str = "d", day: int = 1, offset: int = 0, **changed: Any,
    ) -> StoredEvent:  # fmt: skip
        """Return the event of a marked sentence that begins at character `offset` of its report."""
        text = re.sub(r"[*{}]", "", marked)
        issue = re.search(r"\{(.*)\}", marked.replace("*", ""))
        trigger = re.search(r"\*(.*?)\*", marked.replace("{", "").replace("}", ""))
        assert trigger is not None

        def span(words: str) -> Span:
            start = text.index(words)
            return Span(offset + start, offset + start + len(words), words)

        def refs(names: str) -> tuple[ActorRef, ...]:
            return tuple(
                ActorRef(id=NAMES[name], name=name, kind="state", country=NAMES[name], sector=None, text=name,
                         start=offset + text.index(name), end=offset + text.index(name) + len(name))
                for name in names.split()
            )  # fmt: skip

        start = offset + trigger.start()
        event = msgspec.structs.replace(
            pattern, id=f"{document}:{text}", event_type=event_type, actors=refs(by), recipients=refs(to),
            speaker=refs(said_by), evidence=Span(offset, offset + len(text), text), contexts=(),
            trigger=Span(start, start + len(trigger[1]), trigger[1]),
            issue=span(issue[1]) if issue else None, condition=span(if_) if if_ else None,
            consequence=span(then) if then else None, **changed,
        )  # fmt: skip
        return StoredEvent(
            document_id=document, published_on=dt.date(2022, 2, day), publisher=None, event=event
        )

    return make
