"""Names of bodies that hold the name of their country, and further ways to write them."""

from __future__ import annotations

import pytest

from dragoman.knowledge.actors import load_actors

ACTORS = """
{
  JRD: {name: Jordan Red Party, country: GON},
  GRP: {name: Gondorian Reform Party, country: GON},
  ARP: {name: Steward League of Gondor, country: GON},
  GFL: {name: Gondorian Front for Liberty, country: GON},
  GB: {name: Gondor Bank, country: GON},
  ONE: {name: Gondorian Sea Guild, country: GON},
  TWO: {name: Sea Guild of Gondor, country: GON},
}
"""


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    folder = tmp_path_factory.mktemp("actors")
    (folder / "states.yaml").write_text("GON: {name: Gondor, demonyms: [Gondorian]}", encoding="utf-8")
    (folder / "organisations.yaml").write_text(ACTORS, encoding="utf-8")
    return load_actors(extra=[folder])


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The Gondorian Reform Party won.", ["GRP"]),
        ("The Reform Party of Gondor won.", ["GRP"]),
        ("Gondor's Reform Party won.", ["GRP"]),
        ("The Gondorian Steward League met.", ["ARP"]),
        ("Gondor's Steward League met.", ["ARP"]),
        # A purpose is no country, one word no name, and a name of two bodies is left to the tables.
        ("Gondor's Front for Liberty met.", ["GON"]),
        ("The Gondorian Bank closed.", ["GON"]),
        ("Gondor's Sea Guild met.", ["GON"]),
        ("The Gondorian Sea Guild met.", ["ONE"]),
    ],
)
def test_a_body_is_found_with_its_country_at_either_end(book, text, wanted):
    assert [match.id for match in book.find(text)] == wanted
