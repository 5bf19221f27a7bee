"""Fuzz the readers with broken, hostile and odd inputs, and the coder with a sample of their output.

    python benchmarks/fuzz_readers.py --count 6000            readers only
    python benchmarks/fuzz_readers.py --count 6000 --code 100 and 100 of the reports coded

Each input is generated from a seed: an invented report in some format, then broken in up to six ways, packed,
encoded or misnamed. Reading any input must give documents and failures, each failure one line, and never an
exception; inputs that raise one are saved in the folder given with --keep.
"""

from __future__ import annotations

import argparse
import bz2
import gzip
import importlib.util
import io
import json
import lzma
import random
import resource
import signal
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.model.documents import Document, Failure
from dragoman.readers.base import read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

_SENTENCES = (
    "Arnor recalled its ambassador from Gondor on Friday, the foreign ministry said.",
    "“We will not be silent,” the minister told reporters; 'nor will we attack,' he added.",
    "Gondor denied that its soldiers had crossed the river, and called for talks in Rohan next week.",
    "If Arnor attacks, Rohan will impose sanctions worth $3.5 billion, its king warned.",
    "Mordor shelled the ford for three hours, killing 12 people, according to Gondor.",
)
_SUFFIXES = (
    ".txt", ".html", ".htm", ".xml", ".rss", ".json", ".jsonl", ".csv", ".tsv", ".parquet", ".warc", ".zip",
    ".gz", ".html.gz", ".jsonl.xz", ".csv.bz2", ".warc.gz", ".txt.zst", "", ".dat", ".pdf",
)  # fmt: skip
_ENCODINGS = ("utf-16", "utf-16-le", "utf-32", "latin-1", "cp1252", "shift_jis", "utf-7", "cp037", "gb18030")
_NASTY = (
    b"\x00", b"\x00" * 500, b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xc0\xaf", b"\xf4\x90\x80\x80",
    "\u202e\u200f\u2066\u061c".encode(), "\u2028\u2029\u0085\x0b\x0c".encode(), b"e\xcc\x81" * 200,
    "\U0001f468\u200d\U0001f469\u200d\U0001f467".encode() * 20, b"\r", b"\r\n" * 50, b"\x1a", b"\x1b[31m",
    b'"', b'"' * 5000, b"'" * 5000, "“".encode() * 3000, "‘”“’".encode() * 500, b"\\", b"\\u", b"\\ud800",
    b"<", b">", b"&", b"&#0;", b"&#x110000;", b"&#xD800;", b"&amp;" * 500, b"&" + b"a" * 5000 + b";",
    b"<![CDATA[", b"]]>", b"<!--", b"-->", b"--!>", b"<?", b"<?xml version='1.0' encoding='utf-7'?>",
    b"<!DOCTYPE a [<!ENTITY b 'bbbb'><!ENTITY c '&b;&b;&b;&b;'>]>",
    b"<!ENTITY x SYSTEM 'file:///etc/passwd'>",
    b"<div>" * 3000, b"<p>" * 3000, b"</div>" * 3000, b"<table><tr><td>" * 500, b"<b><i>" * 800,
    b"<svg><math>" * 99,
    b"<script>", b"<style>", b"<plaintext>", b"<template>", b"<textarea>", b"<noscript>", b"<select><option>",
    b"<p " + b"a=b " * 3000 + b">", b'<p class="' + b"x " * 9000 + b'">', b"<meta charset='zip_codec'>",
    b"<meta charset=utf-16>", b"<meta charset='" + b"x" * 300 + b"'>", b"<base href='http://[::1'>",
    b'<script type="application/ld+json">{"@type":"NewsArticle","datePublished":[1],"headline":{}}</script>',
    b'<script type="application/ld+json">{"@type":["Report"],"publisher":[],"author":7}</script>',
    b'<script type="application/ld+json">' + b'{"@graph":[' * 500 + b"</script>",
    b'<link rel="canonical" href="https://[bad/">', b'<meta property="og:url" content="https://\xff">',
    b'<time datetime="99999-99-99">', b'<meta property="article:published_time" content="0000-00-00T99:99">',
    b"[" * 3000, b"{" * 3000, b'{"a":' * 2000, b"1e999", b"9" * 5000, b"NaN", b"-", b"null", b",", b"\n",
    b"x" * 200_000, b"a b " * 50_000, b"Arnor " * 30_000, b". " * 20_000, b"\xe2\x80\x9c" * 9999,
    b"Content-Length: 99999999999\r\n", b"Content-Length: -1\r\n", b"Transfer-Encoding: chunked\r\n",
    b"Content-Encoding: br\r\n", b"WARC/1.0\r\n", b"ffffffff\r\n", b"PK\x03\x04", b"\x1f\x8b\x08",
    b"PAR1", b"BZh91AY&SY",
)  # fmt: skip


