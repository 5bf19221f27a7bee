"""Two records of invented states made without a language model, and pages read as plain words.

`write_small` makes a record of eight events, each with known fields; `write_crowded` one with more rows than
any list of a page shows. `words_of` gives the content of a page as words, with the address of each link and
the values of each form, so that a test can state all of a page.
"""

from __future__ import annotations

import datetime as dt
import functools
import json
import re
from pathlib import Path
from typing import Any

import msgspec
from jinja2.bccache import Bucket, BytecodeCache
from lxml import html
from starlette.testclient import TestClient

from dragoman.knowledge.actors import ActorBook, load_actors
from dragoman.knowledge.codebook import Codebook, load_codebook
from dragoman.knowledge.loading import data_folder
from dragoman.model.documents import Document
from dragoman.model.records import (
    ActorRef,
    Amount,
    Attribution,
    CodedDocument,
    Event,
    EventDate,
    Place,
    Span,
)
from dragoman.model.terms import QUAD_CLASS_OF
from dragoman.record.store import Record
from dragoman.running.grouping import regroup
from dragoman.web.app import Settings, create_app

ARDA = data_folder() / "actors_invented"
STATES = {"Arnor": "ARN", "Gondor": "GON", "Mordor": "MOR", "Rohan": "ROH", "Harad": "HAR"}
INTENSITY = {"verbal_cooperation": 2.0, "material_cooperation": 6.0, "verbal_conflict": -3.0,
             "material_conflict": -9.5}  # fmt: skip
# Numbers of the crowded record: reports of two parties each, events of one report, reports of one story.
CROWD, BUSY, ALIKE = 310, 45, 15
COUNCIL = (
    "Arnor accused Gondor of spying.\nRohan helped Gondor with 500 troops in Edoras on 4 February.\n\n"
    'The court of Rohan said: "Gondor met Arnor."'
)
RIVER = (
    "Arnor attacked Gondor in Osgiliath. Gondor threatened Mordor: if the river is closed, war will follow."
)
AGAIN = "Arnor attacked Gondor in Osgiliath."
DENIAL = "Mordor did not attack Rohan. Long ago Harad sanctioned Rohan."


def span(text: str, words: str) -> Span:
    """Return the first span of some words in a text."""
    start = text.index(words)
    return Span(start, start + len(words), words)


def party(text: str, name: str, **changed: Any) -> ActorRef:
    """Return a state that a text names."""
    found = span(text, name)
    ref = ActorRef(id=STATES.get(name, name), name=name, kind="state", country=STATES.get(name, name),
                   sector=None, text=name, start=found.start, end=found.end)  # fmt: skip
    return msgspec.structs.replace(ref, **changed)


def event(id: str, text: str, sentence: str, verb: str, event_type: str, **changed: Any) -> Event:
    """Return the event of a sentence "A verb B ..."."""
    evidence = span(text, sentence)
    left, _, right = sentence.partition(f" {verb} ")
    names = [name for name in STATES if name in left], [name for name in STATES if name in right]
    actors, recipients = (tuple(party_in(text, evidence, name) for name in given) for given in names)
    start = text.index(verb, evidence.start)
    quad = QUAD_CLASS_OF[event_type]
    found = Event(
        id=id, event_type=event_type, event_mode=None, contexts=("military",), quad_class=quad,
        intensity=INTENSITY[quad], intensity_scale="PLOVER", cameo=None, goldstein=None, actors=actors,
        recipients=recipients, speaker=(), cue=None, quoted=False, factuality="certain", polarity="positive",
        tense="past", conditional=False, issue=None, amounts=(), event_date=None, place=None,
        evidence=evidence, trigger=Span(start, start + len(verb), verb), rule="quick", confidence=0.9,
    )  # fmt: skip
    return msgspec.structs.replace(found, **changed)


def party_in(text: str, evidence: Span, name: str) -> ActorRef:
    """Return a state that a sentence names."""
    start = text.index(name, evidence.start)
    return party(text, name, start=start, end=start + len(name))


def place(text: str, name: str, country: str, latitude: float, longitude: float) -> Place:
    """Return a town that a text names."""
    found = span(text, name)
    return Place(name=name, country=country, latitude=latitude, longitude=longitude, geonames_id=None,
                 text=name, start=found.start, end=found.end, precision="exact")  # fmt: skip


