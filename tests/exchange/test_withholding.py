"""What leaves the house tells nobody who an unnamed source is."""

from __future__ import annotations

import datetime
import json
from typing import Any

import pytest
from hypothesis import given, settings

from provenance import load_case, weigh, weigh_all
from provenance.casefiles import load_seed, shipped_seeds
from provenance.errors import InvalidValue, UnknownName
from provenance.exchange import (
    to_annotations,
    to_claimreview,
    to_misp,
    to_nanopublications,
    to_stix,
)
from provenance.exchange.withholding import is_unnamed, told_to_readers, withheld
from provenance.records import Case, Source
from tests.cases.exchange_cases import ORIGIN, rich_cases, ship_case

SECRET = "colonel-hariri"
DAY = datetime.date(2030, 1, 2)


def whisper(**more: Any) -> Case:
    """A colonel whom nobody may know of, an outlet that quotes him, and what both are called."""
    return load_case(
        {
            "version": 1,
            "title": "A ship",
            "claims": [{"id": "sailed", "text": "The ship sailed", "prior": 0.1}],
            "sources": [
                {
                    "id": SECRET,
                    "kind": "unnamed",
                    "name": "Colonel Hariri",
                    "described_as": "an officer",
                    "reliability": "B",
                    "note": "Hariri, of the port",
                    "refs": [{"scheme": "staff", "id": "hariri-77"}],
                    "graded_by": "Hariri's brother",
                },
                {"id": "daily", "name": "The Daily", "kind": "outlet", "reliability": "B"},
            ],
            "documents": [
                {"id": "hariri-memo", "publisher": SECRET, "note": "by Hariri"},
                {"id": "front", "publisher": "daily"},
            ],
            "attributions": [
                {
                    "id": f"{SECRET}-told",
                    "source": SECRET,
                    "claim": "sailed",
                    "document": "hariri-memo",
                    "note": "Hariri rang",
                    "refs": [{"scheme": "phone", "id": "hariri"}],
                },
                {
                    "id": f"daily-on-{SECRET}",
                    "source": "daily",
                    "cites": f"{SECRET}-told",
                    "document": "front",
                },
            ],
        }
        | more
    )


@pytest.mark.parametrize("export", [to_stix, to_misp, to_claimreview])
def test_nothing_that_goes_out_names_an_unnamed_source(export: Any) -> None:
    case = whisper()

    document = json.dumps(export(case, [weigh(case, "sailed")]).document)

    assert "hariri" not in document.casefold()


SECRETS = ("colonel-hariri", "Colonel Hariri", "COLONEL  HARIRI", "colonel_hariri")


def whispered_everywhere(secret: str) -> Case:
    """The case with the name in every id and text of others that a file can hold."""
    written = whisper().written()
    aside = {"note": f"ask {secret}", "refs": [{"scheme": "desk", "id": f"with {secret}"}]}
    document = {"title": f"{secret} at the port", "url": f"https://desk.example/{secret[:3]}"}
    joined = secret.replace(" ", "-")
    written |= {"title": f"The file on {secret}", "summary": f"What {secret} knows", **aside}
    written["claims"] = [
        {"id": f"{joined}-told", "text": "The ship sailed", "prior": 0.1, **aside},
        {"id": "seen", "text": "She was seen", **aside},
        *({"id": name, "text": name[-1]} for name in ("option-a", "option-b")),
    ]
    written["questions"] = [
        {"id": f"{joined}-where", "claims": ["option-a", "option-b"], "text": "Where?"}
    ]
    written["sources"].append(
        {"id": f"aide-of-{joined}", "name": "The aide", "kind": "person", "reliability": "B"}
        | {
            "only_if": f"{joined}-told",
            "interests": [{"claims": [f"{joined}-told"], "stake": "gains"}],
        }
        | {"described_as": f"who works for {secret}", "graded_by": secret, **aside}
    )
    written["documents"] = [each | document | aside for each in written["documents"]]
    for each in written["attributions"]:
        each |= {"only_if": "seen", **aside}
        if "claim" in each:
            each["claim"] = [f"{joined}-told", "seen"]
    written["attributions"].append(
        {"id": "aide", "source": f"aide-of-{joined}", "claim": f"{joined}-told"}
    )
    written["attributions"].append(
        {
            "id": "part",
            "source": "daily",
            "cites": f"{SECRET}-told/{joined}-told",
            "document": "front",
        }
    )
    written["links"] = [
        {
            "kind": "evidence",
            "claim": f"{joined}-told",
            "sign": "seen",
            "if_true": 0.9,
            "if_false": 0.1,
        }
        | aside
    ]
    return load_case(written)


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize(
    "export",
    [
        to_stix,
        lambda case, answers: to_stix(case, answers, profile="opencti", at=DAY),
        to_misp,
        to_claimreview,
        lambda case, answers: to_nanopublications(case, answers, base="https://example.org/"),
    ],
    ids=["stix", "opencti", "misp", "claimreview", "nanopublications"],
)
def test_nothing_that_goes_out_names_an_unnamed_source_wherever_its_name_stands(
    export: Any, secret: str
) -> None:
    case = whispered_everywhere(secret)

    found = export(case, [weigh(case, case.claims[0].id)])

    text = found.document if isinstance(found.document, str) else json.dumps(found.document)
    assert "hariri" not in text.casefold()
    assert {loss.path for loss in found.losses} >= {"claims[0].id", "summary", "claims[0].note"}


