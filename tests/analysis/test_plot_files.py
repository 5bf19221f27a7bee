"""Files of charts: of the kind that the name says, standing alone, with hostile words as words."""

from __future__ import annotations

import builtins
import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest

from dragoman.analysis.plot_files import KINDS, altair, plot_bytes, plot_kind, write_plot
from dragoman.analysis.plots import plot_series
from dragoman.errors import MissingExtraError, UsageError
from dragoman.record.answers import DyadPoint

HOSTILE = "</script><script>alert('A & B')</script>"


@pytest.fixture(scope="module")
def chart() -> Any:
    days = (dt.date(2022, 1, 1), dt.date(2022, 3, 1))
    points = [DyadPoint(start=day, events=2, intensity=-4.0, counts={"verbal_conflict": 2}) for day in days]
    return plot_series(points, title=HOSTILE)


STARTS = {"svg": b"<svg", "png": b"\x89PNG", "pdf": b"%PDF", "html": b"<!doctype html>"}


@pytest.mark.parametrize("kind", KINDS)
def test_the_ending_says_the_kind(chart: Any, kind: str, tmp_path: Path) -> None:
    write_plot(chart, tmp_path / f"chart.{kind.upper()}")
    assert (tmp_path / f"chart.{kind.upper()}").read_bytes().startswith(STARTS[kind])


def test_an_svg_stands_alone(chart: Any) -> None:
    text = plot_bytes(chart, "svg").decode("utf-8")
    assert "<script" not in text
    assert "&lt;/script&gt;" in text
    assert set(re.findall(r"https?://[^\"'\s]+", text)) <= {
        "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink",
    }  # fmt: skip
    assert "#f0993f" in text
    assert "events per month" in text


def test_a_page_keeps_words_out_of_its_scripts(chart: Any) -> None:
    page = plot_bytes(chart, "html").decode("utf-8")
    # Its data and its script, nothing of the title.
    assert page.count("</script>") == 2
    assert "alert('A & B')</script>" not in page
    assert "default-src 'none'" in page
    assert "unsafe-eval" not in page
    assert not re.search(r"<(?:script|link)[^>]+(?:src|href)=", page)


@pytest.mark.parametrize(
    ("path", "given", "kind"),
    [
        ("a.svg", None, "svg"), ("a.PDF", None, "pdf"), ("-", None, "svg"), ("-", "png", "png"),
        ("a.txt", "html", "html"),
    ],
)  # fmt: skip
def test_kind(path: str, given: str | None, kind: str) -> None:
    assert plot_kind(Path(path), given) == kind


@pytest.mark.parametrize(("path", "given"), [("a.jpg", None), ("a", None), ("a.svg", "gif")])
def test_an_unknown_kind_is_an_error_with_the_known(path: str, given: str | None) -> None:
    with pytest.raises(UsageError, match="svg, png, pdf, html"):
        plot_kind(Path(path), given)


@pytest.mark.parametrize(("missing", "call"), [("altair", altair), ("vl_convert", None)])
def test_a_missing_package_says_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch, chart: Any, missing: str, call: Any
) -> None:
    real = builtins.__import__

    def refuse(name: str, *args: Any, **more: Any) -> Any:
        if name == missing:
            raise ModuleNotFoundError(name=name)
        return real(name, *args, **more)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(MissingExtraError, match=r"dragoman\[plot\]"):
        (call or (lambda: plot_bytes(chart, "svg")))()
