"""Plain word lists of the lexicon: YAML files of named lists, validated, as frozen sets."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from dragoman.errors import KnowledgeError
from dragoman.knowledge.loading import data_folder, load_yaml, refuse_unknown

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from dragoman.knowledge.loading import Lines


def load_lists(path: Path, *, names: Collection[str]) -> tuple[dict[str, Any], Lines]:
    """Read a file of named lists; the caller validates their content.

    Args:
        path: The file.
        names: The required lists; others are not allowed.

    Raises:
        KnowledgeError: The file is not a mapping, or a list is missing or unknown.
    """
    content, lines = load_yaml(path)
    if not isinstance(content, dict):
        raise KnowledgeError(where=path.name, message="not a mapping of lists; write `name: [word, word]`")
    refuse_unknown(lines.at(content), content, set(names))
    missing = sorted(set(names) - set(content))
    if missing:
        raise KnowledgeError(where=path.name, message=f"the list {missing[0]!r} is missing; add it")
    return content, lines


def load_word_lists(path: Path, *, names: frozenset[str]) -> Mapping[str, frozenset[str]]:
    """Read a file of word lists, each a YAML list of strings.

    Args:
        path: The file.
        names: The required lists; others are not allowed.

    Raises:
        KnowledgeError: A list is missing, unknown or empty, or contains a word twice.
    """
    content, lines = load_lists(path, names=names)
    for name, words in content.items():
        if not isinstance(words, list) or not words:
            raise KnowledgeError(where=path.name, message=f"{name}: not a list of words; write [word, word]")
        doubled = sorted({word for word in words if words.count(word) > 1})
        if doubled:
            raise KnowledgeError(
                where=lines.at(words), message=f"{name}: {doubled[0]!r} is given twice; keep one"
            )
    return {name: frozenset(words) for name, words in content.items()}


class Lexicon:
    """One file of word lists in `lexicon/<language>`, read on first use.

    Args:
        name: The name of the file, without its extension.
        lists: The required lists; others are not allowed.
    """

    def __init__(self, name: str, *lists: str) -> None:
        self._name = name
        self._lists = frozenset(lists)
        self._read = functools.cache(self._load)

    def words(self, language: str = "en") -> Mapping[str, frozenset[str]]:
        """Return the lists by name."""
        return self._read(language)

    def has(self, word: str, *lists: str) -> bool:
        """Return True if a lower-case word is in one of these lists."""
        words = self._read("en")
        if len(lists) == 1:
            return word in words[lists[0]]
        return any(word in words[name] for name in lists)

    def _load(self, language: str) -> Mapping[str, frozenset[str]]:
        return load_word_lists(data_folder() / "lexicon" / language / f"{self._name}.yaml", names=self._lists)


_PLACES = Lexicon(
    "places", "at", "from", "to", "visits", "strikes", "kinds_of_place", "directions",
    "before_names", "calendar", "spoken_acts", "not_done_there", "moves_from", "moves_to", "moves_on",
    "leavings", "occasions", "articles", "attitudes", "town_kinds", "region_kinds", "small_regions",
    "beside_towns", "strikes_towns", "inside_names", "sites", "before_sites",
    "leading_sites", "loose_joints", "name_endings", "between_places",
    "before_settlements",
)  # fmt: skip
_PARTIES = Lexicon(
    "parties", "bodies_without_name", "of_several_countries", "persons_of_persons", "owning", "sent",
    "parts_of_states", "institutions", "harms", "opponents", "spokesmen", "offices_of_states", "state_nouns",
    "office_heads", "country_words", "named_by_kind", "bodies_of_people", "counting", "hosting",
    "state_roles", "things", "offices", "pair_nouns", "tied", "ties", "having_ties", "before_ties", "borders",
    "bodies_of_states", "without_army", "indefinite", "tie_prepositions",
)  # fmt: skip
_ACTS = Lexicon(
    "acts", "threatened_with", "consequences", "wronging", "contacting", "messages", "sending", "facing",
    "deals", "hurting_people", "undergone", "means", "curbs", "harming", "undoing", "doing", "hurting",
    "object_control", "ending", "occasions", "stages", "timetables", "light_verbs", "measuring",
    "about_object", "laid_on",
)  # fmt: skip
_FUNCTION_WORDS = Lexicon(
    "function_words", "first_person", "relatives", "modals", "generic_subjects", "before_counted",
    "time_units", "setting", "times", "not_issues",
)  # fmt: skip
_SUBJECTS = Lexicon("subjects", "mishaps", "violence", "sport", "tolls")
_GRAMMAR = Lexicon(
    "grammar", "plural_nouns", "collective_nouns", "deeds", "behind_deeds", "aimed_nouns", "aiming",
    "outcomes", "saying", "offices", "bodies", "beginnings", "times", "answers",
)  # fmt: skip
_SAYINGS = Lexicon(
    "sayings", "times", "addressing", "hearsay", "raising", "splitting", "posting", "platforms",
    "question_labels", "answer_labels", "no_labels", "label_titles", "of_the_state", "leading_up",
    "leading_verbs", "things_said", "plain",
)  # fmt: skip
_GATE = Lexicon(
    "gate", "universals", "exceptions", "not_chosen", "none_else", "additions", "not_negating",
    "keeping_from", "refusing", "binding", "false_words", "falsely", "untruths", "doubts",
    "reports", "disproving", "dismissing", "linking", "fictions", "fictional", "loose_fictions",
    "fiction_phrases", "pretending", "telling", "question_openers", "conditions", "not_conditions",
    "disputing", "fought_for", "time_spans", "not_weapons", "imposed", "attacking", "spoken_of",
    "ending_plans",
    "not_of_arms", "wars", "of_words", "players", "games", "roles_in_games", "done_in_games",
    "rounds", "beating", "undergone", "parts_of_fiction", "published", "calling_in", "laying_blame",
    "expecting", "complaining", "complained_to", "serving", "kinds_of_state", "demands",
    "beside_demands", "demand_authors", "directed", "done_by", "firms", "firm_names",
    "weak_negations", "narrowing", "comparisons", "charging", "charged_with", "assisting",
    "indirect_questions",
)  # fmt: skip

# Words that locate something at a place.
load_place_words, is_place_word = _PLACES.words, _PLACES.has
# Words for parties.
load_party_words, is_party_word = _PARTIES.words, _PARTIES.has
# Words for acts, and for their modifiers.
load_act_words, is_act_word = _ACTS.words, _ACTS.has
# Pronouns, modals and other function words.
load_function_words, is_function_word = _FUNCTION_WORDS.words, _FUNCTION_WORDS.has
# Words that distinguish accidents from violence, and sport from politics.
load_subject_words = _SUBJECTS.words
# Words used by the repairs of a parse.
load_grammar_words = _GRAMMAR.words
# Words that indicate the speaker.
load_saying_words, is_saying_word = _SAYINGS.words, _SAYINGS.has
# Words that indicate that something was not done, is not the case, or is meant otherwise.
load_gate_words, is_gate_word = _GATE.words, _GATE.has
