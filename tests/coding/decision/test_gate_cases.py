"""Never the opposite: what the gate must stop, beside the same sentence asserted."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from dragoman.coding.coder import Coder
from dragoman.knowledge.loading import data_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.model.records import ActorRef, Event
    from dragoman.model.terms import Reading

pytestmark = pytest.mark.pipeline
_FILE = Path(__file__).with_name("gate_cases.txt")
_READINGS: tuple[Reading, ...] = ("rules", "full", "fast")


class Case(NamedTuple):
    """A sentence and what must hold of its events; `short` if it is known to fall short."""

    kind: str
    text: str
    checks: tuple[str, ...]
    short: bool


def _cases() -> Iterator[Case]:
    kind = ""
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            kind = line.removeprefix("## ")
        elif line and not line.startswith("#"):
            text, checks = line.removeprefix("~").split(" => ")
            yield Case(kind, text.strip(), tuple(c.strip() for c in checks.split(";")), line.startswith("~"))


@functools.cache
def _coder(reading: Reading) -> Coder:
    return Coder(actors=[data_folder() / "actors_invented"], reading=reading)


def _names(refs: tuple[ActorRef, ...], wanted: str) -> bool:
    return wanted == "*" or any(wanted in (ref.id, ref.country) for ref in refs)


def _fits(event: Event, what: str) -> bool:
    """Return True if an event is of the type and between the parties that a check names."""
    for part in what.split():
        if ">" not in part:
            if event.event_type != part:
                return False
            continue
        doer, other = part.split(">")
        both = _names(event.actors, doer) and _names(event.recipients, other)
        mutual = not event.recipients and _names(event.actors, doer) and _names(event.actors, other)
        if not (both or mutual):
            return False
    return True


def _is_told(event: Event) -> bool:
    firm = event.factuality in ("certain", "probable") and event.polarity == "positive"
    return firm and not event.conditional


def fault(events: tuple[Event, ...], check: str) -> bool:
    """Return True if a check does not hold."""
    told = [e for e in events if _is_told(e)]
    if check == "none":
        return bool(told)
    if check.startswith("!"):
        return any(_fits(e, check[1:]) for e in told)
    if check.startswith("if "):
        return not any(_fits(e, check[3:]) for e in events if e.conditional)
    return not any(_fits(e, check) for e in told)


@pytest.mark.parametrize("reading", _READINGS)
@pytest.mark.parametrize("case", list(_cases()), ids=lambda case: f"{case.kind}: {case.text}")
def test_the_opposite_is_never_coded(case: Case, reading: Reading, request: pytest.FixtureRequest) -> None:
    if case.short:
        request.applymarker(pytest.mark.xfail(strict=False, reason="seen to fall short"))
    events = _coder(reading).code(case.text, published_on="2023-03-08").events
    # What must be stopped must be stopped in every reading; what must be found, by rules or the encoder.
    checks = [c for c in case.checks if reading == "full" or c == "none" or c.startswith("!")]
    wrong = [check for check in checks if fault(events, check)]
    shown = [
        f"{e.event_type} {[a.id for a in e.actors]} > {[a.id for a in e.recipients]} {e.factuality}"
        f"{' if' if e.conditional else ''} [{e.trigger.text}; {e.rule}] {e.confidence}"
        for e in events
    ]
    assert not wrong, f"{wrong}: {shown}"
