"""The review page in a real browser: quiet, readable, worked by keys, and its decisions come back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from drafted_texts import drafted

from provenance.drafting import decide, load_decisions, review_html
from tests.cases.browsers import Opened, launched

TEXT = """Port lost track of forty containers, official says

A port official told the Velm Herald on Friday that the port had lost track of forty containers.

Karl Vane, the harbour master, denied that anything was lost. He said the count was probably wrong.

“We counted twice <script>document.title = 'run'</script>,” said Maria Ost, a clerk.

Bread is dear, and the sea was calm on the night in which it happened.
"""
FOUND = drafted(TEXT)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    yield from launched()


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("review") / "review.html"
    made.write_text(review_html(FOUND), encoding="utf-8")
    return made


class Page(Opened):
    """A page, and what is asked of it here."""

    def keys(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    @property
    def states(self) -> list[str]:
        return [str(each) for each in self.page.locator(".state").all_inner_texts()]

    def saved(self) -> Path:
        with self.page.expect_download() as download:
            self.keys("s")
        return Path(download.value.path())


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_is_quiet_and_as_wide_as_its_window(
    browser: Any, path: Path, width: int, scheme: str
) -> None:
    with Page(browser, path, width, scheme) as opened:
        root = "document.documentElement"
        overflow = opened.page.evaluate(f"{root}.scrollWidth - {root}.clientWidth")

        assert overflow == 0
        assert (opened.said, opened.asked) == ([], [])


def test_a_script_in_a_text_does_not_run(browser: Any, path: Path) -> None:
    with Page(browser, path) as opened:
        assert opened.page.title() == "Review of a draft"
        assert "<script>" in opened.page.locator(".texts").inner_text()


def test_every_statement_is_decided_with_keys_and_the_decisions_come_back(
    browser: Any, path: Path
) -> None:
    with Page(browser, path) as opened:
        opened.keys("a", "r", "c")
        opened.page.locator(".card.now [name=chain]").fill("The Velm Echo\nKarl Vane")
        opened.page.locator(".card.now [name=hedge]").fill("possibly")
        opened.page.locator(".card.now [data-action=apply]").click()
        asked = opened.page.locator(".card.now .ask").inner_text()
        opened.page.locator(".card.now [data-action=apply]").click()
        states = opened.states
        kept = opened.page.locator("#card-2 .kept").inner_text()
        after = decide(FOUND, load_decisions(opened.saved()).decisions)

    assert asked == "No source is called “The Velm Echo”. Press again to keep it so."
    assert kept == "Corrected: from new: The Velm Echo, from Karl Vane; hedge: possibly"
    assert states == ["confirmed", "rejected", "corrected", "draft"]
    assert [each.state for each in after.statements] == states
    third = after.statements[2]
    assert [after.source(hop.source).label for hop in third.chain[1:]] == [
        "The Velm Echo",
        "Karl Vane",
    ]
    assert third.speaker.hedge == "possibly"


def test_a_number_puts_a_statement_under_a_claim_that_is_listed(
    browser: Any, tmp_path: Path
) -> None:
    text = "Karl Vane said that the ship sailed. Ida Kern said that the ship sailed. "
    found = drafted(f"{text}\n\nA minister denied that anything had left the harbour.")
    made = tmp_path / "hand.html"
    made.write_text(review_html(found), encoding="utf-8")

    with Page(browser, made) as opened:
        listed = opened.page.locator(".hand li").all_inner_texts()
        opened.keys("1", "2", "j", "j", "1")
        states = opened.states
        kept = opened.page.locator("#card-2 .kept").inner_text()
        after = decide(found, load_decisions(opened.saved()).decisions)

    assert listed == ["1 The ship sailed"]
    assert states == ["draft", "draft", "corrected"]
    assert kept == "Corrected: claim: “The ship sailed”"
    assert len({each.claim for each in after.statements}) == 1
    assert after.statements[2].stance == "denies"


def test_a_correction_that_changes_nothing_is_told_and_a_new_claim_is_asked_about(
    browser: Any, path: Path
) -> None:
    with Page(browser, path) as opened:
        card = opened.page.locator("#card-0")
        opened.keys("c")
        card.locator("[data-action=apply]").click()
        nothing = card.locator(".ask").inner_text()
        card.locator("[data-action=apply]").click()
        still = opened.states
        card.locator("[name=source]").select_option(label="Maria Ost")
        card.locator("[name=words]").fill("The port  lost forty containers")
        card.locator("[name=stance]").select_option("denies")
        card.locator("[name=words]").press("Enter")
        asked = card.locator(".ask").inner_text()
        card.locator("[data-action=apply]").click()
        after = decide(FOUND, load_decisions(opened.saved()).decisions)

    first = after.statements[0]
    assert nothing == "Nothing is changed; a accepts it."
    assert still == ["draft"] * 4
    assert asked.startswith("These words make a new claim")
    assert [after.source(hop.source).label for hop in first.chain][-1] == "Maria Ost"
    assert len(first.chain) == len(FOUND.statements[0].chain) + 1
    assert after.claims[-1].text == "The port lost forty containers"
    assert first.stance == "denies"


def test_undoing_a_correction_empties_its_form(browser: Any, path: Path) -> None:
    with Page(browser, path) as opened:
        card = opened.page.locator("#card-1")
        opened.keys("j", "c")
        card.locator("[name=claim]").select_option(index=0)
        card.locator("[name=stance]").select_option("affirms")
        card.locator("[data-action=apply]").click()
        corrected = opened.states[1]
        opened.keys("k", "u")
        opened.keys("c")

        assert corrected == "corrected"
        assert opened.states == ["draft"] * 4
        assert card.locator("[name=stance]").input_value() == "denies"
        assert card.locator("[name=claim]").input_value() == FOUND.statements[1].claim
        assert not card.locator(".kept").is_visible()


def test_a_decision_is_undone(browser: Any, path: Path) -> None:
    with Page(browser, path) as opened:
        opened.keys("a", "k", "u")
        states = opened.states
        after = decide(FOUND, load_decisions(opened.saved()).decisions)

    assert states == ["draft"] * 4
    assert after == FOUND


def test_decisions_are_kept_when_the_page_is_opened_again(browser: Any, path: Path) -> None:
    with Page(browser, path) as opened:
        opened.keys("a")
        opened.page.reload()

        assert opened.states[0] == "confirmed"


def test_going_on_moves_the_marks_and_the_focus(browser: Any, path: Path) -> None:
    with Page(browser, path) as opened:
        opened.keys("j")
        said = opened.page.locator(".texts mark.now[data-content]").all_inner_texts()
        focused = opened.page.evaluate("document.activeElement.id")

    assert "".join(said) == "that anything was lost"
    assert focused == "card-1"


def test_keys_do_nothing_while_somebody_types(browser: Any, path: Path) -> None:
    with Page(browser, path) as opened:
        opened.keys("c")
        opened.page.keyboard.type("arjs")
        opened.keys("Escape")

        assert opened.states == ["draft"] * 4
        assert "arjs" in opened.page.locator("#card-0 [name=chain]").input_value()


def test_a_mark_shows_without_its_colour(browser: Any, path: Path) -> None:
    style = """kind => {
      const mark = document.querySelector('.texts mark.now[data-' + kind + ']');
      const is = getComputedStyle(mark);
      return [is.textDecorationStyle, is.borderBottomStyle, is.outlineStyle].join(' ');
    }"""
    with Page(browser, path) as opened:
        shapes = {kind: opened.page.evaluate(style, kind) for kind in ("content", "mention", "cue")}

    assert len(set(shapes.values())) == 3
    assert "dotted" in shapes["mention"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(browser: Any, path: Path, scheme: str) -> None:
    contrast = """() => {
      const light = css => {
        const [r, g, b] = css.match(/[0-9.]+/g).map(each => each / 255)
          .map(each => each <= .03928 ? each / 12.92 : ((each + .055) / 1.055) ** 2.4);
        return .2126 * r + .7152 * g + .0722 * b;
      };
      const ground = light(getComputedStyle(document.body).backgroundColor);
      return ['body', '.facts', '.count'].map(name => {
        const ink = light(getComputedStyle(document.querySelector(name)).color);
        return (Math.max(ink, ground) + .05) / (Math.min(ink, ground) + .05);
      });
    }"""
    with Page(browser, path, scheme=scheme) as opened:
        assert min(opened.page.evaluate(contrast)) >= 4.5
