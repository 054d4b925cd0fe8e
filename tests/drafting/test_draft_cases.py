"""From drafts to cases: chains, denials, hedges, grades, and what nobody has confirmed."""

from __future__ import annotations

from typing import Any

import pytest
from drafted_texts import drafted

from provenance import dump_case, load_case, weigh
from provenance.drafting import (
    Draft,
    confirm,
    draft,
    draft_answers,
    merge_drafts,
    read_document,
    unconfirmed_in,
    without_unconfirmed,
)
from provenance.records import Case, Registry, Source


def case_of(text: str, **more: Any) -> Case:
    return drafted(text).case(unconfirmed=True, **more)


def test_a_chain_becomes_an_origin_and_relays() -> None:
    case = case_of("A source told the Velm Herald that the ship sailed.")

    origin, herald, gazette = case.attributions
    assert (origin.source, origin.claims) == ("the-gazette.a-source", ("ship-sailed",))
    assert (herald.source, herald.cited) == ("velm-herald", (origin.id,))
    assert (gazette.source, gazette.cited) == ("the-gazette", (herald.id,))
    assert (gazette.document, gazette.locators[0].exact) == ("the-gazette", "that the ship sailed")


def test_a_denial_is_of_the_speaker_and_no_relay_denies() -> None:
    case = case_of("Maria Ost denied that the ship sailed, the Velm Herald reported.")

    assert [(each.source, each.stance) for each in case.attributions] == [
        ("maria-ost", "denies"),
        ("velm-herald", "affirms"),
        ("the-gazette", "affirms"),
    ]


def test_a_distancing_verb_has_no_weight_and_a_hedge_is_the_speakers() -> None:
    claimed, _ = case_of("Maria Ost claimed that the ship sailed.").attributions
    hedged, _ = case_of("Maria Ost said the ship had probably sailed.").attributions

    assert (claimed.verb, claimed.wording) == ("claimed", None)
    assert hedged.wording == "probably"


def test_the_verb_of_belief_is_a_hedge() -> None:
    origin, _ = case_of("Maria Ost believes that the ship sailed.").attributions

    assert origin.wording == "believe"


def test_a_witness_saw_it_firsthand() -> None:
    origin, _ = case_of("“I saw the ship leave,” said Maria Ost.").attributions

    assert origin.basis == "firsthand"


def test_what_somebody_was_told_is_secondhand() -> None:
    origin, _ = case_of(
        "The ship sailed, according to a clerk told by the captain of the order."
    ).attributions

    assert origin.basis == "secondhand"


@pytest.mark.parametrize(
    ("mention", "naming", "reliability"),
    [
        ("A well-informed source", "well-informed source", "mean"),
        ("A source", "sources say", "F"),
        ("A spokesman for the port", "role named", None),
        ("Maria Ost", "named", None),
    ],
)
def test_what_is_proposed_for_a_source_goes_by_how_the_text_names_it(
    mention: str, naming: str, reliability: str | None
) -> None:
    found = drafted(f"{mention} said that the ship sailed.")

    source = found.case(unconfirmed=True).sources[-1]

    assert found.sources[-1].naming == naming
    stated = source.written().get("reliability")
    assert (stated if not isinstance(stated, dict) else "mean") == reliability
    assert (source.note is None) == (naming == "named")


def test_a_source_of_the_registry_brings_its_grade_by_id_or_name() -> None:
    registry = Registry(
        sources=(
            Source(id="gazette", name="The Gazette", reliability="B"),
            Source(id="harbour-master", name="Maria Ost", reliability="C"),
        )
    )

    case = case_of("Maria Ost said that the ship sailed.", registry=registry)

    assert [(each.id, each.reliability) for each in case.sources] == [
        ("the-gazette", "B"),
        ("maria-ost", "C"),
    ]


def test_what_nobody_confirmed_is_marked_and_stays_marked_in_a_file() -> None:
    case = case_of("Maria Ost said that the ship sailed.")

    back = load_case(dump_case(case))

    assert unconfirmed_in(back) == tuple(each.id for each in back.attributions)
    assert back.attributions[0].extensions["x-draft"] == {
        "statement": "the-gazette-1",
        "by": ["English rules 1"],
    }


def test_what_is_confirmed_carries_no_mark() -> None:
    found = drafted("Maria Ost said that the ship sailed.")

    case = confirm(found, "the-gazette-1").case()

    assert unconfirmed_in(case) == ()
    assert without_unconfirmed(case) is case


def test_without_the_unconfirmed_goes_what_only_passes_it_on() -> None:
    case = load_case(
        {
            "version": 1,
            "claims": [{"id": "c", "text": "The ship sailed"}],
            "sources": [{"id": "a"}, {"id": "b"}],
            "attributions": [
                {"id": "draft", "source": "a", "claim": "c", "x-draft": {}},
                {"id": "firm", "source": "b", "claim": "c",
                 "same_voice_as": {"attribution": "draft", "probability": 0.5}},
                {"id": "relay", "source": "b", "cites": "draft"},
                {"id": "far", "source": "b", "cites": "relay"},
                {"id": "both", "source": "a", "cites": ["draft", "firm"]},
            ],
        }
    )  # fmt: skip

    less = without_unconfirmed(case)

    assert [each.id for each in less.attributions] == ["firm", "both"]
    assert less.attributions[0].same_voice_as is None
    assert less.attributions[1].cited == ("firm",)


