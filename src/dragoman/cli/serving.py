"""The `serve` command: the record as a web application, for this machine unless told otherwise."""

from __future__ import annotations

import ipaddress
import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

# Where the review token may stand; on the command line every user of the machine would see it.
TOKEN_VARIABLE = "DRAGOMAN_REVIEW_TOKEN"  # noqa: S105 - a name, no secret
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
        review: Annotated[
            bool,
            typer.Option("--review", help="Let reviewers judge events: verdicts are kept in the record."),
        ] = False,
        review_token_file: Annotated[
            Path | None,
            typer.Option(
                "--review-token-file",
                help=f"A file with what reviewers must know; else {TOKEN_VARIABLE}, else one is made up.",
            ),
        ] = None,
        codebook: Annotated[
            Path | None, typer.Option("--codebook", help="A codebook folder of your own.")
        ] = None,
        actors: Annotated[
            list[Path] | None, typer.Option("--actors", help="A folder with actors of your own.")
        ] = None,
    ) -> None:
        """Serve a record as a web application; asks nothing of the network.

        It listens on this machine only and has no passwords: to serve others, put a proxy that knows
        them in front.

        Examples:
          dragoman serve --record news.sqlite

          dragoman serve --record news.sqlite --review
        """
        run_server(
            record, host=host, port=port, allow_host=allow_host or (), keep=keep, codebook=codebook,
            actors=actors or (), review=review, review_token_file=review_token_file,
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
    review: bool = False,
    review_token_file: Path | None = None,
) -> None:
    """Serve until stopped.

    Raises:
        UsageError: What the server needs is not installed, or others could review without a token.
        NotFoundError: There is no such record.
    """
    given = read_review_token(review_token_file) if review else None
    is_here = is_loopback(host) and all(is_loopback(name) for name in allow_host)
    if review and given is None and not is_here:
        message = (
            "others reach this server: give what reviewers must know with --review-token-file FILE or"
            f" {TOKEN_VARIABLE}, or leave --review out"
        )
        raise UsageError(message=message)
    token = given or (secrets.token_urlsafe(24) if review else None)
    try:
        import uvicorn

        from dragoman.web.app import Settings, create_app
    except ModuleNotFoundError as error:
        message = f"{error.name} is not installed; install the server with: pip install 'dragoman[web]'"
        raise UsageError(message=message) from error
    own = f"[{host}]" if ":" in host else host
    hosts = tuple(dict.fromkeys((*_LOOPBACK, own, *allow_host)))
    settings = Settings(
        record=record, hosts=hosts, codebook=codebook, actors=tuple(actors), keep=keep, review_token=token
    )
    app = create_app(settings)
    typer.echo(f"http://{own}:{port}/  (Ctrl-C stops it)")
    if review and given is None:
        typer.echo(f"to review: http://{own}:{port}/review/enter?token={token}")
    uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False)


def read_review_token(path: Path | None) -> str | None:
    """Return the token that reviewers must know, from a file or the environment; None when there is none.

    Raises:
        UsageError: The file cannot be read or is empty.
    """
    if path is None:
        return os.environ.get(TOKEN_VARIABLE, "").strip() or None
    try:
        token = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(message=f"--review-token-file {path}: cannot be read ({error})") from error
    if not token:
        raise UsageError(message=f"--review-token-file {path}: the file is empty")
    return token


def is_loopback(host: str) -> bool:
    """Return True if only this machine reaches an address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
