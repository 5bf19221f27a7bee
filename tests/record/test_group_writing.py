"""Stories as they are written: who belongs to which, and what is refreshed."""

from __future__ import annotations

import datetime as dt

import pytest

from dragoman.errors import NotFoundError
from dragoman.record.store import Record


def stories(record: Record) -> dict[str, tuple[int, int]]:
    return {story.id: (story.documents, story.independent) for story in record.stories()[0]}


def put(record: Record, **members: str) -> set[str]:
    with record.batch():
        return record.put_stories(members)


def test_documents_move_between_stories_and_both_are_touched(small: Record) -> None:
    assert put(small, a="S", b="S") == {"S"}
    assert stories(small) == {"S": (2, 0)}
    assert put(small, b="T") == {"S", "T"}
    assert stories(small) == {"S": (1, 0), "T": (1, 0)}
    assert small.story_members(["a", "b"]) == {"a": "S", "b": "T"}
    # The last one leaves: the story is gone.
    assert put(small, a="T") == {"S", "T"}
    assert stories(small) == {"T": (2, 0)}


def test_what_is_said_again_and_what_is_not_there(small: Record) -> None:
    put(small, a="S")
    assert put(small, a="S") == {"S"}
    assert put(small, nobody="U") == {"U"}
    assert stories(small) == {"S": (1, 0)}
    assert small.story_of("a") == "S"
    assert small.story_of("b") is None
    with pytest.raises(NotFoundError, match="merged"):
        small.story("U")


def test_a_story_has_the_days_the_title_and_the_publishers_of_its_reports(small: Record) -> None:
    put(small, b="S", d="S", e="S", a="S")
    story = small.story("S")
    assert (story.first_day, story.last_day) == (dt.date(2022, 2, 1), dt.date(2022, 2, 9))
    assert (story.title, story.documents, story.publishers) == ("Report a", 4, 2)
    assert [document.id for document in small.story_documents("S")] == ["e", "a", "b", "d"]
    assert small.story_document_ids("S") == ["a", "b", "d", "e"]


def test_independent_reports_are_counted_of_their_own_story(small: Record) -> None:
    put(small, a="S", b="S", c="T")
    with small.batch():
        small.put_independent("S", ["b", "c"])
    assert stories(small) == {"S": (2, 1), "T": (1, 0)}
    with small.batch():
        small.put_independent("S", [])
    assert stories(small) == {"S": (2, 0), "T": (1, 0)}


def test_stories_by_size_and_page(small: Record) -> None:
    put(small, a="S", b="S", c="T", d="U", e="V")
    assert [story.id for story in small.stories()[0]] == ["U", "T", "S", "V"]
    assert [story.id for story in small.stories(least=2)[0]] == ["S"]
    seen, cursor = [], None
    while True:
        found, cursor = small.stories(cursor=cursor, limit=1)
        seen += [story.id for story in found]
        if cursor is None:
            break
    assert seen == ["U", "T", "S", "V"]


def test_a_step_that_fails_is_undone_alone(small: Record) -> None:
    with small.batch():
        put(small, a="S")
        with pytest.raises(ZeroDivisionError), small.batch():
            put(small, b="S")
            raise ZeroDivisionError
    assert stories(small) == {"S": (1, 0)}
    with pytest.raises(ZeroDivisionError), small.batch():
        put(small, c="T")
        raise ZeroDivisionError
    assert stories(small) == {"S": (1, 0)}


def test_the_state_of_the_index_is_that_of_the_documents(small: Record) -> None:
    assert small.story_state() is None
    with small.batch():
        small.keep_story_state(b"state")
    number, state = small.story_state()
    assert state == b"state"
    assert list(small.documents_after(number)) == []
    assert [document.id for some in small.documents_after(number - 2) for document in some] == ["d", "e"]
    assert small.document_ids() == {"a", "b", "c", "d", "e"}
