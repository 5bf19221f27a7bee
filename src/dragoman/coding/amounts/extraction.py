"""Amounts (money, people, arms, weights, shares), and their attachment to events by clause.

Vague quantities ("dozens of", "thousands") are excluded, because they have no value; so are durations and
nouns that are not amounts ("two countries").
"""

from __future__ import annotations

import bisect
import functools
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from dragoman.coding.amounts.counted_nouns import counted_noun
from dragoman.coding.dates.expressions import find_raw
from dragoman.knowledge.units import load_units
from dragoman.knowledge.wordlists import is_act_word
from dragoman.language.clauses import clause_root, is_below
from dragoman.language.nearby import nearby
from dragoman.model.records import Amount
from dragoman.model.time_budget import check_time

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, Token

    from dragoman.knowledge.units import UnitWords
    from dragoman.language.annotated import AnnotatedDocument


@dataclass(frozen=True, slots=True)
class _Number:
    """A number at characters `start` to `end`; `bare` is its value without the magnitude word."""

    start: int
    end: int
    value: float
    bare: float
    has_magnitude: bool


class _Reading(NamedTuple):
    """The unit of a number, and the extent of its words on either side."""

    unit: str
    of: str
    start: int
    end: int


class _Patterns(NamedTuple):
    number: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    symbol: re.Pattern[str]
    currency: re.Pattern[str]
    measure: re.Pattern[str]


# "F-16", "COVID-19": a number joined to letters is a name, but not in "5bn-10bn".
_MODEL_NAME = re.compile(r"(?:^|[\s(\"“'‘])[A-Za-z]\w*-$")
_RANGE = re.compile(r"\s*(?:to|or|and|-|–|—)\s*")


def find_amounts(annotated: AnnotatedDocument) -> list[Amount]:
    """Find the amounts of a report, in order.

    A range gives two amounts, both approximate. `of` is the ISO 4217 code of money, else what is
    counted or measured; `unit` is "money", "count" or the measure.
    """
    text = annotated.document.text
    numbers = _numbers(text)
    readings = [_read(number, annotated) for number in numbers]
    ranged = _share_ranges(text, numbers, readings)
    found = []
    for index, (number, reading) in enumerate(zip(numbers, readings, strict=True)):
        if reading is not None:
            found.append(_amount(number, reading, text, is_ranged=index in ranged))
    return found


def amounts_of(trigger: Token, annotated: AnnotatedDocument, found: Sequence[Amount]) -> tuple[Amount, ...]:
    """Return the amounts of one event: those in its clause, and those that quantify its nouns.

    An amount below another predicate is excluded, except with participles that quantify an argument of the
    event ("to promote a deal valued at ..."). For a noun trigger, amounts below it come first.
    """
    doc, root = annotated.doc, clause_root(trigger)
    roots = [root, *(_infinitives(trigger) if trigger == root else ())]
    sentence = trigger.sent
    mine = []
    for amount in nearby(found, sentence.start_char, sentence.end_char):
        token = _token_of(doc, amount)
        if token is None or token.sent != sentence or _is_told_by(token):
            continue
        if any(_belongs(token, clause) for clause in roots):
            mine.append((amount, token))
    if trigger.pos_ in ("NOUN", "PROPN"):
        below = [amount for amount, token in mine if is_below(token, trigger)]
        if below:
            return tuple(below)
    return tuple(amount for amount, _ in mine)


def _token_of(doc: Doc, amount: Amount) -> Token | None:
    span = doc.char_span(amount.start, amount.end, alignment_mode="expand")
    return span.root if span is not None and len(span) else None


def _infinitives(verb: Token) -> list[Token]:
    """Return the infinitives that share the amounts of the governing verb: *pledged **to send** 500 men*."""
    below = [c for c in verb.children if c.dep_ == "xcomp" and c.tag_ == "VB"]
    return [*below, *[deeper for child in below for deeper in _infinitives(child)]]


def _is_told_by(token: Token) -> bool:
    """Return True if an amount only counts the speakers: *according to **two officials***."""
    return any(above.lower_ == "according" for above in token.ancestors)


