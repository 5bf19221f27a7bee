"""Dragoman reads news reports about relations between states and keeps a sourced record.

    from dragoman import Coder
    coded = Coder().code("Arnor accused Gondor of spying.", published_on="2022-02-05")

Importing this package loads nothing; the coder and the record types are loaded on first use.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dragoman.analysis.views import make_view
    from dragoman.coding.coder import Coder
    from dragoman.coding.reading.relations import Relation
    from dragoman.errors import DragomanError
    from dragoman.model.display import EventTable
    from dragoman.model.documents import Document, Failure
    from dragoman.model.records import (
        ActorRef,
        Amount,
        Attribution,
        CodedDocument,
        Event,
        EventDate,
        Place,
        Predicate,
        Span,
    )
    from dragoman.record.store import Record
    from dragoman.running.reviewed_record import open_record

__version__ = "0.1.0"

__all__ = [
    "ActorRef",
    "Amount",
    "Attribution",
    "CodedDocument",
    "Coder",
    "Document",
    "DragomanError",
    "Event",
    "EventDate",
    "EventTable",
    "Failure",
    "Place",
    "Predicate",
    "Record",
    "Relation",
    "Span",
    "make_view",
    "open_record",
]

_RECORDS = (
    "ActorRef",
    "Amount",
    "Attribution",
    "CodedDocument",
    "Event",
    "EventDate",
    "Place",
    "Predicate",
    "Span",
)
_HOME = {
    "Coder": "dragoman.coding.coder",
    "Relation": "dragoman.coding.reading.relations",
    "DragomanError": "dragoman.errors",
    "Document": "dragoman.model.documents",
    "EventTable": "dragoman.model.display",
    "Failure": "dragoman.model.documents",
    "Record": "dragoman.record.store",
    "make_view": "dragoman.analysis.views",
    "open_record": "dragoman.running.reviewed_record",
    **dict.fromkeys(_RECORDS, "dragoman.model.records"),
}


def __getattr__(name: str) -> Any:
    """Import a public name from the module that defines it on first access."""
    if name not in _HOME:
        raise AttributeError(f"module 'dragoman' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)
