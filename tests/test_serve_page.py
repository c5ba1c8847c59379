"""The query page works in a browser: offline, by keyboard, and whatever the store holds."""

import csv
import io
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.select import Select

from example import CHARGE, make_store
from graphkit.folding import fold
from graphkit.queries import shipped_queries
from serving import Server, eventually, serving

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "headless",
    "no-sandbox",
    "disable-gpu",
    "disable-quic",
    "no-first-run",
    "disable-background-networking",
    "disable-component-update",
    "disable-sync",
    "window-size=1200,900",
)
HOSTILE = "<img src=x onerror=alert(1)> <script>alert(2)</script> &amp; \"'"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    path = tmp_path_factory.mktemp("store") / "debate.db"
    make_store(path).close()
    with serving(path, "--timeout", "2") as running:
        yield running


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    driver = shutil.which("chromedriver")
    if program is None or driver is None:
        pytest.skip("no Chromium with its driver is installed (chromium, chromium-driver)")
    options = webdriver.ChromeOptions()
    options.binary_location = program
    for flag in (*FLAGS, f"user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(f"--{flag}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    chrome = webdriver.Chrome(options=options, service=Service(driver))
    yield chrome
    chrome.quit()


class Page:
    """The page in a browser, as a user sees it."""

    def __init__(self, browser: webdriver.Chrome, url: str) -> None:
        self.browser = browser
        browser.get("about:blank")  # or another "#" would load nothing
        browser.get(url)
        assert eventually(lambda: len(Select(self.part("questions")).options) > 1)

    def part(self, name: str) -> WebElement:
        return self.browser.find_element(By.ID, name)

    def ask(self, query: str) -> str:
        """Write a query, run it by keyboard, and return what is told of its answer."""
        text = self.part("text")
        self.browser.execute_script("arguments[0].value = ''", text)
        text.send_keys(query)
        text.send_keys(Keys.CONTROL, Keys.ENTER)
        return self.wait(query)

    def wait(self, query: str) -> str:
        """Wait for the answer to what the address says."""
        assert eventually(lambda: self.asked().startswith(query))
        assert eventually(lambda: self.part("text").get_property("value") == self.asked())
        assert eventually(lambda: not self.part("stop").is_enabled())
        return self.part("status").text

    def asked(self) -> str:
        fields = parse_qs(urlsplit(self.browser.current_url).fragment)
        return fields.get("query", [""])[0]

    def column(self, number: int) -> list[str]:
        script = "return [...document.querySelectorAll(arguments[0])].map((cell) => cell.innerText)"
        cells: list[str] = self.browser.execute_script(script, f"#rows td:nth-child({number})")
        return cells

    def suggestions(self, parameter: str) -> list[str]:
        script = "return [...document.querySelectorAll(arguments[0])].map((one) => one.value)"
        names: list[str] = self.browser.execute_script(script, f"#names-{parameter} option")
        return names

    def link(self, text: str) -> WebElement:
        return self.browser.find_element(By.LINK_TEXT, text)


@pytest.fixture
def page(browser: webdriver.Chrome, server: Server) -> Iterator[Page]:
    yield Page(browser, server.url)
    told = [entry["message"] for entry in browser.get_log("browser")]
    assert [line for line in told if "Failed to load resource" not in line] == []
    with pytest.raises(Exception, match="no such alert"):
        browser.switch_to.alert  # noqa: B018


def test_a_question_with_a_name_is_answered(page: Page) -> None:
    questions = Select(page.part("questions"))
    assert [one.text for one in questions.options[1:]] == [
        query.question for query in shipped_queries()
    ]
    questions.select_by_value("topic-positions")
    assert page.part("text").get_property("value").startswith("# Who supports and who opposes")
    topic = page.browser.find_element(By.NAME, "topic")
    topic.send_keys("CONGÉST")
    assert eventually(lambda: page.suggestions("topic") == [CHARGE])
    topic.clear()
    topic.send_keys("congestion CHARGE", Keys.ENTER)
    assert re.fullmatch(r"\d rows in \d\.\d\d s", page.wait("# Who"))
    assert "Łucja Novák" in page.column(1)
    heads = page.browser.find_elements(By.CSS_SELECTOR, "#rows th[scope=col]")
    assert [head.text for head in heads][:2] == ["actor", "statements"]


def test_what_is_asked_is_in_the_address(page: Page) -> None:
    questions = Select(page.part("questions"))
    questions.select_by_value("actor-stances")
    page.browser.find_element(By.NAME, "actor").send_keys("Norland", Keys.ENTER)
    page.wait("# What")
    rows = page.column(1)
    again = Page(page.browser, page.browser.current_url)
    again.wait("# What")
    assert again.column(1) == rows != []
    assert page.browser.find_element(By.NAME, "actor").get_property("value") == "Norland"
    assert Select(page.part("questions")).first_selected_option.text.startswith("What does")


def test_a_name_that_is_required_or_unknown_is_told(page: Page) -> None:
    Select(page.part("questions")).select_by_value("actor-stances")
    page.part("run").click()
    field = page.browser.find_element(By.NAME, "actor")
    assert not page.browser.execute_script("return arguments[0].checkValidity()", field)
    assert page.part("status").text == "Nothing asked yet."
    field.send_keys("Norlnd", Keys.ENTER)
    assert page.wait("# What") == "Failed."
    assert "Did you mean 'Norland'" in page.part("error").text


def test_an_iri_leads_to_its_description_and_back(page: Page) -> None:
    page.ask("SELECT ?who { ?who gk:supports ?what } ORDER BY ?who LIMIT 1")
    (name,) = page.column(1)
    page.link(name).click()
    assert "triples" in page.wait("DESCRIBE")
    assert "skos:prefLabel" in page.column(1)
    page.link("What refers to it").click()
    assert "rows" in page.wait("SELECT ?subject")
    assert "gk:actor" in page.column(2)
    page.browser.back()
    page.wait("DESCRIBE")
    page.browser.back()
    page.wait("SELECT ?who")
    assert page.column(1) == [name]


def test_a_mistake_is_marked_where_it_is(page: Page) -> None:
    assert page.ask("SELECT *\nWHERE { ?a ?bee nope }") == "Failed."
    error = page.part("error")
    assert error.get_attribute("role") == "alert"
    assert error.text.startswith("Not SPARQL: line 2, column 17: unexpected 'nope'.")
    marked = page.browser.execute_script(
        "const t = document.activeElement;return t.value.slice(t.selectionStart, t.selectionEnd)"
    )
    assert marked == "nope"
    assert page.ask("ASK {}").startswith("Yes in ")
    assert not error.is_displayed()


def test_a_query_is_stopped_by_the_user_or_in_time(page: Page, server: Server) -> None:
    slow = "SELECT (COUNT(*) AS ?n) { " + " . ".join(f"?a{n} ?b{n} ?c{n}" for n in range(9)) + " }"
    text = page.part("text")
    page.browser.execute_script("arguments[0].value = arguments[1]", text, slow)
    page.part("run").click()
    assert eventually(server.queries)
    assert page.part("status").text == "Running …"
    page.part("stop").click()
    assert eventually(lambda: page.part("status").text == "Stopped.")
    assert eventually(lambda: not server.queries())
    page.part("run").click()
    assert eventually(lambda: "The query was stopped after 2 s." in page.part("error").text)


def test_what_the_store_holds_is_never_read_as_html(page: Page) -> None:
    literal = json.dumps(HOSTILE)
    page.ask(f"SELECT (?text AS ?html) {{ VALUES ?text {{ {literal} }} }}")
    assert page.column(1) == [HOSTILE]
    page.ask(f"CONSTRUCT {{ <x:a> <javascript:alert(3)> {literal} , <javascript:alert(4)> }} {{}}")
    assert HOSTILE in page.column(2)
    hrefs = [
        one.get_attribute("href") for one in page.browser.find_elements(By.CSS_SELECTOR, "#rows a")
    ]
    assert hrefs
    assert not [href for href in hrefs if href.startswith("javascript:")]
    assert page.browser.find_elements(By.CSS_SELECTOR, "#rows img, #rows script") == []
    page.ask(f"SELECT * {{ ?a ?b {literal} ?d }}")
    assert "<script>alert(2)</script>" in page.part("error").text


def test_terms_are_shown_as_they_are(page: Page) -> None:
    page.ask(r"CONSTRUCT { <x:a> gk:x 'tab\there \\n \"é\" 𝄞', 'x'@de, 1.5, _:b } {}")
    assert page.column(1) == ["gk:x"] * 4
    literals = {'tab here \\n "é" 𝄞', "x", "1.5"}
    (blank,) = set(page.column(2)) - literals
    assert blank.startswith("_:")
    assert len(page.column(2)) == 4


def test_names_are_suggested_whatever_their_letters(page: Page) -> None:
    Select(page.part("questions")).select_by_value("actor-stances")
    page.browser.find_element(By.NAME, "actor").send_keys(" ŁÚCJA  novák")
    assert eventually(lambda: page.suggestions("actor") == ["Łucja Novák"])


@pytest.mark.parametrize("name", ["Łucja  NOVÁK ", "Straße", "ΣΊΣΥΦΟΣ", "İIıi", "Æon’s"])
def test_the_page_folds_names_as_the_store_does(name: str, page: Page) -> None:
    assert page.browser.execute_script("return fold(arguments[0])", name) == fold(name)


def test_triples_in_triples_are_shown(page: Page) -> None:
    inner = "<<( :a gk:actor 'one \"two\"'@en )>>"
    page.ask(f"SELECT (<<( <x:s> gk:topic {inner} )>> AS ?triple) {{}}")
    (shown,) = page.column(1)
    assert shown == '<<( x:s gk:topic <<( :a gk:actor one "two" )>> )>>'
    page.ask(f"CONSTRUCT {{ <x:r> <x:p> <<( <x:s> gk:topic {inner} )>> }} {{}}")
    assert (page.column(1), page.column(2)) == (["x:p"], [shown])


def test_an_answer_too_large_to_show_is_told(page: Page) -> None:
    longer = " ".join(
        f"BIND(CONCAT({', '.join([f'?x{number}'] * 10)}) AS ?x{number + 1})" for number in range(3)
    )
    query = f"SELECT ?x3 {{ BIND('{'a' * 1000}' AS ?x0) {longer} VALUES ?row {{ {'1 ' * 60} }} }}"
    page.browser.execute_script("arguments[0].value = arguments[1]", page.part("text"), query)
    page.part("run").click()
    page.wait("SELECT ?x3")
    assert page.part("error").text.startswith("The answer has more than 50 MB, too much to show")


def test_a_download_that_fails_is_told(page: Page) -> None:
    page.ask("SELECT * { ?s ?p ?o } LIMIT 3")
    page.browser.execute_script("window.fetch = () => Promise.reject(new TypeError('gone'))")
    page.part("downloads").find_element(By.TAG_NAME, "button").click()
    assert eventually(lambda: "cannot be reached" in page.part("error").text)


def test_rows_are_downloaded_whole(page: Page, tmp_path: Path) -> None:
    command = {"behavior": "allow", "downloadPath": str(tmp_path)}
    page.browser.execute_cdp_cmd("Browser.setDownloadBehavior", command)
    many = "SELECT ?a ?b { VALUES ?x { 1 2 3 4 5 6 } ?a ?p ?b . ?c gk:stance ?d } LIMIT 2345"
    assert page.ask(many).startswith("2,345 rows, the first 1,000 shown, in ")
    assert len(page.column(1)) == 1000
    buttons = page.part("downloads").find_elements(By.TAG_NAME, "button")
    assert [button.text for button in buttons] == ["CSV", "TSV", "JSON"]
    for button in buttons:
        button.click()
    endings = ("csv", "tsv", "json")
    assert eventually(lambda: all((tmp_path / f"answer.{one}").exists() for one in endings))
    rows = list(csv.DictReader(io.StringIO((tmp_path / "answer.csv").read_text())))
    assert len(rows) == 2345
    page.ask("DESCRIBE :Norland")
    buttons = page.part("downloads").find_elements(By.TAG_NAME, "button")
    assert [button.text for button in buttons] == ["Turtle", "N-Triples", "JSON-LD"]


def test_nothing_comes_from_elsewhere(page: Page, server: Server) -> None:
    page.browser.get_log("performance")  # of the browser's own first page
    Page(page.browser, server.url).ask("SELECT * { ?s ?p ?o } LIMIT 3")
    events = [
        json.loads(entry["message"])["message"] for entry in page.browser.get_log("performance")
    ]
    urls = {
        event["params"]["request"]["url"]
        for event in events
        if event["method"] == "Network.requestWillBeSent"
    }
    assert urls
    assert [
        url for url in urls if not url.startswith((server.url, "data:", "about:", "blob:"))
    ] == []


@pytest.mark.parametrize("width", [360, 1200])
def test_the_page_fits_its_window(width: int, page: Page) -> None:
    size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 600}
    page.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        page.ask("SELECT ?s ?p ?o ?g { GRAPH ?g { ?s ?p ?o } } LIMIT 30")
        widths = "return [document.documentElement.scrollWidth, innerWidth]"
        whole, window = page.browser.execute_script(widths)
        assert whole <= window == width
    finally:
        page.browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_in_light_and_dark(scheme: str, page: Page) -> None:
    feature = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    page.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", feature)
    try:
        page.ask("SELECT * { ?s ?p }")
        for name, behind in (
            ("text", "text"),
            ("status", "answer"),
            ("error", "error"),
            ("run", "run"),
        ):
            front = _luminance(page.part(name).value_of_css_property("color"))
            back = _luminance(page.part(behind).value_of_css_property("background-color"))
            low, high = sorted((front, back))
            assert (high + 0.05) / (low + 0.05) >= 4.5, name  # WCAG 2.1, level AA
    finally:
        page.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def _luminance(color: str) -> float:
    parts = [int(part) / 255 for part in re.findall(r"\d+", color)[:3]]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_every_field_has_a_name(page: Page) -> None:
    Select(page.part("questions")).select_by_value("topic-positions")
    fields = page.browser.find_elements(By.CSS_SELECTOR, "input, select, textarea, button")
    assert len(fields) >= 7
    shown = [field for field in fields if field.is_displayed()]
    assert [field.get_attribute("outerHTML") for field in shown if not field.accessible_name] == []
    assert page.part("status").aria_role == "status"
