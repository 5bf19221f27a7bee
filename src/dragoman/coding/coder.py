"""The coder: a report in, its events and attributions out.

`Coder` holds the knowledge and the language model, loaded when first needed. It finds the attributions,
parties, dates, amounts and places of a document; `events` makes its events of them.
"""

from __future__ import annotations

import datetime as dt
import functools
import itertools
from typing import TYPE_CHECKING

from dragoman.coding.amounts.extraction import find_amounts
from dragoman.coding.attribution.content_index import ContentIndex
from dragoman.coding.attribution.extraction import find_attributions
from dragoman.coding.attribution.speaker_index import SpeakerIndex
from dragoman.coding.dates.extraction import find_dates
from dragoman.coding.events import EventMaker, Findings
from dragoman.coding.factuality.assessment import assess, find_predicates
from dragoman.coding.parties.resolver import Parties
from dragoman.coding.passing_over import Cut
from dragoman.coding.places.extraction import find_places
from dragoman.coding.reading.relations import Relation, RelationFinder
from dragoman.coding.reading.typing_model import load_typing_model
from dragoman.errors import DragomanError, EmptyDocumentError, TooLargeError
from dragoman.knowledge.actors import load_actors
from dragoman.knowledge.borders import load_borders
from dragoman.knowledge.codebook import load_codebook
from dragoman.knowledge.contexts import load_contexts
from dragoman.knowledge.modality import load_modality
from dragoman.knowledge.reporting import load_reporting
from dragoman.language.models import find_model
from dragoman.language.pipeline import annotate, common_words, load_pipeline
from dragoman.language.remembering import forget
from dragoman.model.documents import Document
from dragoman.model.identity import content_id
from dragoman.model.records import CodedDocument
from dragoman.settings import MAX_CHARACTERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from spacy.language import Language

    from dragoman.language.annotated import AnnotatedDocument


