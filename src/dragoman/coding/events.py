"""From acts to events: who says so, how firmly, when, where, about what; and which acts to leave out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dragoman.coding import grammar, untold
from dragoman.coding.act import Act, as_type
from dragoman.coding.acts import Interpreter
from dragoman.coding.amounts import amounts_of
from dragoman.coding.conditions import condition_of
from dragoman.coding.contacts import contact_above, done_by_contact, is_only_contact
from dragoman.coding.contexts import contexts_of
from dragoman.coding.issues import issue_of
from dragoman.coding.modality import assess
from dragoman.coding.naming import blamed_below, named_wrong
from dragoman.coding.places import place_of
from dragoman.coding.sayings import Said, Sayings, span_at
from dragoman.coding.standing import PUBLIC_KINDS, is_between_countries, is_public
from dragoman.coding.statements import accusation_in, demand_in, grievance_in, may_bind, threat_in
from dragoman.coding.surroundings import harmed_beside, supposed_recipient, with_recipient
from dragoman.coding.timing import event_date
from dragoman.language.clauses import clause_root, clause_span, governing_clause
from dragoman.model.identity import content_id
from dragoman.model.records import Event, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from dragoman.coding.attribution import FoundAttribution
    from dragoman.coding.modality import Modality
    from dragoman.coding.participants import Parties
    from dragoman.coding.places import FoundPlace
    from dragoman.coding.timing import FoundDate
    from dragoman.knowledge.codebook import Codebook
    from dragoman.knowledge.contexts import ContextLexicon
    from dragoman.knowledge.modality import ModalityLexicon
    from dragoman.language.annotated import AnnotatedDocument
    from dragoman.model.records import ActorRef, Amount, EventDate, Place
    from dragoman.model.terms import Tense

INTENSITY_SCALE = "plover"
# Ways of naming an act without telling that it was done.
_NOT_TOLD = (untold.is_counterfactual, untold.is_supposed, untold.is_asked, untold.stands_off)
# How often events of each kind were found right when read by hand; see docs/accuracy.md.
_CONFIDENCE = {"between": 0.87, "public": 0.78, "home": 0.67}
_LESS_SURE = {"sure": 0.0, "likely": 0.08, "weak": 0.2}
# Governors whose act is already about the future: "will promise" stays a promise.
_ABOUT_FUTURE = frozenset(
    {
        "undertake",
        "refuse",
        "demand",
        "threaten",
        "deny",
        "accuse",
        "support",
        "oppose",
        "propose",
        "consider",
    }
)


# Acts done by saying so: as firm as the saying, not as what is said.
_OF_WHOEVER_SAYS_IT = frozenset(
    {"statement/obligation", "statement/consequence", "statement/grievance", "naming/what-they-call"}
)
_BLAMING = frozenset({"ACCUSE", "PROTEST", "REJECT"})
_DOING = frozenset({"begin", "launch", "start", "commit", "stage", "conduct", "continue", "wage", "mount"})
_OCCASIONS = frozenset({"occasion", "opportunity", "chance", "moment", "step", "trouble", "liberty"})


# A clause with all that hangs on it may fill a paragraph; beyond this only the clause itself is shown.
_LONGEST_EVIDENCE = 300


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found in a document apart from acts."""

    attributions: tuple[FoundAttribution, ...]
    dates: tuple[FoundDate, ...]
    amounts: tuple[Amount, ...]
    places: tuple[FoundPlace, ...]


