"""What a text has from another document of the draft leads on there, and makes no second witness."""

from __future__ import annotations

import pytest

from provenance import weigh
from provenance.drafting import (
    Draft,
    SourceDocument,
    confirm,
    correct,
    draft,
    join_sources,
    read_document,
    reject,
    review_html,
    undo,
)
from provenance.errors import InvalidValue, UnknownName

REPORT = (
    "A senior harbour official said that forty crates of shells were loaded into the rusty "
    "freighter Marela before sunrise. "
    "The cranes had worked through the night without any lamps, dockers on the northern quay said. "
    "Nobody from the customs house was there to count the crates, the official said."
)


def page(name: str, text: str, day: str | None = None) -> SourceDocument:
    return read_document(text, id=name, publisher=f"The {name.title()}", published_on=day)


def answer(found: Draft, word: str) -> float:
    claim = next(each.id for each in found.claims if word in each.text.casefold())
    return weigh(found.case(unconfirmed=True), claim).probability


def speakers(found: Draft, document: str) -> list[list[str]]:
    return [
        [hop.source for hop in each.chain] for each in found.statements if each.document == document
    ]


def test_the_officials_of_a_reprint_are_those_of_the_report() -> None:
    found = draft([page("herald", REPORT), page("echo", f"Listen, friends. {REPORT}")])

    unnamed = [each.id for each in found.sources if each.name is None]
    assert unnamed == [each.id for each in draft(page("herald", REPORT)).sources if not each.name]
    assert all(chain[1] == "the-herald" for chain in speakers(found, "echo"))
    assert [each.continues for each in found.statements if each.document == "echo"] == [
        each.id for each in found.statements if each.document == "herald"
    ]


def test_the_page_of_a_review_says_where_a_statement_leads_on_to() -> None:
    found = draft([page("herald", REPORT), page("echo", f"Listen, friends. {REPORT}")])

    told = review_html(found).count("As it stands in herald, whose own chain counts.")
    assert told == sum(each.continues is not None for each in found.statements) > 0


def test_a_reprint_and_the_same_text_twice_make_nothing_surer() -> None:
    alone = answer(draft(page("herald", REPORT)), "forty crates")
    names = ("herald", "echo", "post", "mail")
    together = draft([page(name, REPORT) for name in names])

    assert answer(together, "forty crates") == pytest.approx(alone, abs=0.02)


def test_the_earlier_text_is_the_one_that_is_reprinted() -> None:
    found = draft([page("herald", REPORT, "2026-03-02"), page("echo", REPORT, "2026-03-01")])

    assert all(chain[1] == "the-echo" for chain in speakers(found, "herald"))


def test_a_reprint_that_credits_an_agency_keeps_it_and_what_it_adds_is_its_own() -> None:
    wire = read_document(f"VELM (Norda) - {REPORT}", id="wire", publisher="Norda")
    added = "A baker on the square said that bread would be dear by the end of the week."
    found = draft([wire, page("echo", f"VELM (Norda) - {REPORT} {added}")])

    echo = [each for each in found.statements if each.document == "echo"]
    assert all(chain[1] == "norda" for chain in speakers(found, "echo"))
    assert [each.continues is not None for each in echo] == [True] * (len(echo) - 1) + [False]


def test_a_text_that_only_quotes_the_same_words_is_no_reprint() -> None:
    said = "“Forty crates of shells were loaded into the rusty freighter before sunrise,”"
    found = draft(
        [page("herald", f"{said} Maria Ost said."), page("echo", f"{said} Maria Ost told a crowd.")]
    )

    assert [each.continues for each in found.statements] == [None, None]


def test_an_agency_named_with_its_official_leads_on_to_its_own_report() -> None:
    told = "A port official told the Herald that forty crates of shells left Velm on the Marela."
    wire = "Forty crates of shells left Velm on the Marela, a senior port official said."
    found = draft([page("herald", wire), page("echo", told)])

    assert speakers(found, "echo")[0][:2] == ["the-echo", "the-herald"]
    assert found.statements[1].continues == found.statements[0].id
    # Where the other one is rejected, the chain stands as the text has it.
    left = reject(found, found.statements[0].id)
    assert left.statements[1].continues is None
    assert len({each.source for each in left.case(unconfirmed=True).attributions}) == 3


def test_what_a_person_corrects_to_another_paper_leads_on_to_that_paper() -> None:
    wire = "Forty crates of shells left Velm on the Marela, a senior port official said."
    told = "Forty crates of shells left Velm on the Marela, a diplomat said."
    found = draft([page("herald", wire), page("echo", told)])
    first, second = found.statements
    assert second.continues is None

    after = confirm(correct(found, second.id, chain=["The Herald"]), first.id)
    assert after.statement(second.id).continues == first.id
    assert answer(after, "forty crates") == pytest.approx(
        answer(draft(page("herald", wire)), "forty crates"), abs=0.02
    )
    assert undo(undo(after, second.id), first.id) == found


def test_two_papers_that_name_each_other_do_not_go_round_in_a_circle() -> None:
    found = draft(
        [
            page("herald", "Forty crates of shells left Velm on the Marela, the Echo reported."),
            page("echo", "Forty crates of shells left Velm on the Marela, the Herald reported."),
        ]
    )

    assert sum(each.continues is not None for each in found.statements) == 0
    assert found.case(unconfirmed=True).attributions


def test_one_source_under_two_names_is_joined_throughout() -> None:
    text = "The ship sailed at night, the mayor said. It had no crew at all, Maria Ost said."
    found = draft(read_document(text, publisher="The Gazette"))
    after = join_sources(found, "the mayor", "Maria Ost")

    assert {each.speaker.source for each in after.statements} == {"maria-ost"}
    assert [each.id for each in after.sources] == ["the-gazette", "maria-ost"]
    assert after.waiting == after.statements


def test_a_source_joined_with_the_one_before_it_in_a_chain_is_there_once() -> None:
    text = "The ship sailed at night, an official told the Herald."
    found = draft(read_document(text, publisher="The Gazette"))
    after = join_sources(found, "Herald", "The Gazette")

    assert [hop.source for hop in after.statements[0].chain] == [
        "the-gazette",
        "the-gazette.an-official",
    ]


def test_a_publisher_cannot_be_taken_for_somebody_else() -> None:
    text = "The ship sailed at night, Maria Ost said."
    found = draft(read_document(text, publisher="The Gazette"))

    with pytest.raises(InvalidValue, match="publishes none of the documents"):
        join_sources(found, "The Gazette", "Maria Ost")
    with pytest.raises(UnknownName, match="Maria"):
        join_sources(found, "Maria", "The Gazette")
    assert join_sources(found, "Maria Ost", "maria-ost") is found