class Coder:
    """Codes reports. Make one and keep it: loading takes about a second, coding a report far less.

    Args:
        codebook: A folder with a codebook of your own, in the shape docs/codebook-format.md gives.
        actors: Folders with actors of your own, added to those that come with the package.
        full: Also give every predicate with its factuality.
        skim: Pass over paragraphs that name no actor: nearly twice as fast on general news. Events that
            such a paragraph tells by pronouns alone are missed, and so is what is said in it.
        language_model: The package or the path of another English model of spaCy; see docs/grammar.md.

    Raises:
        KnowledgeError: A data file is wrong; says file and line.
        MissingModelError: The language model is not installed.
    """

    def __init__(
        self,
        *,
        codebook: Path | None = None,
        actors: Iterable[Path] = (),
        full: bool = False,
        skim: bool = False,
        language_model: str | None = None,
    ) -> None:
        self.book = load_codebook(codebook)
        self.actors = load_actors(extra=tuple(actors))
        self.borders = load_borders()
        self._contexts = load_contexts()
        self.modality = load_modality()
        self._cues = load_reporting()
        self._full = full
        self._skim = skim
        # Looked for at once, though loaded later: a name that is wrong is no fault of a document.
        self._language_model = str(find_model(language_model)) if language_model is not None else None
        self._nlp: Language | None = None
        self._finder: RelationFinder | None = None

    @property
    def nlp(self) -> Language:
        """The language pipeline, loaded at first use."""
        if self._nlp is None:
            self._nlp = load_pipeline(self._language_model)
        return self._nlp

    def code(
        self,
        text: str,
        *,
        published_on: dt.date | str | None = None,
        title: str | None = None,
        id: str | None = None,
        publisher: str | None = None,
        url: str | None = None,
    ) -> CodedDocument:
        """Code one report given as text.

        Args:
            text: The report; every offset in the result counts characters of it.
            published_on: Its date, against which "on Friday" is resolved.
            title: Its title, if that is not part of the text.
            id: A name for it; made from the text when left out.
            publisher: Who printed it.
            url: Where it stands.

        Raises:
            EmptyDocumentError: There is no text.
            TooLargeError: The text is over the limit in `dragoman.settings`.
        """
        if isinstance(published_on, str):
            published_on = dt.date.fromisoformat(published_on)
        document = Document(
            id=id or content_id(text), text=text, title=title, published_on=published_on,
            publisher=publisher, url=url,
        )  # fmt: skip
        return self.code_document(document)

    def code_document(self, document: Document) -> CodedDocument:
        """Code one document; captions, "Read more" and the like in its text are passed over."""
        (code,) = self.prepare([document])
        return code()

    def code_documents(self, documents: Iterable[Document]) -> Iterator[CodedDocument]:
        """Code documents one after another, in order."""
        return (self.code_document(document) for document in documents)

    def prepare(self, documents: Sequence[Document]) -> list[Callable[[], CodedDocument]]:
        """Parse documents together, which is quicker than one by one; return for each what codes it.

        What is wrong with a document is raised when it is coded, and concerns no other.
        """
        cuts = [Cut(document, self._name_spans if self._skim else None) for document in documents]
        # Where skimming leaves nothing, the whole says whether there was anything.
        faults = [self._fault(cut.document if cut.document.text.strip() else cut.whole) for cut in cuts]
        wanted = [
            cut.document.text.strip() and fault is None for cut, fault in zip(cuts, faults, strict=True)
        ]
        parsed = iter(self._annotate([cut.document for cut in itertools.compress(cuts, wanted)]))
        return [
            functools.partial(self._code_parsed, cut, fault, next(parsed) if is_wanted else None)
            for cut, fault, is_wanted in zip(cuts, faults, wanted, strict=True)
        ]

    def _code_parsed(
        self, cut: Cut, fault: DragomanError | None, annotated: AnnotatedDocument | None
    ) -> CodedDocument:
        if fault is not None:
            raise fault
        if annotated is None:
            return CodedDocument(id=cut.whole.id, document=cut.whole, events=(), attributions=())
        return cut.restore(self.code_annotated(annotated))

    def annotate(self, document: Document) -> AnnotatedDocument:
        """Run the language layer alone.

        Raises:
            EmptyDocumentError: There is no text.
            TooLargeError: The text is over the limit in `dragoman.settings`.
        """
        fault = self._fault(document)
        if fault is not None:
            raise fault
        return self._annotate([document])[0]

    def _annotate(self, documents: list[Document]) -> list[AnnotatedDocument]:
        return annotate(self.nlp, documents, names=self._name_spans)

    @staticmethod
    def _fault(document: Document) -> DragomanError | None:
        if not document.text.strip():
            return EmptyDocumentError(where=document.id)
        if len(document.text) > MAX_CHARACTERS:
            return TooLargeError(where=document.id, size=len(document.text), limit=MAX_CHARACTERS)
        return None

    def annotate_text(self, text: str) -> AnnotatedDocument:
        """Run the language layer over a text alone."""
        return self.annotate(Document(id=content_id(text), text=text))

    def relation(self, text: str, *, actor: tuple[int, int], recipient: tuple[int, int]) -> Relation | None:
        """Say what relation a text states between two given spans.

        Args:
            text: A sentence or a few.
            actor: Characters (start, end) of the one who acts.
            recipient: Characters (start, end) of the one it is directed at.

        Returns:
            The relation, or None when nothing can be said.
        """
        if self._finder is None:
            self._finder = RelationFinder(book=self.book, modality=self.modality, model=load_typing_model())
        return self._finder.relation(self.annotate_text(text), actor, recipient)

    def parties_of(self, annotated: AnnotatedDocument, contents: ContentIndex | None = None) -> Parties:
        """Return the parties of an annotated document.

        Args:
            annotated: The document.
            contents: Its attributions, which say whom "we" and "us" stand for.
        """
        contents = contents or ContentIndex()
        return Parties(
            annotated,
            actors=self.actors,
            borders=self.borders,
            common=common_words(self.nlp),
            speaker_heads=contents.speaker_heads,
        )

    def scores(self, annotated: AnnotatedDocument, spans: Iterable[tuple[int, int]]) -> list[float]:
        """Return how firmly the text holds the predicate at each span, from -3 to +3."""
        found = []
        for start, end in spans:
            words = annotated.doc.char_span(start, end, alignment_mode="expand")
            root = words.root if words is not None else annotated.doc[0]
            found.append(assess(root, annotated, lexicon=self.modality).score)
        return found

    def _name_spans(self, text: str) -> list[tuple[int, int]]:
        return [(match.start, match.end) for match in self.actors.find(text)]

    def code_annotated(self, annotated: AnnotatedDocument) -> CodedDocument:
        """Code a document that has been through the language layer."""
        contents = ContentIndex(tuple(find_attributions(annotated, cues=self._cues)))
        parties = self.parties_of(annotated, contents)
        speakers = SpeakerIndex(annotated, contents, parties)
        maker = EventMaker(
            annotated=annotated,
            book=self.book,
            parties=parties,
            modality=self.modality,
            contexts=self._contexts,
            speakers=speakers,
            findings=Findings(
                dates=tuple(find_dates(annotated)),
                amounts=tuple(find_amounts(annotated)),
                places=tuple(find_places(annotated)),
            ),
        )
        predicates = tuple(find_predicates(annotated, lexicon=self.modality)) if self._full else None
        coded = CodedDocument(
            id=annotated.document.id,
            document=annotated.document,
            events=tuple(maker.events()),
            attributions=tuple(speakers.all()),
            predicates=predicates,
        )
        forget(annotated.doc)
        return coded
