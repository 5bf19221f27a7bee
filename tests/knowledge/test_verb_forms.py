"""Base forms: all forms of a verb have one, those of two verbs have two."""

from __future__ import annotations

import pytest

from dragoman.knowledge.verb_forms import base_form


@pytest.mark.parametrize(
    "forms",
    [
        "send sends sent sending", "provide provides provided providing", "ship ships shipped shipping",
        "withdraw withdrew withdrawn withdrawing", "supply supplies supplied supplying", "attack attacked",
        "lift lifted lifting", "open opens opened", "release released releasing", "buy bought", "cut cuts",
        "pass passes passed", "meet met", "freeze froze frozen", "agree agreed",
    ],
)  # fmt: skip
def test_forms_of_one_verb(forms: str) -> None:
    assert len({base_form(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("send", "sell"), ("open", "close"), ("lift", "lead"), ("led", "let")]
)
def test_verbs_stay_apart(one: str, other: str) -> None:
    assert base_form(one) != base_form(other)


@pytest.mark.parametrize("word", ["bring", "king", "red", "gas", "less", "news", "speed"])
def test_short_words_keep_something(word: str) -> None:
    assert len(base_form(word)) >= 2
