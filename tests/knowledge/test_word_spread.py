"""How widely a word is spread: counts of a table, and what a faulty one says."""

from __future__ import annotations

import pytest

from dragoman.errors import KnowledgeError
from dragoman.knowledge.word_spread import load_word_spread, read_word_spread


def test_the_share_of_reports_with_a_word(tmp_path):
    path = tmp_path / "w.tsv"
    path.write_text("# words\n*\t200\n\nrain\t50\n", "utf-8")
    spread = read_word_spread(path)
    assert (spread.share("rain"), spread.share("*"), spread.share("hobbit")) == (0.25, 0.0, 0.0)


@pytest.mark.parametrize(
    ("text", "fault"),
    [("*\t9\nrain\n", "w.tsv:2"), ("*\t9\nrain\tx\n", "w.tsv:2"), ("*\t9\nrain\t0\n", "w.tsv:2"),
     ("rain\t5\n", "no line")],
)  # fmt: skip
def test_a_faulty_table_is_refused(tmp_path, text, fault):
    path = tmp_path / "w.tsv"
    path.write_text(text, "utf-8")
    with pytest.raises(KnowledgeError, match=fault):
        read_word_spread(path)


def test_common_words_are_more_spread_than_rare_ones():
    spread = load_word_spread()
    assert spread.share("said") > spread.share("embargo") >= 0.0
