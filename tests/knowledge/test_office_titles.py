from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import KnowledgeError
from dragoman.knowledge.actors import ActorBook, load_actors
from dragoman.knowledge.loading import data_folder
from dragoman.knowledge.office_titles import load_office_titles, read_title


@pytest.fixture(scope="module")
def book() -> ActorBook:
    return load_actors(extra=[data_folder() / "actors_invented"])


@pytest.mark.parametrize(
    ("title", "office"),
    [
        ("President of Gondor", ("GON", "HOS")),
        ("Prime Minister of Gondor", ("GON", "HOG")),
        ("Gondorian foreign minister", ("GON", "FM")),
        ("Minister of Foreign Affairs (Arnor)", ("ARN", "FM")),
        ("Minister of Defence of Rohan", ("ROH", "DM")),
        ("King of Rohan", ("ROH", "MONARCH")),
        ("Vice President-elect of Gondor", ("GON", "VP")),
        ("Secretary General of NATO", ("NATO", "SG")),
        ("Chancellor of the Exchequer", ("GBR", "FINANCE")),
        ("Governor of Texas", ("USA", "GOVERNOR")),
        ("Ontario Premier", ("CAN", "GOVERNOR")),
        ("Attorney General of California", ("USA", "MINISTER")),
        ("Mayor of Warsaw", ("POL", "GOVERNOR")),
        ("President of Madrid", ("ESP", "GOVERNOR")),
        ("President of Republika Srpska", ("BIH", "GOVERNOR")),
        ("President of the Palestinian National Authority", ("PSE", "HOS")),
        ("President of the Bundestag", ("DEU", "LEG")),
        ("Leader of Hamas", ("PSE", "LEADER")),
        ("Premier of the Republic of China", ("TWN", "HOG")),
        ("prime minister", (None, "HOG")),
    ],
)
def test_titles_are_read(book: ActorBook, title: str, office: tuple[str | None, str]) -> None:
    assert read_title(book, title) == office


@pytest.mark.parametrize(
    "title",
    [
        "President of the University of Oxford",
        "President of the Court of Audit of Gondor",
        "Beekeeper of Gondor",
        "Leader of the Conservative Party (UK)",
        "Gondor",
        "",
    ],
)
def test_what_is_no_office_of_the_tables_is_not_read(book: ActorBook, title: str) -> None:
    assert read_title(book, title) is None


@pytest.mark.parametrize(
    ("told", "held", "is_same"),
    [
        ("HOS", "LEADER", True),
        ("HOS", "HOG", False),
        ("FM", "FM", True),
        ("MINISTER", "DM", True),
        ("DM", "MINISTER", False),
    ],
)
def test_offices_that_stand_for_each_other(told: str, held: str, is_same: bool) -> None:
    assert load_office_titles().is_same_office(told, held) is is_same


@pytest.mark.parametrize(("title", "is_elect"), [("president-elect", True), ("elected president", False)])
def test_an_office_to_be_taken(title: str, is_elect: bool) -> None:
    assert load_office_titles().is_of_elect(title) is is_elect


def test_an_unknown_office_in_the_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.yaml"
    lists = "always_of_parts: []\nfits: {}\nties: []\nelect: []\nof_bodies: {}\n"
    path.write_text("offices: {BOSS: [boss]}\nwhole: {}\nof_parts: {}\n" + lists, encoding="utf-8")
    with pytest.raises(KnowledgeError, match="unknown office 'BOSS'"):
        load_office_titles(path)
