from __future__ import annotations

import json
from pathlib import Path

import pytest

from dragoman.knowledge.actors import ActorBook, load_actors
from dragoman.knowledge.loading import data_folder
from dragoman.running.office_pairs import office_pairs, tally


@pytest.fixture(scope="module")
def book() -> ActorBook:
    return load_actors(data_folder() / "actors_invented")


def gold(tmp_path: Path, text: str, *articles: str, day: str = "2024-02-01") -> Path:
    """Write one item; links stand in the text as [words], their articles follow in order."""
    plain, links = "", []
    for part in text.split("["):
        words, closed, rest = part.partition("]")
        if closed:
            links.append([len(plain), len(plain) + len(words), articles[len(links)]])
        plain += words + rest
    path = tmp_path / "gold.jsonl"
    path.write_text(
        json.dumps({"id": "1", "published_on": day, "text": plain, "links": links}) + "\nbroken\n"
    )
    return path


@pytest.mark.parametrize(
    ("text", "articles", "verdict"),
    [
        ("[President] [Elendur Halbarad] spoke.", ["President of Arnor", "Elendur Halbarad"], "right"),
        ("The Arnorian [president] [Elendur Halbarad] spoke.", ["President", "Elendur Halbarad"], "right"),
        (
            "[Prime Minister] [Elendur Halbarad] spoke.",
            ["Prime Minister of Arnor", "Elendur Halbarad"],
            "wrong",
        ),
        ("[President] [Elendur Halbarad] spoke.", ["President of Gondor", "Elendur Halbarad"], "wrong"),
        ("[President] [Jane Doe] spoke.", ["President of Arnor", "Jane Doe"], "unknown"),
        ("[Ruler] [Sauron] spoke.", ["President of Mordor", "Sauron"], "right"),
        ("Former [leader] [Will Whitfoot] spoke.", ["Prime Minister of the Shire", "Will Whitfoot"], "right"),
        ("[President] and [Elendur Halbarad] spoke.", ["President of Arnor", "Elendur Halbarad"], None),
        ("[President] [Elendur Halbarad] spoke.", ["President", "Elendur Halbarad"], None),
        ("[President] [Gondor] spoke.", ["President of Arnor", "Gondor"], None),
        ("[Beekeeper] [Elendur Halbarad] spoke.", ["Beekeeper of Arnor", "Elendur Halbarad"], None),
    ],
)
def test_pairs(tmp_path: Path, book: ActorBook, text: str, articles: list[str], verdict: str | None) -> None:
    found = tally(office_pairs(gold(tmp_path, text, *articles), book), book)
    expected = {"right": 0, "wrong": 0, "unknown": 0} | ({verdict: 1} if verdict else {})
    assert {"right": found.right, "wrong": found.wrong, "unknown": found.unknown} == expected
    assert len(found.faults) == found.wrong + found.unknown


@pytest.mark.parametrize(
    ("day", "title", "verdict"),
    [
        ("2019-05-01", "president", "right"),
        ("2010-05-01", "president", "right"),
        ("2009-05-01", "president", "wrong"),
        ("2009-05-01", "president-elect", "right"),
    ],
)
def test_an_office_is_given_some_weeks_early(
    tmp_path: Path, book: ActorBook, day: str, title: str, verdict: str
) -> None:
    path = gold(
        tmp_path, f"[{title}] [Elendur Halbarad] spoke.", "President of Arnor", "Elendur Halbarad", day=day
    )
    found = tally(office_pairs(path, book), book)
    assert (found.right, found.wrong) == ((1, 0) if verdict == "right" else (0, 1))
