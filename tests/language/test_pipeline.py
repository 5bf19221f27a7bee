"""What the pipeline changes of the model, and that it changes no parse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dragoman.language.pipeline import annotate
from dragoman.model.documents import Document

if TYPE_CHECKING:
    from dragoman.coding.coder import Coder

TEXT = (
    "Arnor's foreign minister said on Monday that his country would not withdraw its troops from Gondor.\n\n"
    "Mordor, which had demanded the withdrawal, recalled its ambassador and closed two border crossings, "
    'officials in both capitals confirmed. "We will never accept it," the chancellor told parliament.'
)


@pytest.mark.parametrize("use_blis", [True, False])
def test_parses_are_those_of_the_model(coder: Coder, use_blis: bool) -> None:
    """Whatever multiplies the matrices, and however it is batched, the parse is the same."""
    from thinc.api import NumpyOps

    (annotated,) = annotate(coder.nlp, [Document(id="t", text=TEXT)])
    found = [(t.tag_, t.dep_, t.head.i) for t in annotated.doc]
    parts = [coder.nlp.get_pipe(name) for name in ("tok2vec", "tagger", "parser")]
    ours = [[node.ops for node in part.model.walk()] for part in parts]
    try:
        for part in parts:
            for node in part.model.walk():
                node.ops = NumpyOps(use_blis=use_blis)
        (again,) = annotate(coder.nlp, [Document(id="t", text=TEXT)])
    finally:
        for part, kept in zip(parts, ours, strict=True):
            for node, ops in zip(part.model.walk(), kept, strict=True):
                node.ops = ops
    assert found == [(t.tag_, t.dep_, t.head.i) for t in again.doc]
    assert any(tag == "VBD" for tag, _, _ in found)
