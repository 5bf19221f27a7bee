"""`python -m dragoman` and the `dragoman` command."""

from __future__ import annotations

from dragoman.running.threads import keep_to_one_thread


def main() -> None:
    """Run the command line; heavy imports wait until a command needs them."""
    # Before numpy is imported: afterwards it is too late.
    keep_to_one_thread()
    from dragoman.cli.main import run

    run()


if __name__ == "__main__":
    main()
