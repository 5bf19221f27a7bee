"""Selection of the events of a request, and the parameters that links keep."""

from __future__ import annotations

import asyncio
import contextvars
from typing import Any

import pytest
from fastapi.exceptions import RequestValidationError
from starlette.requests import Request

from dragoman.web import shown
from dragoman.web.shown import CODED, Shown, ShownQuery, current_shown, read_shown, shown_query

# Parameters, the selection, and the parameters of links.
QUERIES = [
    ("", Shown(), {}),
    ("reviewed=true", Shown(reviewed=True), {"reviewed": "true"}),
    ("reviewed=false&reader=first", Shown(), {}),
    ("reviewed=&reader=", Shown(), {}),
    ("reader=both", Shown(reader="both"), {"reader": "both"}),
    ("reader=second&reviewed=1&other=x", Shown(True, "second"), {"reviewed": "true", "reader": "second"}),
]


def read(query: str) -> Shown:
    """Return the selection that a request reads, without changing that of this test."""

    async def run() -> Shown:
        await read_shown(
            Request({"type": "http", "path": "/", "headers": [], "query_string": query.encode()})
        )
        return current_shown()

    return contextvars.copy_context().run(asyncio.run, run())


@pytest.mark.parametrize(("query", "selection", "kept"), QUERIES)
def test_selection_of_a_request(query: str, selection: Shown, kept: dict[str, str]) -> None:
    assert read(query) == selection
    assert selection.query() == kept
    assert current_shown() == CODED == Shown(False, "first")


@pytest.mark.parametrize(("query", "name"), [("reviewed=perhaps", "reviewed"), ("reader=third", "reader")])
def test_values_that_are_unknown(query: str, name: str) -> None:
    with pytest.raises(RequestValidationError) as error:
        read(query)
    (found,) = error.value.errors()
    assert found["loc"] == ("query", name)


# Path, and whether links to it keep the selection.
PATHS = [
    ("", True), ("/ledger", True), ("/", True), ("/dossiers/actor", True), ("/review", False),
    ("/review/edit", False), ("/static/app.js", False), ("/codebook", False), ("/paste", False),
    ("/actors", False), ("/reports", True), ("/report", True),
]  # fmt: skip


@pytest.mark.parametrize(("path", "is_kept"), PATHS)
def test_links_that_keep_it(path: str, is_kept: bool) -> None:
    token = shown._current.set(Shown(reviewed=True))
    try:
        assert shown_query(path) == ({"reviewed": "true"} if is_kept else {})
    finally:
        shown._current.reset(token)
    assert shown_query() == {}


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({"a": "", "b": None, "c": [""], "d": "x", "e": ["x"], "f": 0}, {"d": "x", "e": ["x"], "f": 0}),
        ("x", "x"),
    ],
)
def test_empty_values_are_dropped(given: Any, kept: Any) -> None:
    assert ShownQuery._drop_empty(given) == kept
