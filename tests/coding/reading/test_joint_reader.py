"""Two readers as one: which words are read, and how types, firmness and roles of both are weighed."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.coding.reading.joint_reader import JointReader, ReaderWeights, joint, load_reader_weights
from dragoman.coding.reading.trigger_reading import ROLES
from dragoman.errors import KnowledgeError

ENCODER_ALONE = (1.0, 0.0, 0.0, 1.0, 0.0)
LINEAR_ALONE = (0.0, 1.0, 0.0, 1.0, 0.0)
EVEN = (0.5, 0.5, 0.0, 1.0, 0.0)


def weights(
    *, types=(0.5, 0.5, 0.0), firm=(0.5, 0.5, 0.0), role=EVEN
) -> ReaderWeights:  # fmt: skip
    return ReaderWeights(types=types, firm=firm, roles=(role,) * len(ROLES))


class Told:
    """A reader that says what it was told, and remembers what it was asked."""

    def __init__(self, readings) -> None:
        self.readings = {reading.token: reading for reading in readings}
        self.asked: list[int] = []

    def read(self, annotated, mentions, *, wanted=()):
        self.asked = sorted(wanted)
        return self.readings


@pytest.mark.parametrize(
    ("types", "expected"),
    [((1.0, 0.0, 0.0), 0.9), ((0.0, 1.0, 0.0), 0.2), ((0.5, 0.5, 0.0), 0.6)],
)
def test_types_are_weighed(made, types, expected):
    first, second = made.reading(chance=0.9), made.reading(chance=0.2)
    read = joint(first, second, weights(types=types))
    assert read.type_probability("ACCUSE") == pytest.approx(expected, abs=0.01)
    assert sum(read.types) == pytest.approx(1.0)


def test_the_shift_is_that_of_no_event(made):
    first = made.reading(chance=0.5)
    plain = joint(first, first, weights())
    shifted = joint(first, first, weights(types=(0.5, 0.5, 1.0)))
    assert plain.probability == pytest.approx(0.5, abs=0.01)
    assert shifted.probability == pytest.approx(1.0 / (1.0 + math.e), abs=0.01)


def test_two_that_name_different_types_leave_both_open(made):
    first, second = made.reading(chance=0.8), made.reading(0, "THREATEN", 0.8)
    read = joint(first, second, weights())
    assert read.type_probability("ACCUSE") == pytest.approx(read.type_probability("THREATEN"))


@pytest.mark.parametrize(
    ("firm", "expected"), [((1.0, 0.0, 0.0), 0.9), ((0.0, 1.0, 0.0), 0.1), ((0.5, 0.5, 0.0), 0.5)]
)
def test_firmness_is_weighed(made, firm, expected):
    first, second = made.reading(firm=0.9), made.reading(firm=0.1)
    assert joint(first, second, weights(firm=firm)).firm == pytest.approx(expected)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("given", "expected"), [(ENCODER_ALONE, 0.9), (LINEAR_ALONE, 0.2), (EVEN, 0.6)])
def test_roles_are_weighed(made, role, given, expected):
    of_encoder = made.role(**{role: 0.9})
    of_linear = replace(of_encoder, **{role: 0.2})
    read = joint(made.reading(roles=[of_encoder]), made.reading(roles=[of_linear]), weights(role=given))
    assert getattr(read.roles[0], role) == pytest.approx(expected, abs=1e-3)
    assert read.roles[0].mention is of_encoder.mention


def test_a_mention_of_one_reader_has_its_own_weights(made):
    seen = made.role("ARN", actor=0.5)
    another = made.role("GON", token=3, actor=0.9)
    given = (1.0, 1.0, 0.0, 1.0, -1.0)
    read = joint(made.reading(roles=[seen]), made.reading(roles=[another]), weights(role=given))
    assert [r.mention.party.id for r in read.roles] == ["ARN"]
    assert read.roles[0].actor == pytest.approx(1.0 / (1.0 + math.e))


def test_two_mentions_of_one_party_keep_their_own_scores(made):
    first, second = made.role(token=1, actor=0.9), made.role(token=5, actor=0.1)
    of_linear = [replace(second, actor=0.3), replace(first, actor=0.7)]
    read = joint(
        made.reading(roles=[first, second]), made.reading(roles=of_linear), weights(role=LINEAR_ALONE)
    )
    assert [round(r.actor, 3) for r in read.roles] == [0.7, 0.3]


def test_certainty_of_one_reader_has_bounds(made):
    sure, against = made.reading(chance=1.0, firm=1.0), made.reading(chance=0.0, firm=0.0)
    read = joint(sure, against, weights())
    assert 0.0 < read.probability < 1.0
    assert 0.0 < read.firm < 1.0


def test_the_encoder_says_which_words_are_read(made):
    encoder, linear = Told([made.reading(2), made.reading(4)]), Told([made.reading(4), made.reading(9)])
    found = JointReader(encoder, linear, weights()).read(None, [], wanted=[4])
    assert sorted(found) == [2, 4]
    assert (encoder.asked, linear.asked) == ([4], [2, 4])


def test_a_word_of_the_encoder_alone_is_read_as_it_has_it(made):
    alone = made.reading(2, chance=0.7)
    assert JointReader(Told([alone]), Told([]), weights()).read(None, [])[2] is alone


def test_an_unlikely_word_is_left_out_unless_asked_for(made):
    encoder, linear = Told([made.reading(2, chance=0.1)]), Told([made.reading(2, chance=0.001)])
    reader = JointReader(encoder, linear, weights())
    assert reader.read(None, []) == {}
    assert list(reader.read(None, [], wanted=[2])) == [2]


def test_weights_of_the_package_let_both_count():
    found = load_reader_weights()
    assert all(x > 0 for x in (*found.types[:2], *found.firm[:2]))
    assert all(role[0] > 0 and role[1] > 0 for role in found.roles)
    assert len(found.roles) == len(ROLES)


@pytest.mark.parametrize("content", [None, "{", "{}", '{"types": [1, 2], "firm": [1, 2, 3], "roles": []}'])
def test_a_file_that_cannot_be_used_is_named(tmp_path: Path, content: str | None):
    if content is not None:
        (tmp_path / "reader_weights.json").write_text(content)
    with pytest.raises(KnowledgeError, match=r"reader_weights\.json"):
        load_reader_weights(tmp_path)
