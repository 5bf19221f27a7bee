"""Parts of the OpenAPI document: answers, errors, lines, pages of records and the common parameters."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from dragoman.web.openapi import _add_shown, answer, lines, of, page_of, refusals

ERROR = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
REFUSALS = {
    400: "Cannot be asked like this.",
    403: "Not allowed, or requested by a page of another site.",
    404: "Not in the record.",
    413: "Too long.",
    421: "Sent to a host name that the server does not serve.",
    422: "A parameter cannot be read.",
    429: "Too many in a minute.",
    500: "A fault of the program.",
    503: "The record cannot be read, the query takes too long, or the server is busy.",
}


def test_errors_of_a_route() -> None:
    assert refusals() == {
        status: {"description": words, "content": ERROR} for status, words in REFUSALS.items()
    }


def test_answers_of_a_route() -> None:
    assert answer({"type": "array"}, "Some things.") == {
        200: {"description": "Some things.", "content": {"application/json": {"schema": {"type": "array"}}}},
        304: {"description": "Not changed since the ETag that was sent."},
        **refusals(),
    }
    assert lines("text/csv", "Rows.") == {
        200: {"description": "Rows.", "content": {"text/csv": {"schema": {"type": "string"}}}},
        **refusals(),
    }


def test_schemas_of_records() -> None:
    assert of("Edge") == {"$ref": "#/components/schemas/Edge"}
    assert page_of("Edge") == {
        "type": "object",
        "required": ["items", "next"],
        "properties": {
            "items": {"type": "array", "items": {"$ref": "#/components/schemas/Edge"}},
            "next": {"type": ["string", "null"]},
        },
    }


def test_common_parameters_are_added_once() -> None:
    given: list[dict[str, Any]] = [{"name": "reviewed", "in": "query"}, {"name": "q", "in": "query"}]
    _add_shown(given)
    assert [each["name"] for each in given] == ["reviewed", "q", "reader"]
    added = given[2]
    assert (added["in"], added["required"], added["schema"]["default"]) == ("query", False, "first")
    assert added["schema"]["enum"] == ["first", "second", "both", "either"]


@pytest.fixture
def document(small: TestClient) -> dict[str, Any]:
    small.app.openapi_schema = None
    return small.app.openapi()  # type: ignore[no-any-return]


def test_document(small: TestClient, document: dict[str, Any]) -> None:
    assert document is small.app.openapi()
    assert document["info"]["title"] == "Dragoman"
    assert document["info"]["version"] == small.app.version
    assert document["info"]["description"].startswith("Who did, said or undertook what, toward whom")
    assert set(document["paths"]) == {
        "/api/documents", "/api/document", "/api/events", "/api/event", "/api/events.jsonl",
        "/api/events.csv", "/api/counts", "/api/attributions", "/api/stories", "/api/entries", "/api/search",
        "/api/suggest", "/api/views/{name}", "/api/dyads/series", "/api/network", "/api/code",
    }  # fmt: skip
    for path, operations in document["paths"].items():
        if "get" in operations:
            names = [parameter["name"] for parameter in operations["get"]["parameters"]]
            assert names.count("reviewed") == names.count("reader") == 1, path


def test_schemas_of_the_document(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    assert {
        "Attribution", "CodedDocument", "Document", "DyadPoint", "Edge", "Found", "StoredEntry",
        "StoredEvent", "StoredStory", "Suggestion", "Event", "ActorRef", "CodeRequest",
    } <= set(schemas)  # fmt: skip
    assert not {"HTTPValidationError", "ValidationError"} & set(schemas)
    assert schemas["StoredEvent"]["properties"]["event"] == {"$ref": "#/components/schemas/Event"}
    assert schemas["Error"] == {
        "type": "object",
        "required": ["error"],
        "properties": {
            "error": {
                "type": "object",
                "required": ["code", "message", "hint"],
                "properties": {name: {"type": "string"} for name in ("code", "message", "hint")},
            }
        },
    }
