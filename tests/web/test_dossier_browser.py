"""Positions over time and what became of pledges, in a real browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dragoman.coding.coder import Coder
from dragoman.web.app import Settings, create_app

webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")

from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.common.keys import Keys  # noqa: E402

from .browsing import MARKS, check_for_everybody, complaints, drawn, visit  # noqa: E402

pytestmark = MARKS
ISSUE = "/dossiers/issue?id=taiwan-independence"


@pytest.fixture
def base(bundled_base: str) -> str:
    return bundled_base


@pytest.mark.parametrize(
    "path",
    [ISSUE, "/dossiers/actor?id=CHN", "/dossiers/actor?id=FRA", "/dossiers/dyad?actor=TUR&recipient=SYR"],
)
def test_page_for_everybody(driver: webdriver.Chrome, base: str, path: str) -> None:
    for _ in check_for_everybody(driver, base, path):
        pass


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
def test_a_number_opens_its_sentences(driver: webdriver.Chrome, base: str, by: str) -> None:
    visit(driver, base + ISSUE)
    drawn(driver)
    button = driver.find_element(By.CSS_SELECTOR, ".positions td > button")
    count = int(button.find_element(By.TAG_NAME, "b").text)
    sentences = driver.find_element(By.ID, button.get_attribute("popovertarget") or "")
    assert not sentences.is_displayed()
    if by == "mouse":
        button.click()
    else:
        button.send_keys(Keys.ENTER)
    assert sentences.is_displayed()
    assert len(sentences.find_elements(By.TAG_NAME, "li")) == count
    driver.switch_to.active_element.send_keys(Keys.ESCAPE)
    assert not sentences.is_displayed()
    button.click()
    sentences.find_element(By.CSS_SELECTOR, "li a").click()
    assert "/report?id=" in driver.current_url
    assert driver.find_elements(By.CSS_SELECTOR, "#events > li.open")
    assert complaints(driver) == []


@pytest.mark.parametrize(
    ("path", "outcome", "words"),
    [
        ("/dossiers/actor?id=FRA", "kept", "France sent 500 troops to Ukraine"),
        ("/dossiers/actor?id=DEU", "open", None),
        ("/dossiers/dyad?actor=FRA&recipient=UKR", "kept", "France sent 500 troops to Ukraine"),
    ],
)
def test_what_became_of_a_pledge(
    bundled_file: Path, coder: Coder, path: str, outcome: str, words: str | None
) -> None:
    app = create_app(Settings(record=bundled_file, rate=1000), coder=coder)
    with TestClient(app, base_url="http://127.0.0.1") as client:
        page = client.get(path).text
    assert f'<span class="stance {outcome}">{outcome}</span>' in page
    told = re.findall(r'<p class="small told">(.*?)</p>', page, re.DOTALL)
    assert (words in told[0]) if words else not any("Iran" in each for each in told)
