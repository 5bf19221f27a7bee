"""Compare how reports are read from JSONL, saved pages, one feed and one web archive.

    python benchmarks/formats.py stories.jsonl           texts
    python benchmarks/formats.py stories.jsonl --code    also events (some minutes)

Each line of the JSONL is a report with id, text, title, published_on, publisher; a line of its text is a
paragraph. The pages contain the usual surroundings of a report: menus, a picture with a caption, links to
other reports within the text, a byline, a footer.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import html
import io
import json
import tempfile
import time
import unicodedata
from collections import Counter
from email.utils import format_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.model.documents import Document, Failure
from dragoman.readers.base import read
from dragoman.readers.cleaning import clean_paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterable

_MENU = "".join(f'<li><a href="/{w.lower()}">{w}</a></li>' for w in ("Home", "World", "Politics", "Sport"))
_LINKS = "".join(
    f'<li><a href="/{i}">Another report that has nothing to do with this</a></li>' for i in range(5)
)


def page(row: dict[str, Any], *, url: str) -> str:
    """Render a report as a page."""
    linked = {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": row["title"],
        "datePublished": f"{row['published_on']}T23:10:00-05:00", "publisher": {"name": row["publisher"]},
    }  # fmt: skip
    paragraphs = [f"<p>{html.escape(line)}</p>" for line in row["text"].split("\n") if line.strip()]
    middle = max(1, len(paragraphs) // 2)
    paragraphs.insert(middle, '<p><a href="/other">Read more: Another report of the same day</a></p>')
    paragraphs.insert(
        1, '<figure><img src="a.jpg"><figcaption>A view of a river. (Reuters)</figcaption></figure>'
    )
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{html.escape(row["title"])} | '
        f'{row["publisher"]}</title><link rel="canonical" href="{url}">'
        f'<meta property="og:site_name" content="{row["publisher"]}">'
        f'<script type="application/ld+json">{json.dumps(linked)}</script><script>var a = 1;</script>'
        f"</head><body><header><nav><ul>{_MENU}</ul></nav></header><main><article>"
        f'<h1>{html.escape(row["title"])}</h1><p class="byline">By Jane Doe and John Roe</p>'
        f"{''.join(paragraphs)}</article><aside><h2>Most read</h2><ul>{_LINKS}</ul></aside></main>"
        f"<footer><p>© 2024 {row['publisher']}. All rights reserved.</p></footer></body></html>"
    )


def feed(rows: Iterable[tuple[dict[str, Any], str]]) -> str:
    """Render reports as one RSS feed."""
    items = []
    for row, url in rows:
        body = "".join(f"<p>{html.escape(line)}</p>" for line in row["text"].split("\n"))
        day = dt.datetime.fromisoformat(row["published_on"]).replace(
            hour=23, tzinfo=dt.timezone(dt.timedelta(hours=-5))
        )
        items.append(
            f"<item><title>{html.escape(row['title'])}</title><link>{html.escape(url)}</link>"
            f"<pubDate>{format_datetime(day)}</pubDate>"
            f"<description>{html.escape(row['lead'] or '')}</description>"
            f"<content:encoded><![CDATA[{body}<p>Read more: Another report</p>]]></content:encoded></item>"
        )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>All reports</title>'
        f"<link>https://news.example/</link>{''.join(items)}</channel></rss>"
    )


def warc(pages: Iterable[tuple[str, str]]) -> bytes:
    """Render pages as one web archive, every second page with compressed content."""
    from fastwarc.warc import WarcRecord, WarcRecordType

    out = io.BytesIO()
    for number, (url, markup) in enumerate(pages):
        record = WarcRecord()
        record.init_headers(WarcRecordType.response)
        record.headers["WARC-Target-URI"] = url
        record.headers["Content-Type"] = "application/http; msgtype=response"
        record.is_http = True
        body, encoding = markup.encode(), b""
        if number % 2:
            body, encoding = gzip.compress(body), b"Content-Encoding: gzip\r\n"
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n" + encoding
        record.set_bytes_content(head + b"\r\n" + body)
        record.write(out)
    return gzip.compress(out.getvalue())


def render(rows: list[dict[str, Any]], folder: Path) -> dict[str, list[str]]:
    """Write all formats; return the paths for each."""
    urls = [f"https://news.example/{row['id']}" for row in rows]
    pages = [(url, page(row, url=url)) for row, url in zip(rows, urls, strict=True)]
    (folder / "pages").mkdir()
    for number, (_, markup) in enumerate(pages):
        (folder / "pages" / f"{number:05}.html").write_text(markup, encoding="utf-8")
    (folder / "feed.xml").write_text(feed(zip(rows, urls, strict=True)), encoding="utf-8")
    (folder / "archive.warc.gz").write_bytes(warc(pages))
    with (folder / "reports.jsonl").open("w", encoding="utf-8") as file:
        for row, url in zip(rows, urls, strict=True):
            kept = {name: row[name] for name in ("text", "title", "published_on", "publisher")}
            file.write(json.dumps({**kept, "url": url}) + "\n")
    names = {"jsonl": "reports.jsonl", "html": "pages", "rss": "feed.xml", "warc": "archive.warc.gz"}
    return {name: [str(folder / path)] for name, path in names.items()}


def flat(text: str) -> str:
    """Return a text without white space, which must be equal in all formats."""
    return "".join(unicodedata.normalize("NFC", text).split())


def is_same(document: Document, other: Document) -> bool:
    """Return True if a text equals that of the JSONL, except for notices removed only from markup."""
    cleaned = clean_paragraphs(document.text.split("\n"), title=document.title)
    return flat(other.text) in (flat(document.text), flat("".join(cleaned)))


def compare(rows: list[dict[str, Any]], found: dict[str, dict[str, Document]]) -> None:
    """Print how many texts, days and titles are identical to the JSONL."""
    given = found["jsonl"]
    for name in ("html", "rss", "warc"):
        counts: Counter[str] = Counter(
            dict.fromkeys(("read", "text", "text less notices", "day", "title"), 0)
        )
        different: list[str] = []
        for key, document in given.items():
            other = found[name].get(key)
            if other is None:
                continue
            counts["read"] += 1
            same = flat(other.text) == flat(document.text)
            same_cleaned = is_same(document, other)
            counts["text"] += same
            counts["text less notices"] += same_cleaned
            counts["day"] += other.published_on == document.published_on
            counts["title"] += other.title == document.title
            if not same_cleaned:
                different.append(key)
        print(f"{name}: of {len(given)} " + ", ".join(f"{what} {n}" for what, n in counts.items()))
        if different:
            print("   different:", *(found[name][key].url for key in different[:8]))


def code_all(found: dict[str, dict[str, Document]]) -> None:
    """Code every text once, and print how many reports yield the same events as from JSONL."""
    from dragoman.coding.coder import Coder

    coder = Coder()
    known: dict[tuple[str, str], Counter[tuple[object, ...]]] = {}

    def events(document: Document) -> Counter[tuple[object, ...]]:
        key = (document.text, str(document.published_on))
        if key not in known:
            known[key] = Counter(
                (e.event_type, e.event_mode, tuple(a.id for a in e.actors), tuple(r.id for r in e.recipients),
                 e.factuality, e.trigger.text, str(e.event_date.start) if e.event_date else "")
                for e in coder.code_document(document).events
            )  # fmt: skip
        return known[key]

    reference = {key: events(document) for key, document in found["jsonl"].items()}
    for name in ("html", "rss", "warc"):
        same = lost = added = total = 0
        for key, wanted in reference.items():
            document = found[name].get(key)
            got = events(document) if document else Counter()
            same += got == wanted
            lost += sum((wanted - got).values())
            added += sum((got - wanted).values())
            total += sum(wanted.values())
        print(
            f"{name}: events the same in {same} of {len(reference)}; of {total}, {lost} lost, {added} added"
        )


def main() -> None:
    """Render the reports, read them back and compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", type=Path)
    parser.add_argument("--code", action="store_true", help="compare the events too")
    parser.add_argument("--first", type=int, default=None, help="only so many reports")
    parser.add_argument("--keep", type=Path, default=None, help="write the files here and leave them")
    given = parser.parse_args()
    rows = [json.loads(line) for line in given.reports.open(encoding="utf-8")][: given.first]
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.keep or Path(temporary)
        folder.mkdir(exist_ok=True)
        paths = render(rows, folder)
        found: dict[str, dict[str, Document]] = {}
        for name, places in paths.items():
            began = time.perf_counter()
            items = list(read(places))
            took = time.perf_counter() - began
            found[name] = {item.id: item for item in items if isinstance(item, Document)}
            failures = [item for item in items if isinstance(item, Failure)]
            print(f"{name}: {len(items)} read in {took:.1f} s, {len(failures)} failures")
            for failure in failures[:5]:
                print(f"   {failure.error}: {failure.message}")
        compare(rows, found)
        if given.code:
            code_all(found)


if __name__ == "__main__":
    main()
