"""The pages in a real browser: each is there without an error, without a foreign request, for everybody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dragoman.coding.coder import Coder
from dragoman.web.app import Settings, create_app

webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")

from selenium.webdriver import ActionChains  # noqa: E402
from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.common.keys import Keys  # noqa: E402
from selenium.webdriver.support.wait import WebDriverWait  # noqa: E402

from .browsing import (  # noqa: E402
    LOOKS,
    MARKS,
    check_for_everybody,
    complaints,
    drawn,
    foreign,
    rows_of_ledger,
    serving,
    visit,
)

pytestmark = MARKS
PAGES = (
    "/", "/reports", "/reports?q=sanctions", "/report?id=council", "/report?id=bad/%3Cb%3E%26%22'", "/ledger",
    "/ledger?rows=events&look=table", "/ledger?actor=ISL", "/ledger?actor=Gondorrr", "/dossiers",
    "/dossiers/actor?id=ARN", "/dossiers/actor?id=NATO", "/dossiers/dyad?actor=ARN&recipient=GON",
    "/dossiers/issue?id=sanctions", "/compare", "/compare?a=Arnor&b=Gondor&c=Arnor>Gondor",
    "/compare?a=Arnor&b=Gondor&measure=intensity&layout=multiples", "/network", "/network?ego=ARN", "/map",
    "/map?show=part", "/search?q=arnor", "/paste", "/codebook", "/codebook/THREATEN", "/actors?q=gondor",
    "/stories", "/api",
)  # fmt: skip


@pytest.fixture(scope="module")
def base(settings: Settings, coder: Coder) -> Iterator[str]:
    with serving(create_app(settings, coder=coder)) as address:
        yield address


@pytest.mark.parametrize("path", PAGES)
def test_page_for_everybody(driver: webdriver.Chrome, base: str, path: str) -> None:
    assert len(list(check_for_everybody(driver, base, path))) == len(LOOKS)


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


def wait_for(driver: webdriver.Chrome, words: str) -> None:
    WebDriverWait(driver, 5).until(lambda d: words in d.current_url)


def test_cell_of_the_matrix_leads_to_its_events(driver: webdriver.Chrome, base: str) -> None:
    visit(driver, base + "/network")
    cell = driver.find_element(By.CSS_SELECTOR, ".matrix td a")
    count = int(cell.get_attribute("data-count") or 0)
    cell.click()
    assert rows_of_ledger(driver) == count


def test_bar_by_mouse_and_by_keyboard(driver: webdriver.Chrome, base: str) -> None:
    for by in ("mouse", "keyboard"):
        visit(driver, base + "/dossiers/actor?id=GON")
        drawn(driver)
        bars = driver.find_elements(By.CSS_SELECTOR, "[data-drawing] a:has(rect)")
        assert len(bars) > 1
        assert [bar.get_attribute("tabindex") for bar in bars].count("0") == 1
        if by == "mouse":
            target = bars[-1]
            words = target.get_attribute("aria-label") or ""
            ActionChains(driver).move_to_element(target).click().perform()
        else:
            driver.execute_script("arguments[0].focus()", bars[0])
            driver.switch_to.active_element.send_keys(Keys.ARROW_RIGHT)
            words = driver.switch_to.active_element.get_attribute("aria-label") or ""
            assert words == bars[1].get_attribute("aria-label")
            driver.switch_to.active_element.send_keys(Keys.ENTER)
        count = int(re.search(r"(\d+) of ", words)[1])  # type: ignore[index]
        assert rows_of_ledger(driver) == count
        assert complaints(driver) == []


def test_brush_zooms(driver: webdriver.Chrome, base: str) -> None:
    visit(driver, base + "/dossiers/actor?id=GON&since=2022-02-01&until=2022-02-28&by=day")
    drawn(driver)
    strip = driver.find_element(By.CSS_SELECTOR, ".strip-chart .overlay")
    width = int(strip.size["width"])
    ActionChains(driver).move_to_element_with_offset(strip, width // 5, 0).click_and_hold().move_by_offset(
        width // 4, 0
    ).release().perform()
    WebDriverWait(driver, 5).until(lambda d: "since=2022-02-01" not in d.current_url)
    assert "since=" in driver.current_url and "until=" in driver.current_url
    drawn(driver)
    assert complaints(driver) == []


def test_per_report_counts_and_saved_figures(driver: webdriver.Chrome, base: str) -> None:
    visit(driver, base + "/dossiers/actor?id=GON")
    drawn(driver)
    before = driver.find_element(By.CSS_SELECTOR, "[data-drawing]").get_attribute("innerHTML") or ""
    driver.find_element(By.CSS_SELECTOR, "[data-per-reports]").click()
    after = driver.find_element(By.CSS_SELECTOR, "[data-drawing]").get_attribute("innerHTML") or ""
    assert "per 100 reports" not in before and "per 100 reports" in after
    # Saved files are intercepted where the link to them is made.
    driver.execute_script(
        "window.saved = []; const blobs = new Map(), make = URL.createObjectURL;"
        "URL.createObjectURL = (it) => { const at = make.call(URL, it); blobs.set(at, it); return at; };"
        "HTMLAnchorElement.prototype.click = function () {"
        " blobs.get(this.href).text().then((text) => window.saved.push([this.download, text])); };"
    )
    for number, kind in enumerate(("csv", "svg", "png"), 1):
        driver.find_element(By.CSS_SELECTOR, f'[data-save="{kind}"]').click()
        WebDriverWait(driver, 5).until(lambda d, n=number: d.execute_script("return saved.length") == n)
    (csv_name, table), (svg_name, drawing), (png_name, picture) = driver.execute_script("return saved")
    assert (csv_name, svg_name, png_name) == ("gondor.csv", "gondor.svg", "gondor.png")
    header, *lines = table.strip().splitlines()
    assert header.startswith("from,to,events,material_cooperation")
    figures = driver.find_elements(By.CSS_SELECTOR, "[aria-label='The figures of the chart'] tbody tr")
    assert len([line for line in lines if line.split(",")[2] != "0"]) == len(figures)
    assert "var(" not in drawing and "Gondor" in drawing and "verbal conflict" in drawing
    assert driver.execute_script(
        "return new DOMParser().parseFromString(arguments[0], 'image/svg+xml').querySelector('parsererror')",
        drawing,
    ) is None  # fmt: skip
    assert len(picture) > 2000


def test_search_box_by_keyboard_and_by_mouse(driver: webdriver.Chrome, base: str) -> None:
    for by in ("keyboard", "mouse"):
        visit(driver, base + "/ledger")
        driver.find_element(By.TAG_NAME, "body").send_keys("/")
        box = driver.switch_to.active_element
        assert box.get_attribute("id") == "find"
        box.send_keys("arno")
        WebDriverWait(driver, 5).until(lambda d, box=box: box.get_attribute("aria-expanded") == "true")
        options = driver.find_elements(By.CSS_SELECTOR, "#find-list [role=option]")
        assert "Arnor" in options[0].text
        if by == "mouse":
            options[0].click()
        else:
            box.send_keys(Keys.ESCAPE)
            assert box.get_attribute("aria-expanded") == "false"
            box.send_keys("r")
            WebDriverWait(driver, 5).until(lambda d, box=box: box.get_attribute("aria-expanded") == "true")
            box.send_keys(Keys.ARROW_DOWN)
            assert box.get_attribute("aria-activedescendant") == "find-0"
            box.send_keys(Keys.ENTER)
        wait_for(driver, "/dossiers/actor?id=ARN")
        assert complaints(driver) == []
        assert foreign(driver, base) == []


def test_map_by_buttons_keys_and_address(driver: webdriver.Chrome, base: str) -> None:
    visit(driver, base + "/map")
    drawn(driver)
    driver.find_element(By.CSS_SELECTOR, '[data-zoom="in"]').click()
    wait_for(driver, "view=")
    scene = "return document.querySelector('.world g').getAttribute('transform')"
    zoomed, address = driver.execute_script(scene), driver.current_url
    driver.get(address)
    drawn(driver)
    again = driver.execute_script(scene)
    assert [round(float(n)) for n in re.findall(r"-?[\d.]+", again)] == [
        round(float(n)) for n in re.findall(r"-?[\d.]+", zoomed)
    ]
    driver.find_element(By.CSS_SELECTOR, ".switch a:last-child").click()
    wait_for(driver, "show=part")
    assert "view=" in driver.current_url
    drawn(driver)
    driver.find_element(By.CSS_SELECTOR, ".world").send_keys("0")
    WebDriverWait(driver, 5).until(lambda d: "view=" not in d.current_url)
    assert complaints(driver) == []
    assert foreign(driver, base) == []


def test_months_of_the_map(driver: webdriver.Chrome, bundled_file: Path, coder: Coder) -> None:
    with serving(create_app(Settings(record=bundled_file, rate=1000), coder=coder)) as base:
        visit(driver, base + "/map?view=30.0,50.0,3.00")
        drawn(driver)
        slider = driver.find_element(By.CSS_SELECTOR, '[data-month="since"]')
        before = driver.find_element(By.CSS_SELECTOR, '[data-month-says="since"]').text
        slider.send_keys(Keys.PAGE_UP)
        wait_for(driver, "since=")
        drawn(driver)
        assert driver.find_element(By.CSS_SELECTOR, '[data-month-says="since"]').text > before
        assert "view=30" in driver.current_url
        assert complaints(driver) == []


def test_threshold_of_the_network_is_in_the_address(
    driver: webdriver.Chrome, bundled_file: Path, coder: Coder
) -> None:
    with serving(create_app(Settings(record=bundled_file, rate=1000), coder=coder)) as base:
        visit(driver, base + "/network")
        drawn(driver)
        driver.find_element(By.CSS_SELECTOR, "[data-least]").send_keys(Keys.END)
        wait_for(driver, "least=")
        stage = driver.find_element(By.CSS_SELECTOR, ".network-stage")
        shown, address = stage.get_attribute("data-visible"), driver.current_url
        driver.get(address)
        drawn(driver)
        stage = driver.find_element(By.CSS_SELECTOR, ".network-stage")
        assert stage.get_attribute("data-visible") == shown
        driver.find_element(By.LINK_TEXT, "name").click()
        wait_for(driver, "sort=name")
        assert "least=" in driver.current_url
        assert complaints(driver) == []


def test_spot_of_the_map_leads_to_its_events(driver: webdriver.Chrome, base: str) -> None:
    for by in ("mouse", "keyboard"):
        visit(driver, base + "/map")
        drawn(driver)
        spot = driver.find_elements(By.CSS_SELECTOR, ".world a:has(.spot)")[0]
        count = int(re.search(r": (\d+) event", spot.get_attribute("aria-label") or "")[1])  # type: ignore[index]
        if by == "mouse":
            ActionChains(driver).move_to_element(spot).click().perform()
        else:
            driver.execute_script("arguments[0].focus()", spot)
            driver.switch_to.active_element.send_keys(Keys.ENTER)
        assert rows_of_ledger(driver) == count


def test_network_party_arrow_and_threshold(driver: webdriver.Chrome, base: str) -> None:
    visit(driver, base + "/network")
    drawn(driver)
    driver.find_element(By.CSS_SELECTOR, "[data-find]").send_keys("Gondor", Keys.ENTER)
    panel = driver.find_element(By.CSS_SELECTOR, "[data-panel]")
    WebDriverWait(driver, 5).until(lambda d: panel.find_elements(By.TAG_NAME, "h2"))
    assert panel.find_element(By.TAG_NAME, "h2").text == "Gondor"
    # The party is in the middle now, where the mouse can reach it.
    stage = driver.find_element(By.CSS_SELECTOR, ".network-stage")
    driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", stage)
    driver.execute_script("document.querySelector('[data-panel]').replaceChildren()")
    ActionChains(driver).move_to_element(stage).click().perform()
    WebDriverWait(driver, 5).until(lambda d: panel.find_elements(By.TAG_NAME, "h2"))
    assert panel.find_element(By.TAG_NAME, "h2").text == "Gondor"
    stage.send_keys("+")
    stage.send_keys(Keys.ARROW_LEFT)
    stage.send_keys("0")
    slider = driver.find_element(By.CSS_SELECTOR, "[data-least]")
    slider.send_keys(Keys.END)
    shown = int(stage.get_attribute("data-visible") or 0)
    slider.send_keys(Keys.HOME)
    assert 0 < shown < int(stage.get_attribute("data-visible") or 0)
    link = panel.find_element(By.CSS_SELECTOR, ".tally a")
    count = int(link.get_attribute("data-count") or 0)
    link.click()
    assert rows_of_ledger(driver) == count
    assert complaints(driver) == []
    assert foreign(driver, base) == []


def test_compare_by_the_form(driver: webdriver.Chrome, base: str) -> None:
    visit(driver, base + "/compare")
    driver.find_element(By.NAME, "a").send_keys("Gondor")
    driver.find_element(By.NAME, "b").send_keys("Arnor > Gondor", Keys.ENTER)
    wait_for(driver, "a=Gondor")
    drawn(driver)
    heads = [head.text for head in driver.find_elements(By.CSS_SELECTOR, "table thead th")]
    assert heads == ["from", "Gondor", "Arnor → Gondor"]
    cell = driver.find_element(By.CSS_SELECTOR, "tbody td a")
    count = int(cell.get_attribute("data-count") or 0)
    cell.click()
    assert rows_of_ledger(driver) == count


def test_event_page_from_the_ledger(driver: webdriver.Chrome, base: str) -> None:
    visit(driver, base + "/ledger?type=ACCUSE")
    driver.find_element(By.CSS_SELECTOR, ".event-line .type").click()
    wait_for(driver, "/event?id=")
    assert driver.find_element(By.CSS_SELECTOR, ".sentence mark").text
    driver.find_element(By.CSS_SELECTOR, ".sentence footer a").click()
    wait_for(driver, "/report?id=")
    assert driver.find_elements(By.CSS_SELECTOR, "#events > li.open")


@pytest.mark.parametrize("path", ["/", "/dossiers/actor?id=GON", "/map", "/network", "/compare?a=Gondor"])
def test_readable_without_scripts(client: TestClient, path: str) -> None:
    page = client.get(path).text
    assert "data-count" in page
    assert re.search(r"<(table|ol)[ >]", page)


def test_print_leaves_forms_out_and_keeps_the_legend(driver: webdriver.Chrome, base: str) -> None:
    visit(driver, base + "/dossiers/actor?id=GON")
    drawn(driver)
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert not driver.find_element(By.CSS_SELECTOR, ".find").is_displayed()
        assert not driver.find_element(By.CSS_SELECTOR, ".span-choice").is_displayed()
        assert driver.find_element(By.CSS_SELECTOR, ".legend").is_displayed()
        assert driver.find_element(By.CSS_SELECTOR, "[data-drawing] svg").is_displayed()
        printed = driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
        assert len(printed["data"]) > 5000
    finally:
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
