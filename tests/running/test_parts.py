"""Parts that cannot be written are told as our error."""

from __future__ import annotations

import resource
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.errors import EngineError
from dragoman.model.documents import Failure
from dragoman.running.parts import Parts


@pytest.fixture
def small_disk() -> Iterator[None]:
    """No file larger than this: writing more fails as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, handler)


RESULTS = [Failure(document_id="a", error="X", message="y" * 200)]


def test_a_full_disk_is_told(tmp_path: Path, small_disk: None) -> None:
    parts = Parts(str(tmp_path / "parts"))
    with pytest.raises(EngineError, match="cannot be written"):
        parts.write(0, RESULTS, "key")
    assert list((tmp_path / "parts").iterdir()) == []


def test_a_folder_that_went_is_told(tmp_path: Path) -> None:
    parts = Parts(str(tmp_path / "parts"))
    parts.write(0, RESULTS, "key")
    assert list(parts.read(0)) == RESULTS
    shutil.rmtree(tmp_path / "parts")
    with pytest.raises(EngineError, match="cannot be written"):
        parts.write(1, RESULTS, "key")
