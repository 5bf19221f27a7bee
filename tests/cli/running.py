"""Running commands in the process of the tests."""

from __future__ import annotations

from typer.testing import CliRunner, Result

from dragoman.cli.main import app


def run(*words: object) -> Result:
    """Run a command and return its result, whatever its exit code; an error of the program is raised."""
    done = CliRunner().invoke(app, [str(word) for word in words])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


def output_of(*words: object) -> str:
    """Run a command that must succeed and return its standard output."""
    done = CliRunner().invoke(app, [str(word) for word in words])
    assert done.exit_code == 0, done.output
    return done.stdout
