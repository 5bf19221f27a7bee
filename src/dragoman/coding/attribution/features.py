"""Features of a possible attribution, weighted by the learned model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.knowledge.wordlists import load_function_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.coding.attribution.candidate import Candidate
    from dragoman.language.annotated import AnnotatedDocument

_LENGTHS = (2, 4, 8, 16, 40)


# The labels of a cue's dependents that together make its pattern.
_TELLING_LABELS = frozenset(
    {"nsubj", "nsubjpass", "dobj", "ccomp", "xcomp", "prep", "advcl", "agent", "dative", "oprd", "acomp",
     "attr", "mark", "poss", "amod", "det", "acl", "relcl", "prt", "neg"}
)  # fmt: skip


def features_of(candidate: Candidate, annotated: AnnotatedDocument, *, cue_class: str) -> list[str]:
    """Return the features of a candidate as strings; the same in training and in prediction."""
    return list(_features(candidate, annotated, cue_class))


def _features(candidate: Candidate, annotated: AnnotatedDocument, cue_class: str) -> Iterator[str]:
    cue, frame = candidate.cue, candidate.frame
    lemma = cue.lemma_.lower()
    yield f"lemma={lemma}"
    yield f"frame={frame}"
    yield f"extent={candidate.extent}+{frame}"
    yield f"lemma+frame={lemma}+{frame}"
    yield f"class+frame={cue_class}+{frame}"
    speaker = candidate.speaker
    kind = "none" if speaker is None else speaker.pos_
    yield f"speaker={kind}"
    yield f"speaker+frame={kind}+{frame}"
    if speaker is not None:
        yield f"speaker-word={speaker.lemma_.lower()}"
        yield f"speaker-before={speaker.i < cue.i}"
    yield f"tag={cue.tag_}"
    yield f"tag+frame={cue.tag_}+{frame}"
    yield f"role={cue.dep_}+{frame}"
    yield f"above={cue.head.lemma_.lower()}+{cue.dep_}"
    yield f"labels={'+'.join(sorted({c.dep_ for c in cue.children} & _TELLING_LABELS))}+{cue.pos_}"
    yield f"first={_first_word(candidate, annotated)}+{frame}"
    helpers = {c.lower_ for c in cue.children if c.dep_ in ("aux", "neg", "auxpass")}
    yield from (f"helper={word}" for word in helpers)
    if helpers & load_function_words()["modals"]:
        yield "modal"
    words = len(annotated.text_of(candidate.content[0][0], candidate.content[-1][1]).split())
    bucket = sum(words > limit for limit in _LENGTHS)
    yield f"length={bucket}"
    yield f"length+frame={bucket}+{frame}"
    quoted = bool(annotated.quoted_in(candidate.content))
    yield f"quoted={quoted}+{frame}"
    yield f"class+quoted={cue_class}+{quoted}"
    yield f"in-quote={annotated.is_quoted(cue.idx, cue.idx + 1)}+{frame}"
    below = next((c for c in cue.children if c.dep_ in ("ccomp", "xcomp", "dobj")), None)
    if below is not None:
        yield f"below={below.lemma_.lower()}+{frame}"
        yield f"below-tag={below.tag_}+{frame}"
        yield from (f"mark={c.lower_}+{frame}" for c in below.children if c.dep_ == "mark")


def _first_word(candidate: Candidate, annotated: AnnotatedDocument) -> str:
    start, end = candidate.content[0]
    return annotated.text_of(start, min(end, start + 20)).split(maxsplit=1)[0].lower()
