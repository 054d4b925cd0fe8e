"""The built site, opened in a real browser: phone, tablet and desk, by day, by night and on paper."""

from __future__ import annotations

import contextlib
import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
import urllib.request
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
WINDOWS = ((390, "light"), (768, "dark"), (1440, "light"))
"""What the pages are opened in: a phone, a tablet by night, a desk."""


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
def windows(browser: Any, site: str) -> Iterator[dict[tuple[int, str], Visit]]:
    """A window of each kind for all pages, since making one takes longer than a page."""
    with contextlib.ExitStack() as opened:
        yield {
            (width, scheme): opened.enter_context(
                Visit(browser, site, "index.html", width, scheme, searches=False)
            )
            for width, scheme in WINDOWS
        }


@pytest.fixture(scope="module")
def phone(windows: dict[tuple[int, str], Visit]) -> Visit:
    return windows[390, "light"]


@pytest.fixture(scope="module")
def desk(browser: Any, site: str) -> Iterator[Visit]:
    """A window at a desk, in which there is something to search in."""
    with Visit(browser, site, "index.html", 1440, "light") as visit:
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


# The theme is the same on every page: the first is looked at in all windows, the others in one each.
LOOKS = [(MAIN[0], *each) for each in WINDOWS] + [
    (path, *WINDOWS[place % len(WINDOWS)]) for place, path in enumerate(MAIN[1:])
]


@pytest.mark.parametrize(("path", "width", "scheme"), LOOKS)
def test_a_main_page_breaks_no_serious_rule_of_accessibility(
    windows: dict[tuple[int, str], Visit], site: str, axe: str, path: str, width: int, scheme: str
) -> None:
    visit = windows[width, scheme]
    visit.page.goto(site + path)
    visit.told(axe)
    # Passes are not asked for: on a long page they are most of what would come over.
    found = visit.told(
        "axe.run(document, {resultTypes: ['violations']}).then(result => result.violations)"
    )

    serious = [
        (each["id"], node["html"][:160])
        for each in found
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
        if not node["html"].startswith(THEME)
    ]
    assert serious == []


def test_what_is_copied_from_a_console_runs(desk: Visit, site: str) -> None:
    desk.page.goto(site + "index.html")
    desk.page.locator(".highlight:has(.gp) button").first.click()
    desk.page.wait_for_timeout(100)
    copied = desk.told("navigator.clipboard.readText()")

    assert ">>>" not in copied
    assert "(2, 1)" not in copied
    compile(copied, "copied", "exec")


@pytest.mark.parametrize(
    ("word", "page"),
    [("anonymous", "glossary"), ("rumour", "glossary"), ("hearsay", "glossary"),
     ("retracted", "glossary"), ("citation", "glossary"), ("gossip", "glossary"),
     ("sock puppet", "glossary"), ("lie detector", "faq"), ("spreadsheet", "table")],
)  # fmt: skip
def test_the_search_finds_what_people_call_it(desk: Visit, word: str, page: str) -> None:
    desk.page.fill(".md-search__input", "")
    desk.page.click(".md-search__input")
    desk.page.keyboard.type(word)
    # The last link is marked with the words that were searched for, as soon as it is there.
    first = word.split()[0]
    desk.page.wait_for_selector(f".md-search-result__link[href*='h={first}' i]")
    found = desk.told(
        "[...document.querySelectorAll('.md-search-result__link')].map(each => each.href)"
    )

    assert any(page in address for address in found[:8]), found[:8]


@pytest.mark.parametrize("path", ["index.html", "gallery/night-raid-2011.html"])
def test_a_phone_gets_a_picture_that_is_drawn_for_it(
    windows: dict[tuple[int, str], Visit], site: str, path: str
) -> None:
    shown = "[...document.querySelectorAll('%s')].map(each => each.offsetWidth > 0)"
    seen = {}
    for width, scheme in WINDOWS:
        visit = windows[width, scheme]
        visit.page.goto(site + path)
        seen[width] = [any(visit.told(shown % kind)) for kind in (".wide", ".narrow")]

    assert seen == {390: [False, True], 768: [True, False], 1440: [True, False]}


def test_on_paper_there_is_no_navigation(browser: Any, site: str) -> None:
    with Visit(browser, site, "explanation/faq.html", 1440, "dark") as visit:
        visit.page.emulate_media(media="print", color_scheme="light")
        shown = visit.told(
            "['.md-header', '.md-tabs', '.md-sidebar', '.md-footer'].filter(each => "
            "[...document.querySelectorAll(each)].some(found => found.offsetHeight > 0))"
        )
        ink = visit.told("getComputedStyle(document.querySelector('h1')).color")
        printed = visit.page.pdf(format="A4")

    assert shown == []
    assert ink == "rgba(0, 0, 0, 0.64)"  # although it was read by night
    assert printed.startswith(b"%PDF")


def test_every_page_leads_to_the_next_one(desk: Visit, site: str) -> None:
    paths = [each.path.removesuffix("md") + "html" for each in entries()]
    desk.page.goto(site + paths[0])
    desk.page.click(".md-footer__link--next")
    desk.page.wait_for_load_state()
    address = desk.page.url

    assert address == site + paths[1]


def test_the_index_for_programs_lists_every_page_by_its_address(site: str) -> None:
    with urllib.request.urlopen(site + "llms.txt") as answer:
        text = answer.read().decode("utf-8")

    listed = [part.partition(")")[0] for part in text.split("](")[1:]]
    assert listed == [each.path.removesuffix("md") + "html" for each in entries()]
