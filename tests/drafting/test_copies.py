"""Who copied whom in some documents: what is proposed, with what, and what is left alone."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from provenance.cli.app import app
from provenance.drafting import SourceDocument, copies, read_document
from provenance.errors import InvalidValue
from tests.drafting.planted_rewrites import collection, report, written

TOLD = "Forty wooden crates of shells were loaded into the rusty freighter before sunrise."


def page(text: str, name: str, **known: Any) -> SourceDocument:
    return read_document(text, id=name, **{"publisher": f"Paper {name}", **known})


def test_the_later_of_two_has_it_from_the_earlier() -> None:
    pages = [page(TOLD, "b", published_on="2026-01-02"), page(TOLD, "a", published_on="2026-01-01")]

    link = copies(pages).relays[0]

    assert (link.document, link.other, link.source) == ("b", "a", "Paper a")
    assert link.probability == pytest.approx(link.shared.probability)  # type: ignore[union-attr]


def test_where_no_date_tells_which_was_first_the_two_are_one_voice() -> None:
    found = copies([page(TOLD, "a"), page(TOLD, "b")])

    assert [(each.document, each.other) for each in found.same_voices] == [("b", "a")]
    assert found.relays == ()


def test_of_several_with_the_same_passage_the_one_that_shares_most_is_named() -> None:
    more = f"{TOLD} Nobody in the sleepy harbour asked where the heavy cargo came from."
    pages = [
        page(TOLD, "short", published_on="2026-01-01"),
        page(more, "long", published_on="2026-01-02"),
        page(f"Hear this. {more}", "copy", published_on="2026-01-03"),
    ]

    named = {each.document: each.other for each in copies(pages).links}

    assert named == {"long": "short", "copy": "long"}


def test_passages_from_two_documents_name_both() -> None:
    other = "Nobody in the sleepy harbour asked where the heavy cargo had really come from."
    pages = [
        page(TOLD, "a", published_on="2026-01-01"),
        page(other, "b", published_on="2026-01-01"),
        page(f"{TOLD} {other}", "c", published_on="2026-01-02"),
    ]

    assert {each.other for each in copies(pages).links} == {"a", "b"}


def test_a_credit_names_a_document_of_the_list_or_somebody_outside() -> None:
    pages = [
        page("It sailed. (AFP)", "a"),
        page("It sailed, as first reported by the Coast Herald.", "b"),
        page("It has sailed.", "c", publisher="Coast Herald"),
    ]

    named = {each.document: (each.source, each.other) for each in copies(pages).relays}

    assert named == {"a": ("AFP", None), "b": ("Coast Herald", "c")}


def test_a_name_in_the_address_is_who_a_credit_means() -> None:
    pages = [
        page("It sailed, as first reported by the Coast Herald.", "b"),
        page("Gone!", "c", publisher="Media Group", url="https://coastherald.example/a"),
        page("Mine!", "d", publisher="Me", url="https://x.com/me/status/1"),
    ]

    assert copies(pages).relays[0].other == "c"


def test_of_several_credits_of_one_name_the_strongest_counts() -> None:
    text = "PARIS (AFP) - It sailed. AFP contributed to this report."

    found = copies([page(text, "a")]).relays

    assert [each.credit.kind for each in found if each.credit] == ["dateline"]
    later = copies([page("AFP contributed to this report.\n\nIt sailed.\n\nSource: AFP", "a")])
    assert [each.credit.kind for each in later.relays if each.credit] == ["source-line"]


def test_a_credit_of_a_paper_of_the_same_publisher_is_none() -> None:
    pages = [
        page("It sailed, as first reported by the Coast Herald.", "a", publisher_id="group"),
        page("Gone!", "b", publisher="Coast Herald", publisher_id="group"),
    ]

    assert copies(pages).links == ()


def test_two_documents_of_one_id_are_refused() -> None:
    with pytest.raises(InvalidValue, match="one id twice"):
        copies([page(TOLD, "a"), page(TOLD, "a")])


def test_the_data_is_json_and_the_prose_names_both_with_the_words() -> None:
    found = copies([page(TOLD, "a"), page(f"{TOLD} (AFP)", "b")])

    data = json.loads(found.to_json())

    assert data["documents"] == ["a", "b"]
    assert {each["relation"] for each in data["links"]} == {"same-voice", "relay"}
    told = str(found)
    assert "b credits AFP: “(AFP)” (95 %)" in told
    assert "b has words in common with Paper a (a)" in told
    assert "the least that is copied" in told


@given(st.integers(0, 1_000), st.integers(1, 6))
def test_every_link_leads_to_an_earlier_document_and_shows_its_words(seed: int, size: int) -> None:
    documents, _ = collection(4 * size, 0.3, "sentences", seed=seed)
    by_id = {each.id: each for each in documents}

    for link in copies(documents).links:
        assert link.shared is not None
        assert link.other is not None
        assert link.other < link.document  # ids ascend with the dates here
        for passage in link.shared.passages:
            assert by_id[link.document].text[passage.other_start : passage.other_end] == (
                passage.other_text
            )


def test_nothing_is_proposed_of_reports_of_their_own() -> None:
    pages = [page(written(report(random.Random(n), 1)), str(n)) for n in range(5)]

    found = copies(pages)

    assert found.links == ()
    assert "five documents without one" in str(found)


def test_the_command_prints_prose_and_json(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(TOLD, encoding="utf-8")
    files = [str(tmp_path / f"{name}.txt") for name in ("a", "b")]

    prose = CliRunner().invoke(app, ["copies", *files])
    data = json.loads(CliRunner().invoke(app, ["copies", *files, "--json"]).stdout)

    assert (
        "b has words in common with the publisher of a.txt, which was not given (a)" in prose.stdout
    )
    assert data["links"][0]["from_document"] == "a"
