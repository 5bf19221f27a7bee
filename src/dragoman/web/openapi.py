"""OpenAPI document: that of FastAPI, extended with the schemas of our records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from fastapi.openapi.utils import get_openapi

from dragoman.model.documents import Document
from dragoman.model.records import Attribution, CodedDocument
from dragoman.record.answers import DyadPoint, Edge, Found, StoredEntry, StoredEvent, StoredStory
from dragoman.web.shown import ShownQuery
from dragoman.web.suggesting import Suggestion

if TYPE_CHECKING:
    from fastapi import FastAPI

_RECORDS = (
    Attribution, CodedDocument, Document, DyadPoint, Edge, Found, StoredEntry, StoredEvent, StoredStory,
    Suggestion,
)  # fmt: skip
_ERROR = {
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


def answer(schema: dict[str, Any], what: str) -> dict[int | str, dict[str, Any]]:
    """Return the description of a route's JSON responses."""
    return {
        200: {"description": what, "content": {"application/json": {"schema": schema}}},
        304: {"description": "Not changed since the ETag that was sent."},
        **refusals(),
    }


def refusals() -> dict[int | str, dict[str, Any]]:
    """Return the description of a route's errors, also for a route without JSON responses."""
    failed = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    return {
        400: {"description": "Cannot be asked like this.", "content": failed},
        403: {"description": "Not allowed, or requested by a page of another site.", "content": failed},
        404: {"description": "Not in the record.", "content": failed},
        413: {"description": "Too long.", "content": failed},
        421: {"description": "Sent to a host name that the server does not serve.", "content": failed},
        422: {"description": "A parameter cannot be read.", "content": failed},
        429: {"description": "Too many in a minute.", "content": failed},
        500: {"description": "A fault of the program.", "content": failed},
        503: {
            "description": "The record cannot be read, the query takes too long, or the server is busy.",
            "content": failed,
        },
    }


def lines(media_type: str, what: str) -> dict[int | str, dict[str, Any]]:
    """Return the description of the responses of a route that returns lines of text instead of JSON."""
    content = {media_type: {"schema": {"type": "string"}}}
    return {200: {"description": what, "content": content}, **refusals()}


def of(name: str) -> dict[str, Any]:
    """Return a reference to the schema of a record."""
    return {"$ref": f"#/components/schemas/{name}"}


def page_of(name: str) -> dict[str, Any]:
    """Return the schema of a page of records."""
    properties = {"items": {"type": "array", "items": of(name)}, "next": {"type": ["string", "null"]}}
    return {"type": "object", "required": ["items", "next"], "properties": properties}


def _add_shown(parameters: list[dict[str, Any]]) -> None:
    """Add missing parameters that every request accepts to those of one operation."""
    there = {parameter["name"] for parameter in parameters}
    for name, schema in ShownQuery.model_json_schema()["properties"].items():
        if name not in there:
            parameters.append({"name": name, "in": "query", "required": False, "schema": schema})


def describe(app: FastAPI) -> dict[str, Any]:
    """Return the OpenAPI document of the application."""
    if app.openapi_schema:
        return app.openapi_schema
    found = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
    _, components = msgspec.json.schema_components(_RECORDS, ref_template="#/components/schemas/{name}")
    schemas = found.setdefault("components", {}).setdefault("schemas", {})
    schemas.update(components)
    schemas["Error"] = _ERROR
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    for path in found["paths"].values():
        if "get" in path:
            _add_shown(path["get"].setdefault("parameters", []))
    app.openapi_schema = found
    return found
