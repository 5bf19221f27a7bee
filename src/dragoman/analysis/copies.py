"""Copied text: which reports reprint one wire text, and how many are independent.

Runs of five words are hashed. Two texts are copies if half of the runs of the shorter one are also in
the longer one. An index of every eighth hash finds the candidates; the share is then counted exactly.
"""

from __future__ import annotations

import collections
import re
import zlib
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from dragoman.analysis.story_linkage import connected

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_RUN = 5
# Shorter texts can consist largely of a copyright note or a call to subscribe, and would seem copies.
_LEAST_RUNS = 30
# Later text is mostly background, and costs memory: 4 bytes a word.
_MOST_WORDS = 1500
_SAMPLED = 8
# The share of the shorter text's runs that makes a copy. Rewritten wire texts share 0.1 to 0.3.
COPY_SHARE = 0.5

AGENCIES = {
    "AP": "AP", "Associated Press": "AP", "Reuters": "Reuters", "AFP": "AFP", "Agence France-Presse": "AFP",
    "Xinhua": "Xinhua", "TASS": "TASS", "Interfax": "Interfax", "RIA Novosti": "RIA Novosti", "dpa": "dpa",
    "DPA": "dpa", "Kyodo": "Kyodo", "Yonhap": "Yonhap", "ANSA": "ANSA", "EFE": "EFE", "PTI": "PTI",
    "UPI": "UPI", "IANS": "IANS", "Anadolu": "Anadolu", "Ukrinform": "Ukrinform", "IRNA": "IRNA",
    "KCNA": "KCNA",
}  # fmt: skip
_AGENCY_SITES = {
    "apnews.com": "AP", "reuters.com": "Reuters", "afp.com": "AFP", "xinhuanet.com": "Xinhua",
    "news.cn": "Xinhua", "tass.com": "TASS", "tass.ru": "TASS", "interfax.com": "Interfax",
    "kyodonews.net": "Kyodo", "yna.co.kr": "Yonhap", "upi.com": "UPI", "aa.com.tr": "Anadolu",
    "ukrinform.net": "Ukrinform", "irna.ir": "IRNA", "kcna.kp": "KCNA",
}  # fmt: skip
_NAMES = "|".join(map(re.escape, sorted(AGENCIES, key=len, reverse=True)))
# A credit is in brackets after the place, or starts the text like a byline.
_CREDIT = re.compile(rf"\((?:The )?({_NAMES})\)|^(?:By )?(?:The )?({_NAMES})\s*(?:[|–—-]|$)", re.MULTILINE)
_NOTICE = re.compile(rf"(?:Copyright|©)[\s\d(),©]*(?:The )?({_NAMES})\b")
_CREDIT_CHARACTERS = 300
_NOTICE_CHARACTERS = 400


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """The properties of a report that decide whether it is independent of others."""

    document_id: str
    publisher: str | None = None
    agency: str | None = None
    copy_group: str | None = None

    @property
    def source(self) -> str:
        """The source: the credited agency, else the publisher, else "unknown"."""
        return self.agency or publisher_name(self.publisher) or "unknown"


def publisher_name(publisher: str | None) -> str:
    """Return a publisher's name without prefixes that differ by page only (www., m., edition.)."""
    name = (publisher or "").strip().casefold()
    name = re.sub(r"^(?:www|m|amp|mobile|edition|uk|us|en)\.(?=[^.]+\.)", "", name)
    return _AGENCY_SITES.get(name, name)


def credited_agency(text: str) -> str | None:
    """Return the news agency that a report credits in its opening or its closing notice, or None."""
    found = _CREDIT.search(text[:_CREDIT_CHARACTERS])
    if found:
        return AGENCIES[found.group(1) or found.group(2)]
    found = _NOTICE.search(text[-_NOTICE_CHARACTERS:])
    return AGENCIES[found.group(1)] if found else None


def independent_reports(reports: Iterable[Report]) -> list[str]:
    """Return the largest set of reports of which no two share a source or a text, by document id.

    Two papers with one wire text count as one; two texts of one paper count as one. All reports without a
    publisher count as one source: nothing shows that they are two.
    """
    texts: dict[str, dict[str, str]] = collections.defaultdict(dict)
    for report in sorted(reports, key=lambda report: report.document_id):
        texts[report.source].setdefault(report.copy_group or report.document_id, report.document_id)
    holder: dict[str, str] = {}

    def place(source: str, tried: set[str]) -> bool:
        # Kuhn's step: take a free text, or one whose holder can move to another.
        for text in texts[source]:
            if text not in tried:
                tried.add(text)
                if text not in holder or place(holder[text], tried):
                    holder[text] = source
                    return True
        return False

    for source in sorted(texts):
        place(source, set())
    return sorted(texts[source][text] for text, source in holder.items())