def small_reports() -> list[CodedDocument]:
    """Return the four reports of the small record."""
    said = span(COUNCIL, "said")
    court = party(COUNCIL, "court of Rohan", id="ROH:JUD", country="ROH", sector="JUD", kind="group")
    speaker = span(COUNCIL, "The court of Rohan")
    content = COUNCIL.index('"Gondor met')
    council = (
        event("council-1", COUNCIL, "Arnor accused Gondor of spying.", "accused", "ACCUSE",
              event_mode="allege", issue=span(COUNCIL, "spying"),
              contexts=("intelligence", "human_rights")),
        event("council-2", COUNCIL, "Rohan helped Gondor with 500 troops in Edoras on 4 February.", "helped",
              "AID", cameo="072", goldstein=8.3, place=place(COUNCIL, "Edoras", "ROH", 12.5, 30.25),
              amounts=(Amount(value=500.0, unit="count", of="troops", approximate=False, text="500",
                              start=COUNCIL.index("500"), end=COUNCIL.index("500") + 3),),
              event_date=EventDate(start=dt.date(2022, 2, 4), end=dt.date(2022, 2, 4), precision="day",
                                   text="4 February", start_char=COUNCIL.index("4 February"),
                                   end_char=COUNCIL.index("4 February") + 10), confidence=0.75),
        event("council-3", COUNCIL, "Gondor met Arnor.", "met", "CONSULT", speaker=(court,), cue=said,
              quoted=True, factuality="probable", carried_by="both"),
    )  # fmt: skip
    notes = (
        Attribution(speaker=court, speaker_span=speaker, cue=said,
                    content=((content, len(COUNCIL)),), quoted=True),
    )  # fmt: skip
    osgiliath = place(RIVER, "Osgiliath", "GON", 10.0, 20.0)
    river = (
        event("river-1", RIVER, "Arnor attacked Gondor in Osgiliath.", "attacked", "ASSAULT",
              place=osgiliath),
        event("river-2", RIVER, RIVER.partition(". ")[2], "threatened", "THREATEN", conditional=True,
              factuality="possible", tense="future", condition=span(RIVER, "if the river is closed"),
              consequence=span(RIVER, "war will follow")),
    )  # fmt: skip
    again = (event("again-1", AGAIN, AGAIN, "attacked", "ASSAULT",
                   place=place(AGAIN, "Osgiliath", "GON", 10.0, 20.0)),)  # fmt: skip
    denial = (
        event("denial-1", DENIAL, "Mordor did not attack Rohan.", "did not attack", "ASSAULT",
              polarity="negative"),
        event("denial-2", DENIAL, "Long ago Harad sanctioned Rohan.", "sanctioned", "SANCTION",
              told_as="background", time_basis="background_distance"),
    )  # fmt: skip
    return [
        _coded("council", COUNCIL, "Council of the north", "The Gazette", 9, council, notes),
        _coded("river", RIVER, "The river", "The Courier", 10, river),
        _coded("again", AGAIN, "The river again", "The Herald", 10, again),
        _coded("denial", DENIAL, None, None, None, denial),
    ]


def _coded(
    id: str, text: str, title: str | None, publisher: str | None, day: int | None, events: tuple[Event, ...],
    attributions: tuple[Attribution, ...] = (),
) -> CodedDocument:  # fmt: skip
    published = dt.date(2022, 2, day) if day is not None else None
    url = f"https://example.org/{id}" if id == "council" else None
    document = Document(id=id, text=text, title=title, publisher=publisher, published_on=published, url=url)
    return CodedDocument(id=id, document=document, events=events, attributions=attributions)


def write_small(path: Path) -> Path:
    """Write the small record."""
    with Record.open(path) as record:
        run = record.begin_run("test")
        for coded in small_reports():
            record.add(coded, run_id=run)
        regroup(record)
    return path


def crowded_reports() -> list[CodedDocument]:
    """Return reports of more parties, pairs, publishers and events than a page lists."""
    start = dt.date(2021, 1, 1)
    found = []
    for number in range(CROWD):
        names = f"party-{number:03}", f"party-{number + 1:03}"
        text = f"{names[0]} met {names[1]}."
        actor, recipient = (party(text, name, kind="group", country=None) for name in names)
        met = event(f"met-{number}", text, text, "met", "CONSULT", actors=(actor,), recipients=(recipient,))
        coded = _coded(
            f"report-{number:03}", text, f"Report {number}", f"Paper {number % 110:03}", None, (met,)
        )
        day = start + dt.timedelta(days=number)
        found.append(_dated(coded, day))
    text = "Arnor attacked Gondor. " * BUSY
    sentence = "Arnor attacked Gondor."
    busy = event("busy", text, sentence, "attacked", "ASSAULT")
    many = tuple(msgspec.structs.replace(busy, id=f"busy-{number}") for number in range(BUSY))
    found.append(_dated(_coded("busy", text, "Many attacks", "The Gazette", None, many), start))
    text = (
        "The council of Harad praised the festival of lanterns beside the southern sea yesterday evening. "
        * 3
    )
    for number in range(ALIKE):
        coded = _coded(f"alike-{number:02}", text, f"Festival {number}", "The Herald", None, ())
        found.append(_dated(coded, start))
    return found


def _dated(coded: CodedDocument, day: dt.date) -> CodedDocument:
    return msgspec.structs.replace(coded, document=msgspec.structs.replace(coded.document, published_on=day))


def write_crowded(path: Path) -> Path:
    """Write the crowded record."""
    reports = crowded_reports()
    with Record.open(path) as record:
        record.fill(reports, run_id=record.begin_run("test"))
        regroup(record)
    return path


