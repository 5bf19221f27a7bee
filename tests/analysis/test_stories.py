"""Stories of invented states: grouped as they come in, alike in any order, kept and read again."""

from __future__ import annotations

import collections
import datetime as dt
import itertools
import json
import random
from pathlib import Path

import pytest

from dragoman.analysis.copies import CopyIndex, Report, credited_agency, independent_reports, publisher_name
from dragoman.analysis.stories import StoryIndex, StorySettings
from dragoman.analysis.story_linkage import connected, group
from dragoman.errors import NotFoundError, UsageError
from dragoman.model.documents import Document
from dragoman.running.evaluation import predict

GOLD = Path(__file__).parents[3] / "shared" / "gold" / "stories.jsonl"

# story -> (day, publisher, title, text); three reports each, in different words.
ARTICLES = {
    "envoys": [
        ("2031-03-02", "gazette", "Gondor expels nine envoys of Mordor",
         "Gondor told nine diplomats of Mordor to leave Minas Tirith within three days. The foreign ministry "
         "accused them of buying plans of the Osgiliath bridge from a clerk. Mordor called it slander."),
        ("2031-03-02", "herald", "Nine Mordor diplomats ordered out over Osgiliath bridge plans",
         "Nine members of the embassy of Mordor must quit Minas Tirith. Officials of Gondor say a clerk was "
         "paid for drawings of the bridge at Osgiliath. The ambassador spoke of slander, vowed an answer."),
        ("2031-03-04", "mirror", "Mordor answers expulsions: Gondor envoys sent home",
         "Mordor sent home nine diplomats of Gondor, two days after its own were thrown out of Minas Tirith "
         "in the affair of the Osgiliath bridge drawings. A clerk who sold them has been held since Sunday."),
    ],
    "grain": [
        ("2031-03-03", "gazette", "Rohan and Gondor sign grain accord at Edoras",
         "Rohan will sell Gondor forty thousand tonnes of barley a year under an accord signed at Edoras. "
         "Marshal Erkenbrand and steward Hurin put their names to it after two years of haggling on tolls."),
        ("2031-03-03", "herald", "Barley for Gondor: accord ends two years of toll quarrels",
         "Steward Hurin and marshal Erkenbrand signed a barley accord in Edoras. Forty thousand tonnes go "
         "from Rohan to Gondor each year, and tolls on the western road fall by half."),
        ("2031-03-05", "mirror", "What the Edoras barley accord means for bread",
         "Bakers in Gondor hope for cheaper bread after the accord of Edoras. Rohan agreed to forty thousand "
         "tonnes of barley a year. Erkenbrand said lower tolls would help the farmers of the Westfold."),
    ],
    "flood": [
        ("2031-03-10", "gazette", "Anduin flood kills thirty at Pelargir",
         "The river Anduin burst its banks at Pelargir and drowned at least thirty people. Rescuers used "
         "fishing boats to reach the harbour quarter, where water stood at the second floor of warehouses."),
        ("2031-03-11", "mirror", "Pelargir harbour under water; thirty drowned",
         "Fishing boats carried survivors from roofs in the harbour quarter of Pelargir as the Anduin rose "
         "five metres in one night. Thirty people drowned, rescuers said, and warehouses collapsed."),
        ("2031-03-12", "herald", "After the Anduin flood Pelargir counts its dead",
         "Pelargir buried the first of thirty people who drowned as the Anduin flooded its harbour quarter. "
         "Warehouses are still full of mud and rescuers search from fishing boats for the missing."),
    ],
    "vote": [
        ("2031-03-02", "gazette", "Lindon votes to keep the lighthouse tax",
         "Voters in Lindon kept the lighthouse tax by a narrow margin. Mayor Galdor, who had wanted it gone, "
         "conceded before midnight in Mithlond. Shipowners had paid for a loud campaign against the levy."),
        ("2031-03-03", "mirror", "Galdor concedes: lighthouse levy stays in Lindon",
         "Mayor Galdor of Mithlond lost his referendum. The lighthouse tax on shipowners remains after a "
         "narrow vote in Lindon, in spite of a campaign that filled the harbour with posters."),
    ],
}  # fmt: skip

DOCUMENTS = [
    Document(
        id=f"{story}-{number}", title=title, text=text, publisher=publisher,
        published_on=dt.date.fromisoformat(day),
    )
    for story, reports in ARTICLES.items()
    for number, (day, publisher, title, text) in enumerate(reports)
]  # fmt: skip

