"""Chart files: SVG, PNG, PDF or a page, all self-contained and without requests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dragoman.errors import MissingExtraError, UsageError
from dragoman.model.escaping import policy_hash, script_json, visible

if TYPE_CHECKING:
    from pathlib import Path

KINDS = ("svg", "png", "pdf", "html")
# Pixels of a PNG per unit of the drawing: sharp in print at half of a page's width.
_SCALE = 2.5


def altair() -> Any:
    """Return the chart library.

    Raises:
        MissingExtraError: It is not installed.
    """
    try:
        import altair as alt
    except ModuleNotFoundError as error:
        raise MissingExtraError(package="altair", extra="plot", what="charts") from error
    return alt


def plot_kind(path: Path, given: str | None = None) -> str:
    """Return the kind of a chart's file: the given one, else its file extension, else SVG for "-".

    Raises:
        UsageError: It is not one of `KINDS`.
    """
    kind = given or ("svg" if str(path) == "-" else path.suffix.removeprefix("."))
    if kind.lower() not in KINDS:
        where = f"format {given!r}" if given else f"{path}: the ending {path.suffix or '(none)'}"
        raise UsageError(message=f"{where} is no format of a chart; use one of {', '.join(KINDS)}")
    return kind.lower()


def plot_bytes(chart: Any, kind: str) -> bytes:
    """Return the content of a chart file.

    Args:
        chart: As returned by `plots.plot_series`.
        kind: One of `KINDS`.

    Raises:
        MissingExtraError: vl-convert is not installed.
    """
    try:
        import vl_convert
    except ModuleNotFoundError as error:
        raise MissingExtraError(package="vl-convert-python", extra="plot", what="charts") from error
    spec = chart.to_dict()
    # Only the name of a format, but it looks like a request.
    spec.pop("$schema", None)
    if kind == "svg":
        return str(vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])).encode("utf-8")
    if kind == "png":
        return bytes(vl_convert.vegalite_to_png(spec, scale=_SCALE, allowed_base_urls=[]))
    if kind == "pdf":
        return bytes(vl_convert.vegalite_to_pdf(spec, allowed_base_urls=[]))
    # Its type hint requires the name of a part; without one it returns the whole bundle.
    bundle: Any = vl_convert.javascript_bundle
    return _page(spec, str(bundle())).encode("utf-8")


def write_plot(chart: Any, path: Path) -> None:
    """Write a chart in the format of the file extension: .svg, .png, .pdf or .html.

    Raises:
        UsageError: The extension is none of these.
        MissingExtraError: vl-convert is not installed.
    """
    path.write_bytes(plot_bytes(chart, plot_kind(path)))


def _page(spec: dict[str, Any], bundle: str) -> str:
    """Return a page that draws a chart with tooltips; a policy forbids every request and `eval`."""
    title = spec["title"]["text"]
    script = bundle.replace("</script", "<\\/script") + _DRAWING
    drawn = "style-src 'unsafe-inline'; img-src data: blob:"
    policy = f"default-src 'none'; script-src {policy_hash(script)}; {drawn}"
    return _PAGE.format(policy=policy, title=visible(title), data=script_json(spec), script=script)


_DRAWING = """
vegaEmbed("#plot", JSON.parse(document.getElementById("data").textContent),
  { actions: { export: true, source: false, compiled: false, editor: false }, ast: true, renderer: "svg" });
"""
_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
</head>
<body>
<main id="plot"></main>
<script type="application/json" id="data">{data}</script>
<script>{script}</script>
</body>
</html>
"""
