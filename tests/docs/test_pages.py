"""The site hangs together: every page can be reached, its words are explained, its formulas are read."""

from __future__ import annotations

import re

import pytest

from tests.docs.glossary import pages, unlinked
from tests.docs.navigation import DOCS, INDEX, Entry, entries, index

GROUPS = ("Start", "Newsroom", "Analyst desk", "Data", "Builders", "Understanding", "Reference")


def test_every_page_stands_in_the_navigation_once() -> None:
    listed = [each.path for each in entries()]

    written = sorted(str(page.relative_to(DOCS)) for page in DOCS.rglob("*.md"))

    assert sorted(listed) == written


def test_the_navigation_is_grouped_by_what_readers_do() -> None:
    groups = list(dict.fromkeys(each.section for each in entries()))

    assert [each for each in groups if each != "Gallery"] == list(GROUPS)


def test_a_way_in_stands_first_in_its_group() -> None:
    first = {each.section: each.path for each in reversed(entries())}

    for group in ("Newsroom", "Analyst desk", "Data", "Builders"):
        assert first[group].startswith("ways/")


def test_the_index_for_programs_is_the_navigation() -> None:
    # If this fails: python -m tests.docs.navigation
    assert INDEX.read_text(encoding="utf-8") == index()


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.path)
def test_words_of_the_glossary_lead_there_where_a_page_uses_them_first(page: Entry) -> None:
    # If this fails: python -m tests.docs.glossary
    assert [place for _, _, place in unlinked(page.text)] == []


@pytest.mark.parametrize(
    "word", ["anonymous", "rumour", "hearsay", "retracted", "citation", "leak", "bias", "forgery"]
)
def test_what_people_search_for_is_found(word: str) -> None:
    found = [each.path for each in entries() if re.search(rf"\b{word}", each.text, re.IGNORECASE)]

    assert found


def test_the_glossary_is_in_the_order_of_the_alphabet() -> None:
    words = re.findall(
        r"^### (.+)$", (DOCS / "explanation" / "glossary.md").read_text("utf-8"), re.M
    )

    assert words == sorted(words)
    assert len(words) > 40


@pytest.mark.parametrize(
    "page",
    # A power of two among figures of memory is no formula.
    [each for each in entries() if each.path != "explanation/speed.md"],
    ids=lambda page: page.path,
)
def test_no_formula_is_left_in_the_letters_of_a_typewriter(page: Entry) -> None:
    plain = re.sub(r"^```.*?^```$|`[^`\n]*`|<math.*?</math>", "", page.text, flags=re.M | re.S)

    assert re.findall(r"[a-z0-9)] / \(|\)\s/\s|\w\^[\d(]", plain) == []
    assert page.text.count("<math") == page.text.count("</math>")


REFERENCE = [
    each
    for each in entries()
    if each.path.startswith("reference/") and each.text.count("\n:::") > 5
]


@pytest.mark.parametrize("page", REFERENCE, ids=lambda page: page.path)
def test_a_page_of_many_names_begins_with_a_table_of_what_to_use(page: Entry) -> None:
    before = page.text.partition("\n:::")[0]

    assert "\n| --- |" in before


def test_questions_and_answers_have_the_questions_of_newcomers() -> None:
    text = (DOCS / "explanation" / "faq.md").read_text(encoding="utf-8")

    questions = re.findall(r"^### (.+\?.*)$", text, re.M)

    assert len(questions) >= 21
    for word in ("17 %", "copies the first", "a bit", "quotation", "lie detector", "grades",
                 "publish", "photographs", "averaging", "language model", "MISP"):  # fmt: skip
        assert any(word in each for each in questions), word


def test_a_comparison_names_where_it_was_read() -> None:
    text = (DOCS / "explanation" / "how-it-compares.md").read_text(encoding="utf-8")
    rows = re.findall(
        r"^\| (?!Tool|---|\s|\*\*)(.+?) \|(.+)\|$", text.partition("## Threat")[2], re.M
    )

    assert len(rows) > 8
    for tool, rest in rows:
        assert "](https://" in rest, tool