WIRE = (
    "MINAS MORGUL (Reuters) - Mordor closed the pass of Cirith Ungol to all carts on Friday, after three "
    "guards were found dead below the tower. Its captain blamed raiders from Ithilien and asked for ninety "
    "more men. Merchants who had waited since dawn turned back towards the crossroads with loads of salt "
    "and iron. Gondor said that none of its rangers had been near the pass and offered to send a judge."
)


def grouped(index: StoryIndex) -> set[frozenset[str]]:
    return {frozenset(story.document_ids) for story in index.stories()}


def filled(documents: list[Document] = DOCUMENTS) -> StoryIndex:
    index = StoryIndex()
    for document in documents:
        index.add(document)
    return index


WANTED = {frozenset(d.id for d in DOCUMENTS if d.id.startswith(story)) for story in ARTICLES}


def test_reports_of_one_story_come_together_and_others_stay_apart() -> None:
    assert grouped(filled()) == WANTED


@pytest.mark.parametrize("seed", range(6))
def test_order_of_arrival_changes_nothing(seed: int) -> None:
    shuffled = DOCUMENTS[:]
    random.Random(seed).shuffle(shuffled)
    assert grouped(filled(shuffled)) == WANTED


def test_one_by_one_gives_what_all_at_once_gives() -> None:
    index = filled()
    one_by_one = grouped(index)
    index.rebuild()
    assert grouped(index) == one_by_one


def test_add_says_the_story_and_changes_tell_who_moved() -> None:
    index = StoryIndex()
    told = {document.id: index.add(document) for document in DOCUMENTS}
    assert index.take_changes() == {d.id: index.story_of(d.id) for d in DOCUMENTS}
    assert index.take_changes() == {}
    assert told["envoys-1"] == told["envoys-0"] != told["grain-0"]


def test_a_story_keeps_its_id_when_it_grows() -> None:
    index = filled(DOCUMENTS[:1])
    first = index.story_of("envoys-0")
    for document in DOCUMENTS[1:]:
        index.add(document)
    assert index.story_of("envoys-2") == first


def test_the_same_article_again_changes_nothing_and_a_new_text_replaces_it() -> None:
    index = filled()
    before = index.to_bytes()
    index.add(DOCUMENTS[0])
    assert index.to_bytes() == before
    flood = DOCUMENTS[6]
    index.add(Document(id="envoys-0", title=flood.title, text=flood.text, published_on=flood.published_on))
    assert index.story_of("envoys-0") == index.story_of("flood-0")
    assert len(index) == len(DOCUMENTS)


def test_what_is_removed_is_gone_and_can_come_back() -> None:
    index = filled()
    index.remove("grain-1")
    index.remove("never there")
    assert "grain-1" not in index
    with pytest.raises(NotFoundError):
        index.story_of("grain-1")
    index.add(DOCUMENTS[4])
    assert grouped(index) == WANTED


def test_retired_articles_leave_and_the_rest_stays() -> None:
    index = filled()
    gone = index.retire(dt.date(2031, 3, 10), most=100)
    assert {name.split("-")[0] for name in gone} == {"envoys", "grain", "vote"}
    assert grouped(index) == {frozenset({"flood-0", "flood-1", "flood-2"})}


def test_no_more_articles_stay_than_may_and_the_oldest_go() -> None:
    index = filled()
    days = {document.id: document.published_on for document in DOCUMENTS}
    gone = index.retire(dt.date(1900, 1, 1), most=4)
    assert len(index) == 4
    assert max(days[name] for name in gone) <= min(days[name] for name in index.document_ids())


def test_kept_bytes_go_on_where_the_index_stopped() -> None:
    half = filled(DOCUMENTS[:6])
    again = StoryIndex.from_bytes(half.to_bytes())
    assert again.to_bytes() == half.to_bytes()
    for document in DOCUMENTS[6:]:
        assert again.add(document) == half.add(document)
    assert again.to_bytes() == half.to_bytes()


@pytest.mark.parametrize("body", [b"", b"not an index", b"\x80"])
def test_other_bytes_are_refused(body: bytes) -> None:
    with pytest.raises(UsageError, match="rebuild it"):
        StoryIndex.from_bytes(body)


