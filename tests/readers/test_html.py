"""What a page says of itself, in the ways in which pages say it."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from typing import Any

import pytest

from dragoman.model.documents import Document
from dragoman.readers.base import read

from .conftest import FORMATS, PARAGRAPHS, TEXT

Write = Callable[[str, bytes], str]
BODY = "".join(f"<p>{paragraph.replace('&', '&amp;')}</p>" for paragraph in PARAGRAPHS)


def linked(**fields: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **fields})}</script>'


def read_page(write: Write, head: str = "", body: str = "", *, encoding: str = "utf-8") -> Document:
    markup = f"<html><head>{head}</head><body>{body or f'<article>{BODY}</article>'}</body></html>"
    (item,) = read([write("page.html", markup.encode(encoding))])
    assert isinstance(item, Document), item
    return item


DAYS = [
    (linked(datePublished="2022-02-15T23:30:00-05:00", dateModified="2022-03-01"), "2022-02-15"),
    (linked(datePublished="Tue, 15 Feb 2022 23:30:00 -0500"), "2022-02-15"),
    (linked(datePublished=["2022"], dateCreated="2022-02-15"), "2022-02-15"),
    ('<script type="application/ld+json">{"@type": broken</script>'
     '<meta property="article:published_time" content="2022-02-15T10:00:00Z">', "2022-02-15"),
    ('<meta itemprop="datePublished" content="2022-02-15">', "2022-02-15"),
    ('<meta name="pubdate" content="20220215">', "2022-02-15"),
    ('<link rel="canonical" href="https://arnor.example/2022/02/15/envoy">', "2022-02-15"),
    ("", "None"),
]  # fmt: skip


@pytest.mark.parametrize(("head", "day"), DAYS)
def test_the_day_of_publication(write: Write, head: str, day: str) -> None:
    assert str(read_page(write, head).published_on) == day


TITLES = [
    (linked(headline="Envoy &amp; army") + "<title>x</title>", "Envoy & army"),
    ('<meta property="og:title" content="Envoy recalled"><title>x</title>', "Envoy recalled"),
    ("<title>Envoy recalled - Arnor Times</title>", "Envoy recalled"),
    ("<title>Envoy – army chief – recalled | Arnor Times</title>", "Envoy – army chief – recalled"),
    ("", None),
]


@pytest.mark.parametrize(("head", "title"), TITLES)
def test_the_title(write: Write, head: str, title: str | None) -> None:
    assert read_page(write, head).title == title


PUBLISHERS = [
    ('<meta property="og:site_name" content="Arnor Times">', "Arnor Times"),
    (linked(publisher={"@type": "Organization", "name": "Arnor Times"}), "Arnor Times"),
    (linked(publisher=["Arnor Times"]), "Arnor Times"),
    ('<meta property="og:url" content="https://www.arnor.example/x">', "arnor.example"),
    ("<!-- saved from url=(0026)https://arnor.example/news -->", "arnor.example"),
    ('<link rel="canonical" href="/news/1">', None),
]


@pytest.mark.parametrize(("head", "publisher"), PUBLISHERS)
def test_the_publisher(write: Write, head: str, publisher: str | None) -> None:
    assert read_page(write, head).publisher == publisher


BODIES = {
    "article": f"<article>{BODY}</article>",
    "divisions": f'<div class="top">Home</div><div id="content"><div class="story-body">{BODY}</div></div>',
    "line breaks": f"<div class='article-body'>{'<br><br>'.join(PARAGRAPHS).replace('&', '&amp;')}</div>",
    "in a table": f"<table><tr><td>Home</td><td><div class='post-content'>{BODY}</div></td></tr></table>",
    "upper case": f"<DIV CLASS=article><P>{'<P>'.join(PARAGRAPHS).replace('&', '&amp;')}</DIV>",
    "scripts between": BODY.replace("</p>", "</p><script>var x = 'Gondor attacked Arnor.';</script>"),
    "comments below": f'<article>{BODY}</article><div id="comments"><p>Gondor has attacked us all!</p></div>',
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_the_main_text(write: Write, body: str) -> None:
    assert read_page(write, "<title>Envoy</title>", body).text.split() == TEXT.split()


def test_a_page_whose_text_is_only_in_its_data(write: Write) -> None:
    document = read_page(write, linked(articleBody=TEXT, headline="Envoy"), "<div id=root></div>")
    assert document.text.split() == TEXT.split()


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("windows-1252", "cp1252"), ("iso-8859-1", "cp1252"), ("utf-8", "utf-8"), ("nonsense", "cp1252"),
     ("utf-8", "cp1252"), ("iso-8859-15", "iso-8859-15"), ("hex", "utf-8")],
)  # fmt: skip
def test_the_encoding(write: Write, declared: str, encoding: str) -> None:
    sentence = "The café of José in Annúminas was shelled, the ministry of Arnor said on Friday."
    body = f"<article><p>{sentence}</p></article>"
    document = read_page(write, f'<meta charset="{declared}">', body, encoding=encoding)
    assert "café of José in Annúminas" in document.text


def test_nothing_is_fetched(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a reader reached for the network")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    paths = [write(name, content) for name, content in FORMATS.items()]
    hostile = '<base href="http://a.example/"><img src="/x"><link rel=stylesheet href="//a.example/y">'
    markup = f"<html><head>{hostile}</head><body><article>{BODY}</article></body></html>"
    paths.append(write("hostile.html", markup.encode()))
    paths.append(write("address.xml", b"http://127.0.0.1:9/feed.xml"))
    items = list(read(paths))
    assert sum(isinstance(item, Document) for item in items) == len(FORMATS) + 1