def write_days(path: Path, given: list[tuple[str, str, str]]) -> Path:
    """Write a record of one report a day, of what Arnor did to Gondor: verb, type, day; numbered from 0."""
    with Record.open(path) as record:
        run = record.begin_run("test")
        for number, (verb, event_type, day) in enumerate(given):
            text = f"Arnor {verb} Gondor."
            made = event(f"e{number}", text, text, verb, event_type)
            coded = _coded(f"r{number}", text, f"Report {number}", "Paper", None, (made,))
            record.add(_dated(coded, dt.date.fromisoformat(day)), run_id=run)
    return path


class _Compiled(BytecodeCache):
    """Compiled templates in memory."""

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._code:
            bucket.bytecode_from_string(self._code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key] = bucket.bytecode_to_string()


_COMPILED = _Compiled()


@functools.cache
def _knowledge() -> tuple[ActorBook, Codebook]:
    return load_actors(extra=(ARDA,)), load_codebook(())


def client_of(path: Path, **changed: Any) -> TestClient:
    """Return a client of the pages over a record; without a coder and without the start of the server."""
    app = create_app(Settings(record=path, actors=(ARDA,), rate=1000, **changed))
    # Loading these takes a second, and compiling the templates half of one: all clients share them.
    app.state.site.actors, app.state.site.codebook = _knowledge()
    app.state.site.templates.bytecode_cache = _COMPILED
    return TestClient(app, base_url="http://127.0.0.1", follow_redirects=False)


# Pages as words ----------------------------------------------------------------------------------------

_HASH = re.compile(r"\b[0-9a-f]{12,64}\b")
_SKIPPED = {"style", "template", "head"}


def html_of(page: str) -> html.HtmlElement:
    """Return the parsed page."""
    return html.fromstring(page)


def main_of(page: str) -> html.HtmlElement:
    """Return the main part of a page."""
    (found,) = html.fromstring(page).xpath("//main")
    return found


def title_of(page: str) -> str:
    """Return the title of a page."""
    return str(html.fromstring(page).findtext(".//title"))


def words_of(page: str) -> list[str]:
    """Return the content of a page as words, see `_told`; identifiers made by hashing are shown as "#"."""
    return _HASH.sub("#", _told(main_of(page))).split()


def stated(text: str) -> list[str]:
    """Return an expectation as words."""
    return text.split()


def data_of(page: str) -> Any:
    """Return the data that a page has for its script."""
    (found,) = html.fromstring(page).xpath("//script[@type='application/json']/text()")
    return json.loads(found)


def count_of(page: str, path: str) -> int:
    """Return how many elements of a page an XPath finds."""
    return len(html.fromstring(page).xpath(path))


def links_of(page: str, path: str = "//main") -> list[str]:
    """Return the addresses of the links in a part of a page."""
    return [str(href) for href in html.fromstring(page).xpath(f"{path}//a/@href")]


def _told(element: html.HtmlElement) -> str:
    """Return the text of an element, with marks for headings, links, fields of forms and rows of tables.

    Each parameter of an address is a word.
    """
    if (
        not isinstance(element.tag, str)
        or element.tag in _SKIPPED
        or element.get("type") == "application/json"
    ):
        return element.tail or ""
    inner = (element.text or "") + "".join(_told(child) for child in element)
    told = {
        "a": _link, "input": _input, "select": _select, "form": _form, "h1": _heading, "h2": _heading,
        "h3": _heading, "textarea": _input,
    }.get(element.tag, _plain)(element, inner)  # fmt: skip
    return told + (element.tail or "")


def _link(element: html.HtmlElement, inner: str) -> str:
    count = element.get("data-count")
    href = (element.get("href") or "").replace("&", " &")
    return f"[{inner}]({href}{f' = {count}' if count is not None else ''})"


def _input(element: html.HtmlElement, inner: str) -> str:
    checked = "*" if element.get("checked") is not None else ""
    value = inner if element.tag == "textarea" else element.get("value", "")
    return f" {{{checked}{element.get('name')}={value}}} "


def _select(element: html.HtmlElement, inner: str) -> str:
    chosen = element.xpath(".//option[@selected]") or element.xpath(".//option")[:1]
    shown = [option.get("value", option.text or "") for option in chosen]
    return f" {{{element.get('name')}={','.join(shown)} of {len(element.xpath('.//option'))}}} "


def _form(element: html.HtmlElement, inner: str) -> str:
    return f" <{element.get('method', 'get')} {element.get('action')}: {inner}> "


def _heading(element: html.HtmlElement, inner: str) -> str:
    return f" {'#' * int(element.tag[1])} {inner} "


def _plain(element: html.HtmlElement, inner: str) -> str:
    if element.tag in ("td", "th"):
        return f" {inner} |"
    is_inline = element.tag in ("span", "b", "bdi", "code", "em", "button", "summary")
    return inner if is_inline else f" {inner} "
