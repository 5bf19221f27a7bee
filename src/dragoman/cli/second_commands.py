"""`dragoman read` and `dragoman compare`: a language model as second reader."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.cli.filters import Asked, with_filters
from dragoman.cli.options import ActorFolders, CodebookFolders, Format, RecordOption
from dragoman.cli.terminal import standard_output

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.model.documents import Document
    from dragoman.second_readers.model_reader import Estimate, ModelReader, SecondReading

_CACHE = Path("dragoman-answers")


def add_second_commands(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command("read")(read_with_model)
    app.command("compare")(compare)


def read_with_model(
    model: Annotated[str, typer.Option("--model", help="The model's name at the endpoint.")],
    endpoint: Annotated[
        str, typer.Option("--endpoint", help="Base URL of an OpenAI-compatible API, .../v1.")
    ],
    paths: Annotated[list[Path] | None, typer.Argument(help="Reports; default: those of the record.")] = None,
    record: Annotated[
        Path | None, typer.Option("--record", help="Store the readings in this record.")
    ] = None,
    codebook: CodebookFolders = None,
    actors: ActorFolders = None,
    cache: Annotated[Path, typer.Option(help="Folder of the answers already given.")] = _CACHE,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Print the number of calls and tokens without calling the model."),
    ] = False,
    per_minute: Annotated[int | None, typer.Option(min=1, help="Maximum number of calls per minute.")] = None,
    timeout: Annotated[float, typer.Option(min=1, help="Seconds for one call.")] = 120.0,
    tries: Annotated[int, typer.Option(min=1, help="Number of attempts per call.")] = 5,
    price_in: Annotated[float | None, typer.Option(help="Price per million input tokens.")] = None,
    price_out: Annotated[float | None, typer.Option(help="Price per million output tokens.")] = None,
) -> None:
    """Code reports with a language model as well, and store its events as additional readings.

    Paragraphs that name a party are sent to the endpoint; no other command sends text anywhere. An event is
    kept only if its words and parties occur in the paragraph. The key is read from DRAGOMAN_API_KEY.

    Examples:
      dragoman read --model llama3.1 --endpoint http://127.0.0.1:11434/v1 --record news.sqlite --dry-run

      dragoman read --model gpt-4o-mini --endpoint https://api.example.org/v1 report.txt
    """
    from dragoman.coding.coder import Coder
    from dragoman.errors import UsageError
    from dragoman.second_readers.answers import AnswerCache
    from dragoman.second_readers.endpoint import Endpoint
    from dragoman.second_readers.model_reader import ModelReader

    if not paths and record is None:
        raise UsageError(message="nothing to read: give reports or --record FILE")
    documents = list(_documents(paths or [], record))
    asking = Endpoint(endpoint, model, timeout=timeout, tries=tries, per_minute=per_minute)
    reader = ModelReader(
        asking, Coder(codebook=codebook, actors=actors or [], reading="rules"), AnswerCache(cache)
    )
    try:
        estimate = reader.estimate(documents)
        _say_estimate(estimate, per_minute, price_in, price_out)
        if not dry_run:
            _read_all(reader, documents, record)
    finally:
        asking.close()


def _documents(paths: list[Path], record: Path | None) -> Iterator[Document]:
    from dragoman.cli.output import print_failure
    from dragoman.model.documents import Failure
    from dragoman.readers.base import read
    from dragoman.record.store import Record

    if paths:
        for found in read([str(path) for path in paths]):
            if isinstance(found, Failure):
                print_failure(found)
            else:
                yield found
    elif record is not None:
        with Record.open_to_read(record) as kept:
            yield from kept.documents()


def _say_estimate(
    estimate: Estimate, per_minute: int | None, price_in: float | None, price_out: float | None
) -> None:
    said = (
        f"{estimate.documents} reports, {estimate.paragraphs} paragraphs that name somebody,"
        f" {estimate.calls} calls to make; about {estimate.prompt_tokens:,} tokens asked and"
        f" {estimate.completion_tokens:,} answered"
    )
    if per_minute:
        said += f"; at least {estimate.calls / per_minute:.0f} minutes"
    if price_in is not None or price_out is not None:
        cost = (
            estimate.prompt_tokens * (price_in or 0) + estimate.completion_tokens * (price_out or 0)
        ) / 1_000_000
        said += f"; about {cost:.2f} at the prices given"
    typer.echo(said, err=True)


def _read_all(reader: ModelReader, documents: list[Document], path: Path | None) -> None:
    import collections

    from dragoman.cli.output import progress
    from dragoman.record.store import Record

    dropped: collections.Counter[str] = collections.Counter()
    events = asked = 0
    kept = Record.open(path) if path is not None else None
    try:
        for document in progress(documents, "reading"):
            found = reader.read(document)
            dropped.update(found.dropped)
            events += len(found.events)
            asked += found.asked
            if kept is None:
                _print_reading(found)
            else:
                _keep(kept, found)
    finally:
        if kept is not None:
            kept.close()
    typer.echo(f"{events} events grounded, {asked} calls made; dropped: {sum(dropped.values())}", err=True)
    for why, number in dropped.most_common():
        typer.echo(f"  {why}: {number}", err=True)


def _keep(record: Any, found: SecondReading) -> None:
    from dragoman.record.queries import whole_document
    from dragoman.second_readers.model_reader import readings_of

    wanted = whole_document(found.document_id)
    coded = [stored.event for stored in record.events(wanted)]
    record.add_readings(readings_of(found, coded))


def _print_reading(found: SecondReading) -> None:
    import msgspec

    standard_output().write(msgspec.json.encode(found).decode("utf-8") + "\n")
    standard_output().flush()


@with_filters(coded_only=True)
def compare(
    record: RecordOption,
    asked: Asked,
    model: Annotated[str | None, typer.Option(help="Only this second reader.")] = None,
    only: Annotated[
        str | None, typer.Option(help="Only events found by both, first (the coder) or second (the model).")
    ] = None,
    form: Format = "table",
) -> None:
    """Compare the coder with a second reader: events found by both or by one of them.

    Only reports in which the second reader found an event are compared.

    Example:
      dragoman compare --record news.sqlite --model llama3.1 --only second --format csv
    """
    from dragoman.analysis.filters import near
    from dragoman.cli.rows import print_rows
    from dragoman.errors import UsageError
    from dragoman.record.store import Record
    from dragoman.second_readers.comparison import SIDES, compare_readers

    if only is not None and only not in SIDES:
        raise UsageError(message=f"--only {only!r}: {near(only, SIDES)}")
    with Record.open_to_read(record) as kept:
        known = sorted({reading.reader for reading in kept.readings(kind="model")})
        if model is not None and model not in known:
            raise UsageError(message=f"no second reader {model!r} in this record; {near(model, known)}")
        found = list(compare_readers(kept, model=model, wanted=asked.read(kept)))
    counts = {side: sum(each.side == side for each in found) for side in SIDES}
    rows = [
        {
            "document_id": each.document_id, "side": each.side, "readers": " ".join(each.readers),
            "actors": " ".join(ref.id for ref in each.event.actors), "event_type": each.event.event_type,
            "recipients": " ".join(ref.id for ref in each.event.recipients),
            "confidence": each.event.confidence, "evidence": each.event.evidence.text,
            "event_id": each.event.id,
        }
        for each in found
        if only is None or each.side == only
    ]  # fmt: skip
    columns = (
        "document_id", "side", "readers", "actors", "event_type", "recipients", "confidence", "evidence",
        "event_id",
    )  # fmt: skip
    print_rows(rows, columns, form)
    typer.echo(", ".join(f"{side}: {number}" for side, number in counts.items()), err=True)
