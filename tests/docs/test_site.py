"""The built site, opened in a real browser: phone, tablet and desk, by day, by night and on paper."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from tests.cases.browsers import HEIGHTS, axe_core, launched
from tests.docs.navigation import ROOT, entries

THEME = ('<div class="md-typeset__scrollwrap"',)
"""What the theme makes by itself: room around tables to scroll in, which browsers let keys reach."""
MAIN = (
    "index.html", "how-to/install.html", "ways/newsroom.html", "ways/data.html",
    "how-to/write-a-case-file.html", "explanation/faq.html", "explanation/glossary.html",
    "explanation/model.html", "explanation/pictures.html", "explanation/how-it-compares.html",
    "reference/cheat-sheet.html", "reference/case-format.html", "reference/casefiles.html",
)  # fmt: skip


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site, built and served as a host would."""
    if shutil.which("chromium") is None:
        pytest.skip("no Chromium is installed")
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-d", str(folder)]
    settings = {**os.environ, "PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run(command, cwd=ROOT, check=True, env=settings, timeout=300)
    handler = functools.partial(_Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    yield from launched()


@pytest.fixture(scope="module")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    return axe_core(tmp_path_factory.mktemp("axe"))


class Visit:
    """A page of the site in a window, and what it said and asked for.

    Every page reads the whole index of the search, which takes as long as all else of it; where
    nothing is searched for, `searches=False` leaves the index out.
    """

    def __init__(
        self, browser: Any, site: str, path: str, width: int, scheme: str, *, searches: bool = True
    ) -> None:
        self.context = browser.new_context(
            viewport={"width": width, "height": HEIGHTS[width]},
            color_scheme=scheme,
            permissions=["clipboard-read", "clipboard-write"],
        )
        self.page = self.context.new_page()
        if not searches:
            self.page.route(
                "**/search_index.json",
                lambda route: route.fulfill(json={**route.fetch().json(), "docs": []}),
            )
        self.said: list[str] = []
        self.elsewhere: list[str] = []
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on(
            "request",
            lambda request: (
                None
                if request.url.startswith((site, "data:", "blob:"))
                else self.elsewhere.append(request.url)
            ),
        )
        self.page.goto(site + path)

    def __enter__(self) -> Visit:
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()

    def told(self, script: str) -> Any:
        return self.page.evaluate(script)


@pytest.fixture(scope="module")
def phone(browser: Any, site: str) -> Iterator[Visit]:
    """One window for a walk through all pages, since making one takes longer than a page."""
    with Visit(browser, site, "index.html", 390, "light", searches=False) as visit:
        yield visit


@pytest.mark.parametrize("path", [each.path.removesuffix("md") + "html" for each in entries()])
def test_a_page_is_as_wide_as_a_phone_and_asks_for_nothing_elsewhere(
    phone: Visit, site: str, path: str
) -> None:
    phone.page.goto(site + path)

    wider = phone.told(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )

    assert (wider, phone.said, phone.elsewhere) == (0, [], [])


WINDOWS = ((390, "light"), (768, "dark"), (1440, "light"))
# The theme is the same on every page: the first is looked at in all windows, the others in one each.
LOOKS = [(MAIN[0], *each) for each in WINDOWS] + [
    (path, *WINDOWS[place % len(WINDOWS)]) for place, path in enumerate(MAIN[1:])
]


@pytest.mark.parametrize(("path", "width", "scheme"), LOOKS)
def test_a_main_page_breaks_no_serious_rule_of_accessibility(
    browser: Any, site: str, axe: str, path: str, width: int, scheme: str
) -> None:
    with Visit(browser, site, path, width, scheme, searches=False) as visit:
        visit.told(axe)
        found = visit.told("axe.run(document).then(result => result.violations)")

    serious = [
        (each["id"], node["html"][:160])
        for each in found
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
        if not node["html"].startswith(THEME)
    ]
    assert serious == []


def test_what_is_copied_from_a_console_runs(browser: Any, site: str) -> None:
    with Visit(browser, site, "index.html", 1440, "light") as visit:
        button = visit.page.locator(".highlight:has(.gp) button").first
        button.click()
        visit.page.wait_for_timeout(100)
        copied = visit.told("navigator.clipboard.readText()")

    assert ">>>" not in copied
    assert "(2, 1)" not in copied
    compile(copied, "copied", "exec")


@pytest.mark.parametrize(
    ("word", "page"),
    [("anonymous", "glossary"), ("rumour", "glossary"), ("hearsay", "glossary"),
     ("retracted", "glossary"), ("lie detector", "faq"), ("spreadsheet", "table")],
)  # fmt: skip
def test_the_search_finds_what_people_call_it(
    browser: Any, site: str, word: str, page: str
) -> None:
    with Visit(browser, site, "index.html", 1440, "light") as visit:
        visit.page.click(".md-search__input")
        visit.page.keyboard.type(word)
        visit.page.wait_for_selector(".md-search-result__link")
        visit.page.wait_for_timeout(500)
        found = visit.told(
            "[...document.querySelectorAll('.md-search-result__link')].map(each => each.href)"
        )

    assert any(page in address for address in found[:8]), found[:8]


def test_a_phone_gets_a_picture_that_is_drawn_for_it(browser: Any, site: str) -> None:
    shown = (
        "[...document.querySelectorAll('figure.wide, figure.narrow')].map(f => f.offsetWidth > 0)"
    )
    with Visit(browser, site, "index.html", 390, "light") as phone:
        on_phone = phone.told(shown)
    with Visit(browser, site, "index.html", 1440, "light") as desk:
        on_desk = desk.told(shown)

    assert (on_phone, on_desk) == ([False, True], [True, False])


def test_on_paper_there_is_no_navigation(browser: Any, site: str) -> None:
    with Visit(browser, site, "explanation/faq.html", 1440, "dark") as visit:
        visit.page.emulate_media(media="print", color_scheme="light")
        shown = visit.told(
            "['.md-header', '.md-tabs', '.md-sidebar', '.md-footer'].filter(each => "
            "[...document.querySelectorAll(each)].some(found => found.offsetHeight > 0))"
        )
        printed = visit.page.pdf(format="A4")

    assert shown == []
    assert printed.startswith(b"%PDF")


def test_every_page_leads_to_the_next_one(browser: Any, site: str) -> None:
    paths = [each.path.removesuffix("md") + "html" for each in entries()]
    with Visit(browser, site, paths[0], 1440, "light") as visit:
        visit.page.click(".md-footer__link--next")
        visit.page.wait_for_load_state()
        address = visit.page.url

    assert address == site + paths[1]


def test_every_link_within_the_site_leads_somewhere(site: str, browser: Any) -> None:
    with Visit(browser, site, "llms.txt", 1440, "light") as visit:
        text = visit.told("document.body.innerText")

    listed = [part.partition(")")[0] for part in text.split("](")[1:]]
    assert listed == [each.path.removesuffix("md") + "html" for each in entries()]
