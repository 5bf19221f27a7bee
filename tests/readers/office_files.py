"""Lines as files of office programs: docx and odt by their libraries, rtf, pages and PDF by hand."""

from __future__ import annotations

import html
import io
import zlib
from collections.abc import Iterable

Placed = tuple[float, float, str]


def docx_file(lines: Iterable[str], *, heading: str | None = None) -> bytes:
    import docx

    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "A running head of the export"
    if heading:
        document.add_heading(heading, level=1)
    for line in lines:
        cells = line.split("\t")
        if len(cells) > 1:
            table = document.add_table(rows=1, cols=len(cells))
            for number, cell in enumerate(cells):
                table.cell(0, number).text = cell
            continue
        paragraph = document.add_paragraph()
        # Databases set their search terms apart, so that a sentence is several runs.
        for number, part in enumerate(line.split("Gondor")):
            if number:
                paragraph.add_run("Gondor").bold = True
            paragraph.add_run(part)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def rtf_file(lines: Iterable[str]) -> bytes:
    def escaped(text: str) -> str:
        plain = text.replace("\\", "\\\\").replace("{", "\\{").replace("}", "\\}").replace("\t", "\\tab ")
        return "".join(
            c if ord(c) < 128 else f"\\'{c.encode('cp1252').hex()}" if c in "\u00a0©é" else f"\\u{ord(c)}?"
            for c in plain
        )

    body = "".join(f"\\pard\\plain\\f0 {escaped(line)}\\par\r\n" for line in lines)
    return (
        "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\fnil Arial;}}{\\colortbl;\\red0\\green0\\blue0;}"
        "{\\info{\\title An export}}{\\header\\pard A running head of the export\\par}\r\n" + body + "}"
    ).encode("ascii")


def odt_file(lines: Iterable[str], *, heading: str | None = None) -> bytes:
    import odfdo

    document = odfdo.Document("text")
    document.body.clear()
    if heading:
        document.body.append(odfdo.Header(1, heading))
    for line in lines:
        document.body.append(odfdo.Paragraph(line))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def page(lines: Iterable[str], *, title: str = "An export") -> bytes:
    body = "".join(f"<div><p><span>{html.escape(line)}</span></p></div>\n" for line in lines)
    return (
        f'<html><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body><form>{body}</form></body></html>"
    ).encode()


def table_page(rows: Iterable[tuple[str, str]]) -> bytes:
    def cell(text: str) -> str:
        return "".join(f"<p>{html.escape(part)}</p>" for part in text.split("\n"))

    body = "".join(f"<tr><td><b>{code}</b></td><td>{cell(text)}</td></tr>" for code, text in rows)
    return f'<html><head><meta charset="utf-8"></head><body><table>{body}</table></body></html>'.encode()


def pdf_file(pages: Iterable[Iterable[Placed]], *, size: float = 10, packed: bool = True) -> bytes:
    """Lines of text at places, in points from the upper left corner of a page of 612 by 792."""
    contents = []
    for placed in pages:
        parts = [
            f"BT /F1 {size} Tf 1 0 0 1 {x} {792 - y} Tm ({_pdf_text(text)}) Tj ET" for x, y, text in placed
        ]
        contents.append("\n".join(parts).encode("cp1252"))
    count = len(contents)
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(count))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {count} /Kids [{kids}] >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, content in enumerate(contents):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        data = zlib.compress(content) if packed else content
        filtered = " /Filter /FlateDecode" if packed else ""
        head = f"<< /Length {len(data)}{filtered} >>\nstream\n".encode()
        objects.append(head + data + b"\nendstream")
    return _assembled(objects)


def _assembled(objects: list[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def _pdf_text(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
