"""`python -m dragoman` and the `dragoman` command."""

from __future__ import annotations

from dragoman.language.threads import keep_to_one_thread


def main() -> None:
    """Run the command line; heavy imports are deferred until a command needs them."""
    # This must precede the import of numpy; later it has no effect.
    keep_to_one_thread()
    from dragoman.cli.main import run

    run()


if __name__ == "__main__":
    main()