def _belongs(token: Token, root: Token) -> bool:
    clause = clause_root(token)
    if clause == root:
        return True
    is_reduced = clause.tag_ in ("VBN", "VBG") and clause.dep_ in ("acl", "advcl", "amod", "dep", "conj")
    return is_reduced and is_act_word(clause.lemma_, "measuring") and clause_root(clause.head) == root


@functools.cache
def _patterns() -> _Patterns:
    units = load_units()
    large = "|".join(units.magnitudes)
    short = "|".join(sorted(units.short_magnitudes, key=len, reverse=True))
    small = "|".join(sorted(units.numbers, key=len, reverse=True))
    figure = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
    below_hundred = rf"(?:{small})(?:[- ](?:{small}))?"
    hundreds = rf"(?:an?|{small})[ -]hundred[ -]and[ -]{below_hundred}"
    plural = "s?"
    currencies = _alternatives(units.currencies, plural) + "|" + "|".join(sorted(units.codes))
    return _Patterns(
        number=re.compile(
            rf"(?<![\w.,])(?P<symbol>{_symbols(units)})?\s?(?:(?P<figure>{figure})(?P<short>(?:{short})\b)?"
            rf"|(?i:(?P<words>half an?|{hundreds}|an?(?=[ -](?:{large})\b)|{below_hundred})\b))"
            rf"(?P<large>(?:[ -](?i:{large})\b)*)(?![\d])"
        ), before=re.compile(rf"(?:^|[\s(])(?i:{_alternatives(units.approximate)})\s+(?:the\s+)?$"),
        after=re.compile(rf"^\s?(?i:{_alternatives(units.approximate_after)})(?!\w)"),
        symbol=re.compile(rf"(?:{_symbols(units)}|{'|'.join(sorted(units.codes))})\s?$"),
        currency=re.compile(rf"^[\s-]?(?:(?i:(?P<large>{large})|(?P<short>{short}))[\s-])?(?P<name>(?i:{currencies}))\b"),
        measure=re.compile(rf"^[\s-]?(?P<name>(?i:{_alternatives(units.measures)}))(?!\w)"),
    )  # fmt: skip


def _symbols(units: UnitWords) -> str:
    return "|".join(re.escape(symbol) for symbol in sorted(units.symbols, key=len, reverse=True))


def _alternatives(forms: object, suffix: str = "") -> str:
    listed = sorted(forms, key=len, reverse=True)  # type: ignore[call-overload]
    return "|".join(re.escape(form) + suffix for form in listed)


_HUNDRED_AND = re.compile("[- ]hundred[- ]and[- ]")


def _numbers(text: str) -> list[_Number]:
    dates = [(raw.start, raw.end) for raw in find_raw(text) if raw.is_sure]
    starts = [start for start, _ in dates]
    found = []
    for match in _patterns().number.finditer(text):
        check_time()
        begin = match.start("figure") if match["figure"] else match.start("words")
        # Dates do not overlap, so only the last one that begins before can contain it.
        last = bisect.bisect_right(starts, begin) - 1
        if last >= 0 and begin < dates[last][1] and not match["symbol"]:
            continue
        if _MODEL_NAME.search(text[max(0, begin - 12) : begin]):
            continue
        number = _number(match)
        if number is not None:
            found.append(number)
    return found


def _number(match: re.Match[str]) -> _Number | None:
    units = load_units()
    if match["figure"]:
        bare = float(match["figure"].replace(",", ""))
    else:
        bare = _spelled(match["words"].lower(), units)
    value = bare
    for word in re.findall(r"\w+", match["large"]):
        value *= units.magnitudes[word.lower()]
    if match["short"]:
        value *= units.short_magnitudes[match["short"]]
    start = (
        match.start("symbol") if match["symbol"] else match.start("figure" if match["figure"] else "words")
    )
    return _Number(start, match.end(), value, bare, value != bare)


def _spelled(words: str, units: UnitWords) -> float:
    if words.startswith("half"):
        return 0.5
    if words in ("a", "an"):
        return 1.0
    *hundreds, rest = _HUNDRED_AND.split(words)
    value = sum(100 * _spelled(each, units) for each in hundreds)
    return value + sum(units.numbers[word] for word in re.split(r"[- ]", rest))


