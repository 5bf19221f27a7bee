"""Publishers that speak for a state or body, by name and by address; newspapers speak for nobody."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import KnowledgeError
from dragoman.knowledge.actors import ActorBook, load_actors
from dragoman.knowledge.loading import data_folder
from dragoman.knowledge.publishers import Publishers, load_publishers


@pytest.fixture(scope="module")
def actors() -> ActorBook:
    return load_actors(extra=(data_folder() / "actors_invented",))


NAMES = [
    ("Ministry of Foreign Affairs of Arnor", "ARN"),
    ("Arnorian Ministry of Defence", "ARN"),
    ("Government of Norway", "NOR"),
    ("US State Department", "USA"),
    ("Embassy of Gondor in Rohan", "GON"),
    ("German Missions in the United States", "DEU"),
    ("Office of the President of Gondor", "GON"),
    ("White House", "USA"),  # by the list of names
    ("Rangers of Ithilien", "GON"),  # an army of a state
    ("League of Arda", "LAM"),  # a body of several states speaks for itself
    ("NATO", "NATO"),
    ("United Nations", "UNO"),
    ("France 24", None),
    ("Arnor Today", None),
    ("The Arnor Times", None),
    ("Gondor", None),  # a state's name alone may be a magazine's
    ("Palantir News", None),  # an agency of journalists
    ("Council of Gondor", None),  # a parliament is not its government
    ("Corsairs of Umbar", None),
    ("Ministry of Magic", None),
    ("Denethor", None),
    ("", None),
    (None, None),
]


@pytest.mark.parametrize(("publisher", "id"), NAMES)
def test_names(actors: ActorBook, publisher: str | None, id: str | None) -> None:
    assert load_publishers().id_of(publisher=publisher, url=None, actors=actors) == id


ADDRESSES = [
    ("https://www.gov.uk/statement", "GBR"),
    ("https://gov.uk", "GBR"),
    ("https://www.state.gov/a", "USA"),
    ("https://mid.ru/a", "RUS"),
    ("https://PRESS.UN.ORG/x", "UNO"),
    ("https://evilgov.uk/", None),  # an ending begins at a dot
    ("https://xmid.ru", None),
    ("https://mid.ru.example.com/", None),
    ("https://example.com/gov.uk", None),
    ("gov.uk/x", None),  # no address without its scheme
    ("http://[bad", None),
    ("", None),
]


@pytest.mark.parametrize(("url", "id"), ADDRESSES)
def test_addresses(actors: ActorBook, url: str, id: str | None) -> None:
    assert load_publishers().id_of(publisher=None, url=url, actors=actors) == id


def test_the_name_goes_before_the_address(actors: ActorBook) -> None:
    publishers = load_publishers()
    address = "https://www.gov.uk/x"
    assert publishers.id_of(publisher="Government of Gondor", url=address, actors=actors) == "GON"
    assert publishers.id_of(publisher="France 24", url=address, actors=actors) == "GBR"


def test_the_longest_ending_counts(actors: ActorBook) -> None:
    publishers = Publishers(hosts={".gov": "ARN", ".white.gov": "GON"}, names={}, words=())
    for host, id in (("a.white.gov", "GON"), ("a.gov", "ARN"), ("white.gov", "GON")):
        assert publishers.id_of(publisher=None, url=f"https://{host}/", actors=actors) == id


BAD = [
    ("- a\n", "not a mapping"),
    ("hosts: {}\nnames: {}\nwords: []\ncolour: red\n", "colour"),
    ("hosts: {}\nnames: {}\n", "words"),
    ("hosts: {}\nnames: {}\nwords: embassy\n", "array"),
    ("hosts: {.gov: [A]}\nnames: {}\nwords: []\n", "str"),
]


@pytest.mark.parametrize(("content", "told"), BAD)
def test_a_wrong_file_is_told(tmp_path: Path, content: str, told: str) -> None:
    path = tmp_path / "publishers.yaml"
    path.write_text(content)
    with pytest.raises(KnowledgeError, match=told):
        load_publishers(path)
