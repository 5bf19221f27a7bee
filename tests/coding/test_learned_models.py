"""The learned models of each reading."""

from __future__ import annotations

import pytest

from dragoman.coding.learned_models import DECISION_MODELS, load_models
from dragoman.coding.reading.linear_reader import LinearReader
from dragoman.errors import UsageError
from dragoman.knowledge.codebook import load_codebook


def test_rules_alone_need_none() -> None:
    assert load_models("rules", None, load_codebook()) is None


def test_the_fast_reading_has_the_reader_and_the_decision_made_for_it() -> None:
    found = load_models("fast", None, load_codebook())
    assert found is not None
    assert isinstance(found.reader, LinearReader)
    assert set(DECISION_MODELS) == {"full", "fast"}


def test_an_unknown_reading_is_an_error_that_names_the_others() -> None:
    with pytest.raises(UsageError, match="fast"):
        load_models("quick", None, load_codebook())  # type: ignore[arg-type]