def _load_formats() -> Any:
    spec = importlib.util.spec_from_file_location("formats", Path(__file__).with_name("formats.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def seeds() -> dict[str, bytes]:
    """Return invented reports in every format."""
    formats = _load_formats()
    row = {
        "title": "Arnor recalls envoy", "lead": _SENTENCES[0], "text": "\n".join(_SENTENCES),
        "published_on": "2022-02-15", "publisher": "Arnor Times",
    }  # fmt: skip
    url = "https://arnor.example/envoy"
    page = formats.page(row, url=url)
    fields = {**row, "url": url}
    table = f'title,text,published_on\nA,"{row["text"].replace(chr(34), chr(34) * 2)}",2022-02-15\n'
    return {
        ".txt": row["text"].encode(), ".html": page.encode(),
        ".xml": formats.feed([(row, url)] * 3).encode(),
        ".warc.gz": formats.warc([(url, page)] * 2),
        ".warc": gzip.decompress(formats.warc([(url, page)] * 2)),
        ".jsonl": (json.dumps(fields) + "\n").encode() * 3, ".json": json.dumps(fields, indent=1).encode(),
        ".csv": table.encode(), ".parquet": _parquet(fields),
        ".zip": _zip({"a.html": page.encode(), "b.csv": table.encode()}),
        ".atom": _atom(row, url).encode(),
    }  # fmt: skip


def _atom(row: dict[str, str], url: str) -> str:
    body = "".join(f"<p>{sentence}</p>" for sentence in _SENTENCES)
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><entry><title>{row["title"]}</title>'
        f'<id>{url}</id><published>2022-02-15T10:00:00Z</published><content type="xhtml">'
        f'<div xmlns="http://www.w3.org/1999/xhtml">{body}</div></content></entry></feed>'
    )


def _parquet(fields: dict[str, str]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = io.BytesIO()
    pq.write_table(pa.table({name: [value] * 3 for name, value in fields.items()}), out)
    return out.getvalue()


def _zip(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def make_inputs(count: int, *, seed: int = 1) -> Iterator[tuple[str, bytes]]:
    """Yield file names and contents; the same ones for the same seed."""
    rng = random.Random(seed)
    known = seeds()
    for number in range(count):
        suffix = rng.choice(list(known))
        content = bytearray(known[suffix])
        for _ in range(rng.choice((0, 1, 1, 2, 3, 6))):
            _break(content, rng, known)
        result = _dress(bytes(content), rng)
        if result[1]:
            suffix += result[1]
        if rng.random() < 0.15:
            suffix = rng.choice(_SUFFIXES)
        yield f"{number}{suffix}", result[0]


def _break(content: bytearray, rng: random.Random, known: dict[str, bytes]) -> None:
    at = rng.randrange(len(content) + 1)
    what = rng.randrange(9)
    if what <= 3:
        content[at:at] = rng.choice(_NASTY)
    elif what == 4:
        del content[at : at + rng.choice((1, 3, 30, 3000))]
    elif what == 5:
        for _ in range(rng.choice((1, 5, 50))):
            if content:
                content[rng.randrange(len(content))] = rng.randrange(256)
    elif what == 6:
        other = known[rng.choice(list(known))]
        content[at:at] = other[rng.randrange(len(other)) :]
    elif what == 7:
        content[at:at] = content[: rng.randrange(1, 2000)] * rng.choice((1, 2, 50))
    else:
        del content[at:]


def _dress(content: bytes, rng: random.Random) -> tuple[bytes, str]:
    """Encode or pack; return the content and the suffix of the name."""
    draw = rng.random()
    if draw < 0.08:
        text = content.decode("utf-8", "replace")
        return text.encode(rng.choice(_ENCODINGS), "replace"), ""
    if draw < 0.25:
        suffix, pack = rng.choice(
            ((".gz", gzip.compress), (".bz2", bz2.compress), (".xz", lzma.compress), (".zst", _zstd))
        )
        if rng.random() < 0.1:
            content = content[:10] + rng.choice((b"a", b"\n", b"<p>", b"{}\n")) * 12_000_000
        packed = bytearray(pack(content))
        if rng.random() < 0.4:
            packed[rng.randrange(len(packed))] = rng.randrange(256)
        return bytes(packed), suffix
    return content, ""


def _zstd(content: bytes) -> bytes:
    import zstandard

    return zstandard.compress(content)


def check_item(item: Document | Failure) -> None:
    """Check the readers' contract for an item."""
    if isinstance(item, Failure):
        assert item.message
        assert item.message.isprintable(), item.message
        assert item.error.endswith("Error"), item.error
        # Input that a reader was not designed for is a failure to its user, and a finding here.
        assert item.error != "ReaderFaultError", item.message
        item.message.encode("utf-8")
        item.document_id.encode("utf-8")
        return
    assert item.id
    assert item.text.strip()
    assert "\x00" not in item.text
    for value in (item.id, item.text, item.title, item.publisher, item.url):
        (value or "").encode("utf-8")
    assert item.id.isprintable()


class TooLongError(BaseException):
    """An input exceeded the time limit."""


def _alarm(number: int, frame: FrameType | None) -> None:
    raise TooLongError


def main() -> None:
    """Generate the inputs, read them and print the findings."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=6000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--code", type=int, default=0, help="so many of the documents are coded too")
    parser.add_argument(
        "--keep", type=Path, default=Path("out/fuzz"), help="where inputs that raise are kept"
    )
    given = parser.parse_args()
    signal.signal(signal.SIGALRM, _alarm)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    counts: Counter[str] = Counter()
    slow: list[tuple[float, str, int]] = []
    sample: list[Document] = []
    rng = random.Random(given.seed)
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        for name, content in make_inputs(given.count, seed=given.seed):
            path = Path(folder) / name
            path.write_bytes(content)
            start = time.perf_counter()
            signal.alarm(30)
            try:
                for item in read([str(path)]):
                    check_item(item)
                    counts["document" if isinstance(item, Document) else item.error] += 1
                    if isinstance(item, Document) and len(item.text) < 20_000:
                        place = rng.randrange(counts["document"])
                        if len(sample) < given.code:
                            sample.append(item)
                        elif place < given.code:
                            sample[place] = item
            except BaseException as error:
                if isinstance(error, KeyboardInterrupt):
                    raise
                counts[f"RAISED {type(error).__name__}"] += 1
                given.keep.mkdir(parents=True, exist_ok=True)
                (given.keep / name).write_bytes(content)
                print(f"{name}: {''.join(traceback.format_exception(error)[-3:])[:1500]}")
            finally:
                signal.alarm(0)
            slow.append((time.perf_counter() - start, name, len(content)))
            path.unlink()
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{given.count} inputs in {time.perf_counter() - began:.0f} s; "
        f"memory {before:.0f} -> {after:.0f} MB at most"
    )
    for name, count in counts.most_common():
        print(f"  {name}: {count}")
    print(
        "slowest:", *(f"{name} ({size:,} bytes) {took:.1f} s" for took, name, size in sorted(slow)[-3:][::-1])
    )
    if sample:
        _code(sample)


def _code(sample: list[Document]) -> None:
    from dragoman.coding.coder import Coder
    from dragoman.knowledge.loading import data_folder
    from dragoman.running.job import code_one

    coder = Coder(actors=[data_folder() / "actors_invented"])
    failed = events = 0
    for document in sample:
        coded = code_one(document, coder.code_document)
        if isinstance(coded, Failure):
            failed += 1
            print(f"  coder: {coded.error}: {coded.message[:200]}")
            continue
        for event in coded.events:
            events += 1
            assert document.text[event.evidence.start : event.evidence.end] == event.evidence.text
    print(f"{len(sample)} of the documents coded: {events} events, all offsets true; {failed} failures")


if __name__ == "__main__":
    main()
