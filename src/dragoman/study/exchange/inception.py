"""INCEpTION: one UIMA CAS per document, as XMI with its type system; written and read by dkpro-cassis."""

from __future__ import annotations

import functools
import warnings
from typing import TYPE_CHECKING, Any

from dragoman.errors import BadAnnotationError, MissingExtraError, UsageError
from dragoman.study.exchange.annotations import AnnotatedText, Relation, Span, tokens_of
from dragoman.study.sampling import sentence_spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

# The layers of a project: a span with a label and a value, and a relation between two spans.
SPAN_LAYER, RELATION_LAYER = "webanno.custom.DragomanSpan", "webanno.custom.DragomanRole"
_TOKEN = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token"  # noqa: S105 - the name of a type
_SENTENCE = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence"
_METADATA = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"
_TYPES_FILE = "TypeSystem.xml"


def _cassis() -> Any:
    try:
        import cassis
    except ModuleNotFoundError as error:
        raise MissingExtraError(package="dkpro-cassis", extra="study", what="UIMA CAS files") from error
    return cassis


@functools.cache
def _type_system() -> Any:
    cassis = _cassis()
    with warnings.catch_warnings():
        # The library locates its own file in a way that Python will no longer support.
        warnings.simplefilter("ignore", DeprecationWarning)
        system = cassis.load_dkpro_core_typesystem()
    # Part of DKPro Core, but not of the library's copy.
    about = system.create_type(name=_METADATA, supertypeName="uima.tcas.DocumentAnnotation")
    for name in ("documentTitle", "documentId", "documentUri", "collectionId", "documentBaseUri"):
        system.create_feature(domainType=about, name=name, rangeType="uima.cas.String")
    span = system.create_type(name=SPAN_LAYER, supertypeName="uima.tcas.Annotation")
    system.create_feature(domainType=span, name="label", rangeType="uima.cas.String")
    system.create_feature(domainType=span, name="value", rangeType="uima.cas.String")
    role = system.create_type(name=RELATION_LAYER, supertypeName="uima.tcas.Annotation")
    system.create_feature(domainType=role, name="Governor", rangeType=SPAN_LAYER)
    system.create_feature(domainType=role, name="Dependent", rangeType=SPAN_LAYER)
    system.create_feature(domainType=role, name="label", rangeType="uima.cas.String")
    return system


def write_folder(texts: Iterable[AnnotatedText], folder: Path) -> int:
    """Write one .xmi file for each text, and the type system; return the number of texts.

    Raises:
        UsageError: The folder already exists.
        MissingExtraError: dkpro-cassis is not installed.
    """
    if folder.exists():
        raise UsageError(message=f"{folder}: already exists; choose another name")
    system = _type_system()
    folder.mkdir(parents=True)
    system.to_xml(folder / _TYPES_FILE)
    number = 0
    for number, text in enumerate(texts, 1):
        _cas(text, system).to_xmi(folder / f"{number:05d}.xmi")
    return number


def _cas(text: AnnotatedText, system: Any) -> Any:
    cas = _cassis().Cas(typesystem=system)
    cas.sofa_string, cas.sofa_mime = text.text, "text/plain"
    cas.add(system.get_type(_METADATA)(
        begin=0, end=len(text.text), documentId=text.id, documentTitle=text.title,
        documentUri=f"urn:dragoman:{text.published_on}", language="en",
    ))  # fmt: skip
    for name, places in ((_SENTENCE, sentence_spans(text.text)), (_TOKEN, tokens_of(text.text))):
        kind = system.get_type(name)
        cas.add_all([kind(begin=start, end=end) for start, end in places])
    span_type, role_type = system.get_type(SPAN_LAYER), system.get_type(RELATION_LAYER)
    made = {
        span.id: span_type(begin=span.start, end=span.end, label=span.label, value=span.value)
        for span in text.spans
    }
    cas.add_all(list(made.values()))
    for relation in text.relations:
        head, child = made[relation.head], made[relation.child]
        role = role_type(
            begin=child.begin, end=child.end, Governor=head, Dependent=child, label=relation.label
        )
        cas.add(role)
    return cas


def read_folder(folder: Path) -> Iterator[AnnotatedText]:
    """Read the .xmi files of a folder, as exported with "UIMA CAS XMI (XML 1.0)".

    Raises:
        UsageError: There is no type system or no .xmi file.
        BadAnnotationError: A file is damaged, or lacks the layers.
        MissingExtraError: dkpro-cassis is not installed.
    """
    cassis = _cassis()
    files = sorted(folder.glob("**/*.xmi"))
    types = next(iter(sorted(folder.glob("**/*ypeSystem.xml"))), None)
    if not files or types is None:
        raise UsageError(message=f"{folder}: contains no .xmi file next to a TypeSystem.xml")
    for path in files:
        try:
            with types.open("rb") as source:
                system = cassis.load_typesystem(source)
            with path.open("rb") as source:
                cas = cassis.load_cas_from_xmi(source, typesystem=system)
            yield _text(cas, path.stem)
        except Exception as error:  # the library raises many kinds of errors for a damaged file
            raise BadAnnotationError(where=path.name, why=f"not an annotated document: {error}") from error


def _text(cas: Any, name: str) -> AnnotatedText:
    ids: dict[int, str] = {}
    spans, relations = [], []
    for number, span in enumerate(cas.select(SPAN_LAYER), 1):
        ids[span.xmiID] = f"s{number}"
        spans.append(
            Span(id=f"s{number}", start=span.begin, end=span.end, label=span.label, value=span.value or "")
        )
    for role in cas.select(RELATION_LAYER):
        head, child = ids[role.Governor.xmiID], ids[role.Dependent.xmiID]
        relations.append(Relation(head=head, child=child, label=role.label))
    about = next(iter(cas.select(_METADATA)), None)
    uri = (about.documentUri or "") if about is not None else ""
    day = uri.removeprefix("urn:dragoman:") if uri.startswith("urn:dragoman:") else ""
    return AnnotatedText(
        id=(about.documentId if about is not None else None) or name, text=cas.sofa_string,
        title=(about.documentTitle or "") if about is not None else "", published_on=day,
        spans=tuple(spans), relations=tuple(relations),
    )  # fmt: skip
