"""The modality lexicon: words that make the clause they govern certain, doubtful, untrue or future."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from dragoman.errors import KnowledgeError
from dragoman.knowledge.loading import Lines, data_folder, load_yaml, refuse_unknown
from dragoman.knowledge.modality_score import SCORE_FILE, ScoreTrees, load_trees

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from dragoman.model.terms import Tense

WORDS_FILE: Final = "modality.yaml"
GOVERNORS_FILE: Final = "modality_governors.yaml"

# The outcomes of the data files as (strength, sign): 3 certain, 2 probable, 1 possible, 0 open.
OUTCOMES: Final[dict[str, tuple[int, int]]] = {
    "yes": (3, 1), "probably": (2, 1), "possibly": (1, 1), "open": (0, 1),
    "possibly not": (1, -1), "probably not": (2, -1), "no": (3, -1),
}  # fmt: skip
TENSES: Final[dict[str, Tense | None]] = {
    "past": "past",
    "present": "present",
    "future": "future",
    "host": None,
}
COMPLEMENTS: Final = frozenset({
    "to", "that", "ing", "whether", "object", "subject",
    "of", "for", "from", "in", "on", "at", "with", "by", "into", "about", "over", "against", "as", "toward",
    "to_noun",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outcome:
    """Degree of certainty: strength 3 (certain) to 0 (open); sign -1 if the opposite holds."""

    strength: int
    sign: int


@dataclass(frozen=True, slots=True)
class Modal:
    """Effect of a modal on its verb: alone, negated, before "have", negated before "have"."""

    name: str
    plain: Outcome
    negated: Outcome
    perfect: Outcome
    negated_perfect: Outcome
    tense: Tense | None
    past: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    """Effect of a word on its complement, affirmed and negated."""

    group: str
    affirmed: Outcome
    negated: Outcome
    tense: Tense | None

    @property
    def is_presupposing(self) -> bool:
        """Return True if the complement is presupposed in both cases."""
        return self.affirmed == self.negated and self.affirmed.strength > 0


@dataclass(frozen=True, slots=True)
class ModalityLexicon:
    """The words of the two data files, indexed by lower-case word or lemma."""

    modals: Mapping[str, Modal]
    semi_modals: Mapping[str, Modal]
    adverbs: Mapping[str, str]
    not_negating_before: frozenset[str]
    negative_pronouns: frozenset[str]
    negative_determiners: frozenset[str]
    free_choice_determiners: frozenset[str]
    modifiers: Mapping[str, str]
    subordinators: Mapping[str, str]
    prepositions: Mapping[str, str]
    light_verbs: frozenset[str]
    eventive_nouns: frozenset[str]
    effects: Mapping[tuple[str, str], Effect]
    trees: ScoreTrees | None = None


def load_modality(path: Path | None = None) -> ModalityLexicon:
    """Load the modality lexicon.

    Args:
        path: A folder with both files and, optionally, the score trees; by default the English ones of the
            package. Without trees the score is that of the rules.

    Returns:
        The validated lexicon.

    Raises:
        KnowledgeError: A file is missing or violates the schema; the message gives file, line and allowed
            values.
    """
    folder = path or data_folder() / "lexicon" / "en"
    content, lines = load_yaml(folder / WORDS_FILE)
    _expect_mapping(content, lines.name)
    keys = {
        "modals", "modal_forms", "semi_modals", "adverbs", "not_negating_before", "negative_pronouns",
        "negative_determiners", "free_choice_determiners", "modifiers", "subordinators", "prepositions",
        "light_verbs", "eventive_nouns",
    }  # fmt: skip
    refuse_unknown(lines.at(content), content, keys)
    missing = sorted(keys - set(content))
    if missing:
        raise KnowledgeError(where=lines.name, message=f"{missing[0]!r} is missing; add it")
    modals = {name: _modal(name, row, lines) for name, row in content["modals"].items()}
    for form, name in content["modal_forms"].items():
        if name not in modals:
            where = lines.at(content["modal_forms"])
            raise KnowledgeError(where=where, message=f"{form!r} stands for {name!r}, which is not a modal")
        modals[form] = modals[name]
    return ModalityLexicon(
        modals=modals,
        semi_modals={name: _modal(name, row, lines) for name, row in content["semi_modals"].items()},
        adverbs=_by_word(content["adverbs"], {"probably", "possibly", "negation", "almost"}, lines),
        not_negating_before=_words(content, "not_negating_before", lines),
        negative_pronouns=_words(content, "negative_pronouns", lines),
        negative_determiners=_words(content, "negative_determiners", lines),
        free_choice_determiners=_words(content, "free_choice_determiners", lines),
        modifiers=_by_word(
            content["modifiers"], {"probably", "possibly", "upcoming", "open", "no", "vain", "past"}, lines
        ),
        subordinators=_by_word(
            content["subordinators"], {"conditional", "factual", "host", "open", "concessive"}, lines
        ),
        prepositions=_by_word(content["prepositions"], {"no", "yes", "conditional", "open"}, lines),
        light_verbs=_words(content, "light_verbs", lines),
        eventive_nouns=_words(content, "eventive_nouns", lines),
        effects=_effects(folder),
        trees=load_trees(folder / SCORE_FILE) if (folder / SCORE_FILE).exists() else None,
    )


def _effects(folder: Path) -> dict[tuple[str, str], Effect]:
    content, lines = load_yaml(folder / GOVERNORS_FILE)
    _expect_mapping(content, lines.name)
    refuse_unknown(lines.at(content), content, {"groups"})
    general: dict[tuple[str, str], Effect] = {}
    named: dict[tuple[str, str], Effect] = {}
    for group, row in content["groups"].items():
        where = f"{lines.at(row)}: {group}"
        _expect_mapping(row, where)
        refuse_unknown(where, row, {"about", "complements", "affirmed", "negated", "tense", "words"})
        effect = Effect(
            group=group,
            affirmed=_outcome(row.get("affirmed"), where),
            negated=_outcome(row.get("negated"), where),
            tense=_tense(row.get("tense"), where),
        )
        complements = row.get("complements") or []
        _check_complements(complements, where)
        for entry in row.get("words") or []:
            word, _, one = entry.partition(" ")
            _check_complements([one] if one else [], where)
            target = named if one else general
            for complement in [one] if one else complements:
                known = target.setdefault((word, complement), effect)
                if known is not effect:
                    message = f"{word!r} with {complement!r} is also in {known.group}; name it in one"
                    raise KnowledgeError(where=where, message=message)
    return {**general, **named}


def _check_complements(given: list[str], where: str) -> None:
    for complement in given:
        if complement not in COMPLEMENTS:
            message = f"unknown complement {complement!r}; use one of {', '.join(sorted(COMPLEMENTS))}"
            raise KnowledgeError(where=where, message=message)


def _modal(name: str, row: Any, lines: Lines) -> Modal:
    where = f"{lines.at(row)}: {name}"
    _expect_mapping(row, where)
    refuse_unknown(where, row, {"plain", "negated", "perfect", "negated_perfect", "tense", "past"})
    plain, negated = _outcome(row.get("plain"), where), _outcome(row.get("negated"), where)
    return Modal(
        name=name,
        plain=plain,
        negated=negated,
        perfect=_outcome(row["perfect"], where) if "perfect" in row else plain,
        negated_perfect=_outcome(row["negated_perfect"], where) if "negated_perfect" in row else negated,
        tense=_tense(row.get("tense"), where),
        past=_outcome(row["past"], where) if "past" in row else None,
    )


def _outcome(given: Any, where: str) -> Outcome:
    if given not in OUTCOMES:
        raise KnowledgeError(
            where=where, message=f"unknown outcome {given!r}; use one of {', '.join(OUTCOMES)}"
        )
    return Outcome(*OUTCOMES[given])


def _tense(given: Any, where: str) -> Tense | None:
    if given not in TENSES:
        raise KnowledgeError(where=where, message=f"unknown tense {given!r}; use one of {', '.join(TENSES)}")
    return TENSES[given]


def _words(content: dict[str, Any], key: str, lines: Lines) -> frozenset[str]:
    if not isinstance(content[key], list):
        raise KnowledgeError(where=lines.name, message=f"{key!r} is not a list; write [word, word]")
    return frozenset(content[key])


def _by_word(section: Any, allowed: set[str], lines: Lines) -> dict[str, str]:
    where = lines.at(section)
    _expect_mapping(section, where)
    refuse_unknown(where, section, allowed)
    found: dict[str, str] = {}
    for name, words in section.items():
        for word in words:
            if found.setdefault(word, name) != name:
                message = f"{word!r} is both {found[word]} and {name}; keep one"
                raise KnowledgeError(where=where, message=message)
    return found


def _expect_mapping(given: Any, where: str) -> None:
    if not isinstance(given, dict):
        raise KnowledgeError(where=where, message="not a mapping; write `key: value` lines")
