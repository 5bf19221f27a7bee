"""Selection of the events of a request: as coded, after review, or found by another reader.

The two parameters apply to every page. They are read once per request and added to every link on its pages,
so that a count and the page it links to refer to the same events.
"""

from __future__ import annotations

import contextvars
from typing import Any, NamedTuple

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field, ValidationError, model_validator

from dragoman.model.readings import ReaderChoice

# Pages that ignore these parameters: reviewers judge the events as coded or added.
_WITHOUT = ("/review", "/static", "/codebook", "/paste", "/actors")


class ShownQuery(BaseModel):
    """Query for the shown events. Empty values are the same as missing ones."""

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
    """Selection of the shown events."""

    reviewed: bool = False
    reader: ReaderChoice = "first"

    def query(self) -> dict[str, str]:
        """Return the query parameters that differ from the default."""
        found = {"reviewed": "true"} if self.reviewed else {}
        return found | ({"reader": self.reader} if self.reader != "first" else {})


CODED = Shown()
_current: contextvars.ContextVar[Shown] = contextvars.ContextVar("shown", default=CODED)


def current_shown() -> Shown:
    """Return the selection of the current request; outside of a request, events as coded."""
    return _current.get()


def shown_query(path: str = "") -> dict[str, str]:
    """Return the parameters of the current request to add to a link to a path."""
    return {} if path.startswith(_WITHOUT) else current_shown().query()


async def read_shown(request: Request) -> None:
    """Read the parameters of a request; a coroutine, so that the value it sets applies to the whole request.

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
