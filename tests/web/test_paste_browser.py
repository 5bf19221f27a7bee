"""A long report is pasted: its progress, its cancelling and its page, with and without scripts."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from dragoman.coding.coder import Coder
from dragoman.model.documents import Document
from dragoman.web.app import Settings, create_app

webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")

from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.common.keys import Keys  # noqa: E402
from selenium.webdriver.support.wait import WebDriverWait  # noqa: E402

from .browsing import MARKS, check_for_everybody, complaints, foreign, serving, visit  # noqa: E402

pytestmark = MARKS
TEXT = "Arnor accused Gondor of spying."


class SlowCoder:
    """Waits for `go` before it codes."""

    def __init__(self, coder: Coder) -> None:
        self._coder = coder
        self.go = threading.Event()

    def code_document(self, document: Document) -> Any:
        self.go.wait(30)
        return self._coder.code_document(document)


@pytest.fixture
def slow(coder: Coder) -> Iterator[SlowCoder]:
    made = SlowCoder(coder)
    yield made
    made.go.set()


@pytest.fixture
def app(settings: Settings, slow: SlowCoder) -> Any:
    import msgspec

    return create_app(msgspec.structs.replace(settings, patience=0.1), coder=slow)  # type: ignore[arg-type]


@pytest.fixture
def base(app: Any) -> Iterator[str]:
    with serving(app) as address:
        yield address


def paste(driver: webdriver.Chrome, base: str) -> None:
    visit(driver, base + "/paste")
    driver.find_element(By.ID, "text").send_keys(TEXT)
    driver.find_element(By.CSS_SELECTOR, "form.paste button").click()
    WebDriverWait(driver, 10).until(lambda d: "/paste/progress?id=" in d.current_url)


def test_progress_and_the_report(driver: webdriver.Chrome, base: str, slow: SlowCoder) -> None:
    paste(driver, base)
    told = driver.find_element(By.ID, "told")
    WebDriverWait(driver, 10).until(lambda d: "Being coded for" in told.text)
    assert f"{len(TEXT)} characters" in told.text
    before = told.text
    WebDriverWait(driver, 10).until(lambda d: told.text != before)
    slow.go.set()
    WebDriverWait(driver, 10).until(lambda d: d.find_elements(By.ID, "report"))
    assert "Nothing of this was kept" in driver.find_element(By.CSS_SELECTOR, ".notice").text
    address = driver.current_url
    driver.get(address)
    assert driver.find_elements(By.ID, "report")
    assert complaints(driver) == []
    assert foreign(driver, base) == []


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
def test_cancelling_gives_the_text_back(driver: webdriver.Chrome, base: str, by: str) -> None:
    paste(driver, base)
    button = driver.find_element(By.CSS_SELECTOR, "form[action='/paste/cancel'] button")
    if by == "mouse":
        button.click()
    else:
        button.send_keys(Keys.ENTER)
    WebDriverWait(driver, 10).until(lambda d: d.find_elements(By.ID, "text"))
    assert driver.find_element(By.ID, "text").get_attribute("value") == TEXT
    assert "Cancelled; nothing was kept." in driver.find_element(By.ID, "problem").text
    assert complaints(driver) == []


def test_page_for_everybody(driver: webdriver.Chrome, base: str) -> None:
    paste(driver, base)
    path = driver.current_url.removeprefix(base)
    for _ in check_for_everybody(driver, base, path):
        assert driver.find_elements(By.TAG_NAME, "progress")


def test_without_scripts_the_page_loads_itself_again(app: Any, slow: SlowCoder) -> None:
    with TestClient(app, base_url="http://127.0.0.1", follow_redirects=True) as client:
        page = client.post("/paste", data={"text": TEXT, "title": "<b>Spies</b>"})
        assert page.url.path == "/paste/progress"
        assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page.text
        assert "<b>Spies" not in page.text
        assert client.get(f"/paste/state?{page.url.query.decode()}").json()["finished"] is False
        slow.go.set()
        for _ in range(200):
            page = client.get(str(page.url))
            if 'id="report"' in page.text:
                break
            time.sleep(0.05)
        assert "Arnor" in page.text and 'id="report"' in page.text
        assert client.get("/paste/progress?id=unknown").status_code == 404
        assert client.post("/paste/cancel", data={"id": "unknown"}).status_code == 404
        foreign_page = {"origin": "http://elsewhere.example", "sec-fetch-site": "cross-site"}
        refused = client.post("/paste/cancel", data={"id": "x"}, headers=foreign_page)
        assert refused.status_code == 403
