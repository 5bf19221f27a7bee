"""Reports: the latest, search results, and the page of one report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from dragoman.record.queries import whole_document
from dragoman.web.marks import fields_of, mark_paragraphs, sentence_of, spans_of
from dragoman.web.questions import coded_document
from dragoman.web.responses import as_page

if TYPE_CHECKING:
    from dragoman.model.records import CodedDocument
    from dragoman.web.site import Site

router = APIRouter(include_in_schema=False)
_PAGE = 25


@router.get("/reports")
def reports(
    request: Request,
    q: Annotated[str, Query(max_length=200)] = "",
    cursor: Annotated[str | None, Query(max_length=80)] = None,
) -> Response:
    """Show the latest reports or search results."""
    site: Site = request.app.state.site
    q = q.strip()
    with site.record() as record:
        found = record.search(q, limit=50) if q else []
        documents, following = ([], None) if q else record.document_page(cursor=cursor, limit=_PAGE)
        events = {
            document.id: list(record.events(whole_document(document.id, limit=40))) for document in documents
        }
        totals = {document.id: record.total(whole_document(document.id)) for document in documents}
    return as_page(
        request, "reports.html", q=q, found=found, documents=documents, next=following, first=cursor is None,
        events=events, totals=totals,
    )  # fmt: skip


@router.get("/report")
def report(request: Request, id: Annotated[str, Query(min_length=1, max_length=400)]) -> Response:
    """Show a report with marked events."""
    site: Site = request.app.state.site
    with site.record() as record:
        coded = coded_document(record, id)
        story = record.story_of(id)
        others = [d for d in record.story_documents(story) if d.id != id][:12] if story else []
    return reader_page(request, coded, kept=True, others=others)


def reader_page(
    request: Request, coded: CodedDocument, *, kept: bool, others: list[Any], notice: str = ""
) -> Response:
    """Return the reader's page of a coded report."""
    document = coded.document
    words = request.app.state.site.code_words
    data = {
        "events": [[list(span) for span in spans_of(event)] for event in coded.events],
        "notes": [
            {
                "content": [list(span) for span in note.content],
                "cue": [note.cue.start, note.cue.end] if note.cue else None,
                "speaker": [note.speaker_span.start, note.speaker_span.end] if note.speaker_span else None,
            }
            for note in coded.attributions
        ],
    }
    return as_page(
        request,
        "reader.html",
        document=document,
        events=[(event, fields_of(event, words), sentence_of(event, words)) for event in coded.events],
        paragraphs=mark_paragraphs(document.text, coded.events, coded.attributions, words),
        data=data,
        kept=kept,
        others=others,
        notice=notice,
    )
