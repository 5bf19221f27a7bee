"""Mutation testing: make one small change to the code at a time, and list the changes that no test detects.

Usage: python scripts/mutants.py [--changed REF | --sample N] [--seed N] [--fresh] [PACKAGE_OR_FILE ...]
       python scripts/mutants.py --again out/mutants.txt --seconds 30

The tests run once in one process, which records the functions that each test calls and its duration. Each
change is then made in a forked process, to the code of one function, and the tests that call the function are
run there until one fails: those in the module's own test file first, then others up to a time limit in
seconds. So loading happens once, not once for each change. The recorded calls are cached in out/; they are
updated for test files that changed, or for all with --fresh.
"""

from __future__ import annotations

import argparse
import functools
import gc
import hashlib
import importlib
import itertools
import json
import os
import random
import re
import resource
import signal
import subprocess
import sys
import threading
import time
from collections import Counter, defaultdict
from pathlib import Path
from types import FunctionType
from typing import TYPE_CHECKING, Any

import pytest

import mutation_sites

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import CodeType, FrameType

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "dragoman"
# Further test folders for the modules of a package.
MORE_TESTS = {
    "coding": ["tests/coding", "tests/codebook/test_examples.py"],
    "language": ["tests/language", "tests/codebook/test_examples.py"],
    "knowledge": ["tests/knowledge", "tests/codebook/test_examples.py"],
    "analysis": ["tests/analysis", "tests/record"],
    "record": ["tests/record", "tests/analysis"],
    "web": ["tests/web"],
}
# These start browsers, servers and processes, or take longer than all others together.
LEFT_OUT = [
    "tests/web/test_browser.py", "tests/web/test_openapi.py", "tests/web/test_review_browser.py",
    "tests/web/test_serving.py", "tests/record/test_background.py",
]  # fmt: skip
CPU_LIMIT = 20

Function = tuple[str, str]