def _read(number: _Number, annotated: AnnotatedDocument) -> _Reading | None:
    """Return the unit of a number: money, then a measure, then a noun."""
    text, units, patterns = annotated.document.text, load_units(), _patterns()
    after = text[number.end : number.end + 60]
    symbol = re.match(_symbols(units), text[number.start :])
    if symbol is not None:
        return _Reading("money", units.symbols[symbol.group(0)], number.start, number.end)
    code = re.search(
        rf"\b(?:{'|'.join(sorted(units.codes))})\s?$", text[max(0, number.start - 5) : number.start]
    )
    if code is not None:
        start = number.start - len(code.group(0))
        return _Reading("money", code.group(0).strip(), start, number.end)
    money = patterns.currency.match(after)
    if money is not None and not money["large"] and not money["short"]:
        reading = _money(money, after, number, units)
        if reading is not None:
            return reading
    measure = patterns.measure.match(after)
    if measure is not None:
        return _measured(measure, number, annotated, units)
    noun = counted_noun(annotated.doc, number.start, number.end)
    return _Reading("count", noun.of, number.start, noun.end) if noun is not None else None


def _money(match: re.Match[str], after: str, number: _Number, units: UnitWords) -> _Reading | None:
    name = match["name"]
    end = number.end + match.end("name")
    if name in units.codes:
        return _Reading("money", name, number.start, end)
    form = name.lower()
    code = units.currencies.get(form) or units.currencies.get(form.removesuffix("s"))
    if code is None:
        return None
    if form in ("pound", "pounds") and re.match(r"\s(?:of\b|overweight|heav)", after[match.end() :]):
        return _Reading("pounds", "pounds", number.start, end)
    return _Reading("money", code, number.start, end)


def _measured(
    match: re.Match[str], number: _Number, annotated: AnnotatedDocument, units: UnitWords
) -> _Reading:
    unit = units.measures[match["name"].lower()]
    end = number.end + match.end("name")
    of = unit if unit == "percent" else _substance(annotated.doc, end) or unit
    return _Reading(unit, of, number.start, end)


def _substance(doc: Doc, end: int) -> str | None:
    """Return the substance that a measure quantifies: "two tons of wheat"."""
    span = doc.char_span(max(0, end - 1), end, alignment_mode="expand")
    if span is None or span.end + 1 >= len(doc) or doc[span.end].lower_ != "of":
        return None
    return next(
        (t.lemma_.lower() for t in doc[span.end].children if t.dep_ == "pobj" and t.pos_ == "NOUN"), None
    )


def _share_ranges(text: str, numbers: list[_Number], readings: list[_Reading | None]) -> set[int]:
    """Assign both numbers of a range one unit: "5 to 10 million dollars"; return which are in ranges."""
    ranged: set[int] = set()
    for index in range(len(numbers) - 2, -1, -1):
        first, second = numbers[index], numbers[index + 1]
        own, reading = readings[index], readings[index + 1]
        between = text[first.end : second.start]
        if not _RANGE.fullmatch(between):
            continue
        if "and" in between and not text[: first.start].rstrip().lower().endswith("between"):
            continue
        if reading is None and own is not None and own.unit == "money":
            readings[index + 1] = reading = own._replace(start=second.start, end=second.end)
        if reading is None or (own is not None and own.of != reading.of):
            continue
        if not first.has_magnitude and second.has_magnitude and first.bare < second.bare:
            numbers[index] = replace(first, value=first.bare * second.value / second.bare)
        start = own.start if own is not None else first.start
        readings[index] = reading._replace(start=start, end=first.end)
        ranged |= {index, index + 1}
    return ranged


def _amount(number: _Number, reading: _Reading, text: str, *, is_ranged: bool) -> Amount:
    patterns = _patterns()
    before = text[max(0, reading.start - 24) : reading.start]
    after = text[number.end : number.end + 12]
    return Amount(
        value=round(number.value, 6),
        unit=reading.unit,
        of=reading.of,
        approximate=is_ranged or bool(patterns.before.search(before) or patterns.after.match(after)),
        text=text[reading.start : reading.end],
        start=reading.start,
        end=reading.end,
    )
