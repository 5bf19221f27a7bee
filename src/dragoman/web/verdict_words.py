"""Descriptions of readings in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.study.event_editing import EDITABLE, values_of

if TYPE_CHECKING:
    from dragoman.model.readings import EventReading

_SAYS = {"accept": "accepted", "reject": "rejected", "edit": "edited", "add": "added"}


def reading_words(reading: EventReading) -> str:
    """Return a short description of a reading: "edited: type REJECT, actors RUS"."""
    said = _SAYS[reading.verdict]
    if reading.verdict != "edit" or reading.event is None:
        return said
    values = values_of(reading.event)
    changes = [f"{EDITABLE[name]} {values[name] or 'none'}" for name in reading.changed if name in EDITABLE]
    return f"{said}: {', '.join(changes)}" if changes else said
