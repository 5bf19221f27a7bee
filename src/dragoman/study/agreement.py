"""Agreement of two judges on the same sample: percent, Cohen's kappa, Krippendorff's alpha, with intervals.

The statistics are those of statsmodels (kappa) and krippendorff (alpha, nominal).
"""

from __future__ import annotations

import math
import random
from typing import TYPE_CHECKING, Any

import msgspec

from dragoman.errors import MissingExtraError, UsageError
from dragoman.study.columns import AGREED, EVENT_JUDGEMENTS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    Pair = tuple[str, str]

# Number of bootstrap resamples, and the tail excluded on each side of a 95 % interval.
RESAMPLES = 1000
_TAIL = 0.025


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """The agreement of two judges on one field.

    Attributes:
        field: The judged column.
        group: "all", or the event type of the rows.
        n: Number of rows that both judged.
        percent: Share of rows on which they agree, 0 to 1.
        percent_low: Lower end of its 95 % bootstrap interval.
        percent_high: Upper end.
        kappa: Cohen's kappa; None if both always gave one and the same value.
        kappa_low: Lower end of its interval.
        kappa_high: Upper end.
        alpha: Krippendorff's alpha for nominal values; None as for kappa.
        alpha_low: Lower end of its interval.
        alpha_high: Upper end.
    """

    field: str
    group: str
    n: int
    percent: float
    percent_low: float
    percent_high: float
    kappa: float | None
    kappa_low: float | None
    kappa_high: float | None
    alpha: float | None
    alpha_low: float | None
    alpha_high: float | None


Row = dict[str, Any]


def measure_agreement(
    one: Sequence[Mapping[str, str]], other: Sequence[Mapping[str, str]], *, seed: int = 0
) -> list[Agreement]:
    """Return the agreement of two filled sheets, by field and, for whether the event is right, by type.

    Args:
        one: The rows of one judge's sheet.
        other: The rows of the other's.
        seed: Seed of the bootstrap.

    Raises:
        UsageError: The sheets are from different samples, or have no judged row in common.
        MissingExtraError: statsmodels or krippendorff is not installed.
    """
    pairs = _matched(one, other)
    for name, sheet in (("first", one), ("second", other)):
        _check_values(name, sheet)
    found = []
    for field in AGREED:
        judged = [(a.get("event_type", ""), (_value(a, field), _value(b, field))) for a, b in pairs]
        judged = [(group, pair) for group, pair in judged if all(pair)]
        if not judged:
            continue
        found.append(_agreement(field, "all", [pair for _, pair in judged], seed))
        if field == "judged_event":
            for group in sorted({group for group, _ in judged if group}):
                found.append(_agreement(field, group, [p for g, p in judged if g == group], seed))
    if not found:
        raise UsageError(message="no row is judged in both sheets; fill in the judged_ columns")
    return found


def disagreements(one: Sequence[Mapping[str, str]], other: Sequence[Mapping[str, str]]) -> list[Row]:
    """Return a row for each judgement on which two sheets differ, with the sentence."""
    found = []
    for a, b in _matched(one, other):
        for field in AGREED:
            first, second = _value(a, field), _value(b, field)
            if first and second and first != second:
                found.append({
                    "sample_id": a["sample_id"], "field": field, "first": first, "second": second,
                    "event_type": a.get("event_type", ""), "actors": a.get("actors", ""),
                    "recipients": a.get("recipients", ""), "sentence": a.get("sentence", ""),
                    "first_note": a.get("note", ""), "second_note": b.get("note", ""), "decision": "",
                })  # fmt: skip
    return found


def _matched(
    one: Sequence[Mapping[str, str]], other: Sequence[Mapping[str, str]]
) -> list[tuple[Mapping[str, str], Mapping[str, str]]]:
    by_id = {row["sample_id"]: row for row in other}
    pairs = [(row, by_id[row["sample_id"]]) for row in one if row["sample_id"] in by_id]
    if not pairs:
        raise UsageError(message="the sheets have no sample_id in common: give two copies of one sample")
    for a, b in pairs:
        if a.get("event_id") != b.get("event_id") or a.get("sentence") != b.get("sentence"):
            message = f"row {a['sample_id']} is another event in each sheet: they are of different samples"
            raise UsageError(message=message)
    return pairs


def _check_values(name: str, rows: Sequence[Mapping[str, str]]) -> None:
    for row in rows:
        for field in AGREED:
            _, allowed = EVENT_JUDGEMENTS.get(field, ("", ()))
            value = _value(row, field)
            if value and allowed and value not in map(str.casefold, allowed):
                where = f"{name} sheet, row {row['sample_id']}"
                raise UsageError(message=f"{where}: {field} {value!r}: use {', '.join(allowed)}")


def _value(row: Mapping[str, str], field: str) -> str:
    return row.get(field, "").strip().casefold()


def _agreement(field: str, group: str, pairs: Sequence[Pair], seed: int) -> Agreement:
    dice = random.Random(seed)  # noqa: S311 - a bootstrap, nothing secret
    drawn = [dice.choices(pairs, k=len(pairs)) for _ in range(RESAMPLES)]
    values: dict[str, Any] = {}
    measures = {"percent": _percent, "kappa": cohen_kappa, "alpha": krippendorff_alpha}
    for name, measure in measures.items():
        values[name] = _rounded(measure(pairs))
        values[f"{name}_low"], values[f"{name}_high"] = _interval(measure, drawn, values[name])
    return Agreement(field=field, group=group, n=len(pairs), **values)


def _interval(
    measure: Callable[[Sequence[Pair]], float | None], drawn: Sequence[Sequence[Pair]], value: float | None
) -> tuple[float | None, float | None]:
    if value is None:
        return None, None
    found = sorted(v for v in map(measure, drawn) if v is not None)
    if not found:
        return None, None
    low = found[math.floor(_TAIL * (len(found) - 1))]
    return _rounded(low), _rounded(found[math.ceil((1 - _TAIL) * (len(found) - 1))])


def _percent(pairs: Sequence[Pair]) -> float:
    return sum(one == other for one, other in pairs) / len(pairs)


def cohen_kappa(pairs: Sequence[Pair]) -> float | None:
    """Return Cohen's kappa of pairs of values; None if there is only one value.

    Raises:
        MissingExtraError: The package for it is not installed.
    """
    values = sorted({value for pair in pairs for value in pair})
    if len(values) < 2:
        return None
    try:
        from statsmodels.stats.inter_rater import cohens_kappa
    except ModuleNotFoundError as error:
        raise MissingExtraError(package="statsmodels", extra="study", what="agreement statistics") from error
    place = {value: number for number, value in enumerate(values)}
    table = [[0] * len(values) for _ in values]
    for one, other in pairs:
        table[place[one]][place[other]] += 1
    found = float(cohens_kappa(table, return_results=False))
    return found if math.isfinite(found) else None


def krippendorff_alpha(pairs: Sequence[Pair]) -> float | None:
    """Return Krippendorff's alpha of pairs of nominal values; None if there is only one value.

    Raises:
        MissingExtraError: The package for it is not installed.
    """
    values = sorted({value for pair in pairs for value in pair})
    if len(values) < 2:
        return None
    try:
        import krippendorff
    except ModuleNotFoundError as error:
        raise MissingExtraError(package="krippendorff", extra="study", what="agreement statistics") from error
    place = {value: number for number, value in enumerate(values)}
    table = [[place[pair[side]] for pair in pairs] for side in (0, 1)]
    return float(krippendorff.alpha(reliability_data=table, level_of_measurement="nominal"))


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