class CopyIndex:
    """An index that finds copies among texts, added one at a time."""

    def __init__(self, *, share: float = COPY_SHARE) -> None:
        self._share = share
        self._runs: dict[str, NDArray[np.uint32]] = {}
        self._holders: dict[int, set[str]] = collections.defaultdict(set)
        self._matches: dict[str, dict[str, float]] = {}

    def add(self, document_id: str, text: str) -> dict[str, float]:
        """Add a text; return the documents that it is a copy of, or that are copies of it, with the share."""
        self.remove(document_id)
        self._put(document_id, word_runs(text))
        own = self._runs[document_id]
        matches = {}
        for other in sorted(self._candidates(document_id)):
            share = _shared(own, self._runs[other])
            if share >= self._share:
                matches[other] = self._matches[other][document_id] = share
        self._matches[document_id] = matches
        return dict(matches)

    def remove(self, document_id: str) -> None:
        """Remove a text; a missing one is ignored."""
        runs = self._runs.pop(document_id, None)
        if runs is None:
            return
        for run in _sampled(runs):
            self._holders[run].discard(document_id)
            if not self._holders[run]:
                del self._holders[run]
        for other in self._matches.pop(document_id, {}):
            self._matches[other].pop(document_id, None)

    def copies(self, document_id: str) -> dict[str, float]:
        """Return the copies of a document and the share of the shorter text that is in both."""
        return dict(self._matches.get(document_id, {}))

    def groups(self, document_ids: Iterable[str]) -> dict[str, str]:
        """Return for each document the lowest id among those that it is linked to by copying."""
        wanted = set(document_ids)
        within = {
            name: {other: share for other, share in self._matches.get(name, {}).items() if other in wanted}
            for name in wanted
        }
        found: dict[str, str] = {}
        for name in sorted(wanted):
            if name not in found:
                found |= dict.fromkeys(connected(name, within, 0.0, len(wanted)), name)
        return found

    def rows(self) -> Iterator[tuple[str, bytes]]:
        """Yield the data needed to rebuild this index: document id and its hashes."""
        for name, runs in self._runs.items():
            yield name, runs.astype("<u4").tobytes()

    def match_rows(self) -> Iterator[tuple[str, str, float]]:
        """Yield each pair of copies once."""
        for name, matches in self._matches.items():
            yield from ((name, other, share) for other, share in matches.items() if name < other)

    @classmethod
    def from_rows(
        cls, rows: Iterable[tuple[str, bytes]], matches: Iterable[tuple[str, str, float]]
    ) -> CopyIndex:
        """Rebuild an index from the output of `rows` and `match_rows`."""
        index = cls()
        for name, body in rows:
            index._put(name, np.frombuffer(body, dtype="<u4").astype(np.uint32))
        for name, other, share in matches:
            index._matches[name][other] = index._matches[other][name] = share
        return index

    def _put(self, document_id: str, runs: NDArray[np.uint32]) -> None:
        self._runs[document_id] = runs
        self._matches[document_id] = {}
        for run in _sampled(runs):
            self._holders[run].add(document_id)

    def _candidates(self, document_id: str) -> set[str]:
        runs = self._runs[document_id]
        if len(runs) < _LEAST_RUNS:
            return set()
        found = {name for run in _sampled(runs) for name in self._holders[run]}
        return {name for name in found if name != document_id and len(self._runs[name]) >= _LEAST_RUNS}


def word_runs(text: str) -> NDArray[np.uint32]:
    """Return the hashes of all runs of five words, sorted, each once."""
    words = [word.casefold() for word in _WORD.findall(text)[:_MOST_WORDS]]
    runs = (" ".join(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1))
    return np.unique(np.fromiter((zlib.crc32(run.encode("utf-8", "replace")) for run in runs), np.uint32))


def _sampled(runs: NDArray[np.uint32]) -> list[int]:
    return [int(run) for run in runs[runs % _SAMPLED == 0]]


def _shared(one: NDArray[np.uint32], other: NDArray[np.uint32]) -> float:
    common = np.intersect1d(one, other, assume_unique=True)
    return len(common) / min(len(one), len(other))
