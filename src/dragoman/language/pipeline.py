"""The spaCy pipeline: which model, which components, and where sentences may begin.

Named entity recognition is left out: names come from the actor files and from the parse, and the
component costs a third of the time.
"""

from __future__ import annotations

import functools
import importlib.util
import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dragoman.errors import MissingModelError
from dragoman.language.annotated import AnnotatedDocument
from dragoman.language.headlines import CommonWords, lower_headlines
from dragoman.language.lemmas import Lemmas
from dragoman.language.models import find_model
from dragoman.language.quotes import find_quotes
from dragoman.language.repairs.known_names import KnownNames
from dragoman.language.repairs.second_reading import SecondReading
from dragoman.language.repairs.structure import repair_structure
from dragoman.language.repairs.verb_forms import VerbForms
from dragoman.language.word_classes import WordClasses
from dragoman.settings import MODEL_PACKAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from spacy.language import Language
    from spacy.pipeline import TrainablePipe
    from spacy.tokens import Doc

    from dragoman.model.documents import Document

    Together = Callable[[list[Doc]], list[Doc]]

_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
# "KUNDUZ, Afghanistan (AP) — ": where it was written is no part of the sentence that follows.
_DATELINE = re.compile(
    r"^[ \t]*[A-Z][A-Z.'’-]{2,}(?:[ /][A-Z][A-Z.'’-]+){0,3}"  # the place in capitals
    r"(?:, [A-Z][\w.]+(?: [A-Z][\w.]+)?)?(?: \([^)\n]{2,30}\))?"  # its country, the agency
    r"(?:, [A-Z][a-z]+\.? \d{1,2})? ?(?:—|–|--|-) ",
    re.MULTILINE,
)
# The components that give tags and trees.
_PARSING = frozenset({"tok2vec", "tagger", "parser"})
_HARD_WRAP_WIDTH = (55, 100)
# Rare verbs that the lemmatizer takes common ones for: "staged" is not of "stag", "waged" not of "wag".
_RARE_VERBS = frozenset({"stag", "wag", "rap", "fin", "rag", "slat", "sham", "ax"})


def load_pipeline(model: str | None = None) -> Language:
    """Load an English model with only the components that coding reads.

    Args:
        model: The package or the path of a model; the small one of the settings when left out.

    Raises:
        MissingModelError: The model is not installed.
    """
    import spacy

    nlp = spacy.load(find_model(model) if model is not None else _default_model(), exclude=["ner", "senter"])
    _mend_lemmas(nlp)
    _multiply_with_numpy(nlp)
    return nlp


def _default_model() -> str:
    for package in MODEL_PACKAGES:
        if importlib.util.find_spec(package) is not None:
            return package
    raise MissingModelError(looked_for=", ".join(MODEL_PACKAGES))


def _multiply_with_numpy(nlp: Language) -> None:
    """Let numpy multiply matrices: three times as fast as the library that spaCy takes, the same parses."""
    from thinc.api import NumpyOps

    ops = NumpyOps(use_blis=False)
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        for node in model.walk() if model is not None else ():
            node.ops = ops


def _mend_lemmas(nlp: Language) -> None:
    """Take rare verbs out of the base forms, and make sets of their lists, which are asked word by word."""
    lookups = getattr(nlp.get_pipe("lemmatizer"), "lookups", None) if "lemmatizer" in nlp.pipe_names else None
    if lookups is None or not lookups.has_table("lemma_index"):
        return
    table = lookups.get_table("lemma_index")
    for kind, forms in list(table.items()):
        table[kind] = set(forms)
    table.get("verb", set()).difference_update(_RARE_VERBS)


@functools.lru_cache(maxsize=4)
def common_words(nlp: Language) -> CommonWords:
    """Return the words that the model's lists know, made once for each pipeline."""
    return CommonWords(nlp)


@dataclass(frozen=True, slots=True)
class _Steps:
    """What a pipeline does with several documents at once.

    `parse` gives tags and trees, `reread` mends them, `finish` gives word classes and base forms.
    """

    parse: Together
    reread: SecondReading
    finish: Together


