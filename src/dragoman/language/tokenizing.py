"""Tokenizing in linear time: runs of characters without a space are bounded in length.

The tokenizer strips punctuation from a run one character at a time and examines the rest each time, so a run
of n marks takes n squared steps. Runs longer than any word or address are split beforehand.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# The longest addresses in news have some 200 characters.
LONGEST_RUN = 500
_PART = 100
_LONG_RUN = re.compile(rf"\S{{{LONGEST_RUN},}}")


def make_doc(nlp: Language, text: str) -> Doc:
    """Return the words of a text as the tokenizer of a pipeline gives them, overlong runs split before.

    Args:
        nlp: The pipeline.
        text: The text; the words with their spaces give the text again.
    """
    cuts = [cut for run in _LONG_RUN.finditer(text) for cut in range(run.start() + _PART, run.end(), _PART)]
    if not cuts:
        return nlp.make_doc(text)
    from spacy.tokens import Doc

    words: list[str] = []
    spaces: list[bool] = []
    for start, end in pairwise([0, *cuts, len(text)]):
        for token in nlp.make_doc(text[start:end]):
            words.append(token.text)
            spaces.append(bool(token.whitespace_))
    return Doc(nlp.vocab, words=words, spaces=spaces)
