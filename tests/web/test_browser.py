"""The pages in a real browser: each is there without an error, without a foreign request, for everybody."""

from __future__ import annotations

import json
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from dragoman.coding.coder import Coder
from dragoman.web.app import Settings, create_app

webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")

from selenium.webdriver.chrome.service import Service  # noqa: E402
from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.common.keys import Keys  # noqa: E402
from selenium.webdriver.support.wait import WebDriverWait  # noqa: E402

CHROMIUM, CHROMEDRIVER = shutil.which("chromium"), shutil.which("chromedriver")
pytestmark = [
    pytest.mark.pipeline,
    pytest.mark.skipif(
        CHROMIUM is None or CHROMEDRIVER is None,
        reason="no Chromium here; install it with: apt-get install chromium chromium-driver",
    ),
    # All in one worker: one server and one browser serve them all.
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
PAGES = (
    "/", "/reports", "/reports?q=sanctions", "/report?id=council", "/report?id=bad/%3Cb%3E%26%22'", "/ledger",
    "/ledger?rows=events&look=table", "/ledger?actor=ISL", "/ledger?actor=Gondorrr", "/dossiers",
    "/dossiers/actor?id=ARN", "/dossiers/actor?id=NATO", "/dossiers/dyad?actor=ARN&recipient=GON",
    "/dossiers/issue?id=sanctions", "/compare", "/compare?a=Arnor&b=Gondor&c=Arnor>Gondor",
    "/compare?a=Arnor&b=Gondor&measure=intensity&layout=multiples", "/network", "/network?ego=ARN", "/map",
    "/map?show=part", "/search?q=arnor", "/paste", "/codebook", "/codebook/THREATEN", "/actors?q=gondor",
    "/stories", "/api",
)  # fmt: skip
LOOKS = [(width, theme) for width in (1280, 360) for theme in ("light", "dark")]


@pytest.fixture(scope="module")
def base(settings: Settings, coder: Coder) -> Iterator[str]:
    import uvicorn

    server = uvicorn.Server(
        uvicorn.Config(create_app(settings, coder=coder), port=0, log_level="warning", ws="none")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    for _ in range(500):
        if server.started:
            break
        time.sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(5)


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(CHROMEDRIVER))
    yield driver
    driver.quit()


def visit(driver: webdriver.Chrome, url: str) -> None:
    driver.get_log("browser")
    driver.get_log("performance")
    driver.get(url)


def complaints(driver: webdriver.Chrome) -> list[str]:
    return [entry["message"] for entry in driver.get_log("browser")]


def foreign(driver: webdriver.Chrome, base: str) -> list[str]:
    found = []
    for entry in driver.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            url = message["params"]["request"]["url"]
            if not urlsplit(url).scheme.startswith(("data", "chrome")) and not url.startswith(base):
                found.append(url)
    return found


@pytest.fixture
def looks(driver: webdriver.Chrome) -> Iterator[Callable[[int, str], None]]:
    """Give the browser another width and theme, and its own afterwards."""

    def set_look(width: int, theme: str) -> None:
        metrics = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 600}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        features = [{"name": "prefers-color-scheme", "value": theme}]
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})

    yield set_look
    driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def drawn(driver: webdriver.Chrome) -> None:
    """Wait until the scripts of a page have drawn what they draw."""
    places = "document.querySelectorAll('[data-drawing], .stage').length"
    done = "document.querySelectorAll('[data-drawn]').length"
    WebDriverWait(driver, 15).until(lambda d: d.execute_script(f"return {places} === {done}"))


@pytest.mark.parametrize("path", PAGES)
def test_page_for_everybody(
    driver: webdriver.Chrome, base: str, looks: Callable[[int, str], None], path: str
) -> None:
    from axe_core_python.base import AXE_FILE_PATH

    axe = Path(AXE_FILE_PATH).read_text(encoding="utf-8")
    for width, theme in LOOKS:
        looks(width, theme)
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
        assert faults == [], (width, theme)
        said = [words for words in complaints(driver) if "status of 400" not in words]
        assert said == [], (width, theme)
        assert foreign(driver, base) == [], (width, theme)


