"""What the pages look like in a real browser: a network at full size, narrow screens, dark charts, print."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

import pytest

from dragoman.coding.coder import Coder
from dragoman.record.answers import Edge, Tie
from dragoman.web import routes_world
from dragoman.web.app import Settings, create_app
from dragoman.web.network_data import MOST_EDGES, MOST_NODES, Network, make_network

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
    serving,
    set_look,
    visit,
)

pytestmark = [*MARKS, pytest.mark.looks]
PARTIES = 2200
PAGES = (
    "/", "/reports", "/report?id=2022-02-24-invasion", "/ledger", "/ledger?look=table", "/ledger?group=day",
    "/ledger?group=dyad", "/dossiers", "/dossiers/actor?id=RUS", "/dossiers/dyad?actor=RUS&recipient=UKR",
    "/dossiers/issue?id=sanctions", "/compare?a=Russia&b=Ukraine", "/network", "/map", "/map?show=part",
    "/search?q=russia", "/paste", "/codebook", "/codebook/THREATEN", "/actors", "/stories", "/api",
)  # fmt: skip
# The text of an A4 page is 182 mm wide.
PAPER = 688


def large_network() -> Network:
    """Return an invented network with a few active parties and many others."""
    chance = random.Random(5)
    edges, ties = [], []
    for one in range(PARTIES):
        # Each party is tied to some of the most active ones.
        for other in {int(chance.expovariate(0.05)) % PARTIES for _ in range(6)} - {one}:
            events = 1 + int(3000 / (3 + one + other) * chance.random())
            together = chance.randrange(events + 1)
            counts = {"verbal_cooperation": together, "material_conflict": events - together}
            names = f"P{one:04}", f"P{other:04}"
            edges.append(
                Edge(actor=names[0], recipient=names[1], events=events, counts=counts, intensity=0.0)
            )
            ties.append(Tie(one=min(names), other=max(names), events=events, counts=counts))
    edges.sort(key=lambda edge: (-edge.events, edge.actor, edge.recipient))
    return make_network(edges, ties, ego=None, name=lambda party: f"Party {int(party[1:])}")


@pytest.fixture(scope="module")
def large(settings: Settings, coder: Coder) -> Iterator[tuple[str, Network]]:
    """The address of a server whose network is large, and the network."""
    network = large_network()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(routes_world, "_network", lambda *_: network)
        with serving(create_app(settings, coder=coder)) as address:
            yield address, network


@pytest.fixture
def plain_look(driver: webdriver.Chrome) -> Iterator[None]:
    """Restore the size, the theme and the medium after a test that changes them."""
    yield
    driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})


def stage_of(driver: webdriver.Chrome) -> webdriver.remote.webelement.WebElement:
    return driver.find_element(By.CSS_SELECTOR, ".network-stage")


def shown_words(driver: webdriver.Chrome) -> str:
    return driver.find_element(By.CSS_SELECTOR, "[data-shown]").text


def test_first_picture_of_a_large_network_is_readable(
    driver: webdriver.Chrome, large: tuple[str, Network]
) -> None:
    address, network = large
    assert len(network.nodes) == MOST_NODES and len(network.edges) == MOST_EDGES
    visit(driver, address + "/network")
    drawn(driver)
    stage = stage_of(driver)
    arrows = int(stage.get_attribute("data-visible") or 0)
    assert 30 <= arrows <= 150
    assert 8 <= int(stage.get_attribute("data-named") or 0) <= 90
    found = re.fullmatch(
        r"([\d,]+) of 2,200 parties and ([\d,]+) of ([\d,]+) arrows are shown:"
        r" arrows of (\d+) events or more\.",
        shown_words(driver),
    )
    assert found
    assert int(found[2]) == arrows
    assert found[3] == f"{network.all_edges:,}"
    least = int(found[4])
    assert sum(edge[2] >= least for edge in network.edges) == arrows
    slider = driver.find_element(By.CSS_SELECTOR, "[data-least]")
    assert int(slider.get_attribute("value") or 0) > 1
    slider.send_keys(Keys.HOME)
    WebDriverWait(driver, 30).until(lambda d: f"and 5,000 of {network.all_edges:,} arrows" in shown_words(d))
    assert complaints(driver) == []
    assert foreign(driver, address) == []


def test_large_network_for_everybody(driver: webdriver.Chrome, large: tuple[str, Network]) -> None:
    assert len(list(check_for_everybody(driver, large[0], "/network"))) == len(LOOKS)


def test_hovering_names_a_party_and_what_it_is_tied_to(
    driver: webdriver.Chrome, large: tuple[str, Network]
) -> None:
    visit(driver, large[0] + "/network")
    drawn(driver)
    stage = stage_of(driver)
    driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", stage)
    x, y = driver.execute_script(
        "const at = arguments[0]._cyreg.cy.$('#n0').renderedPosition(); return [at.x, at.y]", stage
    )
    middle = stage.size["width"] / 2, stage.size["height"] / 2
    move = ActionChains(driver).move_to_element_with_offset(stage, int(x - middle[0]), int(y - middle[1]))
    move.perform()
    tip = stage.find_element(By.CSS_SELECTOR, ".tip")
    WebDriverWait(driver, 5).until(lambda _: tip.is_displayed())
    name, events = large[1].nodes[0][1:3]
    assert tip.text == f"{name}: {events:,} events with others"
    assert driver.execute_script("return arguments[0]._cyreg.cy.$('.far').length", stage) > 0
    ActionChains(driver).move_to_element(driver.find_element(By.TAG_NAME, "h1")).perform()
    WebDriverWait(driver, 5).until(lambda _: not tip.is_displayed())
    assert driver.execute_script("return arguments[0]._cyreg.cy.$('.far').length", stage) == 0


def test_a_party_below_the_threshold_is_found_with_its_arrows(
    driver: webdriver.Chrome, large: tuple[str, Network]
) -> None:
    visit(driver, large[0] + "/network")
    drawn(driver)
    network = large[1]
    before = int(stage_of(driver).get_attribute("data-visible") or 0)
    # A party of the drawn arrows with few events.
    number = max(end for edge in network.edges for end in edge[:2])
    own = sum(number in edge[:2] for edge in network.edges)
    driver.find_element(By.CSS_SELECTOR, "[data-find]").send_keys(network.nodes[number][1], Keys.ENTER)
    name = network.nodes[number][1]
    WebDriverWait(driver, 5).until(lambda d: f"and all of {name}." in shown_words(d))
    assert int(stage_of(driver).get_attribute("data-visible") or 0) == before + own
    assert driver.find_element(By.CSS_SELECTOR, "[data-panel] h2").text == name


@pytest.mark.parametrize(
    ("width", "beside"), [(1600, True), (1400, True), (1200, True), (800, False), (390, False)]
)
@pytest.mark.usefixtures("plain_look")
def test_matrix_is_beside_the_drawing_on_a_wide_screen(
    driver: webdriver.Chrome, bundled_base: str, width: int, beside: bool
) -> None:
    set_look(driver, width, "light")
    visit(driver, bundled_base + "/network")
    drawn(driver)
    stage, matrix = stage_of(driver).rect, driver.find_element(By.CSS_SELECTOR, ".matrix").rect
    if beside:
        assert matrix["x"] >= stage["x"] + stage["width"]
        assert matrix["y"] < stage["y"] + stage["height"] / 2
        assert matrix["x"] + matrix["width"] <= width
    else:
        assert matrix["y"] >= stage["y"] + stage["height"]
    assert driver.execute_script("return document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.usefixtures("plain_look")
def test_cells_have_the_colours_of_the_legend(
    driver: webdriver.Chrome, bundled_base: str, theme: str
) -> None:
    set_look(driver, 1400, theme)
    visit(driver, bundled_base + "/network")
    drawn(driver)
    legend = driver.execute_script(
        "return Object.fromEntries([...document.querySelectorAll('.legend li')]"
        ".map((item) => [item.className, getComputedStyle(item, '::before').backgroundColor]))"
    )
    cells = driver.execute_script(
        "return [...document.querySelectorAll('.matrix td[class]')]"
        ".map((cell) => [cell.className, getComputedStyle(cell).backgroundColor])"
    )
    assert len({name for name, _ in cells}) > 1
    assert all(legend[name] == colour for name, colour in cells)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.usefixtures("plain_look")
def test_legend_of_a_comparison_has_the_symbols_of_the_chart(
    driver: webdriver.Chrome, bundled_base: str, theme: str
) -> None:
    set_look(driver, 1280, theme)
    visit(driver, bundled_base + "/compare?a=Russia&b=Ukraine&c=Russia>Ukraine")
    drawn(driver)
    legend = driver.execute_script(
        "return [...document.querySelectorAll('.legend li')].map((item) => {"
        "const look = getComputedStyle(item, '::before');"
        "return [item.textContent, look.backgroundColor, look.clipPath + look.borderRadius]; })"
    )
    points = dict(
        driver.execute_script(
            "return [...document.querySelectorAll('[data-drawing] a path')].map((point) =>"
            "[point.closest('a').getAttribute('aria-label').split(',')[0], getComputedStyle(point).fill])"
        )
    )
    assert len({shape for _, _, shape in legend}) == 3
    assert {name: colour for name, colour, _ in legend} == points


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.usefixtures("plain_look")
def test_a_phone_scrolls_pages_down_only(driver: webdriver.Chrome, bundled_base: str, path: str) -> None:
    set_look(driver, 390, "light")
    visit(driver, bundled_base + path)
    drawn(driver)
    wide = driver.execute_script(
        "return [document.documentElement.scrollWidth, document.body.scrollWidth].map((w) => w - innerWidth)"
    )
    assert max(wide) <= 0


@pytest.mark.usefixtures("plain_look")
def test_a_phone_shows_the_newest_positions(driver: webdriver.Chrome, bundled_base: str) -> None:
    set_look(driver, 390, "light")
    visit(driver, bundled_base + "/dossiers/actor?id=RUS&wait=true")
    heads = driver.find_elements(By.CSS_SELECTOR, ".positions thead th")
    assert len(heads) > 1
    last = driver.execute_script("return arguments[0].getBoundingClientRect().right", heads[-1])
    assert last <= 390
    first = driver.find_element(By.CSS_SELECTOR, ".positions tbody th")
    assert driver.execute_script("return arguments[0].getBoundingClientRect().left", first) >= 0


def luminance(colour: str) -> float:
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/", "/dossiers/actor?id=RUS", "/compare?a=Russia&b=Ukraine", "/map"])
@pytest.mark.usefixtures("plain_look")
def test_text_of_charts_has_contrast(
    driver: webdriver.Chrome, bundled_base: str, path: str, theme: str
) -> None:
    set_look(driver, 1280, theme)
    visit(driver, bundled_base + path)
    drawn(driver)
    paper, colours = driver.execute_script(
        "return [getComputedStyle(document.body).backgroundColor,"
        " [...document.querySelectorAll('main svg text')]"
        ".filter((text) => text.textContent.trim()).map((text) => getComputedStyle(text).fill)]"
    )
    assert colours
    for colour in set(colours):
        low, high = sorted((luminance(paper), luminance(colour)))
        assert (high + 0.05) / (low + 0.05) >= 4.5, colour


@pytest.mark.usefixtures("plain_look")
def test_a_single_day_does_not_fill_the_chart(driver: webdriver.Chrome, bundled_base: str) -> None:
    set_look(driver, 1280, "light")
    visit(driver, bundled_base + "/dossiers/issue?id=taiwan-independence")
    drawn(driver)
    bar = driver.find_element(By.CSS_SELECTOR, "[data-drawing] a rect")
    assert bar.size["width"] < driver.find_element(By.CSS_SELECTOR, "[data-drawing]").size["width"] / 4


@pytest.mark.parametrize(
    "path",
    ["/ledger?look=table", "/ledger?group=dyad", "/network", "/compare?a=Russia&b=Ukraine", "/map", "/"],
)
@pytest.mark.usefixtures("plain_look")
def test_printed_tables_are_not_cut(driver: webdriver.Chrome, bundled_base: str, path: str) -> None:
    set_look(driver, PAPER, "dark")
    visit(driver, bundled_base + path)
    drawn(driver)
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    wide = driver.execute_script(
        "return [...document.querySelectorAll('table, figure, svg')]"
        ".filter((it) => it.getClientRects().length).map((it) => it.getBoundingClientRect().right)"
    )
    assert all(right <= PAPER + 1 for right in wide)
    assert luminance(driver.execute_script("return getComputedStyle(document.body).backgroundColor")) > 0.9
    if path not in ("/ledger?group=dyad",):
        assert driver.find_element(By.CSS_SELECTOR, ".legend").is_displayed()


@pytest.mark.usefixtures("plain_look")
def test_a_picture_of_the_network_is_printed_in_light_colours(
    driver: webdriver.Chrome, bundled_base: str
) -> None:
    set_look(driver, 1280, "dark")
    visit(driver, bundled_base + "/network")
    drawn(driver)
    driver.execute_script("dispatchEvent(new Event('beforeprint'))")
    assert not driver.find_element(By.CSS_SELECTOR, ".printed").is_displayed()
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    assert driver.find_element(By.CSS_SELECTOR, ".printed").is_displayed()
    assert not stage_of(driver).is_displayed()
    # The darkest and the mean grey of the picture: it is mostly white, with dark names.
    mean, least = driver.execute_async_script(
        "const done = arguments[0], image = document.querySelector('.printed');"
        "image.decode().then(() => { const canvas = document.createElement('canvas');"
        "canvas.width = 300; canvas.height = 200; const context = canvas.getContext('2d');"
        "context.drawImage(image, 0, 0, 300, 200);"
        "const grey = [...context.getImageData(0, 0, 300, 200).data].filter((v, i) => i % 4 === 1);"
        "done([grey.reduce((sum, v) => sum + v, 0) / grey.length, Math.min(...grey)]); })"
    )
    assert mean > 200
    assert least < 120
    assert complaints(driver) == []
    driver.execute_script("dispatchEvent(new Event('afterprint'))")
    assert driver.find_elements(By.CSS_SELECTOR, ".printed") == []
