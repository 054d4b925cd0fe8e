"""Pages opened in a real browser: nothing is said, fetched or run, and everyone can read them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from provenance import load_case, weigh, what_if
from provenance.assessment import Change
from provenance.casefiles import case_digest
from provenance.report import (
    Report,
    card_html,
    interactive_html,
    page_html,
    report_html,
    scale_svg,
)
from provenance.scales import scale
from tests.cases.browsers import HEIGHTS, Opened, axe_core, launched
from tests.cases.hostile_case import PAYLOADS, claim_of, hostile_case

SEEDS = Path(__file__).parents[2] / "seeds"

SCHEMES = ("light", "dark")
PAGES = {"arms": ("egypt-arms-2015", "armed"), "article": ("egypt-syria-2015", "rapprochement")}


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    yield from launched()


@pytest.fixture(scope="module")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    return axe_core(tmp_path_factory.mktemp("axe"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of the seeds, as files."""
    made = tmp_path_factory.mktemp("pages")
    for name, (seed, claim) in PAGES.items():
        page = report_html(load_case(SEEDS / f"{seed}.json"), claim, brief=False)
        (made / f"{name}.html").write_text(page, encoding="utf-8")
    return made


class Page(Opened):
    """A page, and what is asked of it here."""

    def told(self, script: str) -> Any:
        return self.page.evaluate(script)

    def widths(self) -> Iterator[int]:
        """The page at one width after the other."""
        for width, height in HEIGHTS.items():
            self.page.set_viewport_size({"width": width, "height": height})
            yield width

    @property
    def overflow(self) -> int:
        """By how many pixels the page is wider than its window."""
        return int(
            self.told("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        )


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_quiet_and_as_wide_as_its_window(
    browser: Any, folder: Path, name: str, scheme: str
) -> None:
    with Page(browser, folder / f"{name}.html", 375, scheme) as opened:
        assert [opened.overflow for _ in opened.widths()] == [0] * len(HEIGHTS)
        assert opened.said == []
        assert opened.asked == []


@pytest.mark.parametrize(
    ("name", "width", "scheme"),
    [
        ("arms", 375, "light"),
        ("arms", 1440, "dark"),
        ("article", 375, "dark"),
        ("article", 1440, "light"),
    ],
)
def test_a_page_breaks_no_serious_rule_of_accessibility(
    browser: Any, folder: Path, axe: str, name: str, width: int, scheme: str
) -> None:
    with Page(browser, folder / f"{name}.html", width, scheme) as opened:
        opened.told("for (const each of document.querySelectorAll('details')) each.open = true")
        opened.told(axe)
        found = opened.told("axe.run(document).then(result => result.violations)")

    serious = [each for each in found if each["impact"] in ("serious", "critical")]
    assert [(each["id"], each["nodes"][0]["html"][:200]) for each in serious] == []


# The height of stacked accents is forgiven: a picture cuts off what stands above its edge.
OUTSIDE = """
() => [...document.querySelectorAll('svg')].filter(svg => svg.getClientRects().length)
  .flatMap(svg => {
    const room = svg.viewBox.baseVal;
    return [...svg.querySelectorAll('text')].filter(text => {
      const box = text.getBBox(), to = text.getCTM(), from = svg.getCTM().inverse();
      const at = new DOMPoint(box.x, box.y).matrixTransform(from.multiply(to));
      return at.x < -1 || at.y < -12 || at.x + box.width > room.width + 1 ||
        at.y + box.height > room.height + 1;
    }).map(text => text.textContent);
  })
"""


@pytest.mark.parametrize("name", PAGES)
def test_all_words_of_a_picture_are_inside_of_it(browser: Any, folder: Path, name: str) -> None:
    with Page(browser, folder / f"{name}.html") as opened:
        assert [opened.told(OUTSIDE) for _ in opened.widths()] == [[]] * len(HEIGHTS)


@pytest.mark.parametrize("width", HEIGHTS)
def test_all_words_of_a_yardstick_are_inside_of_it(
    browser: Any, tmp_path: Path, width: int
) -> None:
    names = ("icd203", "phia", "ipcc", "efsa", "kent", "admiralty-credibility", "misp-opinion")
    drawn = "".join(scale_svg(scale(name), width=min(width - 32, 640)) for name in names)
    (tmp_path / "page.html").write_text(f"<!doctype html><meta charset=utf-8>{drawn}", "utf-8")

    with Page(browser, tmp_path / "page.html", width) as opened:
        assert opened.told(OUTSIDE) == []


@pytest.mark.parametrize("name", PAGES)
def test_of_the_drawings_of_a_figure_the_one_that_fits_is_shown(
    browser: Any, folder: Path, name: str
) -> None:
    shown = (
        "[...document.querySelectorAll('figure')].map(figure => [...figure.children]"
        ".filter(each => each.tagName === 'DIV' && each.offsetWidth > 0).length)"
    )
    # The lettering is that of the picture as it is scaled.
    smallest = (
        "Math.min(...[...document.querySelectorAll('figure svg text')]"
        ".filter(each => each.getClientRects().length)"
        ".map(each => parseFloat(getComputedStyle(each).fontSize) * each.getScreenCTM().a))"
    )
    with Page(browser, folder / f"{name}.html") as opened:
        found = {
            width: (set(opened.told(shown)), opened.told(smallest)) for width in opened.widths()
        }

    assert [drawings for drawings, _ in found.values()] == [{1}] * len(HEIGHTS)
    assert min(letters for _, letters in found.values()) >= 10


@pytest.mark.parametrize("scheme", SCHEMES)
def test_ink_and_paper_follow_the_colour_scheme(browser: Any, folder: Path, scheme: str) -> None:
    with Page(browser, folder / "arms.html", 1440, scheme) as opened:
        paper = opened.told("getComputedStyle(document.body).backgroundColor")
        ink = opened.told("getComputedStyle(document.querySelector('svg text')).fill")

    light, dark = ("rgb(255, 255, 255)", "rgb(21, 24, 27)")
    assert paper == (light if scheme == "light" else dark)
    assert ink == ("rgb(25, 27, 30)" if scheme == "light" else "rgb(228, 229, 227)")


def test_a_page_can_be_gone_through_with_the_keyboard(browser: Any, folder: Path) -> None:
    with Page(browser, folder / "arms.html") as opened:
        opened.page.keyboard.press("Tab")
        first = opened.told("document.activeElement.className")
        opened.page.keyboard.press("Enter")
        where = opened.told("location.hash")
        opened.told("document.querySelector('summary').focus()")
        outline = opened.told("getComputedStyle(document.querySelector('summary')).outlineStyle")
        opened.page.keyboard.press("Enter")
        is_open = opened.told("document.querySelector('details').open")

    assert first == "skip"
    assert where == "#answer"
    assert outline == "solid"
    assert is_open


def test_on_paper_the_page_is_black_on_white_without_its_navigation(
    browser: Any, folder: Path
) -> None:
    with Page(browser, folder / "arms.html", 375, "dark") as opened:
        opened.page.emulate_media(media="print", color_scheme="dark")
        paper = opened.told("getComputedStyle(document.body).backgroundColor")
        navigation = opened.told("getComputedStyle(document.querySelector('nav')).display")
        drawing = opened.told("getComputedStyle(document.querySelector('.wide')).display")
        printed = opened.page.pdf(format="A4")

    assert (paper, navigation, drawing) == ("rgb(255, 255, 255)", "none", "block")
    assert printed.startswith(b"%PDF")


def test_the_case_is_taken_away_by_its_link(browser: Any, folder: Path, tmp_path: Path) -> None:
    with Page(browser, folder / "arms.html") as opened:
        with opened.page.expect_download() as waiting:
            opened.page.click("a[download]")
        waiting.value.save_as(tmp_path / "case.json")
        asked = opened.asked

    assert case_digest(load_case(tmp_path / "case.json")) == case_digest(
        load_case(SEEDS / "egypt-arms-2015.json")
    )
    assert asked == []


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_a_case_of_nothing_but_attempts_renders_inert(
    browser: Any, tmp_path: Path, payload: str
) -> None:
    document = hostile_case(payload)
    page = report_html(load_case(document), claim_of(document), brief=False)
    (tmp_path / "page.html").write_text(page, encoding="utf-8")

    with Page(browser, tmp_path / "page.html") as opened:
        for _ in opened.widths():
            opened.page.mouse.move(150, 150)
            shown = opened.told("getComputedStyle(document.querySelector('main')).display")
            assert opened.overflow == 0
            assert opened.told(OUTSIDE) == []
            assert shown == "block"
        assert opened.said == []
        assert opened.asked == []
        assert opened.told("window.pwned") is None
        assert opened.told("document.querySelectorAll('script, iframe, img, base').length") == 0


def test_what_is_inert_does_not_depend_on_the_policy(browser: Any, tmp_path: Path) -> None:
    # The same with the policy taken out: then nothing but the escaping stands in the way.
    for number, payload in enumerate(PAYLOADS.values()):
        document = hostile_case(payload)
        page = report_html(load_case(document), claim_of(document), brief=False)
        bare = page.replace("Content-Security-Policy", "X-Nothing")
        path = tmp_path / f"{number}.html"
        path.write_text(bare, encoding="utf-8")

        with Page(browser, path) as opened:
            opened.page.mouse.move(300, 300)
            assert opened.said == []
            assert opened.asked == []
            assert opened.told("window.pwned") is None


def test_a_notebook_card_is_as_inert_as_a_page(browser: Any, tmp_path: Path) -> None:
    from provenance import weigh

    cards = []
    for payload in PAYLOADS.values():
        document = hostile_case(payload)
        cards.append(card_html(weigh(load_case(document), claim_of(document))))
    page = f"<!doctype html><meta charset=utf-8><title>cards</title>{''.join(cards)}"
    (tmp_path / "page.html").write_text(page, encoding="utf-8")

    with Page(browser, tmp_path / "page.html") as opened:
        assert opened.said == []
        assert opened.asked == []
        assert opened.told("window.pwned") is None
        assert opened.told("document.querySelectorAll('script, iframe, img, style').length") == 0


def test_a_case_too_long_to_show_is_still_taken_away(browser: Any, tmp_path: Path) -> None:
    document = hostile_case("a plain id")
    document["note"] = "long " * 100_000
    case = load_case(document)
    page = page_html(Report.of(case, claim_of(document)))
    (tmp_path / "page.html").write_text(page, encoding="utf-8")

    with Page(browser, tmp_path / "page.html", 375) as opened:
        with opened.page.expect_download() as waiting:
            opened.page.click("a[download]")
        waiting.value.save_as(tmp_path / "case.json")
        assert opened.told("document.querySelectorAll('pre').length") == 0

    assert json.loads((tmp_path / "case.json").read_text())["note"] == document["note"]


def test_the_answer_stands_on_the_first_screen_of_a_phone(browser: Any, folder: Path) -> None:
    with Page(browser, folder / "arms.html", 390) as opened:
        headline = opened.told("document.querySelector('.headline').getBoundingClientRect().bottom")
        because = opened.told("document.querySelector('.because').getBoundingClientRect().bottom")
        index = opened.told("document.querySelector('nav').getBoundingClientRect().top")

    assert headline < because < HEIGHTS[390] < index


def test_a_row_of_the_diagram_leads_to_its_statement(browser: Any, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(report_html(load_case(SEEDS / "egypt-arms-2015.json"), "armed"), "utf-8")

    with Page(browser, page) as opened:
        opened.page.click("svg a[href^='#statement-'] >> visible=true")
        target = opened.told("document.querySelector(location.hash).getBoundingClientRect().top")

    assert 0 <= target < HEIGHTS[1440]


@pytest.fixture(scope="module")
def interactive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    page = tmp_path_factory.mktemp("interactive") / "page.html"
    page.write_text(interactive_html(load_case(SEEDS / "egypt-arms-2015.json"), "armed"), "utf-8")
    return page


MOVED = """
([number, place]) => {
  const slider = document.getElementById(`slider-${number}`);
  slider.value = place;
  slider.dispatchEvent(new Event('input'));
  return Number(document.getElementById('now').dataset.probability);
}
"""


def test_every_position_of_a_slider_is_the_answer_of_weigh(browser: Any, interactive: Path) -> None:
    case = load_case(SEEDS / "egypt-arms-2015.json")
    names = {f"The reliability of {source.title}": source.id for source in case.sources}

    with Page(browser, interactive) as opened:
        labels = opened.told(
            "[...document.querySelectorAll('.slider label')].map(l => l.textContent)"
        )
        moved = {
            (label, place): opened.page.evaluate(MOVED, [number, place])
            for number, label in enumerate(labels)
            for place in (0, 13, 20, 37, 40)
        }
        assert opened.said == []
        assert opened.asked == []

    for (label, place), probability in moved.items():
        if label == "The prior":
            expected = weigh(case, "armed").at_prior(0.01 + 0.98 * place / 40).probability
        else:
            change = Change(f"reliability:{names[label]}", place / 40)
            expected = what_if(case, "armed", change).after.probability
        assert probability == pytest.approx(expected, abs=0.005), (label, place)


def test_one_slider_moves_at_a_time_and_all_go_back(browser: Any, interactive: Path) -> None:
    with Page(browser, interactive, 390) as opened:
        written = opened.told("[...document.querySelectorAll('.slider input')].map(i => i.value)")
        opened.page.evaluate(MOVED, [0, 40])
        opened.page.evaluate(MOVED, [1, 40])
        moved = opened.told("[...document.querySelectorAll('.slider input')].map(i => i.value)")
        which = opened.told("document.getElementById('which').textContent")
        opened.page.click("#back")
        back = opened.told("[...document.querySelectorAll('.slider input')].map(i => i.value)")
        assert opened.overflow == 0

    assert [n for n, pair in enumerate(zip(written, moved, strict=True)) if len(set(pair)) > 1] == [
        1
    ]
    assert "everything else as written" in which
    assert back == written


def test_an_interactive_page_breaks_no_serious_rule_of_accessibility(
    browser: Any, interactive: Path, axe: str
) -> None:
    with Page(browser, interactive, 390, "dark") as opened:
        opened.context.close()
        context = browser.new_context(viewport={"width": 390, "height": 844}, bypass_csp=True)
        page = context.new_page()
        page.goto(interactive.as_uri())
        page.evaluate(axe)
        found = page.evaluate("axe.run(document).then(result => result.violations)")
        context.close()

    serious = [each for each in found if each["impact"] in ("serious", "critical")]
    assert [(each["id"], each["nodes"][0]["html"][:200]) for each in serious] == []


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_an_interactive_page_of_nothing_but_attempts_runs_its_own_script_alone(
    browser: Any, tmp_path: Path, payload: str
) -> None:
    document = hostile_case(payload)
    page = tmp_path / "page.html"
    page.write_text(interactive_html(load_case(document), claim_of(document)), "utf-8")

    with Page(browser, page) as opened:
        opened.page.evaluate(MOVED, [0, 3])
        assert opened.said == []
        assert opened.asked == []
        assert opened.told("window.pwned") is None
        assert opened.told("document.querySelectorAll('script').length") == 2


def test_a_brief_page_prints_no_heading_without_anything_below_it(
    browser: Any, tmp_path: Path
) -> None:
    page = tmp_path / "page.html"
    page.write_text(report_html(load_case(SEEDS / "egypt-arms-2015.json"), "armed"), "utf-8")

    with Page(browser, page) as opened:
        opened.page.emulate_media(media="print")
        empty = opened.told(
            "[...document.querySelectorAll('section')].filter(s => s.offsetHeight > 0 && "
            "s.querySelector('div').offsetHeight < 10).map(s => s.id)"
        )
        sheets = opened.page.pdf(format="A4").count(b"/Type /Page\n")

        quotes = opened.told("document.querySelector('#statements ul').offsetHeight")
        case = opened.told("document.querySelector('#case-file').offsetHeight")

    assert empty == []
    assert quotes > 200
    assert case == 0
    assert sheets <= 3  # the answer on the first, the statements behind it


def test_a_site_that_forbids_the_style_of_a_page_shows_every_picture_once(
    browser: Any, tmp_path: Path
) -> None:
    page = report_html(load_case(SEEDS / "egypt-arms-2015.json"), "armed")
    path = tmp_path / "page.html"
    path.write_text(page.replace("style-src 'unsafe-inline'", "style-src 'self'"), "utf-8")

    with Page(browser, path, 390) as opened:
        shown = opened.told(
            "[...document.querySelectorAll('figure')].map(figure => [...figure.children]"
            ".filter(each => each.tagName === 'DIV' && each.offsetWidth > 0).length)"
        )

    assert set(shown) == {1}


def test_a_site_that_forbids_the_script_of_a_page_shows_no_sliders(
    browser: Any, interactive: Path, tmp_path: Path
) -> None:
    still = tmp_path / "page.html"
    page = interactive.read_text("utf-8")
    still.write_text(re.sub(r"script-src '[^']*'", "script-src 'none'", page), "utf-8")
    seen = (
        "[...document.querySelectorAll('input, #still')].filter(e => e.offsetWidth > 0)"
        ".map(e => e.id)"
    )

    with Page(browser, still) as opened:
        assert opened.told(seen) == ["still"]
    with Page(browser, interactive) as opened:
        assert "slider-0" in opened.told(seen)
        assert "still" not in opened.told(seen)