def test_far_dates_count_against_likeness() -> None:
    def stories(days: int, fading: float) -> int:
        index = StoryIndex(StorySettings(least=0.3, fading=fading))
        for number, (_, publisher, title, text) in enumerate(ARTICLES["envoys"][:2]):
            day = dt.date(2031, 3, 2) + dt.timedelta(days=days * number)
            index.add(Document(id=str(number), title=title, text=text, publisher=publisher, published_on=day))
        return len(index.stories())

    assert stories(0, 0.2) == 1
    assert stories(400, 0.0) == 1
    assert stories(400, 0.9) == 2


def test_articles_without_title_date_or_words_are_taken() -> None:
    index = StoryIndex()
    index.add(Document(id="bare", text=ARTICLES["flood"][0][3]))
    index.add(Document(id="other", text=ARTICLES["flood"][1][3]))
    index.add(Document(id="dots", text="... !"))
    assert index.story_of("bare") == index.story_of("other") != index.story_of("dots")
    assert index.story(index.story_of("dots")).first_day is None


def test_a_story_tells_its_days_and_publishers() -> None:
    index = filled()
    story = index.story(index.story_of("envoys-0"))
    assert (story.first_day, story.last_day) == (dt.date(2031, 3, 2), dt.date(2031, 3, 4))
    assert story.publishers == ("gazette", "herald", "mirror")
    assert len(story.independent) == 3


# Linkage -------------------------------------------------------------------------------------------


def both_ways(pairs: dict[tuple[str, str], float]) -> dict[str, dict[str, float]]:
    likeness: dict[str, dict[str, float]] = collections.defaultdict(dict)
    for (a, b), value in pairs.items():
        likeness[a][b] = likeness[b][a] = value
    return likeness


@pytest.mark.parametrize(
    ("pairs", "wanted"),
    [
        ({}, ["a", "b", "c", "d"]),
        ({("a", "b"): 0.5}, ["ab", "c", "d"]),
        # A chain does not hold: c is like b only, so its mean with {a, b} is 0.2.
        ({("a", "b"): 0.5, ("b", "c"): 0.4}, ["ab", "c", "d"]),
        ({("a", "b"): 0.5, ("b", "c"): 0.4, ("a", "c"): 0.2}, ["abc", "d"]),
        ({("a", "b"): 0.9, ("c", "d"): 0.8, ("b", "c"): 0.7}, ["ab", "cd"]),
        ({("a", "b"): 0.29}, ["a", "b", "c", "d"]),
    ],
)
def test_average_linkage(pairs: dict[tuple[str, str], float], wanted: list[str]) -> None:
    for order in itertools.permutations("abcd"):
        assert ["".join(sorted(members)) for members in group(order, both_ways(pairs), 0.3)] == wanted


def test_connected_stops_past_its_limit() -> None:
    chain = both_ways({(str(n), str(n + 1)): 0.5 for n in range(9)})
    assert len(connected("0", chain, 0.3, 100)) == 10
    assert len(connected("0", chain, 0.3, 3)) == 4
    assert connected("0", chain, 0.6, 100) == {"0"}


# Copies --------------------------------------------------------------------------------------------


def test_a_reprinted_wire_text_is_a_copy_and_a_retelling_is_not() -> None:
    index = CopyIndex()
    assert index.add("wire", WIRE) == {}
    shortened = WIRE[: WIRE.index("Merchants")]
    assert index.add("short", "Our readers write: " + shortened) == {"wire": pytest.approx(0.9, abs=0.1)}
    retold = (
        "No cart may use Cirith Ungol since Friday, when Mordor shut the pass. Three guards were killed near "
        "the tower. Raiders of Ithilien were blamed by the captain, who wants reinforcements, while Gondor "
        "denied any part in it. Traders with salt and iron had to go back, and prices there went up."
    )
    assert index.add("retold", retold) == {}
    assert index.groups(["wire", "short", "retold"]) == {
        "wire": "short",
        "short": "short",
        "retold": "retold",
    }


def test_short_notes_are_no_copies() -> None:
    index = CopyIndex()
    note = "All rights reserved. This text may not be printed again without leave."
    assert index.add("a", note) == index.add("b", note) == {}


def test_a_removed_text_is_no_longer_found() -> None:
    index = CopyIndex()
    index.add("a", WIRE)
    index.add("b", WIRE)
    index.remove("a")
    assert index.copies("b") == {}
    assert index.add("c", WIRE).keys() == {"b"}


