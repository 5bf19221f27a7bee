"""The repairs that change heads, run over a parsed document in one pass."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from dragoman.language.repairs.announcements import mend_announcement
from dragoman.language.repairs.clauses import mend_subject, mend_that, mend_while, part_clauses
from dragoman.language.repairs.contrast import mend_contrast
from dragoman.language.repairs.lists import join_last, join_list, part_place
from dragoman.language.repairs.offices import mend_holder, part_office
from dragoman.language.repairs.participles import mend_participle
from dragoman.language.repairs.phrases import mend_aimed, mend_doer
from dragoman.language.repairs.split_sayings import mend_split_below, mend_split_saying
from dragoman.language.repairs.table import columns, number_of, numbers_of
from dragoman.language.repairs.tree import FINITE_TAGS

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Doc, Token

    from dragoman.language.repairs.known_names import KnownNames

    Repair = Callable[[Token, KnownNames], bool]

# The repairs that examine a word, by its label ...
_BY_LABEL: dict[str, tuple[Repair, ...]] = {
    "acl": (mend_participle, mend_announcement),
    "advcl": (mend_announcement,),
    "appos": (join_list, mend_holder),
    "ccomp": (part_clauses, mend_split_below),
    "conj": (join_last, part_place),
    "nsubj": (join_last,),
    "nsubjpass": (join_last,),
    "parataxis": (mend_split_saying,),
    "relcl": (mend_announcement,),
}
# ... and by its form.
_BY_FORM: dict[str, Repair] = {
    "against": mend_aimed,
    "by": mend_doer,
    "for": part_office,
    "not": mend_contrast,
    "of": part_office,
    "on": mend_aimed,
    "that": mend_that,
    "whereas": mend_while,
    "while": mend_while,
}


# Labels of a subject that was parsed as part of the verb directly after it.
_PARTS_OF_VERB = ("amod", "compound", "nmod", "npadvmod")


@functools.cache
def _by_number() -> tuple[dict[int, Repair], dict[int, tuple[Repair, ...]], frozenset[int], frozenset[int]]:
    return (
        {number_of(word): repair for word, repair in _BY_FORM.items()},
        {number_of(label): repairs for label, repairs in _BY_LABEL.items()},
        numbers_of(_PARTS_OF_VERB),
        numbers_of(FINITE_TAGS),
    )


def repair_structure(doc: Doc, named: KnownNames) -> None:
    """Correct the tree of a document in place.

    Args:
        doc: A document with tags, tree, word classes and lemmas.
        named: The known names in it.
    """
    by_form, by_label, parts, finite = _by_number()
    forms, tags, labels = columns(doc)
    for i in [i for i, form in enumerate(forms) if form in by_form]:
        by_form[forms[i]](doc[i], named)
    for i, label in enumerate(labels):
        if label in parts:
            if i + 1 < len(tags) and tags[i + 1] in finite:
                mend_subject(doc[i], named)
        elif label in by_label:
            token = doc[i]
            # A word that was moved meanwhile has another label.
            if token.dep == label:
                any(repair(token, named) for repair in by_label[label])
