"""Linear algebra on one thread while reports are read, and as before afterwards."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator

import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from dragoman.coding.coder import Coder
from dragoman.language.threads import THREAD_VARIABLES, OneThread, keep_to_one_thread


def numbers() -> set[int]:
    return {library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"}


@pytest.fixture(autouse=True)
def two_threads(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in THREAD_VARIABLES:
        monkeypatch.delenv(name, raising=False)
    with threadpool_limits(2, user_api="blas"):
        if numbers() != {2}:
            pytest.skip("numpy's linear algebra has no second thread here")
        yield


def test_one_thread_inside_and_two_afterwards() -> None:
    with OneThread():
        assert numbers() == {1}
    assert numbers() == {2}


def test_the_number_is_restored_after_an_error() -> None:
    with pytest.raises(ValueError, match="broken"), OneThread():
        raise ValueError("broken")
    assert numbers() == {2}


def test_nested_blocks_restore_the_number_once() -> None:
    one = OneThread()
    with one:
        with one:
            pass
        assert numbers() == {1}
    assert numbers() == {2}


def test_blocks_that_overlap_in_two_threads_restore_the_number() -> None:
    one, entered, leave = OneThread(), threading.Event(), threading.Event()

    def other() -> None:
        with one:
            entered.set()
            leave.wait(10)

    thread = threading.Thread(target=other)
    with one:
        thread.start()
        assert entered.wait(10)
        assert numbers() == {1}
    leave.set()
    thread.join()
    assert numbers() == {2}
    with one:
        assert numbers() == {1}, "the next block sets the limit again"
    assert numbers() == {2}


@pytest.mark.parametrize("name", THREAD_VARIABLES)
def test_a_number_set_by_the_environment_is_kept(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "2")
    with OneThread():
        assert numbers() == {2}


@pytest.mark.pipeline
def test_a_coder_parses_and_codes_on_one_thread(coder: Coder, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[set[int]] = []
    parse, code = coder._annotate, coder.code_annotated
    monkeypatch.setattr(coder, "_annotate", lambda documents: (seen.append(numbers()), parse(documents))[1])
    monkeypatch.setattr(coder, "code_annotated", lambda read: (seen.append(numbers()), code(read))[1])
    coder.code("Arnor attacked Gondor.")
    assert seen == [{1}, {1}]
    assert numbers() == {2}


def test_commands_set_one_thread_unless_another_number_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "4")
    # So that they are removed again after the test.
    for name in THREAD_VARIABLES[1:]:
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    keep_to_one_thread()
    assert [os.environ[name] for name in THREAD_VARIABLES] == ["4", "1", "1"]