class EventMaker:
    """Makes the events of one document."""

    def __init__(
        self,
        *,
        annotated: AnnotatedDocument,
        book: Codebook,
        parties: Parties,
        modality: ModalityLexicon,
        contexts: ContextLexicon,
        findings: Findings,
    ) -> None:
        self._annotated = annotated
        self._book = book
        self._parties = parties
        self._modality = modality
        self._contexts = contexts
        self._findings = findings
        self._interpreter = Interpreter(book, parties)
        self._told: list[tuple[int, Act]] = []
        self._sentence = 0
        self.sayings = Sayings(annotated, findings.attributions, parties)
        parties.spoken_by = lambda token: self.sayings.of(token).speaker

    def events(self) -> Iterator[Event]:
        """Yield the events in the order of their triggers."""
        for number, sent in enumerate(self._annotated.doc.sents):
            self._sentence = number
            kept: list[tuple[Act, Modality]] = []
            for act, modality in self._acts(sent.root):
                tense = _tense(act, modality)
                again = (_repeats(act, a) and _tense(a, m) == tense for a, m in kept)
                if not any(again):
                    kept.append((act, modality))
                    self._told.append((number, act))
            kept.sort(key=lambda pair: pair[0].trigger.i)
            for act, modality in kept:
                yield self._event(act, modality)

    def _acts(self, root: Token) -> Iterator[tuple[Act, Modality]]:
        """Yield the acts of a sentence that stand, outermost first; absorbed ones are passed over."""
        absorbed: set[int] = set()
        for token in _from_the_top(root):
            if token.i in absorbed:
                continue
            found = self._act_at(token)
            if found is None:
                continue
            act, modality = found
            absorbed.update(t.i for t in self._absorbed_by(act))
            yield act, modality
            said = accusation_in(act, token, self.sayings.of(token).speaker)
            happened = modality.factuality in ("certain", "probable") and modality.tense != "future"
            if said is not None and happened and not modality.conditional:
                yield said, self._assessed(self.sayings.cue_token(token) or token)

    def _act_at(self, token: Token) -> tuple[Act, Modality] | None:
        if token.pos_ not in ("VERB", "AUX", "NOUN", "PROPN", "ADJ"):
            return None
        act = self._obligation(token) or self._named(token) or self._plain(token)
        if act is None or not is_public(act) or is_only_contact(act, self._purpose, self._parties):
            return None
        if act.rule in _OF_WHOEVER_SAYS_IT:
            return act, self._assessed(self.sayings.cue_token(token) or token)
        if any(test(token) for test in _NOT_TOLD):
            return None
        modality = self._assessed(contact_above(token) or token)
        if untold.is_what_ends(token) and self._assessed(token.head).tense == "future":
            return None
        act = self._turned(self._directed(act), modality)
        # What only may be is not reported; an if is, marked as one.
        weak = modality.factuality in ("unknown", "possible") and not modality.conditional
        if act is None or weak or (modality.conditional and not is_between_countries(act)):
            return None
        return act, modality

    def _plain(self, token: Token) -> Act | None:
        """What the codebook makes of a word; a call's purpose is directed at whoever was called."""
        if contact_above(token) is None:
            act = self._interpreter.act(token)
            return act if act is not None else self._completed(self._purpose(token))
        act = self._purpose(token)
        return act and done_by_contact(token, act, self._parties)

    def _completed(self, act: Act | None) -> Act | None:
        """Give an act that lacks only its recipient the one that its surroundings tell."""
        if act is None or act.recipients or not act.actors or act.strength == "weak":
            return None
        hit: tuple[ActorRef, ...] = ()
        if act.event_type == "ASSAULT":
            hit = harmed_beside(act, self._parties) or supposed_recipient(act, self._parties)
        found = replace(act, recipients=hit) if hit else self._with_recipient(act)
        return found if found.recipients else None

    def _with_recipient(self, act: Act) -> Act:
        return with_recipient(
            act, self._told, sentence=self._sentence, annotated=self._annotated, parties=self._parties
        )

    def _purpose(self, token: Token) -> Act | None:
        return self._interpreter.act(token, governed=True)

    def _assessed(self, token: Token) -> Modality:
        """How firmly the text holds it; what has a doer of its own is presupposed, whatever governs it."""
        taken = _occasion_taken(token)
        if taken is not None:
            return assess(taken, self._annotated, lexicon=self._modality)
        modality = assess(token, self._annotated, lexicon=self._modality)
        owned = token.pos_ in ("NOUN", "PROPN") and bool(grammar.possessors(token))
        if owned and modality.tense == "future" and not any(c.dep_ == "amod" for c in token.children):
            # "Must stop its attacks": the attacks are there now.
            modality = replace(modality, tense="present")
        if (owned and modality.polarity == "positive") or is_absolute(token):
            return replace(modality, factuality="certain", polarity="positive", conditional=False)
        return modality

    def _obligation(self, token: Token) -> Act | None:
        """Return what lies in saying it: a demand, a threat, a grievance."""
        if token.pos_ not in ("VERB", "AUX"):
            return None
        speaker = self.sayings.of(token).speaker
        grievance = grievance_in(token, speaker, parties=self._parties)
        if grievance is not None or not may_bind(token):
            return grievance
        threat = threat_in(token, speaker, parties=self._parties)
        return threat or demand_in(
            token, speaker, parties=self._parties, interpreter=self._interpreter, book=self._book
        )

    def _named(self, token: Token) -> Act | None:
        """Return the accusation in "what they call an invasion"; of whom may be told by the clause above."""
        wrongs = self._book.sets.get("wrongs", ())
        if token.lemma_.lower() not in wrongs:
            return None
        above = governing_clause(token)
        while above is not None and above.head != above and not self._interpreter.act(above):
            if above.lemma_ in _DOING:
                break
            above = governing_clause(above)
        protested = self._blamed_by(above) if above is not None else ()
        return named_wrong(token, wrongs=wrongs, parties=self._parties, protested=protested)

    def _blamed_by(self, clause: Token) -> tuple[ActorRef, ...]:
        """Whom a clause is directed against, or who does in it what others call a wrong."""
        if clause.lemma_ in _DOING:
            doers = [ref for head in grammar.subjects(clause) for ref in self._parties.at(head, loose=False)]
            return tuple(doers)
        act = self._interpreter.act(clause)
        return act.recipients if act and act.event_type in (*_BLAMING, "SANCTION") else ()

    def _directed(self, act: Act) -> Act:
        """Give "condemned what it called Gondor's aggression" its recipient."""
        act = act if act.recipients else self._with_recipient(act)
        if act.event_type == "THREATEN" and not act.recipients:
            # "If Mordor attacks, Gondor will hit back": Mordor is the one who is warned.
            return replace(act, recipients=supposed_recipient(act.inner or act, self._parties))
        if act.recipients or act.event_type not in _BLAMING or act.trigger.pos_ != "VERB":
            return act
        wrongs = self._book.sets.get("wrongs", ())
        accused = blamed_below(act.trigger, wrongs=wrongs, parties=self._parties)
        ours = {ref.id for ref in act.actors}
        return act if ours & {ref.id for ref in accused} else replace(act, recipients=accused)

    def _turned(self, act: Act, modality: Modality) -> Act | None:
        """Apply what negation and the future make of an act; None when nothing is left to code."""
        if modality.polarity == "negative":
            outcome = self._book.outcome("negated", act.event_type) if modality.tense == "future" else None
            return as_type(act, *outcome, "composition/negated") if outcome else None
        if modality.tense == "future" and act.class_name not in _ABOUT_FUTURE:
            outcome = self._book.outcome("future", act.event_type)
            if outcome and outcome[0] == "THREATEN" and not act.recipients:
                return None  # "Will extend its curfew": nobody is threatened.
            if outcome and outcome[0] != act.event_type:
                return as_type(act, *outcome, "composition/future")
        return act

    def _absorbed_by(self, act: Act) -> Iterator[Token]:
        own = {ref.id for ref in act.actors}
        for head in act.absorbed:
            lower = self._interpreter.act(head)
            presupposed = (
                head.pos_ in ("NOUN", "PROPN")
                and lower is not None
                and bool(lower.actors)
                and not {ref.id for ref in lower.actors} & own
                and act.class_name not in ("end", "begin", "demand", "undertake", "refuse", "threaten")
            )
            if not presupposed:
                yield from _content(head)

    # Putting an event together ----------------------------------------------------------------------

    def _event(self, act: Act, modality: Modality) -> Event:
        token, annotated = act.trigger, self._annotated
        said = self.sayings.of(token, act.actors)
        evidence = span_at(annotated, *_evidence(act))
        date = event_date(token, annotated, self._findings.dates)
        place = place_of(token, annotated, self._findings.places)
        issue = issue_of(token, act.event_type, annotated=annotated, parties=self._parties)
        contexts = dict.fromkeys((*act.contexts, *contexts_of(token, annotated, self._contexts)))
        reasons = self._reasons(act, said, date, place, issue)
        supposed = condition_of(token, annotated, lexicon=self._modality)
        trigger = span_at(annotated, token.idx, token.idx + len(token.text))
        entry_mode = act.mode if act.mode in self._book.types[act.event_type].modes else None
        cameo = act.cameo or self._book.cameo(act.event_type, entry_mode)
        return Event(
            id=content_id(annotated.document.id, act.event_type, trigger.start, trigger.end, act.rule),
            event_type=act.event_type,  # type: ignore[arg-type]
            event_mode=entry_mode,
            contexts=tuple(contexts),
            quad_class=self._book.types[act.event_type].quad_class,  # type: ignore[arg-type]
            intensity=self._book.intensity(act.event_type, entry_mode),
            intensity_scale=INTENSITY_SCALE,
            cameo=cameo,
            goldstein=self._book.goldstein(cameo),
            actors=act.actors,
            recipients=act.recipients,
            speaker=said.speaker,
            cue=said.cue,
            quoted=annotated.is_quoted(trigger.start, trigger.end),
            factuality=modality.factuality,
            polarity="positive",
            tense=_tense(act, modality),
            conditional=modality.conditional,
            issue=issue,
            amounts=amounts_of(token, annotated, self._findings.amounts),
            event_date=date,
            place=place,
            evidence=evidence,
            trigger=trigger,
            rule=act.rule,
            confidence=self._confidence(act, modality),
            condition=supposed.condition,
            consequence=supposed.consequence,
            reasons=reasons,
        )

    def _confidence(self, act: Act, modality: Modality) -> float:
        everyone = (*act.actors, *act.recipients)
        public = any(ref.kind in PUBLIC_KINDS for ref in everyone)
        reach = "between" if is_between_countries(act) else "public" if public else "home"
        base = _CONFIDENCE[reach] - _LESS_SURE[act.strength]
        if modality.factuality != "certain":
            base -= 0.05
        return round(max(base, 0.05), 3)

    def _reasons(
        self, act: Act, said: Said, date: EventDate | None, place: Place | None, issue: Span | None
    ) -> dict[str, str]:
        reasons = {}
        if not act.actors:
            reasons["actors"] = "no actor named in the clause"
        if not act.recipients:
            reasons["recipients"] = "mutual act" if act.is_mutual else "no recipient named in the clause"
        if not said.speaker:
            reasons["speaker"] = said.reason or "only the publisher says so"
        if date is None:
            reasons["event_date"] = "the clause gives no date"
        if place is None:
            reasons["place"] = "the clause gives no place"
        if issue is None:
            reasons["issue"] = "the clause does not say"
        return reasons