def test_an_id_of_one_word_may_stand_in_a_text() -> None:
    case = load_case(
        {
            "version": 1,
            "title": "The official line",
            "claims": [{"id": "official-line", "text": "It sailed"}],
            "sources": [{"id": "official", "kind": "unnamed"}],
            "attributions": [],
        }
    )

    outside = withheld(case).case

    assert (outside.title, outside.claims[0].id) == ("The official line", "claim-1")


@pytest.mark.parametrize("export", [to_stix, to_misp])
def test_with_ids_everything_is_as_the_case_has_it(export: Any) -> None:
    case = whisper()

    document = json.dumps(export(case, [weigh(case, "sailed")], with_ids=True).document)

    assert SECRET in document
    assert f"daily-on-{SECRET}" in document


@pytest.mark.parametrize("export", [to_stix, to_misp, to_claimreview])
@pytest.mark.parametrize("seed", shipped_seeds())
def test_no_answer_that_goes_out_speaks_of_bits(seed: str, export: Any) -> None:
    case = load_seed(seed)

    document = json.dumps(export(case, weigh_all(case)).document)

    assert " bits" not in document


def test_what_is_withheld_is_declared_lost() -> None:
    found = {loss.path: loss.partly for loss in withheld(whisper()).losses}

    assert found == {
        "sources[0].id": True,  # that it stands in an id is still seen
        "sources[0].name": False,
        "sources[0].note": False,
        "sources[0].refs": False,
        "sources[0].graded_by": False,
        "attributions[0].id": False,
        "attributions[0].note": False,
        "attributions[0].refs": False,
        "attributions[1].id": False,
        "documents[0].id": False,
        "documents[0].note": False,
    }


def test_a_pseudonym_says_what_it_stands_for() -> None:
    case = withheld(whisper()).case

    assert [each.id for each in case.sources] == ["unnamed-1", "daily"]
    assert [each.id for each in case.documents] == ["unnamed-1-document-1", "front"]
    assert [each.id for each in case.attributions] == ["unnamed-1-said-1", "statement-2"]
    assert case.attributions[1].cites == "unnamed-1-said-1"
    assert case.sources[0].title == "an officer"


def test_parts_of_a_statement_are_cited_under_its_new_name() -> None:
    case = load_case(
        {
            "version": 1,
            "claims": [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}],
            "sources": [{"id": "x", "kind": "unnamed"}, {"id": "y", "kind": "outlet"}],
            "attributions": [
                {"id": "one", "source": "x", "claim": ["a", "b"]},
                {"id": "two", "source": "y", "cites": ["one/b"]},
            ],
        }
    )

    assert withheld(case).case.attributions[1].cites == ("unnamed-1-said-1/b",)


@pytest.mark.parametrize(
    ("source", "unnamed"),
    [
        ({"kind": "unnamed"}, True),
        ({"kind": "unnamed", "name": "Deep Throat"}, True),
        ({"kind": "person"}, True),
        ({"kind": "collective"}, True),
        ({}, True),
        ({"kind": "person", "name": "Ann Li"}, False),
        ({"kind": "outlet"}, False),
        ({"kind": "government"}, False),
        ({"kind": "sensor"}, False),
    ],
)
def test_whose_id_may_be_a_name_that_nobody_published_is_unnamed(
    source: dict[str, Any], unnamed: bool
) -> None:
    assert is_unnamed(Source(id="s", **source)) == unnamed


@settings(max_examples=30)
@given(rich_cases())
def test_what_has_left_the_house_once_stays_as_it_is(written: dict[str, Any]) -> None:
    outside = withheld(load_case(written)).case

    assert withheld(outside).case == outside


@settings(max_examples=20)
@given(rich_cases())
def test_pseudonyms_never_coincide_with_ids_that_stay(written: dict[str, Any]) -> None:
    case = load_case(written)

    outside = withheld(case).case

    assert len(outside.sources) == len({each.id for each in outside.sources}) == len(case.sources)
    assert len({each.id for each in outside.attributions}) == len(case.attributions)
    assert [each.claim for each in outside.attributions] == [
        each.claim for each in case.attributions
    ]


