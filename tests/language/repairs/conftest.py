"""What the tests of repairs share: a text parsed twice, by the model alone and repaired."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from dragoman.coding.coder import Coder
from dragoman.language import pipeline

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


@dataclass(frozen=True)
class Parsed:
    """A text as the model alone parses it, and repaired."""

    plain: Doc
    repaired: Doc

    def word(self, form: str) -> Token:
        """Return the first word of a form, repaired."""
        return next(token for token in self.repaired if token.text == form)

    def changes(self) -> list[str]:
        """Say what the repairs changed, word by word."""
        return [
            f"{old.text}: {old.tag_} {old.dep_} > {old.head.text} is {new.tag_} {new.dep_} > {new.head.text}"
            for old, new in zip(self.plain, self.repaired, strict=True)
            if (old.tag_, old.dep_, old.head.i, old.pos_, old.lemma_)
            != (new.tag_, new.dep_, new.head.i, new.pos_, new.lemma_)
        ]


Parse = Callable[[str], Parsed]


@pytest.fixture(scope="session")
def parse(coder: Coder) -> Parse:
    def both(text: str) -> Parsed:
        steps = pipeline._steps(coder.nlp)
        (plain,) = steps.finish(steps.parse([coder.nlp.make_doc(text)]))
        return Parsed(plain, coder.annotate_text(text).doc)

    return both