def _tense(act: Act, modality: Modality) -> Tense:
    """A pledge is made in the past about the future: its tense is that of what is pledged."""
    infinitive = any(child.dep_ == "xcomp" for child in act.trigger.children)
    pledged = act.class_name == "undertake" or (act.event_type == "AGREE" and infinitive)
    return "future" if pledged else modality.tense


def _evidence(act: Act) -> tuple[int, int]:
    """The clause of a verb, with the content it governs; for an event noun, its noun phrase."""
    token = act.trigger
    bare = token.pos_ in ("NOUN", "PROPN") and clause_root(token) != token
    if bare and token.dep_ not in ("dobj", "nsubjpass", "ROOT", "attr"):
        return token.left_edge.idx, token.right_edge.idx + len(token.right_edge.text)
    start, end = clause_span(token, embedded=bool(act.absorbed))
    return (start, end) if end - start <= _LONGEST_EVIDENCE else clause_span(token)


def _content(head: Token) -> Iterator[Token]:
    """What a governor takes below it: not the clauses inside that say something of their own."""
    stack = [head]
    while stack:
        token = stack.pop()
        yield token
        stack.extend(child for child in token.children if not _says_its_own(child))


def _says_its_own(clause: Token) -> bool:
    """A relative clause, or one beside the rest with a subject of its own: *with Arnor massing troops*."""
    if clause.dep_ == "relcl":
        return True
    return is_absolute(clause) or any(
        is_absolute(child) for child in clause.children if clause.dep_ == "prep"
    )


