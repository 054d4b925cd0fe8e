"""The review page: marks at their places, hostile texts inert, and a policy that allows one script."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest
from drafted_texts import drafted

from provenance.drafting import review_html

PAYLOADS = (
    "<script>document.title='run'</script>",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "<!-- </style><style>*{display:none}",
    "javascript:alert(1)",
    "&lt;b&gt; ${alert(1)} {{7*7}} \u2028 \u202e",
)


class Elements(HTMLParser):
    """Every element of a page with its attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_the_policy_allows_the_script_and_the_style_of_the_page_and_nothing_else() -> None:
    page = review_html(drafted("The ship sailed, Karl Vane said."))

    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy is not None
    for tag, kind in (("script", "script-src"), ("style", "style-src")):
        body = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(body[0].encode()).digest()).decode()
        assert len(body) == 1
        assert f"{kind} 'sha256-{digest}'" in policy[1]
    assert policy[1].startswith("default-src 'none'; base-uri 'none'; form-action 'none'")
    assert "unsafe" not in policy[1]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_hostile_text_adds_no_element_and_no_attribute(payload: str) -> None:
    plain = Elements(review_html(drafted("The ship sailed in May, Karl Vane said. Bread is dear.")))
    text = f"The ship sailed in {payload} May, Karl Vane said. Bread is dear. {payload}"

    page = review_html(drafted(text).evolve(title=payload))
    found = Elements(page)

    assert {tag for tag, _ in found.found} <= {tag for tag, _ in plain.found}
    assert [tag for tag, _ in found.found if tag in ("script", "style", "img")] == [
        "style",
        "script",
        "script",
    ]
    assert not [name for _, attrs in found.found for name in attrs if name.startswith("on")]
    assert payload.split("\u2028")[0].strip() in "".join(found.texts)


def test_every_stretch_carries_the_statements_that_it_belongs_to() -> None:
    text = "Karl Vane said that the ship sailed, while Maria Ost said that it sank at dawn."

    found = Elements(review_html(drafted(text)))

    marks = [attrs for tag, attrs in found.found if tag == "mark" and "class" not in attrs]
    assert {"data-content": "0"} in marks
    assert {"data-mention": "1"} in marks
    assert {"data-cue": "0"} in marks


def test_a_mark_that_spans_paragraphs_is_closed_and_opened_again() -> None:
    text = "“The ship sailed at night.\n\nNobody saw it go,” Karl Vane said.\n\nThe sea was calm."

    page = review_html(drafted(text))

    assert page.count("<mark") == page.count("</mark>")
    assert page.count("<p>") >= 3


def test_the_whole_text_of_every_document_is_on_the_page() -> None:
    text = "Karl Vane said that the ship sailed.\nBread is dear & scarce."

    page = review_html(drafted(text))

    shown = re.sub(r"<[^>]+>", "", page.partition('class="texts"')[2].partition("</section>")[0])
    assert "Karl Vane said that the ship sailed.Bread is dear &amp; scarce." in shown


def test_the_same_draft_gives_the_same_page() -> None:
    found = drafted("Karl Vane said that the ship sailed.")

    assert review_html(found) == review_html(found)


def test_a_draft_without_statements_is_a_page_that_says_why() -> None:
    found = drafted(
        "Der Minister sagte am Freitag, dass das Schiff in der Nacht aus dem Hafen lief."
    )

    assert "this text seems to be German" in review_html(found)


def test_what_another_drafter_has_otherwise_is_on_the_page() -> None:
    from provenance.drafting import correct, merge_drafts

    found = drafted("Karl Vane said that the ship sailed.")
    other = correct(found, "the-gazette-1", chain=["Maria Ost"], hedge="may", stance="denies")

    page = review_html(merge_drafts([found, other]))

    assert "Another drafter has it otherwise" in page
    assert "hedged: “may”" in page
    assert "Maria Ost denies:" in page