def test_what_becomes_of_another_source_changes_no_pseudonym() -> None:
    case = whisper()
    other = whisper(
        sources=[case.sources[0].written(), {"id": "daily", "kind": "person", "reliability": "B"}]
    )

    assert withheld(other).case.sources[0].id == withheld(case).case.sources[0].id
    assert withheld(other).case.sources[1].id == "unnamed-2"


def test_an_id_that_stays_is_given_to_nobody_else() -> None:
    case = load_case(
        {
            "version": 1,
            "claims": [{"id": "a", "text": "A"}],
            "sources": [{"id": "x", "kind": "unnamed"}, {"id": "unnamed-1", "kind": "outlet"}],
            "attributions": [],
        }
    )

    assert [each.id for each in withheld(case).case.sources] == ["unnamed-1-2", "unnamed-1"]


def test_the_answer_for_readers_names_who_weighs_most() -> None:
    case = whisper()
    answer = weigh(case, "sailed")

    told = told_to_readers(answer, withheld(case).case)

    assert "the source called “an officer” said so" in told
    assert f"{answer.confidence.level} confidence" in told


def test_a_source_without_a_description_is_an_unnamed_source_to_readers() -> None:
    case = load_case(
        {
            "version": 1,
            "claims": [{"id": "a", "text": "A", "prior": 0.9}],
            "sources": [{"id": "hariri", "kind": "person", "reliability": "B"}],
            "attributions": [{"id": "no", "source": "hariri", "claim": "a", "stance": "denies"}],
        }
    )

    told = told_to_readers(weigh(case, "a"), case)

    assert "Mostly because an unnamed source denied it" in told


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("claim", ["seen", "option-a"])
def test_the_answer_for_readers_holds_no_name_of_an_unnamed_source(secret: str, claim: str) -> None:
    case = whispered_everywhere(secret)

    told = told_to_readers(weigh(case, claim), withheld(case).case)

    assert "hariri" not in told.casefold()


def test_what_cannot_be_judged_is_told_as_that() -> None:
    case = whisper(sources=[{"id": SECRET, "kind": "unnamed"}, {"id": "daily", "kind": "outlet"}])

    assert told_to_readers(weigh(case, "sailed"), case).startswith("Not established: ")


def test_evidence_that_weighs_nothing_comes_from_nobody() -> None:
    case = whisper(attributions=[])
    resolved = weigh(case, "sailed")

    assert "Nobody speaks on it" in told_to_readers(resolved, case)


@pytest.mark.parametrize("export", [to_stix, to_claimreview])
def test_an_explanation_of_ones_own_stands_instead(export: Any) -> None:
    case = whisper()
    answers = [weigh(case, "sailed")]

    whole = json.dumps(export(case, answers, explanation="As the port says.").document)
    named = json.dumps(export(case, answers, explanation={"sailed": "As the port says."}).document)

    assert "As the port says." in whole
    assert whole == named


@pytest.mark.parametrize("export", [to_stix, to_claimreview])
def test_an_explanation_that_fits_no_answer_is_refused(export: Any) -> None:
    case = whisper()

    with pytest.raises(InvalidValue, match="by the ids of their claims"):
        export(case, [], explanation="As the port says.")
    with pytest.raises(UnknownName):
        export(case, [weigh(case, "sailed")], explanation={"sunk": "As the port says."})


@pytest.mark.parametrize("name", ["nanopublications", "annotations", "claimreview"])
def test_no_grade_of_anybody_leaves_the_house(name: str) -> None:
    # "E" stands nowhere else in the case.
    case = ship_case(ORIGIN, sources=[
        {"id": "pilot", "name": "Ann Li", "kind": "person", "reliability": "E", "passing_on": "E"},
        {"id": "daily", "kind": "outlet", "reliability": [{"from": "2014", "reliability": "E"}]},
        {"id": "insider", "kind": "unnamed", "reliability": {"mean": 0.123, "strength": 4}},
    ])  # fmt: skip
    answers = [weigh(case, "sailed")]
    written = {
        "nanopublications": lambda: to_nanopublications(case, answers, base="https://example.org/"),
        "annotations": lambda: to_annotations(case),
        "claimreview": lambda: to_claimreview(case, answers),
    }

    text = json.dumps(written[name]().document)

    assert '"E"' not in text.replace("\\", "")
    assert "admiralty" not in text.casefold()
    assert "reliability" not in text.casefold()
    assert "0.123" not in text