def _occasion_taken(token: Token) -> Token | None:
    """Return *took* for what somebody **took the occasion to do**: it was done."""
    root = clause_root(token)
    verb = root.head if root.dep_ in ("advcl", "xcomp") else root.head.head if root.dep_ == "acl" else root
    if verb == root or verb.lemma_ not in ("take", "use", "seize"):
        return None
    return verb if any(noun.lemma_ in _OCCASIONS for noun in grammar.objects(verb)) else None


def is_absolute(verb: Token) -> bool:
    """Tell whether a verb heads *with SOMEBODY DOING something*, which holds whatever stands above it."""
    own = any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)
    return verb.dep_ == "pcomp" and verb.head.lower_ == "with" and own


def _from_the_top(root: Token) -> Iterator[Token]:
    """Words of a sentence, each before what hangs on it."""
    queue = [root]
    while queue:
        token = queue.pop(0)
        yield token
        queue.extend(token.children)


def _carries(verb: Token, noun: Token) -> bool:
    """Tell whether a verb and its object say one thing together: *signed an agreement*."""
    return noun.pos_ == "NOUN" and noun.dep_ in grammar.OBJECT_LABELS and noun.head == verb


def _repeats(act: Act, other: Act) -> bool:
    """Tell whether an act says again what a clause of the same sentence has said."""
    if act.event_type != other.event_type and not _carries(other.trigger, act.trigger):
        return False
    mine, theirs = {r.id for r in act.actors}, {r.id for r in other.actors}
    to_mine, to_theirs = {r.id for r in act.recipients}, {r.id for r in other.recipients}
    linked = other.trigger.is_ancestor(act.trigger) or act.trigger.is_ancestor(other.trigger)
    if mine | to_mine == theirs | to_theirs:
        return linked or clause_root(act.trigger) == clause_root(other.trigger)
    return linked and mine <= theirs | to_theirs and to_mine <= to_theirs | theirs
