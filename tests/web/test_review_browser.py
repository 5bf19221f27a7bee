"""Review in a real browser: keyboard only, two reviewers, undo, and two windows that save at once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from dragoman.coding.coder import Coder
from dragoman.record.queries import EventFilter
from dragoman.record.store import Record
from dragoman.web.app import Settings, create_app

webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")

from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.support.ui import Select  # noqa: E402
from selenium.webdriver.support.wait import WebDriverWait  # noqa: E402

from .browsing import MARKS, complaints, serving  # noqa: E402

pytestmark = MARKS
TOKEN = "a-token-of-reviewers"


@pytest.fixture(scope="module")
def path(record_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copy(record_file, tmp_path_factory.mktemp("review") / "review.sqlite"))


@pytest.fixture(scope="module")
def base(path: Path, settings: Settings, coder: Coder) -> Iterator[str]:
    app = create_app(msgspec.structs.replace(settings, record=path, review_token=TOKEN), coder=coder)
    with serving(app) as address:
        yield address


@pytest.fixture(autouse=True)
def nothing_said(path: Path, driver: webdriver.Chrome, base: str) -> None:
    with Record.open(path) as record:
        for reading in record.readings():
            record.undo_reading(reading.id, reader=reading.reader)
    driver.get(base + "/paste")
    driver.delete_all_cookies()
    driver.get_log("browser")


def enter(driver: webdriver.Chrome, base: str, name: str) -> None:
    """Enter as another reviewer through the forms."""
    driver.delete_all_cookies()
    driver.get(base + "/review")
    driver.find_element(By.NAME, "token").send_keys(TOKEN)
    press_submit(driver)
    driver.find_element(By.NAME, "name").send_keys(name)
    press_submit(driver)
    WebDriverWait(driver, 5).until(lambda d: d.find_elements(By.ID, "queued"))


def press_submit(driver: webdriver.Chrome, form: str = "main form.review-form") -> None:
    page = driver.find_element(By.TAG_NAME, "html")
    driver.find_element(By.CSS_SELECTOR, f"{form} button[type=submit]").click()
    WebDriverWait(driver, 5).until(lambda d: is_gone(page))


def press(driver: webdriver.Chrome, key: str) -> None:
    """Press a key that leads to another page."""
    page = driver.find_element(By.TAG_NAME, "html")
    driver.switch_to.active_element.send_keys(key)
    WebDriverWait(driver, 5).until(lambda d: is_gone(page))


def is_gone(element: object) -> bool:
    from selenium.common.exceptions import StaleElementReferenceException, WebDriverException

    try:
        element.is_enabled()  # type: ignore[attr-defined]
    except (StaleElementReferenceException, WebDriverException):
        return True
    return False


def queued(driver: webdriver.Chrome) -> str:
    return str(driver.find_element(By.CSS_SELECTOR, "#queued input[name=event]").get_attribute("value"))


def kept(path: Path, **given) -> list[tuple[str, str | None]]:
    with Record.open(path) as record:
        return [(each.verdict, each.event_id) for each in record.readings(**given)]


def test_queue_by_keyboard(driver: webdriver.Chrome, base: str, path: Path) -> None:
    enter(driver, base, "anna")
    first = queued(driver)
    press(driver, "a")
    second = queued(driver)
    press(driver, "n")
    third = queued(driver)
    press(driver, "r")
    assert kept(path) == [("accept", first), ("reject", third)]
    assert len({first, second, third}) == 3
    assert "2 of" in driver.find_element(By.TAG_NAME, "main").text
    press(driver, "u")
    assert queued(driver) == third
    assert kept(path) == [("accept", first)]
    press(driver, "e")
    Select(driver.find_element(By.NAME, "event_type")).select_by_visible_text("COERCE")
    press_submit(driver)
    assert [verdict for verdict, _ in kept(path)] == ["accept", "edit"]
    assert complaints(driver) == []


def test_ledger_by_keyboard(driver: webdriver.Chrome, base: str, path: Path) -> None:
    enter(driver, base, "anna")
    driver.get(base + "/ledger")
    body = driver.find_element(By.TAG_NAME, "body")
    body.send_keys("j")
    driver.switch_to.active_element.send_keys("j")
    lines = driver.find_elements(By.CSS_SELECTOR, ".event-line")
    assert driver.switch_to.active_element == lines[1]
    wanted = lines[1].find_element(By.CSS_SELECTOR, "input[name=event]").get_attribute("value")
    press(driver, "r")
    assert kept(path) == [("reject", wanted)]
    # The page returns to the line that was judged, where the verdict can be undone.
    line = driver.find_elements(By.CSS_SELECTOR, ".event-line")[1]
    assert driver.switch_to.active_element == line
    assert "You rejected." in line.text
    press(driver, "u")
    assert kept(path) == []
    assert complaints(driver) == []


def test_reader_by_keyboard(driver: webdriver.Chrome, base: str, path: Path) -> None:
    enter(driver, base, "anna")
    driver.get(base + "/report?id=council")
    driver.find_element(By.TAG_NAME, "body").send_keys("j")
    press(driver, "a")
    (entry,) = driver.find_elements(By.CSS_SELECTOR, "#events > li.open")
    assert "You accepted." in entry.text
    assert entry.get_attribute("id") == f"e-{kept(path)[0][1]}"
    driver.find_element(By.TAG_NAME, "body").send_keys("j")
    press(driver, "+")
    driver.find_element(By.NAME, "words").send_keys("sheltering")
    Select(driver.find_element(By.NAME, "event_type")).select_by_visible_text("AID")
    driver.find_element(By.NAME, "actors").send_keys("Gondor")
    press_submit(driver)
    assert "/report" in driver.current_url
    assert [verdict for verdict, _ in kept(path)] == ["accept", "add"]
    assert complaints(driver) == []


def test_two_reviewers_and_an_adjudicator(driver: webdriver.Chrome, base: str, path: Path) -> None:
    with Record.open(path) as record:
        event = next(record.events(EventFilter(document="council"))).event.id
    enter(driver, base, "anna")
    driver.get(f"{base}/review?event={event}")
    press(driver, "r")
    enter(driver, base, "ben")
    driver.get(f"{base}/review?event={event}")
    assert "anna" not in driver.page_source
    press(driver, "a")
    driver.get(f"{base}/review?event={event}")
    assert "anna rejected" in driver.find_element(By.ID, "queued").text
    enter(driver, base, "chief")
    driver.get(base + "/review/adjudicate")
    assert "1 open, 0 decided" in driver.find_element(By.TAG_NAME, "main").text
    page = driver.find_element(By.TAG_NAME, "html")
    driver.find_element(By.XPATH, "//button[contains(., 'anna')]").click()
    WebDriverWait(driver, 5).until(lambda d: is_gone(page))
    assert "0 open, 1 decided" in driver.find_element(By.TAG_NAME, "main").text
    with Record.open(path) as record:
        assert record.current_event(event).shown is None
        assert record.current_event(event).coded is not None
    assert complaints(driver) == []


def test_two_reviewers_add_differently(driver: webdriver.Chrome, base: str, path: Path) -> None:
    for name, kind in (("anna", "AID"), ("ben", "SUPPORT")):
        enter(driver, base, name)
        driver.get(base + "/review/add?document=council")
        driver.find_element(By.NAME, "words").send_keys("sheltering")
        Select(driver.find_element(By.NAME, "event_type")).select_by_visible_text(kind)
        driver.find_element(By.NAME, "actors").send_keys("Gondor")
        press_submit(driver)
    enter(driver, base, "chief")
    driver.get(base + "/review/adjudicate")
    assert "1 open, 0 decided" in driver.find_element(By.TAG_NAME, "main").text
    page = driver.find_element(By.TAG_NAME, "html")
    driver.find_element(By.XPATH, "//button[contains(., 'as ben: SUPPORT')]").click()
    WebDriverWait(driver, 5).until(lambda d: is_gone(page))
    assert "0 open, 1 decided" in driver.find_element(By.TAG_NAME, "main").text
    driver.get(base + "/ledger?document=council&reviewed=true&rows=events")
    shown = driver.find_element(By.CSS_SELECTOR, ".listing").text
    assert "SUPPORT" in shown and "AID" not in shown
    # The choice of events goes on with every link of the page.
    page = driver.find_element(By.TAG_NAME, "html")
    driver.find_element(By.LINK_TEXT, "Network").click()
    WebDriverWait(driver, 5).until(lambda d: is_gone(page))
    assert "reviewed=true" in driver.current_url
    assert complaints(driver) == []


def test_two_windows_save_at_once(driver: webdriver.Chrome, base: str, path: Path) -> None:
    enter(driver, base, "anna")
    one = driver.current_window_handle
    first = queued(driver)
    driver.switch_to.new_window("tab")
    other = driver.current_window_handle
    driver.get(base + "/review")
    assert queued(driver) == first
    press(driver, "a")
    driver.switch_to.window(one)
    press(driver, "r")
    assert "anna has saved another reading in the meantime" in driver.find_element(By.TAG_NAME, "main").text
    assert kept(path) == [("accept", first)]
    driver.switch_to.window(other)
    driver.close()
    driver.switch_to.window(one)
    driver.get_log("browser")


@pytest.mark.parametrize(
    "path_of",
    ["/review", "/review/adjudicate", "/review/add?document=council", "/ledger", "/report?id=council"],
)
@pytest.mark.parametrize("narrow", [False, True])
def test_pages_for_everybody(driver: webdriver.Chrome, base: str, path_of: str, narrow: bool) -> None:
    from axe_core_python.base import AXE_FILE_PATH

    enter(driver, base, "anna")
    press(driver, "a")
    if narrow:
        metrics = {"width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": True}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    try:
        driver.get(base + path_of)
        wide = driver.execute_script("return document.documentElement.scrollWidth")
        assert wide <= (360 if narrow else 1280)
        driver.execute_script(Path(AXE_FILE_PATH).read_text(encoding="utf-8"))
        found = driver.execute_async_script("axe.run().then(arguments[arguments.length - 1])")
        serious = [
            (f["id"], [n["html"][:160] for n in f["nodes"][:3]])
            for f in found["violations"]
            if f["impact"] in ("serious", "critical")
        ]
        assert serious == []
        assert complaints(driver) == []
    finally:
        driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
