"""Days that stand out on a timeline, in a real browser."""

from __future__ import annotations

import pytest

webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")

from selenium.webdriver import ActionChains  # noqa: E402
from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.common.keys import Keys  # noqa: E402

from .browsing import MARKS, check_for_everybody, complaints, drawn, rows_of_ledger, visit  # noqa: E402

pytestmark = MARKS


@pytest.fixture
def base(bundled_base: str) -> str:
    return bundled_base


@pytest.mark.parametrize("path", ["/", "/dossiers/actor?id=RUS"])
def test_page_for_everybody(driver: webdriver.Chrome, base: str, path: str) -> None:
    for _ in check_for_everybody(driver, base, path):
        marks = driver.find_elements(By.CSS_SELECTOR, "[data-day-mark]")
        assert len(marks) == len(driver.find_elements(By.CSS_SELECTOR, "[data-notable]")) > 0


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
def test_a_numbered_day_says_what_happened_and_opens_its_events(
    driver: webdriver.Chrome, base: str, by: str
) -> None:
    visit(driver, base + "/dossiers/actor?id=RUS")
    drawn(driver)
    tip = driver.find_element(By.CSS_SELECTOR, ".tip")
    # By keyboard the last day is chosen, by mouse the one before.
    number = len(driver.find_elements(By.CSS_SELECTOR, "[data-notable]")) - (by == "mouse")
    line = driver.find_element(By.CSS_SELECTOR, f'[data-notable="{number}"]')
    mark = driver.find_element(By.CSS_SELECTOR, f'[data-day-mark="{number}"]')
    assert not tip.is_displayed()
    if by == "mouse":
        ActionChains(driver).move_to_element(mark.find_element(By.TAG_NAME, "circle")).perform()
    else:
        driver.find_element(By.CSS_SELECTOR, '[data-drawing] a[tabindex="0"]').send_keys(Keys.END)
    assert line.find_element(By.CSS_SELECTOR, ".words").text in tip.text
    assert line.find_element(By.TAG_NAME, "b").text in tip.text
    assert "lit" in (line.get_attribute("class") or "")
    count = int(line.find_element(By.CSS_SELECTOR, "[data-count]").get_attribute("data-count") or 0)
    if by == "mouse":
        ActionChains(driver).click().perform()
    else:
        driver.switch_to.active_element.send_keys(Keys.ESCAPE)
        assert not tip.is_displayed()
        driver.switch_to.active_element.send_keys(Keys.ENTER)
    assert rows_of_ledger(driver) == count
    assert complaints(driver) == []


def test_the_line_of_a_day_leads_to_its_event_and_its_report(driver: webdriver.Chrome, base: str) -> None:
    for part, address in ((".type", "/event?id="), (".words a", "/report?id=")):
        visit(driver, base + "/dossiers/actor?id=RUS")
        driver.find_element(By.CSS_SELECTOR, f'[data-notable="2"] {part}').click()
        assert address in driver.current_url