def test_filter(driver: webdriver.Chrome, base: str) -> None:
    visit(driver, base + "/ledger")
    before = len(driver.find_elements(By.CSS_SELECTOR, ".event-line"))
    driver.find_element(By.NAME, "actor").send_keys("GON")
    driver.find_element(By.CSS_SELECTOR, "#filters button").click()
    WebDriverWait(driver, 5).until(lambda d: "actor=GON" in d.current_url)
    after = driver.find_elements(By.CSS_SELECTOR, ".event-line")
    assert 0 < len(after) < before
    assert driver.current_url.endswith("/ledger?actor=GON&order=newest")
    assert driver.find_element(By.CSS_SELECTOR, "[data-rows]").text == str(len(after))
    assert "Gondor" in driver.find_element(By.CSS_SELECTOR, ".chips a").text
    driver.find_element(By.CSS_SELECTOR, ".chips a").click()
    WebDriverWait(driver, 5).until(lambda d: "actor" not in d.current_url)
    assert complaints(driver) == []


def test_pinned_event(driver: webdriver.Chrome, base: str) -> None:
    visit(driver, base + "/report?id=council")
    mark = driver.find_elements(By.CSS_SELECTOR, "#report .mark")[0]
    mark.click()
    assert mark.get_attribute("aria-pressed") == "true"
    lit = "".join(piece.text for piece in driver.find_elements(By.CSS_SELECTOR, "#report .lit"))
    assert "Arnor" in lit
    assert "Gondor" in lit
    assert [e.text for e in driver.find_elements(By.CSS_SELECTOR, ".lit-actors")] == ["Arnor"]
    (entry,) = driver.find_elements(By.CSS_SELECTOR, "#events > li.open")
    assert "according to" in entry.text.lower()
    mark.click()
    assert driver.find_elements(By.CSS_SELECTOR, ".lit, li.open") == []


def test_keyboard_walk(driver: webdriver.Chrome, base: str) -> None:
    visit(driver, base + "/report?id=council")
    body = driver.find_element(By.TAG_NAME, "body")
    body.send_keys("j")
    first = driver.switch_to.active_element
    assert first.get_attribute("data-event") == "0"
    card = driver.find_element(By.ID, "card")
    assert card.is_displayed()
    assert "Arnor" in card.text
    first.send_keys(Keys.ARROW_DOWN)
    second = driver.switch_to.active_element
    assert second.get_attribute("data-event") == "1"
    second.send_keys("k")
    driver.switch_to.active_element.send_keys(Keys.ENTER)
    assert driver.find_element(By.CSS_SELECTOR, "li.open").get_attribute("data-number") == "0"
    driver.switch_to.active_element.send_keys(Keys.ESCAPE)
    assert driver.find_elements(By.CSS_SELECTOR, "li.open") == []
    assert not card.is_displayed()
    assert complaints(driver) == []


def test_who_says_it(driver: webdriver.Chrome, base: str) -> None:
    visit(driver, base + "/report?id=council")
    driver.find_elements(By.CSS_SELECTOR, ".rail button")[0].click()
    assert driver.find_elements(By.CSS_SELECTOR, "#report .lit-content")


def test_event_in_the_address(driver: webdriver.Chrome, base: str) -> None:
    visit(driver, base + "/ledger?type=ACCUSE")
    driver.find_element(By.CSS_SELECTOR, ".event-line .words a").click()
    WebDriverWait(driver, 5).until(lambda d: "/report" in d.current_url)
    (entry,) = driver.find_elements(By.CSS_SELECTOR, "#events > li.open")
    assert "ACCUSE" in entry.text


def test_pasted_report(driver: webdriver.Chrome, base: str) -> None:
    visit(driver, base + "/paste")
    area = driver.find_element(By.ID, "text")
    area.send_keys("Arnor accused Gondor of spying. <script>document.title = 'run'</script>")
    driver.find_element(By.CSS_SELECTOR, "form.paste button").click()
    WebDriverWait(driver, 15).until(lambda d: d.find_elements(By.ID, "report"))
    assert "<script>" in driver.find_element(By.ID, "report").text
    assert driver.title != "run"
    assert "Nothing of this was kept" in driver.find_element(By.CSS_SELECTOR, ".notice").text
    assert complaints(driver) == []
    assert foreign(driver, base) == []


def test_theme_stays(driver: webdriver.Chrome, base: str) -> None:
    visit(driver, base + "/")
    shown = driver.execute_script("return getComputedStyle(document.body).backgroundColor")
    driver.find_element(By.ID, "theme").click()
    driver.get(base + "/ledger")
    assert driver.execute_script("return getComputedStyle(document.body).backgroundColor") != shown
    driver.find_element(By.ID, "theme").click()


def test_edge_leads_to_its_events(driver: webdriver.Chrome, base: str) -> None:
    visit(driver, base + "/network")
    driver.find_element(By.CSS_SELECTOR, "table td a").click()
    WebDriverWait(driver, 5).until(lambda d: "/ledger?between=" in d.current_url)
    assert driver.find_elements(By.CSS_SELECTOR, ".event-line")