@functools.lru_cache(maxsize=4)
def _steps(nlp: Language) -> _Steps:
    """Return the steps of a pipeline, made once; quicker components stand in for those of rules."""
    components = [(name, _together(nlp, component)) for name, component in nlp.pipeline]
    cut = 1 + max((i for i, (name, _) in enumerate(components) if name in _PARSING), default=-1)
    parse = _in_turn([component for _, component in components[:cut]])
    return _Steps(
        parse=parse,
        reread=SecondReading(VerbForms(nlp), parse),
        finish=_in_turn([component for _, component in components[cut:]]),
    )


def _in_turn(components: list[Together]) -> Together:
    def run(docs: list[Doc]) -> list[Doc]:
        for component in components:
            docs = component(docs)
        return docs

    return run


def _together(nlp: Language, component: Any) -> Together:
    from spacy.pipeline import AttributeRuler, Lemmatizer, TrainablePipe

    if isinstance(component, TrainablePipe):
        return functools.partial(_predict, component)
    if isinstance(component, AttributeRuler):
        component = WordClasses(nlp, component)
    elif isinstance(component, Lemmatizer) and component.mode == "rule":
        component = Lemmas(component)
    return lambda docs: [component(doc) for doc in docs]


def _predict(component: TrainablePipe, docs: list[Doc]) -> list[Doc]:
    component.set_annotations(docs, component.predict(docs))
    return docs


def annotate(
    nlp: Language,
    documents: Iterable[Document],
    *,
    names: Callable[[str], Iterable[tuple[int, int]]] | None = None,
) -> list[AnnotatedDocument]:
    """Parse documents together, in order; sentences never run over a paragraph break.

    Together is quicker than one by one and gives the same. All are held at once: give some, not a corpus.

    Args:
        nlp: The pipeline from `load_pipeline`.
        documents: The reports.
        names: Finds the spans of names in a text; they keep their capitals in headlines.
    """
    common, documents = common_words(nlp), list(documents)
    docs = []
    for document in documents:
        doc = nlp.make_doc(lower_headlines(document.text, common=common, names=names))
        _mark_paragraphs(doc, document.text)
        docs.append(doc)
    steps = _steps(nlp)
    docs = steps.parse(docs)
    known = [KnownNames(doc, document.text, names) for doc, document in zip(docs, documents, strict=True)]
    steps.reread(docs, known)
    docs = steps.finish(docs)
    for doc, named in zip(docs, known, strict=True):
        repair_structure(doc, named)
    return [
        AnnotatedDocument(document=document, doc=doc, quotes=find_quotes(document.text))
        for document, doc in zip(documents, docs, strict=True)
    ]


def _mark_paragraphs(doc: Doc, text: str) -> None:
    breaks = sorted({*paragraph_breaks(text), *(match.end() for match in _DATELINE.finditer(text))})
    if not breaks:
        return
    starts = iter([*breaks, len(text) + 1])
    next_start = next(starts)
    for token in doc:
        if token.idx >= next_start and not token.is_space:
            token.is_sent_start = True
            while token.idx >= next_start:
                next_start = next(starts)


def paragraph_breaks(text: str) -> list[int]:
    """Return the offsets after which a new paragraph begins.

    Blank lines always part paragraphs. A single line end does too, unless the text is hard-wrapped:
    then lines end in the middle of sentences, near one width.
    """
    if "\n" not in text:
        return []
    pattern = _BLANK_LINE if _is_hard_wrapped(text) else re.compile(r"\n")
    return [match.end() for match in pattern.finditer(text)]


def _is_hard_wrapped(text: str) -> bool:
    lines = [line.rstrip() for line in text.split("\n")]
    inner = [a for a, b in itertools.pairwise(lines) if a and b]
    if len(inner) < 3:
        return False
    low, high = _HARD_WRAP_WIDTH
    wrapped = [line for line in inner if low <= len(line) <= high and line[-1] not in '.!?"”:']
    return len(wrapped) > len(inner) / 2