class Calls:
    """Functions called by each test and its duration; functions called while a coder is loaded."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.tests: dict[Function, list[str]] = defaultdict(list)
        self.loading: set[Function] = set()
        self._codes: set[CodeType] = set()

    def run(self, item: pytest.Item, nextitem: pytest.Item | None) -> None:
        """Run a test and record the functions that it calls."""
        self._codes = set()
        started = time.process_time()
        threading.setprofile(self._note)
        sys.setprofile(self._note)
        try:
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=nextitem)
        finally:
            sys.setprofile(None)
            threading.setprofile(None)  # type: ignore[arg-type]
        self.forget(item.nodeid)
        self.seconds[item.nodeid] = time.process_time() - started
        for function in _functions_of(set(self._codes)):
            self.tests[function].append(item.nodeid)

    def forget(self, test: str) -> None:
        """Exclude a test."""
        if self.seconds.pop(test, None) is not None:
            for tests in self.tests.values():
                if test in tests:
                    tests.remove(test)

    def load(self, make: Callable[[], None]) -> None:
        """Load a coder and record the functions called."""
        before, self._codes = self._codes, set()
        make()
        self.loading |= set(_functions_of(set(self._codes)))
        self._codes |= before

    def save(self, path: Path) -> None:
        """Save the recorded calls, with the content of their test files."""
        every = dict.fromkeys([*self.tests, *self.loading])
        functions = {function: number for number, function in enumerate(every)}
        content = {
            "files": {name: _digest(name) for name in {_file_of(test) for test in self.seconds}},
            "seconds": self.seconds,
            "functions": list(functions),
            "tests": {functions[function]: names for function, names in self.tests.items()},
            "loading": [functions[function] for function in self.loading],
        }
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content), "utf-8")

    def restore(self, path: Path) -> None:
        """Load the recorded calls of unchanged test files."""
        content = json.loads(path.read_text("utf-8"))
        same = {name for name, digest in content["files"].items() if _digest(name) == digest}
        self.seconds = {test: s for test, s in content["seconds"].items() if _file_of(test) in same}
        functions: list[Function] = [(path, name) for path, name in content["functions"]]
        self.loading = {functions[number] for number in content["loading"]}
        for number, names in content["tests"].items():
            known = [name for name in names if name in self.seconds]
            self.tests[functions[int(number)]] = known

    def _note(self, frame: FrameType, event: str, argument: object) -> None:
        if event == "call":
            self._codes.add(frame.f_code)


class Mutants:
    """Plugin of pytest that runs the tests once, then for each change the tests concerned."""

    def __init__(
        self, chosen: list[tuple[str, mutation_sites.Site]], report: Path, known: Path, budget: float
    ) -> None:
        self.budget = budget
        self.chosen = chosen
        self.report = report
        self.known = known
        self.survivors: list[str] = []
        self.outcomes: dict[str, Counter[str]] = defaultdict(Counter)
        self.calls = Calls()
        self._failed = False
        self._caches: list[Any] = []
        self._warm: dict[str, dict[str, Any]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Record that a test failed."""
        self._failed |= report.failed

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run every test once, then each change."""
        self._share_coders()
        items = {item.nodeid: item for item in session.items}
        sound = self._sound(list(items.values()))
        gc.collect()
        self._caches = [o for o in gc.get_objects() if isinstance(o, functools._lru_cache_wrapper)]
        gc.freeze()
        started = time.monotonic()
        for number, (path, site) in enumerate(self.chosen, 1):
            tests = [items[name] for name in self._tests(path, site, sound)]
            outcome = self._outcome(path, site, tests)
            self.outcomes[path.split("/")[0]][outcome] += 1
            if outcome in {"alive", "no test"}:
                self.survivors.append(f"{_named(path, site)} ({outcome})")
            self._write(number, time.monotonic() - started)
        return True

    def _sound(self, items: list[pytest.Item]) -> set[str]:
        """Run the tests on the unchanged code, to exclude those that fail.

        In files with recorded calls, only the first test is run, so that coders are loaded.
        """
        if self.known.exists():
            self.calls.restore(self.known)
        firsts = {_file_of(item.nodeid): item.nodeid for item in reversed(items)}.values()
        run = [item for item in items if item.nodeid in firsts or item.nodeid not in self.calls.seconds]
        for item, following in zip(run, [*run[1:], None], strict=True):
            self._failed = False
            self.calls.run(item, following)
            if self._failed:
                self.calls.forget(item.nodeid)
        self.calls.save(self.known)
        seconds = sum(self.calls.seconds.values())
        print(f"{len(run)} of {len(items)} tests run; they all take {seconds:.0f} s", flush=True)
        return {item.nodeid for item in items if item.nodeid in self.calls.seconds}

    def _share_coders(self) -> None:
        from dragoman.coding.coder import Coder

        load = Coder.__init__

        @functools.wraps(load)
        def init(coder: Coder, *args: Any, **options: Any) -> None:
            key = re.sub(r" at 0x\w+", "", repr((args, sorted(options.items()))))
            if key not in self._warm:
                self.calls.load(lambda: load(coder, *args, **options))
                self._warm[key] = dict(vars(coder))
            vars(coder).update(self._warm[key])

        Coder.__init__ = init  # type: ignore[method-assign]

    def _tests(self, path: str, site: mutation_sites.Site, sound: set[str]) -> list[str]:
        function = (path, site.function)
        folder = path.rpartition("/")[0]
        # A folder may have its tests in one file beside it: coding/decision/gate in decision/test_gate.py.
        own = (
            f"tests/{folder}/test_{Path(path).name}::",
            f"tests/{Path(folder).parent}/test_{Path(folder).name}.py::",
        )
        callers = dict.fromkeys(self.calls.tests.get(function, []))
        if function in self.calls.loading:
            users = [name for name in sound if name.startswith("tests/codebook")]
            callers |= dict.fromkeys(random.Random(0).sample(sorted(users), min(40, len(users))))
            callers |= dict.fromkeys(name for name in sound if name.startswith(own))
        names = [name for name in callers if name in sound]
        random.Random(site.line).shuffle(names)
        names.sort(
            key=lambda name: (
                not name.startswith(own), -_shared_folders(name, path), self.calls.seconds[name] > 1.0,
            )
        )  # fmt: skip
        chosen: list[str] = []
        left = self.budget
        for name in names:
            if left <= 0 and not name.startswith(own):
                break
            chosen.append(name)
            left -= self.calls.seconds[name]
        return chosen

    def _outcome(self, path: str, site: mutation_sites.Site, tests: list[pytest.Item]) -> str:
        if not tests:
            return "no test"
        child = os.fork()
        if child == 0:
            self._break_and_test(path, site, tests)
        deadline = time.monotonic() + 3 * CPU_LIMIT
        while True:
            done, status = os.waitpid(child, os.WNOHANG)
            if done:
                break
            if time.monotonic() > deadline:
                os.kill(child, signal.SIGKILL)
            time.sleep(0.01)
        if os.WIFSIGNALED(status):
            return "timeout"
        return {0: "alive", 1: "killed"}.get(os.WEXITSTATUS(status), "error")

    def _break_and_test(self, path: str, site: mutation_sites.Site, tests: list[pytest.Item]) -> None:
        code = 3
        try:
            resource.setrlimit(resource.RLIMIT_CPU, (CPU_LIMIT, CPU_LIMIT))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            silent = os.open(os.devnull, os.O_WRONLY)
            os.dup2(silent, 1)
            os.dup2(silent, 2)
            plugins = tests[0].config.pluginmanager
            plugins.unregister(plugins.get_plugin("terminalreporter"))
            # Session fixtures need to be prepared for these tests only.
            tests[0].session.items[:] = tests
            self._break(path, site)
            if (path, site.function) in self.calls.loading:
                self._warm.clear()
            code = int(self._any_fails(tests))
        finally:
            os._exit(code)

    def _break(self, path: str, site: mutation_sites.Site) -> None:
        file = SOURCE / path
        name = "dragoman." + path.removesuffix(".py").replace("/", ".")
        module = importlib.import_module(name)
        code = mutation_sites.mutated(file.read_text("utf-8"), site, str(file))
        function = _function(module, site.function)
        function.__code__ = mutation_sites.function_code(code, site.function)
        users = _users(name)
        for cache in self._caches:
            if getattr(cache, "__module__", None) in users:
                cache.cache_clear()

    def _any_fails(self, tests: list[pytest.Item]) -> bool:
        for item, following in zip(tests, [*tests[1:], None], strict=True):
            self._failed = False
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if self._failed:
                return True
        return False

    def _write(self, number: int, seconds: float) -> None:
        lines = [f"{number} of {len(self.chosen)} changes, {seconds:.0f} s"]
        for package, outcomes in sorted(self.outcomes.items()):
            alive = outcomes["alive"] + outcomes["no test"]
            # A hanging process is inconclusive: it may wait for a thread that does not exist after a fork.
            judged = alive + outcomes["killed"]
            share = alive / judged if judged else 0.0
            lines.append(f"{package}: {share:.1%} alive; {json.dumps(outcomes)}")
        self.report.parent.mkdir(parents=True, exist_ok=True)
        self.report.write_text("\n".join([*lines, "", *sorted(self.survivors), ""]), "utf-8")


def _shared_folders(test: str, path: str) -> int:
    """Return how many folders a test and a module have in common."""
    pairs = zip(test.split("/")[1:-1], path.split("/")[:-1], strict=False)
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], pairs))


def _file_of(test: str) -> str:
    return test.partition("::")[0]


def _digest(name: str) -> str:
    return hashlib.blake2b((ROOT / name).read_bytes()).hexdigest() if (ROOT / name).exists() else ""


def _functions_of(codes: Iterable[CodeType]) -> Iterator[Function]:
    for code in codes:
        if code.co_filename.startswith(str(SOURCE)):
            yield str(Path(code.co_filename).relative_to(SOURCE)), code.co_qualname.split(".<locals>")[0]


def _function(module: Any, name: str) -> FunctionType:
    found = module
    for part in name.split("."):
        found = vars(found)[part]
    while not isinstance(found, FunctionType) or hasattr(found, "__wrapped__"):
        for attribute in ("__wrapped__", "fget", "__func__", "func"):
            if getattr(found, attribute, None) is not None:
                found = getattr(found, attribute)
                break
        else:
            raise LookupError(name)
    return found


def _users(name: str) -> set[str]:
    """Return the module and every module that imports it, directly or indirectly."""
    imports = {
        other: {getattr(value, "__module__", None) or getattr(value, "__name__", "") for value in
                vars(module).values()}
        for other, module in sys.modules.items()
        if other.startswith("dragoman.") and module
    }  # fmt: skip
    users = {name}
    while more := {other for other, needed in imports.items() if needed & users} - users:
        users |= more
    return users


def _chosen(arguments: argparse.Namespace) -> list[tuple[str, mutation_sites.Site]]:
    if arguments.paths:
        places = [SOURCE / place for place in arguments.paths]
    elif arguments.sample:
        places = [SOURCE / place for place in ("coding", "record", "web", "analysis")]
    else:
        places = [ROOT / line for line in _changed(arguments.changed)]
    files = [
        file for place in places for file in (sorted(place.rglob("*.py")) if place.is_dir() else [place])
    ]
    everything = [
        (str(file.relative_to(SOURCE)), site)
        for file in files
        for site in mutation_sites.sites(file.read_text("utf-8"))
    ]
    print(f"{len(everything)} changes in {len(files)} files", flush=True)
    if arguments.sample and arguments.sample < len(everything):
        everything = random.Random(arguments.seed).sample(everything, arguments.sample)
    return everything


def _named(path: str, site: mutation_sites.Site) -> str:
    return f"{path}:{site.line} {site.function}: {site.change}"


def _survivors(report: Path) -> list[tuple[str, mutation_sites.Site]]:
    """Return the changes listed in a report that still apply."""
    listed = {line.rpartition(" (")[0] for line in report.read_text("utf-8").splitlines() if ".py:" in line}
    files = {line.partition(":")[0] for line in listed}
    found = [
        (file, site)
        for file in sorted(files)
        for site in mutation_sites.sites((SOURCE / file).read_text("utf-8"))
        if _named(file, site) in listed
    ]
    print(f"{len(found)} of {len(listed)} changes of the report", flush=True)
    return found


def _changed(since: str) -> list[str]:
    command = ["git", "diff", "--name-only", "--diff-filter=d", since, "--", "src/dragoman/**.py"]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split()  # noqa: S603


def _test_files(paths: Iterable[str]) -> list[str]:
    wanted: dict[str, None] = {}
    for path in paths:
        package = path.split("/")[0]
        for place in MORE_TESTS.get(package, [f"tests/{package}"]):
            if (ROOT / place).exists():
                wanted[place] = None
    return list(wanted)


def main() -> int:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("paths", nargs="*", help="packages or files below src/dragoman, as coding/dates")
    parser.add_argument(
        "--changed", default="main", help="only files changed since this commit (default: main)"
    )
    parser.add_argument("--sample", type=int, help="so many changes, drawn from all")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--tests", nargs="*", help="test files or folders in place of those of the packages")
    parser.add_argument("--fresh", action="store_true", help="learn anew what the tests call")
    parser.add_argument("--report", type=Path, default=ROOT / "out" / "mutants.txt")
    parser.add_argument("--again", type=Path, metavar="REPORT", help="only what a report lists as alive")
    parser.add_argument("--seconds", type=float, default=4.0, help="of tests for each change, beside its own")
    arguments = parser.parse_args()
    chosen = _survivors(arguments.again) if arguments.again else _chosen(arguments)
    if not chosen:
        print("nothing changed")
        return 0
    known = ROOT / "out" / "mutants_calls.json"
    if arguments.fresh:
        known.unlink(missing_ok=True)
    plugin = Mutants(chosen, arguments.report, known, arguments.seconds)
    tests = arguments.tests or _test_files(path for path, _ in chosen)
    options = [f"--ignore={place}" for place in LEFT_OUT]
    pytest.main([*tests, *options, "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--no-header"], [plugin])
    if not plugin.outcomes:
        return 1
    print(arguments.report.read_text("utf-8"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
