"""User calibration: the share of events of a given confidence that reviewers found right."""

from __future__ import annotations

import hashlib
import math
from typing import TYPE_CHECKING

import msgspec

from dragoman.errors import KnowledgeError

if TYPE_CHECKING:
    from pathlib import Path

# Probabilities are kept this far from 0 and 1 before their log-odds are taken.
_EDGE = 1e-3
FORMAT = "dragoman calibration 1"
# The minimum number of verdicts of a kind.
FEWEST_OF_A_KIND = 15


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A line from the log-odds of the confidence to those of being right: `slope` times them plus `shift`."""

    slope: float
    shift: float


class ModelLines(msgspec.Struct, frozen=True, kw_only=True):
    """Lines for events that a second reader also found, and for those that it did not find."""

    accepted: Line
    not_accepted: Line


class Share(msgspec.Struct, frozen=True, kw_only=True):
    """The number of judged events that are right, with a 95 % Wilson interval of the share.

    Attributes:
        judged: The number of events judged.
        right: The number of them that are right.
        low: Lower end of the interval, 0 to 1.
        high: Upper end of the interval, 0 to 1.
    """

    judged: int
    right: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """Return the share that is right, 0 to 1; 0 if nothing was judged."""
        return self.right / self.judged if self.judged else 0.0


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """The shares of right events among those found by both readers, only by the coder, or only by a model."""

    both: Share
    first: Share
    second: Share


class Calibration(msgspec.Struct, frozen=True, kw_only=True):
    """The conversion of confidence into the share of events that reviewers accepted.

    Attributes:
        format: The format of the file, with its version.
        line: The line for events of a report that no second reader has read.
        threshold: The minimum calibrated confidence of events that are kept, unless the coder's own threshold
            is higher: there are no verdicts on events that were not kept. None for the coder's own.
        models: The lines for events of reports that a model has also read; None if there were too few.
        verdicts: The number of verdicts it was fitted to.
        accepted: The number of verdicts that the event is right.
        agreement: The shares that `models` is derived from; None if there were too few.
    """

    format: str
    line: Line
    threshold: float | None
    models: ModelLines | None
    verdicts: int
    accepted: int
    agreement: Agreement | None = None

    def confidence(self, given: float, *, model_accepts: bool | None = None) -> float:
        """Return the calibrated confidence of an event.

        Args:
            given: Its confidence as coded.
            model_accepts: Whether a second reader also found it; None if none has read the report.
        """
        line = self.line
        if model_accepts is not None and self.models is not None:
            line = self.models.accepted if model_accepts else self.models.not_accepted
        return 1.0 / (1.0 + math.exp(-(line.slope * log_odds(given) + line.shift)))

    def uncalibrated(self, calibrated: float) -> float:
        """Return the original confidence of an event that was coded with this calibration."""
        return 1.0 / (1.0 + math.exp(-((log_odds(calibrated) - self.line.shift) / self.line.slope)))

    def confidence_of_addition(self, given: float) -> float:
        """Return the confidence of an event that only a model found.

        It is the share that is right among such events, or the given confidence if too few were judged.
        """
        second = self.agreement.second if self.agreement is not None else None
        if second is None or second.judged < FEWEST_OF_A_KIND:
            return given
        return min(max(second.share, _EDGE), 1.0 - _EDGE)


def calibration_mark(path: Path) -> str:
    """Return the mark a run records for a calibration: the same for files of the same content."""
    return f"calibrated {hashlib.blake2b(path.read_bytes(), digest_size=6).hexdigest()}"


def log_odds(probability: float) -> float:
    """Return the log-odds of a probability; those of 0 and 1 are finite."""
    bounded = min(max(probability, _EDGE), 1.0 - _EDGE)
    return math.log(bounded / (1.0 - bounded))


def load_calibration(path: Path) -> Calibration:
    """Read a file written by `dragoman calibrate`.

    Raises:
        KnowledgeError: The file is missing or not a calibration.
    """
    try:
        found = msgspec.json.decode(path.read_bytes(), type=Calibration)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        message = f"no calibration ({error}); write one with: dragoman calibrate --record FILE -o {path.name}"
        raise KnowledgeError(where=str(path), message=message) from error
    lines = [found.line, *((found.models.accepted, found.models.not_accepted) if found.models else ())]
    values = [value for line in lines for value in (line.slope, line.shift)]
    is_sound = found.format == FORMAT and all(map(math.isfinite, values)) and all(n.slope > 0 for n in lines)
    if not is_sound or not (found.threshold is None or 0.0 <= found.threshold <= 1.0):
        message = "no calibration of this version, or changed by hand; write it with: dragoman calibrate"
        raise KnowledgeError(where=str(path), message=message)
    return found
