"""What shows that a name is something else's: a town elsewhere, a ship, a firm, a longer name."""

from __future__ import annotations

import pytest

from dragoman.errors import KnowledgeError
from dragoman.knowledge.namesakes import load_namesakes

NAMESAKES = load_namesakes()

# Text with the name in brackets, whether it is a town of that name abroad, whether it is a ship or firm.
NAMES = [
    ("in [Lebanon], Ohio, on Monday", True, False),
    ("in [Lebanon] on Monday", False, False),
    ("in [Lebanon], Ohio and Kansas", False, False),
    ("the ferry [Elizabeth] sank", False, True),
    ("ferry, [Elizabeth] said", False, False),
    ("the ferry-[Elizabeth] sank", False, False),
    ("MV [Elizabeth] sank", False, True),
    ("[Elizabeth] sank", False, False),
    ("[Merkel] & Sons sold it", False, True),
    ("[Merkel] Motors sold it", False, True),
    ("[Merkel]& Sons sold it", False, False),
    ("[Merkel] Incognito", False, False),
]


@pytest.mark.parametrize(("marked", "is_town", "is_thing"), NAMES)
def test_a_name_of_something_else(marked, is_town, is_thing):
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    assert NAMESAKES.is_town_abroad(text, end, own="Beirut", is_town=False) is is_town
    assert NAMESAKES.is_thing(text, start, end) is is_thing


def test_where_a_town_should_be_it_is_itself():
    text = "in Tbilisi, Georgia, on Monday"
    end = text.index(",")
    assert not NAMESAKES.is_town_abroad(text, end, own="Georgia", is_town=True)
    assert NAMESAKES.is_town_abroad(text, end, own="Ohio", is_town=True)
    assert not NAMESAKES.is_town_abroad(text, end, own="Ohio", is_town=False)


def test_names_that_go_on():
    assert NAMESAKES.may_go_on("Democratic Party")
    assert not NAMESAKES.may_go_on("Angela Merkel")
    text = "National Rally for Peace"
    assert NAMESAKES.goes_on(text, len("National Rally"))
    assert not NAMESAKES.goes_on("National Rally for now", len("National Rally"))


def test_whose_a_body_is():
    text = "Security Council of the Union"
    assert text[NAMESAKES.owner_at(text, len("Security Council")) :] == "Union"
    assert NAMESAKES.owner_at("Security Council met", len("Security Council")) == -1


def test_an_unknown_key_is_refused(tmp_path):
    path = tmp_path / "n.yaml"
    path.write_text("insides: [Ohio]\n", "utf-8")
    with pytest.raises(KnowledgeError, match="unknown key 'insides'"):
        load_namesakes(path)


@pytest.mark.parametrize(
    ("marked", "is_lengthened", "is_honouring"),
    [
        ("[Metropolitan Police] Department", True, False),
        ("[Metropolitan Police] department", False, False),
        ("[Metropolitan Police] Commissioner", False, False),
        ("[Clinton] Foundation", True, True),
        ("[Clinton] Foundations", False, False),
        ("[Rodrigo Paz] Stadium", True, True),
    ],
)
def test_a_name_in_that_of_a_thing(marked, is_lengthened, is_honouring):
    end = marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    assert NAMESAKES.is_lengthened(text, end) is is_lengthened
    assert NAMESAKES.is_honouring(text, end) is is_honouring
