"""An actor's name at one place in a text."""

from __future__ import annotations

from typing import Literal

import msgspec

from dragoman.model.terms import ActorKind

Form = Literal["name", "demonym", "capital", "seat", "person", "acronym", "short"]


class NameMatch(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """An actor's name at one place in a text, resolved for the day.

    `form` is the kind of name; a capital can also be only a place. `compound` is true if the name is only
    part of a hyphenated word ("Russian-backed", "pro-Moscow").
    """

    start: int
    end: int
    text: str
    id: str
    name: str
    kind: ActorKind
    country: str | None
    sector: str | None
    form: Form
    compound: bool = False