def test_copies_do_not_add_to_a_story_s_independent_reports() -> None:
    index = StoryIndex()
    day = dt.date(2031, 4, 1)
    for publisher in ("gazette", "herald", "mirror"):
        text = WIRE.replace(" (Reuters)", "") if publisher == "herald" else WIRE
        index.add(
            Document(id=publisher, text=text, title="Pass closed", publisher=publisher, published_on=day)
        )
    story = index.stories()[0]
    assert len(story.document_ids) == 3
    assert len(story.independent) == 1


@pytest.mark.parametrize(
    ("reports", "wanted"),
    [
        ([], 0),
        ([("a", "gazette", None, "a"), ("b", "herald", None, "b")], 2),
        # One paper, two texts; two papers, one text.
        ([("a", "gazette", None, "a"), ("b", "gazette", None, "b")], 1),
        ([("a", "gazette", None, "a"), ("b", "herald", None, "a")], 1),
        # The herald printed the shared text and one of its own.
        ([("a", "gazette", None, "x"), ("b", "herald", None, "x"), ("c", "herald", None, "c")], 2),
        # Two different texts of one agency in two papers.
        ([("a", "gazette", "AP", "a"), ("b", "herald", "AP", "b")], 1),
        ([("a", None, None, "a"), ("b", None, None, "b")], 1),
        ([("a", "www.gazette.gd", None, "a"), ("b", "gazette.gd", None, "b")], 1),
    ],
)
def test_independent_reports(reports: list[tuple[str, str | None, str | None, str]], wanted: int) -> None:
    rows = [Report(document_id=i, publisher=p, agency=a, copy_group=c) for i, p, a, c in reports]
    assert len(independent_reports(rows)) == wanted


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        (WIRE, "Reuters"),
        ("EDORAS (AP) - Rohan sold barley.", "AP"),
        ("Xinhua | Updated on Friday\nRohan sold barley.", "Xinhua"),
        ("Rohan sold barley.\nCopyright 2031 The Associated Press. All rights reserved.", "AP"),
        ("Rohan told Reuters that it sold barley (AP Photo/Gamling).", None),
        ("", None),
    ],
)
def test_credited_agency(text: str, agency: str | None) -> None:
    assert credited_agency(text) == agency


@pytest.mark.parametrize(
    ("given", "wanted"),
    [("www.gazette.gd", "gazette.gd"), ("edition.cnn.com", "cnn.com"), ("uk.reuters.com", "Reuters"),
     ("The Herald", "the herald"), ("us.gd", "us.gd"), (None, "")],
)  # fmt: skip
def test_publisher_name(given: str | None, wanted: str) -> None:
    assert publisher_name(given) == wanted


# Measuring -----------------------------------------------------------------------------------------


def test_predictions_for_a_file(tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    rows = [
        {"id": d.id, "text": d.text, "title": d.title, "lead": "None", "published_on": str(d.published_on)}
        for d in DOCUMENTS
    ]
    gold.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    said: dict[str, set[str]] = collections.defaultdict(set)
    for answer in predict("stories", gold, coder=None):  # type: ignore[arg-type]
        said[answer.prediction["story"]].add(answer.prediction["id"])  # type: ignore[index]
    assert {frozenset(members) for members in said.values()} == WANTED


def b_cubed(true: dict[str, str], said: dict[str, str]) -> float:
    def clusters(labels: dict[str, str]) -> dict[str, set[str]]:
        found: dict[str, set[str]] = collections.defaultdict(set)
        for name, label in labels.items():
            found[label].add(name)
        return found

    of_true, of_said = clusters(true), clusters(said)
    shared = {name: len(of_true[true[name]] & of_said[said[name]]) for name in true}
    precision = sum(shared[name] / len(of_said[said[name]]) for name in true) / len(true)
    recall = sum(shared[name] / len(of_true[true[name]]) for name in true) / len(true)
    return 2 * precision * recall / (precision + recall)


@pytest.mark.skipif(not GOLD.exists(), reason="the development gold is not beside the repository")
def test_development_stories_hold_their_figure() -> None:
    lines = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    true = {row["id"]: row["story"] for row in lines}
    answers = predict("stories", GOLD, coder=None)  # type: ignore[arg-type]
    said = {answer.line.id: answer.prediction["story"] for answer in answers}  # type: ignore[index]
    assert b_cubed(true, said) >= 0.95
