"""Take screenshots of every page, light and dark, in desktop and phone size.

    python scripts/screenshots.py [FOLDER] [--only NAME ...]

Codes the bundled reports and some invented ones about fictional states into a separate record, serves it, and
renders each page in Chromium. Needs the `dev` extra and the system's Chromium.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

from dragoman.coding.coder import Coder
from dragoman.knowledge.loading import data_folder
from dragoman.model.documents import Document, Failure
from dragoman.readers.base import read
from dragoman.record.queries import EventFilter
from dragoman.record.store import Record
from dragoman.running.grouping import regroup
from dragoman.web.app import Settings, create_app

STATES = ("Arnor", "Gondor", "Mordor", "Rohan", "Eriador", "Harad")
PAPERS = ("The Bree Courier", "Minas Tirith Gazette", "Edoras Observer", "Annals of the Shire")
LINES = (
    "{a} accused {b} of sheltering rebels on the border.",
    "{a} imposed sanctions on {b} over the closing of the river.",
    "{a} and {b} signed an agreement on the supply of grain.",
    "{a} promised to send {n} troops to {b}.",
    "{a} demanded that {b} withdraw its forces from the valley.",
    "{a} rejected the demand.",
    "{a} sent {n} tons of wheat to {b}.",
    "{a} troops attacked a fort in {b} before dawn.",
    "The foreign ministers of {a} and {b} met for talks.",
    "{a} condemned the attack and recalled its ambassador from {b}.",
    "If {b} closes the river, {a} will impose further sanctions, the {a} foreign minister said.",
    "{a} denied that it had attacked {b}.",
    "{a} praised {b} for its help after the flood.",
    "{a} held joint exercises with {b} near the coast.",
    "{a} lifted its sanctions on {b}.",
)
PAGES = {
    "front": "/",
    "search": "/search?q=russia",
    "reports": "/reports",
    "compare": "/compare?a=Russia&b=Ukraine&c=Russia+>+Ukraine",
    "multiples": "/compare?a=Arnor&b=Gondor&c=Rohan&layout=multiples",
    "reader": "/report?id=2022-02-04-beijing",
    "ledger": "/ledger",
    "ledger-filtered": "/ledger?party=UKR&quad=material_conflict",
    "ledger-table": "/ledger?party=Russia&look=table",
    "ledger-columns": "/ledger?look=table&columns=day,type,actor,recipient,confidence,place,words,reports",
    "ledger-day": "/ledger?group=day",
    "ledger-dyad": "/ledger?group=dyad&party=Russia",
    "event": "/event?id={event}",
    "ledger-empty": "/ledger?actor=ISL",
    "dossiers": "/dossiers",
    "actor": "/dossiers/actor?id=RUS",
    "dyad": "/dossiers/dyad?actor=ARN&recipient=GON",
    "issue": "/dossiers/issue?id=sanctions",
    "known-issue": "/dossiers/issue?id=taiwan-independence",
    "network": "/network",
    "ego": "/network?ego=Russia",
    "map": "/map",
    "map-part": "/map?show=part",
    "paste": "/paste",
    "codebook": "/codebook",
    "type": "/codebook/THREATEN",
    "actors": "/actors",
    "organisation": "/dossiers/actor?id=NATO",
    "stories": "/stories",
    "api": "/api",
    "error": "/nothing-here",
}
SIZES = {"desk": (1360, 900, False), "phone": (390, 844, True)}


def made_up(count: int, seed: int = 11) -> Iterator[Document]:
    """Yield invented reports about fictional states."""
    chance = random.Random(seed)
    day = dt.date(2021, 9, 6)
    for number in range(count):
        day += dt.timedelta(days=chance.randint(3, 19))
        one, other, third = chance.sample(STATES, 3)
        lines = chance.sample(LINES, 4)
        pairs = [(one, other), (other, one), (third, other), (one, third)]
        told = [
            line.format(a=a, b=b, n=chance.choice((300, 500, 1200)))
            for line, (a, b) in zip(lines, pairs, strict=True)
        ]
        yield Document(
            id=f"made-up-{number:02}", text="\n\n".join(told), title=told[0].rstrip("."), published_on=day,
            publisher=chance.choice(PAPERS), language="en",
        )  # fmt: skip


def fill(path: Path, coder: Coder, count: int = 44) -> None:
    """Code the reports into a record."""
    with Record.open(path) as record:
        run = record.begin_run("screenshots")
        for document in [*read([str(data_folder() / "reports")]), *made_up(count)]:
            if not isinstance(document, Failure):
                record.add(coder.code_document(document), run_id=run)
        regroup(record)


@contextmanager
def serving(record: Path, coder: Coder, actors: Path) -> Iterator[str]:
    """Serve a record on a free port."""
    app = create_app(Settings(record=record, actors=(actors,)), coder=coder)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(5)


def browser(profile: str) -> webdriver.Chrome:
    """Start Chromium."""
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or "/usr/bin/chromium"
    for flag in (
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--hide-scrollbars", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", f"--user-data-dir={profile}",
    ):  # fmt: skip
        options.add_argument(flag)
    return webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))


def picture(
    driver: webdriver.Chrome, url: str, path: Path, *, size: str, theme: str, act: str | None
) -> None:
    """Take a screenshot of one page."""
    width, height, mobile = SIZES[size]
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": mobile}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    features = [{"name": "prefers-color-scheme", "value": theme}]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    driver.get(url)
    if act:
        driver.execute_script(act)
    drawn = "return document.querySelectorAll('[data-drawing], .stage').length"
    drawn += " === document.querySelectorAll('[data-drawn]').length"
    for _ in range(50):
        time.sleep(0.2)
        if driver.execute_script(drawn):
            break
    driver.save_screenshot(str(path))


def main() -> None:
    """Run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path("out/screenshots"))
    parser.add_argument("--only", nargs="*", choices=PAGES)
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    invented = data_folder() / "actors_invented"
    coder = Coder(actors=[invented])
    pin = "document.querySelectorAll('#report .mark')[2].click()"
    with tempfile.TemporaryDirectory() as folder:
        record = Path(folder) / "demo.sqlite"
        fill(record, coder)
        driver = browser(str(Path(folder) / "profile"))
        try:
            with Record.open(record, create=False) as opened:
                event = opened.page(EventFilter(event_type="ACCUSE"), limit=1)[0][0].event.id
            with serving(record, coder, invented) as base:
                for name in given.only or PAGES:
                    for size in SIZES:
                        for theme in ("light", "dark"):
                            path = given.folder / f"{name}-{size}-{theme}.png"
                            act = pin if name == "reader" else None
                            url = base + PAGES[name].format(event=event)
                            picture(driver, url, path, size=size, theme=theme, act=act)
                            print(path)
        finally:
            driver.quit()


if __name__ == "__main__":
    main()
