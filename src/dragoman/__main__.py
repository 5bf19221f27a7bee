"""`python -m dragoman` and the `dragoman` command."""

from __future__ import annotations


def main() -> None:
    """Run the command line; heavy imports wait until a command needs them."""
    from dragoman.cli.main import run

    run()


if __name__ == "__main__":
    main()
