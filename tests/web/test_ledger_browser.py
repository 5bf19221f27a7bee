"""Columns, groups and orders of the ledger in a real browser."""

from __future__ import annotations

import pytest

webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")

from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.common.keys import Keys  # noqa: E402
from selenium.webdriver.support.wait import WebDriverWait  # noqa: E402

from .browsing import MARKS, check_for_everybody, complaints, rows_of_ledger, visit  # noqa: E402

pytestmark = MARKS


@pytest.fixture
def base(bundled_base: str) -> str:
    return bundled_base


@pytest.mark.parametrize(
    "path",
    [
        "/ledger?group=day", "/ledger?group=dyad&party=RUS&order=name", "/ledger?group=type",
        "/ledger?look=table&columns=day,type,mode,class,actor,recipient,speaker,issue,place,words,reports",
        "/ledger?look=table&order=most", "/ledger?group=day&actor=ISL",
    ],
)  # fmt: skip
def test_page_for_everybody(driver: webdriver.Chrome, base: str, path: str) -> None:
    for _ in check_for_everybody(driver, base, path):
        pass


def heads(driver: webdriver.Chrome) -> list[str]:
    return [head.text.rstrip(" ↑↓") for head in driver.find_elements(By.CSS_SELECTOR, "thead th")]


def opened(driver: webdriver.Chrome, words: str) -> None:
    """Wait until a page with these words in its address has taken the place of the one before it."""
    done = "return document.readyState === 'complete' && location.href.includes(arguments[0])"
    WebDriverWait(driver, 10).until(lambda d: d.execute_script(done, words))


def test_columns_by_mouse_and_keyboard(driver: webdriver.Chrome, base: str) -> None:
    visit(driver, base + "/ledger?look=table&party=RUS")
    assert heads(driver)[-1] == "events in reports"
    driver.find_element(By.CSS_SELECTOR, ".columns-choice summary").click()
    driver.find_element(By.CSS_SELECTOR, '[name="columns"][value="place"]').click()
    driver.find_element(By.CSS_SELECTOR, '[name="columns"][value="words"]').send_keys(Keys.SPACE)
    driver.find_element(By.CSS_SELECTOR, ".columns-choice button").click()
    opened(driver, "columns=")
    assert heads(driver) == ["day", "type", "actor", "recipient", "factuality", "place", "events in reports"]
    assert "party=RUS" in driver.current_url and "columns=" in driver.current_url
    # The choice stays with filters, orders and pages.
    driver.find_element(By.LINK_TEXT, "oldest first").click()
    opened(driver, "order=oldest")
    assert heads(driver)[-2] == "place" and "order=oldest" in driver.current_url
    driver.find_element(By.NAME, "text").send_keys("Ukraine", Keys.ENTER)
    opened(driver, "text=Ukraine")
    assert heads(driver)[-2] == "place" and "text=Ukraine" in driver.current_url
    driver.find_element(By.LINK_TEXT, "usual columns").click()
    assert heads(driver)[-2] == "words"
    assert complaints(driver) == []


def test_groups_and_their_orders(driver: webdriver.Chrome, base: str) -> None:
    visit(driver, base + "/ledger?party=RUS")
    driver.find_element(By.LINK_TEXT, "by dyad").click()
    opened(driver, "group=dyad")
    assert "group=dyad" in driver.current_url
    counts = [int(cell.text) for cell in driver.find_elements(By.CSS_SELECTOR, "tbody td:nth-of-type(1)")]
    assert counts == sorted(counts, reverse=True) and len(counts) > 5
    driver.find_element(By.CSS_SELECTOR, "thead th a").send_keys(Keys.ENTER)
    opened(driver, "order=name")
    names = [cell.text for cell in driver.find_elements(By.CSS_SELECTOR, "tbody th")]
    assert names == sorted(names) and "order=name" in driver.current_url
    cell = driver.find_element(By.CSS_SELECTOR, "tbody td a")
    count = int(cell.text)
    cell.click()
    assert rows_of_ledger(driver) == count
    assert complaints(driver) == []
