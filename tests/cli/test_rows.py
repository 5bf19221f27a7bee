"""Tables on the screen: fitted while they are short, line by line when they are long."""

from __future__ import annotations

import pytest

from dragoman.cli.rows import print_table

ROWS = [("Arnor", "1"), ("\u4e2d\u56fd", "22"), ("Gondor\x1b[31m\nRohan", "3"), ("[bold]Mordor", "")]


@pytest.mark.parametrize("times", [1, 100])
def test_a_table_says_every_cell_however_long_it_is(times: int, capsys: pytest.CaptureFixture[str]) -> None:
    print_table(("actor", "events"), ROWS * times)
    out = capsys.readouterr().out
    lines = out.splitlines()
    assert lines[0].split() == ["actor", "\u2503", "events"]
    for name in ("Arnor", "\u4e2d\u56fd", "[bold]Mordor"):
        assert sum(line.startswith(name) for line in lines) == times


def test_a_long_table_is_in_columns_and_holds_no_control_characters(
    capsys: pytest.CaptureFixture[str],
) -> None:
    print_table(("actor", "events"), ROWS * 100)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2 + 400
    assert "\x1b" not in "".join(lines)
    assert {line.index("\u2502") for line in lines[2:] if line.isascii() or "Arnor" in line} == {18}
