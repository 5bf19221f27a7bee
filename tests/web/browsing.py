"""What the tests in a real browser share: the marks, a server on a free port, and Chromium."""

from __future__ import annotations

import json
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import uvicorn
from fastapi import FastAPI
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

CHROMIUM, CHROMEDRIVER = shutil.which("chromium"), shutil.which("chromedriver")
MARKS = [
    pytest.mark.pipeline,
    pytest.mark.skipif(
        CHROMIUM is None or CHROMEDRIVER is None,
        reason="no Chromium here; install it with: apt-get install chromium chromium-driver",
    ),
    # All in one worker: one server and one browser serve the tests of a module.
    pytest.mark.xdist_group("browser"),
    # The browser's driver and the server's sockets are closed by their own threads, after the test.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--window-size=1280,900",
)  # fmt: skip


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """Serve an application on a free port and yield its address."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning", ws="none"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    for _ in range(500):
        if server.started:
            break
        time.sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(5)


@contextmanager
def chromium(profile: Path) -> Iterator[webdriver.Chrome]:
    """Start Chromium with logs of its console and its requests."""
    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(CHROMEDRIVER))
    yield driver
    driver.quit()


def complaints(driver: webdriver.Chrome) -> list[str]:
    """Return the messages of the console since they were last read."""
    return [entry["message"] for entry in driver.get_log("browser")]


LOOKS = [(width, theme) for width in (1280, 360) for theme in ("light", "dark")]


def visit(driver: webdriver.Chrome, url: str) -> None:
    """Open a page with empty logs."""
    driver.get_log("browser")
    driver.get_log("performance")
    driver.get(url)


def foreign(driver: webdriver.Chrome, base: str) -> list[str]:
    """Return the requests to other hosts since the last visit."""
    found = []
    for entry in driver.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            url = message["params"]["request"]["url"]
            if not urlsplit(url).scheme.startswith(("data", "chrome")) and not url.startswith(base):
                found.append(url)
    return found


def drawn(driver: webdriver.Chrome) -> None:
    """Wait until the scripts of a page have drawn what they draw."""
    places = "document.querySelectorAll('[data-drawing], .stage').length"
    done = "document.querySelectorAll('[data-drawn]').length"
    WebDriverWait(driver, 15).until(lambda d: d.execute_script(f"return {places} === {done}"))


def rows_of_ledger(driver: webdriver.Chrome) -> int:
    """Return how many rows the ledger says it lists."""
    WebDriverWait(driver, 5).until(lambda d: "/ledger" in d.current_url)
    return int(driver.find_element(By.CSS_SELECTOR, "[data-rows]").get_attribute("data-rows") or -1)


def check_for_everybody(driver: webdriver.Chrome, base: str, path: str) -> Iterator[tuple[int, str]]:
    """Open a page in each width and theme; it must be accessible, fit, and neither fail nor fetch."""
    from axe_core_python.base import AXE_FILE_PATH

    axe = Path(AXE_FILE_PATH).read_text(encoding="utf-8")
    try:
        for width, theme in LOOKS:
            set_look(driver, width, theme)
            visit(driver, base + path)
            drawn(driver)
            assert driver.find_element(By.TAG_NAME, "h1").text
            wide = driver.execute_script("return document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, (width, theme)
            driver.execute_script(axe)
            found = driver.execute_async_script("axe.run().then(arguments[arguments.length - 1])")
            faults = [
                (fault["id"], fault["impact"], [node["html"][:160] for node in fault["nodes"][:3]])
                for fault in found["violations"]
            ]
            assert faults == [], (width, theme, faults)
            said = [words for words in complaints(driver) if "status of 400" not in words]
            assert said == [], (width, theme)
            assert foreign(driver, base) == [], (width, theme)
            yield width, theme
    finally:
        driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def set_look(driver: webdriver.Chrome, width: int, theme: str) -> None:
    """Set the width of the window and the theme."""
    metrics = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 600}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    features = [{"name": "prefers-color-scheme", "value": theme}]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
