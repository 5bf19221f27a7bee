"""The `serve` command: the record as a web application, for this machine unless told otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.folders import ActorFolders, CodebookFolders
from dragoman.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


def add_serving(app: typer.Typer) -> None:
    """Add `serve`."""

    @app.command()
    def serve(
        record: Annotated[Path, typer.Option("--record", help="The record file (SQLite).")],
        host: Annotated[str, typer.Option(help="The address to listen at.")] = "127.0.0.1",
        port: Annotated[int, typer.Option(min=1, max=65535, help="The port to listen at.")] = 8765,
        allow_host: Annotated[
            list[str] | None,
            typer.Option("--allow-host", help="A further name that requests may use; may be repeated."),
        ] = None,
        keep: Annotated[
            bool, typer.Option("--keep", help="Let readers keep pasted reports in the record.")
        ] = False,
        codebook: CodebookFolders = None,
        actors: ActorFolders = None,
    ) -> None:
        """Serve a record as a web application; asks nothing of the network.

        It listens on this machine only and has no passwords: to serve others, put a proxy that knows
        them in front.

        Example:
          dragoman serve --record news.sqlite
        """
        run_server(
            record, host=host, port=port, allow_host=allow_host or (), keep=keep, codebook=codebook or (),
            actors=actors or (),
        )  # fmt: skip


def run_server(
    record: Path,
    *,
    host: str,
    port: int,
    allow_host: Sequence[str] = (),
    keep: bool = False,
    codebook: Sequence[Path] = (),
    actors: Sequence[Path] = (),
) -> None:
    """Serve until stopped.

    Raises:
        UsageError: What the server needs is not installed.
        NotFoundError: There is no such record.
    """
    try:
        import uvicorn

        from dragoman.web.app import Settings, create_app
    except ModuleNotFoundError as error:
        message = f"{error.name} is not installed; install the server with: pip install 'dragoman[web]'"
        raise UsageError(message=message) from error
    own = f"[{host}]" if ":" in host else host
    hosts = tuple(dict.fromkeys((*_LOOPBACK, own, *allow_host)))
    settings = Settings(record=record, hosts=hosts, codebook=tuple(codebook), actors=tuple(actors), keep=keep)
    app = create_app(settings)
    typer.echo(f"http://{own}:{port}/  (Ctrl-C stops it)")
    uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False)
