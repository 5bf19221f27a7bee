"""Estimates as a paragraph and a table for the appendix of a paper: Markdown, LaTeX or CSV."""

from __future__ import annotations

import csv
import io
from importlib.metadata import version
from typing import TYPE_CHECKING

from dragoman.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.study.precision import Estimate

FORMATS = ("markdown", "latex", "csv")
_TITLES = {
    "all": "all events", "event_type": "event type", "quad_class": "quad class",
    "confidence": "model probability", "field": "field", "sentences": "sentences",
}  # fmt: skip
_LATEX = {"&": r"\&", "%": r"\%", "_": r"\_", "#": r"\#", "$": r"\$", "{": r"\{", "}": r"\}"}


def write_appendix(estimates: Sequence[Estimate], *, form: str, partly_counts: bool = False) -> str:
    """Return a paragraph and a table, or only the table for csv.

    Args:
        estimates: As returned by `score_events` or `score_sentences`.
        form: markdown, latex or csv.
        partly_counts: Whether "partly" counted as right, which the paragraph states.

    Raises:
        UsageError: The form is not one of these.
    """
    if form == "csv":
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("by", "group", "n", "share", "low", "high"))
        writer.writerows((e.by, e.group, e.n, e.share, e.low, e.high) for e in estimates)
        return out.getvalue()
    paragraph = _paragraph(estimates, partly_counts=partly_counts)
    if form == "markdown":
        lines = ["| by | group | n | share | 95 % interval |", "|---|---|---:|---:|---|"]
        lines += [
            f"| {_TITLES[e.by]} | {e.group} | {e.n} | {e.share:.2f} | {e.low:.2f} to {e.high:.2f} |"
            for e in estimates
        ]
        return "\n".join([paragraph, "", *lines, ""])
    if form == "latex":
        lines = [
            r"\begin{tabular}{llrrl}",
            r"\hline",
            r"by & group & $n$ & share & 95\,\% interval \\",
            r"\hline",
        ]
        lines += [
            f"{_escaped(_TITLES[e.by])} & {_escaped(e.group)} & {e.n} & {e.share:.2f} &"
            rf" [{e.low:.2f}, {e.high:.2f}] \\"
            for e in estimates
        ]
        return "\n".join([_escaped(paragraph), "", *lines, r"\hline", r"\end{tabular}", ""])
    raise UsageError(message=f"--format {form!r}: use one of {', '.join(FORMATS)}")


def _paragraph(estimates: Sequence[Estimate], *, partly_counts: bool) -> str:
    program = f"Dragoman {version('dragoman')}"
    overall = next((e for e in estimates if e.by == "all"), None)
    if overall is not None:
        counted = "right or partly right" if partly_counts else "right"
        return (
            f"Events were coded with {program}. Of a random sample of {overall.n} events, judged by hand and"
            f" weighted back to the record, {overall.share:.0%} are {counted} (95 % Wilson interval"
            f" {overall.low:.0%} to {overall.high:.0%})."
        )
    said = {e.group: e for e in estimates}
    parts = [
        f"{name} is {e.share:.0%} (95 % bootstrap interval {e.low:.0%} to {e.high:.0%})"
        for name in ("recall", "precision")
        if (e := said.get(name)) is not None
    ]
    drawn = estimates[0].n if estimates else 0
    return (
        f"Events were coded with {program}. In a random sample of {drawn} sentences, judged by hand, "
        + " and ".join(parts)
        + "."
    )


def _escaped(words: str) -> str:
    return "".join(_LATEX.get(letter, letter) for letter in words)
