"""The spaCy pipeline: its model, its components and its sentence boundaries.

Named entity recognition is left out: names come from the actor files and from the parse, and the
component costs a third of the time.
"""

from __future__ import annotations

import functools
import importlib.util
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dragoman.errors import MissingModelError
from dragoman.language.annotated import AnnotatedDocument
from dragoman.language.headlines import CommonWords, lower_headlines
from dragoman.language.lemmas import Lemmas
from dragoman.language.line_wrapping import wrapped_ends
from dragoman.language.models import find_model
from dragoman.language.parsing_in_pieces import parse_in_pieces
from dragoman.language.quotes import find_quotes
from dragoman.language.repairs.known_names import KnownNames
from dragoman.language.repairs.second_reading import SecondReading
from dragoman.language.repairs.structure import repair_structure
from dragoman.language.repairs.verb_forms import VerbForms
from dragoman.language.sentences import SentenceStarts
from dragoman.language.tokenizing import make_doc
from dragoman.language.word_classes import WordClasses
from dragoman.model.time_budget import check_time
from dragoman.settings import MODEL_PACKAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from spacy.language import Language
    from spacy.pipeline import TrainablePipe
    from spacy.tokens import Doc

    from dragoman.model.documents import Document

    Together = Callable[[list[Doc]], list[Doc]]

# The components that produce tags and trees.
_PARSING = frozenset({"tok2vec", "tagger", "parser"})
# Rare verbs to which the lemmatizer wrongly assigns forms of common ones: "staged" to "stag", "waged" to
# "wag".
_RARE_VERBS = frozenset({"stag", "wag", "rap", "fin", "rag", "slat", "sham", "ax"})


def load_pipeline(model: str | None = None) -> Language:
    """Load an English model with only the components that coding needs.

    Args:
        model: Package name or path of a model; by default the small model in the settings.

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
    """Use numpy for matrix multiplication: three times as fast as spaCy's default, with the same parses."""
    from thinc.api import NumpyOps

    ops = NumpyOps(use_blis=False)
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        for node in model.walk() if model is not None else ():
            node.ops = ops


def _mend_lemmas(nlp: Language) -> None:
    """Remove rare verbs from the base forms, and turn the lists into sets for fast lookup."""
    lookups = getattr(nlp.get_pipe("lemmatizer"), "lookups", None) if "lemmatizer" in nlp.pipe_names else None
    if lookups is None or not lookups.has_table("lemma_index"):
        return
    table = lookups.get_table("lemma_index")
    for kind, forms in list(table.items()):
        table[kind] = set(forms)
    table.get("verb", set()).difference_update(_RARE_VERBS)


@functools.lru_cache(maxsize=4)
def common_words(nlp: Language) -> CommonWords:
    """Return the words in the model's lists, computed once per pipeline."""
    return CommonWords(nlp)


@dataclass(frozen=True, slots=True)
class _Steps:
    """The steps of a pipeline for a batch of documents.

    `parse` gives tags and trees, `reread` mends them, `finish` gives word classes and base forms.
    """

    parse: Together
    reread: SecondReading
    finish: Together


@functools.lru_cache(maxsize=4)
def _steps(nlp: Language) -> _Steps:
    """Return the steps of a pipeline, built once; the rule components are replaced by faster ones."""
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


@functools.lru_cache(maxsize=4)
def _sentence_starts(nlp: Language) -> SentenceStarts:
    """Return the step before the components that sets sentence boundaries."""
    return SentenceStarts(common_words(nlp))


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


def _unwrapped(text: str) -> str:
    """Return a text of the same length in which line ends that only wrap a line are spaces."""
    ends = wrapped_ends(text)
    if not ends:
        return text
    characters = list(text)
    for end in ends:
        characters[end] = " "
    return "".join(characters)


def annotate(
    nlp: Language,
    documents: Iterable[Document],
    *,
    names: Callable[[str], Iterable[tuple[int, int]]] | None = None,
) -> list[AnnotatedDocument]:
    """Parse documents in one batch, in order; sentences never cross a paragraph break.

    A batch is faster than single documents, with the same result. All are held in memory: pass batches, not a
    corpus.

    Args:
        nlp: The pipeline from `load_pipeline`.
        documents: The reports.
        names: Finds the spans of names, which keep their capitals in headlines.
    """
    common, documents = common_words(nlp), list(documents)
    texts = [_unwrapped(document.text) for document in documents]
    read = [lower_headlines(text, common=common, names=names) for text in texts]
    starts = _sentence_starts(nlp)
    docs = [starts(make_doc(nlp, text), text) for text in read]
    steps = _steps(nlp)
    docs = parse_in_pieces(docs, steps.parse)
    known = [KnownNames(doc, text, names) for doc, text in zip(docs, texts, strict=True)]
    check_time()
    steps.reread(docs, known)
    check_time()
    docs = steps.finish(docs)
    for doc, named in zip(docs, known, strict=True):
        check_time()
        repair_structure(doc, named)
    return [
        AnnotatedDocument(document=document, doc=doc, quotes=find_quotes(text))
        for document, text, doc in zip(documents, texts, docs, strict=True)
    ]
