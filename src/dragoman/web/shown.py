"""Which events a request shows: coded ones, those after review, or those that another reader found.

The two parameters apply to every page. They are read once for a request, and every link on its pages carries
them on, so that a number and what its link opens are counted among the same events.
"""

from __future__ import annotations

import contextvars
from typing import Any, NamedTuple

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field, ValidationError, model_validator

from dragoman.model.readings import ReaderChoice

# Pages on which these parameters have no meaning: reviewers judge the events as they were coded or added.
_WITHOUT = ("/review", "/static", "/codebook", "/paste", "/actors")


class ShownQuery(BaseModel):
    """Which events are meant. Empty values are the same as none."""

    reviewed: bool = Field(
        False, description="Events after review: without rejected, edited as edited, with added ones."
    )
    reader: ReaderChoice = Field(
        "first", description="Events found by the first reader (the coder), the second, both or either."
    )

    @model_validator(mode="before")
    @classmethod
    def _drop_empty(cls, given: Any) -> Any:
        if isinstance(given, dict):
            return {name: value for name, value in given.items() if value not in ("", None, [""])}
        return given


class Shown(NamedTuple):
    """Which events are shown."""

    reviewed: bool = False
    reader: ReaderChoice = "first"

    def query(self) -> dict[str, str]:
        """Return the parameters of a link that differ from the default."""
        found = {"reviewed": "true"} if self.reviewed else {}
        return found | ({"reader": self.reader} if self.reader != "first" else {})


CODED = Shown()
_current: contextvars.ContextVar[Shown] = contextvars.ContextVar("shown", default=CODED)


def current_shown() -> Shown:
    """Return which events the current request shows; the coded ones outside of a request."""
    return _current.get()


def shown_query(path: str = "") -> dict[str, str]:
    """Return the parameters that a link to a path carries on from the current request."""
    return {} if path.startswith(_WITHOUT) else current_shown().query()


async def read_shown(request: Request) -> None:
    """Read the parameters of a request; a coroutine, so that what it sets holds in the whole request.

    Raises:
        RequestValidationError: A value is unknown.
    """
    given: dict[str, Any] = {
        name: request.query_params[name] for name in ShownQuery.model_fields if name in request.query_params
    }
    try:
        read = ShownQuery.model_validate(given)
    except ValidationError as error:
        found = [{**each, "loc": ("query", *each["loc"])} for each in error.errors()]
        raise RequestValidationError(found) from error
    _current.set(Shown(read.reviewed, read.reader))
