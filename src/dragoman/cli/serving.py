"""The `serve` command: the record as a web application, for this machine unless told otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


def add_serving(app: typer.Typer) -> None:
    """Add `serve`."""

    @app.command()
    def serve(
        record: Annotated[Path, typer.Option("--record", help="The record file (SQLite).")],
        host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
        port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8765,
        allow_host: Annotated[
            list[str] | None,
            typer.Option("--allow-host", help="Additional host name to accept; may be repeated."),
        ] = None,
        keep: Annotated[
            bool, typer.Option("--keep", help="Allow users to store pasted reports in the record.")
        ] = False,
        codebook: Annotated[
            Path | None, typer.Option("--codebook", help="Folder with your own codebook.")
        ] = None,
        actors: Annotated[
            list[Path] | None, typer.Option("--actors", help="Folder with your own actors.")
        ] = None,
    ) -> None:
        """Serve a record as a web application; makes no network requests.

        It listens on this machine only and has no authentication: to serve others, put an
        authenticating proxy in front.

        Example:
          dragoman serve --record news.sqlite
        """
        run_server(
            record, host=host, port=port, allow_host=allow_host or (), keep=keep, codebook=codebook,
            actors=actors or (),
        )  # fmt: skip


def run_server(
    record: Path,
    *,
    host: str,
    port: int,
    allow_host: Sequence[str] = (),
    keep: bool = False,
    codebook: Path | None = None,
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
    settings = Settings(record=record, hosts=hosts, codebook=codebook, actors=tuple(actors), keep=keep)
    app = create_app(settings)
    typer.echo(f"http://{own}:{port}/  (Ctrl-C stops it)")
    uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False)
