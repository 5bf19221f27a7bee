"""A report of our own in every format that is read, each with what really surrounds it there."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from fastwarc.warc import WarcRecord, WarcRecordType

URL = "https://www.arnor-times.example/news/envoy-recalled"
TITLE = "Arnor recalls its envoy from Gondor"
DAY = dt.date(2022, 2, 15)
PARAGRAPHS = (
    "Arnor recalled its ambassador from Gondor on Tuesday after soldiers crossed the river between the two.",
    "“We will not be silent,” the foreign minister, Halbarad, told reporters in Annúminas.",
    "Gondor said it regretted the decision and called for talks in Rohan next week.",
    "The king of Rohan offered to host the talks & promised to send observers to the border.",
)
TEXT = "\n\n".join(PARAGRAPHS)


def html_page() -> str:
    linked = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": "Arnor Times", "datePublished": "2010-01-01"},
            {"@type": "NewsArticle", "headline": TITLE, "datePublished": "2022-02-15T23:30:00-05:00"},
        ],
    }
    body = [f"<p>{paragraph.replace('&', '&amp;')}</p>" for paragraph in PARAGRAPHS]
    body.insert(1, '<figure><img src="r.jpg"><figcaption>The river. (AFP)</figcaption></figure>')
    body.insert(3, '<p>Read more: <a href="/x">Rohan counts its horses</a></p>')
    body.append(body[0])
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{TITLE} | Arnor Times</title>'
        f'<link rel="canonical" href="{URL}?utm_source=front">'
        '<meta property="og:site_name" content="Arnor Times">'
        f'<script type="application/ld+json">{json.dumps(linked)}</script></head><body>'
        '<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>'
        f"<article><h1>{TITLE}</h1><p>By Jane Doe and John Roe</p><p>Updated: 2022-02-15 23:30</p>"
        f"{''.join(body)}<p>Reporting by Jane Doe; Editing by John Roe</p></article>"
        "<aside><h2>Most read</h2><ul><li><a href='/1'>The price of pipe-weed</a></li></ul></aside>"
        "<footer>© 2022 Arnor Times. All rights reserved.</footer></body></html>"
    )


def rss_feed() -> str:
    body = "".join(f"<p>{paragraph.replace('&', '&amp;')}</p>" for paragraph in PARAGRAPHS)
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Arnor Times</title>'
        f"<item><title>{TITLE}</title><link>{URL}</link><guid isPermaLink='false'>77</guid>"
        "<pubDate>Tue, 15 Feb 2022 23:30:00 -0500</pubDate>"
        "<description>Arnor recalled its envoy.</description>"
        f"<content:encoded><![CDATA[<figure><figcaption>x</figcaption></figure>{body}"
        "<p>The post <a href='x'>y</a> appeared first on <a>Arnor Times</a>.</p>]]></content:encoded></item>"
        "</channel></rss>"
    )


def atom_feed() -> str:
    body = "".join(f"<p>{paragraph.replace('&', '&amp;')}</p>" for paragraph in PARAGRAPHS)
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Arnor Times</title><id>urn:feed</id>'
        f"<updated>2022-02-16T04:30:00Z</updated><entry><title type='html'>{TITLE}</title><id>urn:77</id>"
        f"<link href='{URL}'/><published>2022-02-15T23:30:00-05:00</published><content type='xhtml'>"
        f'<div xmlns="http://www.w3.org/1999/xhtml">{body}</div></content></entry></feed>'
    )


def warc_archive() -> bytes:
    out = io.BytesIO()
    for status, media, content in (
        ("301 Moved", "text/html", b"<html><body><p>Moved to another place, it says here.</p></body></html>"),
        ("200 OK", "image/png", b"\x89PNG"),
        ("200 OK", "text/html; charset=utf-8", html_page().encode()),
    ):
        record = WarcRecord()
        record.init_headers(WarcRecordType.response)
        record.headers["WARC-Target-URI"] = URL
        record.headers["Content-Type"] = "application/http; msgtype=response"
        record.is_http = True
        head = f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\nContent-Encoding: gzip\r\n\r\n".encode()
        record.set_bytes_content(head + gzip.compress(content))
        record.write(out)
    return out.getvalue()


def csv_table(delimiter: str = ",") -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(["headline", "body", "date", "source", "link"])
    writer.writerow([TITLE, TEXT, "15 February 2022", "Arnor Times", URL])
    return out.getvalue()


def parquet_table() -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = io.BytesIO()
    columns = {"title": [TITLE], "maintext": [TEXT], "date_publish": [dt.datetime(2022, 2, 15, 23, 30)],
               "source_domain": ["Arnor Times"], "url": [URL]}  # fmt: skip
    pq.write_table(pa.table(columns), out)
    return out.getvalue()


def news_please() -> dict[str, object]:
    return {"authors": ["Jane Doe"], "date_publish": "2022-02-15 23:30:00", "maintext": TEXT, "title": TITLE,
            "source_domain": "Arnor Times", "url": URL, "language": "en", "image_url": None}  # fmt: skip


FORMATS: dict[str, bytes] = {
    "page.html": html_page().encode(),
    "page.htm": html_page().encode("utf-16"),
    "feed.xml": rss_feed().encode(),
    "feed.atom": atom_feed().encode(),
    "crawl.warc": warc_archive(),
    "table.csv": csv_table().encode(),
    "table.tsv": csv_table("\t").encode("utf-16"),
    "semicolons.csv": csv_table(";").encode("utf-8-sig"),
    "table.parquet": parquet_table(),
    "article.json": json.dumps(news_please(), indent=2).encode(),
    "list.json": json.dumps([news_please()]).encode(),
    "lines.jsonl": json.dumps(news_please()).encode(),
}


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, bytes], str]:
    def written(name: str, content: bytes) -> str:
        path = tmp_path / name
        path.write_bytes(content)
        return str(path)

    return written