def test_an_answer_says_how_much_nobody_confirmed_and_what_it_would_be_without() -> None:
    found = drafted(
        "A well-informed source said that the ship sailed. Senior officials said that it sank."
    )
    found = confirm(found, "the-gazette-1")

    answer = draft_answers(found)[1]

    assert (answer.unconfirmed, answer.attributions) == (2, 4)
    assert answer.without.probability == 0.5
    assert "2 of 4 attributions have been confirmed by nobody" in answer.caveat
    assert str(answer).startswith("unconfirmed  “It sank”: ")
    assert answer.data["draft"]["unconfirmed"] == 2


def test_an_answer_of_which_all_is_confirmed_says_so() -> None:
    found = confirm(drafted("A well-informed source said that the ship sailed."), "the-gazette-1")

    answer = draft_answers(found)[0]

    assert str(answer).startswith("confirmed  “The ship sailed”: ")
    assert answer.caveat == "every attribution has been confirmed by a person"


def test_one_attribution_that_nobody_confirmed_is_one() -> None:
    case = load_case(
        {"version": 1, "claims": [{"id": "c", "text": "The ship sailed"}],
         "sources": [{"id": "a", "reliability": "B"}, {"id": "b", "reliability": "B"}],
         "attributions": [{"id": "one", "source": "a", "claim": "c", "x-draft": {}},
                          {"id": "two", "source": "b", "claim": "c"}]}
    )  # fmt: skip
    from provenance.drafting import answers_of

    answer = answers_of(case)[0]

    without = weigh(without_unconfirmed(case), "c").probability
    assert answer.caveat.startswith("1 of 2 attribution has been confirmed by nobody; without them")
    assert f"{100 * without:.0f} %" in answer.caveat
    assert "without what nobody confirmed: " in str(answer)
    assert "1 origin" in str(answer) or "2 origins" in str(answer)


def three() -> Draft:
    herald = read_document(
        "The ship sailed at night, a source told the Velm Herald.", publisher="Velm Herald"
    )
    gazette = read_document(
        "The ship sailed at night, the Velm Herald reported.", publisher="The Gazette"
    )
    echo = read_document("The ship sailed at night, Maria Ost said.", publisher="The Echo")
    return draft([herald, gazette, echo])


def test_a_report_on_a_document_that_is_here_leads_on_to_its_origin() -> None:
    found = three()

    case = found.case(unconfirmed=True)

    assert found.statements[1].continues == "velm-herald-1"
    origins = [each.source for each in case.attributions if each.claims]
    assert origins == ["velm-herald.a-source", "maria-ost"]
    assert [each.cited for each in case.attributions if each.id == "the-gazette-1"] == [
        ("velm-herald-1",)
    ]


def test_what_leads_on_to_a_rejected_statement_is_the_outlets_own_word() -> None:
    from provenance.drafting import reject

    found = reject(three(), "velm-herald-1")

    case = found.case(unconfirmed=True)

    assert [each.source for each in case.attributions if each.claims] == [
        "velm-herald",
        "maria-ost",
    ]


@pytest.mark.parametrize(
    ("papers", "told"),
    [
        (
            [("The Herald", "2026-03-02"), ("The Gazette", "2026-03-02")],
            ["a senior official, in the Herald", "a senior official, in the Gazette"],
        ),
        (
            [("The Herald", "2026-03-02"), ("The Herald", "2026-03-03")],
            [
                "a senior official, in the Herald of 2026-03-02",
                "a senior official, in the Herald of 2026-03-03",
            ],
        ),
        (
            [("The Herald", None), ("The Herald", None)],
            [
                "a senior official, in the Herald, page-0",
                "a senior official, in the Herald, page-1",
            ],
        ),
    ],
)
def test_officials_of_several_papers_who_are_described_alike_are_told_apart(
    papers: list[tuple[str, str | None]], told: list[str]
) -> None:
    texts = (
        "A senior official said the mine was shut.",
        "The ship sailed, a senior official said.",
    )
    pages = [
        read_document(text, id=f"page-{place}", publisher=paper, published_on=day)
        for place, (text, (paper, day)) in enumerate(zip(texts, papers, strict=True))
    ]

    found = draft(pages)
    again = merge_drafts([found, found])

    assert [each.described_as for each in found.sources if each.name is None] == told
    assert again == found
    case = found.case(unconfirmed=True)
    assert [each.title for each in case.sources if each.name is None] == told


def test_somebody_whom_one_paper_alone_describes_so_stays_as_described() -> None:
    found = draft(read_document("A senior official said the ship sailed.", publisher="The Herald"))

    assert [each.described_as for each in found.sources if each.name is None] == [
        "A senior official"
    ]
