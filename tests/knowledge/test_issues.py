"""Issues: which words mean which, and which turn them round."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import KnowledgeError
from dragoman.knowledge.issues import load_issues

MATCHES = [
    ("the eastward expansion of NATO", "nato-enlargement", False),
    ("that Georgia never be admitted to NATO", "nato-enlargement", True),
    ("a unified Taiwan", None, False),
    ("the reunification of China and Taiwan", "taiwan-independence", True),
    ("an end to the sanctions on Iran", "iran-sanctions", True),
    ("lifting the American embargo against Cuba", "cuba-embargo", True),
    ("the annexation of Crimea", "ukraine-integrity", True),
    ("new settlements in the West Bank", "israeli-settlements", False),
    ("a halt to Israeli settlements", "israeli-settlements", True),
    ("the weather in Bree", None, False),
]


@pytest.mark.parametrize(("text", "issue", "is_turned"), MATCHES)
def test_which_issue(text: str, issue: str | None, is_turned: bool) -> None:
    found = load_issues().match(text)
    assert (found and found.issue.id) == issue
    assert found is None or found.is_turned is is_turned


def test_every_word_of_every_issue_leads_to_it() -> None:
    book = load_issues()
    for issue in book.issues.values():
        for groups in filter(None, (issue.words, issue.opposite)):
            rest = " ".join(group[0].replace("*", "s") for group in groups[1:])
            for word in groups[0]:
                found = book.match(f"{word.replace('*', 's').upper()} {rest}")
                assert found is not None, (issue.id, word)


WRONG = [
    ("x: [a]\n", "mine.yaml:1: x: not a mapping"),
    ("x:\n  name: X\n", "x: no words"),
    ("x:\n  words: [[a]]\n", "x: no name"),
    ("x:\n  name: X\n  words: [a]\n", "list of lists"),
    ("X Y:\n  name: X\n  words: [[a]]\n", "lower-case"),
    ("x:\n  name: X\n  words: [[a]]\n  colour: red\n", "colour"),
]


@pytest.mark.parametrize(("text", "message"), WRONG)
def test_a_wrong_file_is_told(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "mine.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=message):
        load_issues((tmp_path,))


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="no such folder"):
        load_issues((tmp_path / "none",))
