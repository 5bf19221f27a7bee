"""The `serve` command: a web application over a record, by default for this machine only."""

from __future__ import annotations

import ipaddress
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.cli.options import ActorFolders, CalibrationOption, CodebookFolders, RecordOption
from dragoman.cli.review_token import VARIABLE, choose_token
from dragoman.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import FrameType

    import uvicorn

# Maximum time, in seconds, for running requests on shutdown.
_SECONDS_TO_END = 5
_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


def add_serving(app: typer.Typer) -> None:
    """Add `serve`."""

    @app.command()
    def serve(
        record: RecordOption,
        host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
        port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8765,
        allow_host: Annotated[
            list[str] | None,
            typer.Option("--allow-host", help="Additional host name to accept; may be repeated."),
        ] = None,
        keep: Annotated[
            bool, typer.Option("--keep", help="Allow users to store pasted reports in the record.")
        ] = False,
        i_know: Annotated[
            bool,
            typer.Option(
                "--i-know", help="Listen on a public address in spite of the missing authentication."
            ),
        ] = False,
        trusted_proxy: Annotated[
            list[str] | None,
            typer.Option(
                "--trusted-proxy",
                help="Address of a proxy whose X-Forwarded-For header is trusted; may be repeated.",
            ),
        ] = None,
        review: Annotated[
            bool,
            typer.Option("--review", help="Let reviewers judge events: verdicts are kept in the record."),
        ] = False,
        review_token_file: Annotated[
            Path | None,
            typer.Option(
                "--review-token-file",
                help=f"A file with what reviewers must know; else {VARIABLE}, else one is made up.",
            ),
        ] = None,
        codebook: CodebookFolders = None,
        actors: ActorFolders = None,
        calibration: CalibrationOption = None,
    ) -> None:
        """Serve a record as a web application; makes no network requests.

        It listens on this machine only and has no authentication: to serve others, put an
        authenticating proxy in front. The record is only read, except for pasted reports with --keep and
        verdicts with --review.

        Examples:
          dragoman serve --record news.sqlite

          dragoman serve --record news.sqlite --review
        """
        run_server(
            record, host=host, port=port, allow_host=allow_host or (), keep=keep, i_know=i_know,
            trusted_proxies=trusted_proxy or (), codebook=codebook or (), actors=actors or (), review=review,
            review_token_file=review_token_file, calibration=calibration,
        )  # fmt: skip


def run_server(
    record: Path,
    *,
    host: str,
    port: int,
    allow_host: Sequence[str] = (),
    keep: bool = False,
    i_know: bool = False,
    trusted_proxies: Sequence[str] = (),
    codebook: Sequence[Path] = (),
    actors: Sequence[Path] = (),
    review: bool = False,
    review_token_file: Path | None = None,
    calibration: Path | None = None,
) -> None:
    """Run the server until it is stopped.

    Raises:
        UsageError: A required package is not installed, or other machines would be served by accident or
            could review without a token.
        NotFoundError: There is no such record.
    """
    if calibration is not None:
        from dragoman.coding.decision.calibration import load_calibration

        load_calibration(calibration)
    if not _is_here(host):
        _let_others_in(host, i_know=i_know)
    # A proxy or an additional host name also implies access by others.
    is_here = not trusted_proxies and all(_is_here(name) for name in (host, *allow_host))
    token, is_made_up = choose_token(review_token_file, is_here=is_here) if review else (None, False)
    try:
        import uvicorn

        from dragoman.web.app import Settings, create_app
    except ModuleNotFoundError as error:
        message = f"{error.name} is not installed; install the server with: pip install 'dragoman[web]'"
        raise UsageError(message=message) from error
    own = f"[{host}]" if ":" in host else host
    hosts = tuple(dict.fromkeys((*_LOOPBACK, own, *allow_host)))
    settings = Settings(
        record=record,
        hosts=hosts,
        codebook=tuple(codebook),
        actors=tuple(actors),
        keep=keep,
        review_token=token,
        calibration=calibration,
    )
    app = create_app(settings)
    typer.echo(f"http://{own}:{port}/  (Ctrl-C stops it)")
    if is_made_up:
        typer.echo(f"to review: http://{own}:{port}/review/enter?token={token}")

    class Server(uvicorn.Server):
        def handle_exit(self, sig: int, frame: FrameType | None) -> None:
            # Otherwise shutdown would wait for running queries.
            app.state.limits.stop_all()
            super().handle_exit(sig, frame)

    server = Server(server_config(app, host=host, port=port, trusted_proxies=trusted_proxies))
    server.run()
    if not server.started:
        raise UsageError(message=f"{own}:{port}: cannot listen there; give another --port or --host")


def server_config(app: Any, *, host: str, port: int, trusted_proxies: Sequence[str] = ()) -> uvicorn.Config:
    """Return the server configuration: with limits, and trusting no proxy headers by default."""
    import uvicorn

    from dragoman.web.sockets import BoundedProtocol

    return uvicorn.Config(
        app, host=host, port=port, log_level="warning", server_header=False, http=BoundedProtocol, ws="none",
        proxy_headers=bool(trusted_proxies), forwarded_allow_ips=list(trusted_proxies),
        timeout_graceful_shutdown=_SECONDS_TO_END,
    )  # fmt: skip


def _is_here(host: str) -> bool:
    """Return True if only this machine reaches an address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _let_others_in(host: str, *, i_know: bool) -> None:
    what = "other machines can reach this address and read the record without authentication"
    if not i_know:
        message = f"--host {host}: {what}; put a proxy in front and omit --host, or add --i-know"
        raise UsageError(message=message)
    sys.stderr.write(f"warning: {what}\n")
