"""Which states touch which."""

from __future__ import annotations

from dragoman.knowledge.borders import load_borders


def test_lines_are_states_with_their_neighbours(tmp_path):
    path = tmp_path / "borders.tsv"
    path.write_text("# borders\nARN\tGON ROH\n\nBRE\t\n", "utf-8")
    assert load_borders(path) == {"ARN": {"GON", "ROH"}, "BRE": frozenset()}


def test_borders_of_the_package_have_two_sides():
    borders = load_borders()
    assert "DEU" in borders["FRA"]
    assert "ESP" not in borders["DEU"]
    assert all(state in borders[other] for state, others in borders.items() for other in others)
