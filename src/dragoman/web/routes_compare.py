"""Page that compares up to six actors or dyads over time."""

from __future__ import annotations

import collections
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import ConfigDict, Field

from dragoman.errors import UsageError
from dragoman.record.queries import EventFilter
from dragoman.record.tables import ARROW
from dragoman.web.responses import as_page
from dragoman.web.shown import ShownQuery
from dragoman.web.site import QUAD_WORDS
from dragoman.web.timelines import choose_span, days_of_filter, make_bars, read_asked

if TYPE_CHECKING:
    import datetime as dt

    from dragoman.record.store import Record
    from dragoman.web.site import Site
    from dragoman.web.timelines import Bar, Span

router = APIRouter(include_in_schema=False)
SLOTS = ("a", "b", "c", "d", "e", "f")
MEASURES = {"events": "all events", **QUAD_WORDS, "intensity": "mean intensity"}
Text = Annotated[str, Field(max_length=200)]


class CompareQuery(ShownQuery):
    """Query of the comparison: each of `a` to `f` is an actor ("Russia") or a dyad ("Russia > Ukraine")."""

    model_config = ConfigDict(extra="forbid")

    a: Text = ""
    b: Text = ""
    c: Text = ""
    d: Text = ""
    e: Text = ""
    f: Text = ""
    measure: Literal[
        "events", "verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict",
        "intensity",
    ] = "events"  # fmt: skip
    layout: Literal["overlay", "multiples"] = "overlay"
    since: Annotated[str, Field(max_length=20)] = ""
    until: Annotated[str, Field(max_length=20)] = ""
    by: Annotated[str, Field(max_length=10)] = ""


@router.get("/compare")
def compare(request: Request, query: Annotated[CompareQuery, Query()]) -> Response:
    """Compare actors or dyads."""
    site: Site = request.app.state.site
    asked = read_asked(query.since, query.until, query.by)
    with site.record() as record:
        chosen = _chosen(site, record, query)

        def make() -> tuple[Span | None, list[list[Bar]]]:
            days: collections.Counter[dt.date] = collections.Counter()
            for _, wanted, _, _ in chosen:
                days.update(days_of_filter(record, wanted))
            span = choose_span(days, asked)
            if span is None:
                return None, []
            # All have the same periods, including those without any event.
            return span, [make_bars(record, wanted, link, span) for _, wanted, link, _ in chosen]

        key = ("compare", tuple(wanted for _, wanted, _, _ in chosen), asked)
        span, lines = site.cached(key, make)
    labels = [label for label, *_ in chosen]
    return as_page(
        request, "compare.html", query=query, labels=labels, span=span, lines=lines, measures=MEASURES,
        slots=SLOTS,
        typed={slot: words for (*_, words), slot in zip(chosen, SLOTS, strict=False)},
        data=_data(query, labels, span, lines) if span is not None else None,
        hidden={name: value for name, value in query.model_dump().items()
                if value and name not in ("since", "until", "by")},
    )  # fmt: skip


def _chosen(
    site: Site, record: Record, query: CompareQuery
) -> list[tuple[str, EventFilter, dict[str, str], str]]:
    """Return (label, filter, query of the ledger, text of the field) of each distinct actor or dyad."""
    reader = site.filters(record)
    found: dict[str, tuple[str, EventFilter, dict[str, str], str]] = {}
    for slot in SLOTS:
        typed = getattr(query, slot).strip()
        if not typed:
            continue
        if ">" in typed or "→" in typed:
            dyad = reader.read({"dyad": typed.replace("→", ">")}).dyad
            if dyad is None:
                raise UsageError(message=f"{typed!r} is no dyad; write two actors: Russia > Ukraine")
            one, other = (site.name(part) for part in dyad.split(ARROW))
            found.setdefault(
                dyad, (f"{one} → {other}", EventFilter(dyad=dyad), {"dyad": dyad}, f"{one} > {other}")
            )
        else:
            party = reader.party(typed)
            found.setdefault(
                party, (site.name(party), EventFilter(party=party), {"party": party}, site.name(party))
            )
    return list(found.values())


def _data(query: CompareQuery, labels: list[str], span: Span, lines: list[list[Bar]]) -> dict[str, Any]:
    """Return the data for the script of the page."""
    measure = query.measure
    series = []
    for label, line in zip(labels, lines, strict=True):
        bars = [
            {
                "start": str(bar.start), "end": str(bar.end),
                "href": bar.links[measure if measure in QUAD_WORDS else ""],
                "value": _value_of(measure, bar.point.events, bar.point.counts, bar.point.intensity),
            }
            for bar in line
        ]  # fmt: skip
        series.append({"label": label, "bars": bars})
    words = MEASURES[measure] + ("" if measure == "intensity" else f" a {span.by}")
    return {
        "title": "Comparison", "by": span.by, "layout": query.layout, "measure": measure,
        "words": words, "series": series,
    }  # fmt: skip


def _value_of(measure: str, events: int, counts: dict[str, int], intensity: float) -> float | None:
    """Return the value of a period; None for the intensity of a period without events."""
    if measure == "intensity":
        return intensity if events else None
    return events if measure == "events" else counts.get(measure, 0)
