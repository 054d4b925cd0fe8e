"""What people write down: strict, frozen, and checked as a whole."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest
from hypothesis import given, settings

from provenance.errors import CaseError, Problem, UnknownName
from provenance.records import (
    Accuracy,
    Attribution,
    Case,
    Claim,
    ContradictsLink,
    Estimate,
    EvidenceLink,
    ImpliesLink,
    Interest,
    Locator,
    Outcomes,
    Question,
    Registry,
    SameVoice,
    Source,
)
from tests.cases.written_cases import MINIMAL, documents


def found_in(**changes: Any) -> list[tuple[str, str]]:
    """The path and code of every problem of the minimal case with some sections changed."""
    with pytest.raises(CaseError) as caught:
        Case(**{**MINIMAL, **changes})
    return [(problem.path, problem.code) for problem in caught.value.problems]


def claims(*names: str, **fields: Any) -> list[dict[str, Any]]:
    return [{"id": name, "text": name, **fields} for name in names]


def said(name: str, **fields: Any) -> dict[str, Any]:
    return {"id": name, "source": "general", **fields}


# ---------------------------------------------------------------- one record by itself


@pytest.mark.parametrize("number", ["0.3", True, float("nan"), float("inf"), [0.3], 10**400])
def test_what_is_not_plainly_a_number_is_refused(number: object) -> None:
    with pytest.raises(CaseError) as caught:
        Claim(id="armed", text="Armed", prior=number)

    assert caught.value.problems[0].path == "prior"


@pytest.mark.parametrize("prior", [0, 1, 0.0, 1.0, -0.1, {"mean": 0, "strength": 2}])
def test_a_prior_is_neither_0_nor_1(prior: object) -> None:
    with pytest.raises(CaseError) as caught:
        Claim(id="armed", text="Armed", prior=prior)

    assert caught.value.problems[0].code == "out-of-range"


@pytest.mark.parametrize("text", ["", " ", "\n\t", "\u3000", None, 3])
def test_blank_text_is_refused(text: object) -> None:
    with pytest.raises(CaseError):
        Claim(id="armed", text=text)


@pytest.mark.parametrize("name", ["", " ", "a\nb", "\x00", "a" * 201, 7, None, "\ud800", "a\u2028"])
def test_an_id_is_one_line_of_text_of_bounded_length(name: object) -> None:
    with pytest.raises(CaseError):
        Claim(id=name, text="Armed")


@pytest.mark.parametrize("name", ["a", "a/b", "a>b", "قاهرة", "a b", "a" * 200, "http://x.org/1#2"])
def test_an_id_may_hold_any_visible_characters(name: str) -> None:
    assert Claim(id=name, text="Armed").id == name


def test_an_unknown_field_is_refused_and_an_extension_is_kept() -> None:
    with pytest.raises(CaseError) as caught:
        Claim(id="armed", text="Armed", colour="red")

    assert caught.value.problems[0].path == "colour"
    assert Claim(id="armed", text="Armed", **{"x-colour": "red"}).extensions == {"x-colour": "red"}


def test_an_extension_is_a_copy_of_what_was_given() -> None:
    given_value = {"deep": [1, 2]}

    claim = Claim(id="armed", text="Armed", **{"x-more": given_value})
    given_value["deep"].append(3)

    assert claim.extensions["x-more"] == {"deep": [1, 2]}


@pytest.mark.parametrize("value", [float("nan"), object(), {1: 2}, "\ud800", {"a": float("inf")}])
def test_an_extension_holds_json_only(value: object) -> None:
    with pytest.raises(CaseError) as caught:
        Claim(id="armed", text="Armed", **{"x-more": value})

    assert caught.value.problems[0].path == "x-more"


def test_an_extension_that_holds_itself_is_refused() -> None:
    endless: list[Any] = []
    endless.append(endless)

    with pytest.raises(CaseError) as caught:
        Claim(id="armed", text="Armed", **{"x-more": endless})

    assert caught.value.problems[0].code == "too-deep"


def test_an_attribution_either_claims_or_cites() -> None:
    for fields in ({}, {"claim": "c", "cites": "a"}):
        with pytest.raises(CaseError) as caught:
            Attribution(id="a", source="s", **fields)

        assert caught.value.problems[0].code == "claim-or-cites"


def test_only_an_inference_is_drawn_from_something() -> None:
    drawn = Attribution(id="a", source="s", claim="c", basis="inference", drawn_from="b")

    assert drawn.inferred_from == ("b",)
    assert drawn.written()["from"] == "b"
    with pytest.raises(CaseError, match="from-without-inference"):
        Attribution(id="a", source="s", claim="c", drawn_from="b")


def test_one_or_several_is_kept_as_it_was_written() -> None:
    one = Attribution(id="a", source="s", claim="c")
    several = Attribution(id="a", source="s", claim=["c", "d", "c"])

    assert (one.claim, one.claims, one.names) == ("c", ("c",), ("a",))
    assert (several.claim, several.claims) == (("c", "d", "c"), ("c", "d"))
    assert several.names == ("a", "a/c", "a/d")
    assert several.cited == ()


def test_a_hedge_is_one_of_the_table() -> None:
    assert Attribution(id="a", source="s", claim="c", wording="We suspect").wording == "We suspect"
    with pytest.raises(CaseError) as caught:
        Attribution(id="a", source="s", claim="c", wording="probabbly")

    (problem,) = caught.value.problems
    assert problem.code == "unknown-hedge"
    assert "probabl" in problem.fix


def test_a_set_is_no_list_because_it_has_no_order() -> None:
    with pytest.raises(CaseError, match="not-a-list"):
        Case(claims={Claim(id="c", text="C")}, sources=[], attributions=[])


@pytest.mark.parametrize(
    "fields",
    [
        {"claims": ["a"]},
        {"claims": ["a", "a"]},
        {"claims": ["a", "b"], "prior": [0.5]},
        {"claims": ["a", "b"], "prior": [0.5, 0.4]},
        {"claims": ["a", "b"], "prior": [0.5, 0.5], "exhaustive": False},
        {"claims": ["a", "b"], "prior": [1.0, 0.0]},
        {"claims": []},
    ],
)
def test_a_question_has_answers_and_priors_that_fit(fields: dict[str, Any]) -> None:
    with pytest.raises(CaseError):
        Question(id="q", text="Which?", **fields)


def test_none_of_these_counts_as_a_value() -> None:
    assert Question(id="q", text="Which?", claims=["a"], exhaustive=False).size == 2
    assert Question(id="q", text="Which?", claims=["a", "b"], prior=[0.3, 0.7]).size == 2


def test_a_source_is_titled_by_its_name_else_its_description_else_its_id() -> None:
    assert Source(id="s", name="NOW", described_as="a site").title == "NOW"
    assert Source(id="s", described_as="a site").title == "a site"
    assert Source(id="s").title == "s"


def test_a_record_shows_what_differs_from_the_defaults() -> None:
    source = Source(id="s", kind="other", reliability="B", note="why", **{"x-a": 1})

    assert repr(source) == "Source(id='s', reliability='B', note='why', x-a=1)"


def test_a_locator_ends_where_it_starts_or_later_and_names_its_page() -> None:
    assert Locator(start=3, end=3, page="iv").page == "iv"
    assert Locator(page=4.0).page == 4
    with pytest.raises(CaseError, match="out-of-order"):
        Locator(start=3, end=2)


def test_a_denial_says_so() -> None:
    assert Attribution(id="a", source="s", claim="c", stance="denies").denies
    assert not Attribution(id="a", source="s", claim="c").denies


@pytest.mark.parametrize(
    "more",
    [
        {"cites": "quiet"},
        {"claim": "c", "same_voice_as": {"attribution": "quiet", "probability": 0.5}},
    ],
)
def test_a_silence_is_neither_passed_on_nor_anybody_s_voice(more: dict[str, Any]) -> None:
    quiet = Attribution(id="quiet", source="s", claim="c", stance="silent", would_speak=0.5)
    word = Attribution(id="word", source="t", **more)
    parts = {"claims": (Claim(id="c", text="so"),), "sources": (Source(id="s"), Source(id="t"))}

    with pytest.raises(CaseError) as caught:
        Case(version=1, attributions=(quiet, word), **parts)

    assert quiet.is_silence
    assert not word.is_silence
    assert [each.path.split(".")[0] for each in caught.value.problems] == ["attributions[1]"]


def test_a_list_inside_a_record_is_bounded() -> None:
    with pytest.raises(CaseError, match="too-long"):
        Attribution(id="a", source="s", claim=["c"] * 100_001)


def test_an_interest_names_claims_or_touches_everything() -> None:
    assert Interest(claims="all", stake="gains").everything
    assert Interest(claims=["all"], stake="gains").touched == ("all",)


def test_records_are_frozen_hashable_and_copied_whole() -> None:
    case = Case(**MINIMAL)

    with pytest.raises(AttributeError, match="text of a record cannot be changed"):
        case.claims[0].text = "other"  # type: ignore[misc]
    assert hash(case) == hash(Case(**MINIMAL))
    assert pickle.loads(pickle.dumps(case)) == copy.deepcopy(case) == case


def test_evolving_a_record_checks_it_again() -> None:
    claim = Claim(id="armed", text="Armed", prior=0.5, **{"x-a": 1})

    assert claim.evolve(prior=None) == Claim(id="armed", text="Armed", **{"x-a": 1})
    with pytest.raises(CaseError):
        claim.evolve(prior=2)


def test_pydantic_errors_never_reach_the_user() -> None:
    for build in (lambda: Claim(id=3), lambda: Claim.model_validate(3), lambda: Case(claims=3)):
        with pytest.raises(CaseError):
            build()


@settings(max_examples=60)
@given(documents())
def test_every_form_of_every_field_is_written_as_it_was_read(document: dict[str, Any]) -> None:
    case = Case(**document)

    assert case.written() == document
    assert Case(**case.written(bare=True)) == case
    assert Case(**{name: getattr(case, name) for name in type(case).model_fields},
                **case.extensions) == case  # fmt: skip


# ---------------------------------------------------------------- records together


def test_every_dangling_reference_is_found_with_its_path() -> None:
    found = found_in(
        sources=[{"id": "general", "interests": [{"claims": ["armed", "x"], "stake": "gains"}]}],
        documents=[{"id": "d", "publisher": "x"}],
        questions=[{"id": "q", "text": "Q", "claims": ["x", "y"]}],
        attributions=[
            said("a", claim=["armed", "x"], document="x"),
            {"id": "b", "source": "x", "cites": ["a/armed", "a/x", "a/y"]},
            said("c", cites="x", same_voice_as={"attribution": "x", "probability": 1}),
            said("d", claim="armed", basis="inference", drawn_from=["a", "x"]),
        ],
        links=[
            {"kind": "evidence", "claim": "x", "sign": "armed", "if_true": 1, "if_false": 0},
            {"kind": "implies", "claim": "armed", "implies": "x"},
            {"kind": "contradicts", "claims": ["armed", "x"]},
        ],
    )

    assert [path for path, code in found if code == "dangling-reference"] == [
        "questions[0].claims[0]",
        "questions[0].claims[1]",
        "sources[0].interests[0].claims[1]",
        "documents[0].publisher",
        "attributions[0].claim[1]",
        "attributions[0].document",
        "attributions[1].source",
        "attributions[1].cites[2]",
        "attributions[2].cites",
        "attributions[2].same_voice_as.attribution",
        "attributions[3].from[1]",
        "links[0].claim",
        "links[1].implies",
        "links[2].claims[1]",
    ]


def test_a_dangling_reference_offers_the_nearest_id() -> None:
    with pytest.raises(CaseError) as caught:
        Case(**{**MINIMAL, "attributions": [said("a", claim="armd")]})

    assert "'armed'" in caught.value.problems[0].fix


@pytest.mark.parametrize("section", ["claims", "sources", "attributions", "documents", "questions"])
def test_an_id_stands_once_in_its_section(section: str) -> None:
    records: dict[str, Any] = {
        "documents": [{"id": "d"}],
        "questions": [{"id": "q", "text": "Q", "claims": ["armed"], "exhaustive": False}],
        **MINIMAL,
    }

    found = found_in(**{section: [*records[section], *records[section]]})

    assert (f"{section}[1].id", "duplicate-id") in found


def test_kinds_of_records_have_ids_of_their_own() -> None:
    Case(claims=claims("x"), sources=[{"id": "x"}], documents=[{"id": "x"}],
         attributions=[{"id": "x", "source": "x", "claim": "x"}])  # fmt: skip


def test_a_derived_name_means_one_thing() -> None:
    two = claims("armed", "sailed")
    of_several = said("a", claim=["armed", "sailed"])

    assert found_in(claims=two, attributions=[of_several, said("a/armed", claim="armed")]) == [
        ("attributions[1].id", "ambiguous-id")
    ]
    assert found_in(
        attributions=[said("a", claim="armed"), said("b", claim="armed"),
                      said("r", cites=["a", "b"]), said("r>a", cites="b")]
    ) == [("attributions[3].id", "ambiguous-id")]  # fmt: skip


def test_one_of_several_claims_can_be_cited_by_its_derived_name() -> None:
    Case(**{**MINIMAL, "claims": claims("armed", "sailed"), "attributions": [
        said("a", claim=["armed", "sailed"]), said("b", cites="a/sailed")]})  # fmt: skip


def test_no_claim_is_called_all() -> None:
    assert ("claims[1].id", "reserved-id") in found_in(claims=claims("armed", "all"))


def test_answers_of_a_question_carry_no_prior_and_are_no_signs() -> None:
    found = found_in(
        claims=[*claims("armed"), *claims("a", prior=0.5), *claims("b")],
        questions=[{"id": "q", "text": "Q", "claims": ["a", "b"]}],
        links=[{"kind": "evidence", "claim": "armed", "sign": "b", "if_true": 1, "if_false": 0}],
    )

    assert found == [
        ("claims[1].prior", "prior-in-question"),
        ("links[0].sign", "sign-in-question"),
    ]


def test_a_claim_is_in_one_question_only() -> None:
    question = {"text": "Q", "claims": ["armed", "b"]}

    found = found_in(
        claims=claims("armed", "b", "c"),
        questions=[{"id": "q", **question}, {"id": "r", "text": "R", "claims": ["c", "b"]}],
    )

    assert found == [("questions[1].claims[1]", "claim-in-two-questions")]


def test_a_sign_has_no_prior_and_one_broader_claim() -> None:
    evidence = {"kind": "evidence", "if_true": 0.5, "if_false": 0}

    found = found_in(
        claims=[*claims("armed", "b"), *claims("c", prior=0.5)],
        links=[
            {**evidence, "claim": "armed", "sign": "c"},
            {**evidence, "claim": "armed", "sign": "b"},
            {**evidence, "claim": "c", "sign": "b"},
        ],
    )

    assert found == [("links[0].sign", "sign-with-prior"), ("links[2].sign", "sign-of-two")]


def test_signs_form_no_circle() -> None:
    evidence = {"kind": "evidence", "if_true": 0.5, "if_false": 0}

    found = found_in(
        claims=claims("armed", "b", "c", "d"),
        links=[
            {**evidence, "claim": "c", "sign": "d"},
            {**evidence, "claim": "armed", "sign": "b"},
            {**evidence, "claim": "b", "sign": "c"},
            {**evidence, "claim": "c", "sign": "armed"},
        ],
    )

    assert [code for _, code in found] == ["circle-of-evidence"]


def test_a_claim_is_not_linked_to_itself() -> None:
    found = found_in(
        links=[
            {"kind": "implies", "claim": "armed", "implies": "armed"},
            {"kind": "contradicts", "claims": ["armed", "armed"]},
            {"kind": "evidence", "claim": "armed", "sign": "armed", "if_true": 1, "if_false": 0},
        ]
    )

    assert [code for _, code in found] == ["linked-to-itself"] * 3


def test_resolutions_of_a_question_leave_exactly_one_answer() -> None:
    question = [{"id": "q", "text": "Q", "claims": ["a", "b"]}]
    so, not_so = {"resolved": {"value": True}}, {"resolved": {"value": False}}

    assert found_in(claims=claims("armed", "a", "b", **so), questions=question) == [
        ("questions[0].claims", "two-true-answers")
    ]
    assert found_in(claims=claims("armed", "a", "b", **not_so), questions=question) == [
        ("questions[0].claims", "no-true-answer")
    ]


def test_the_same_voice_speaks_of_the_same_question_through_its_citations() -> None:
    voice = {"probability": 0.3}
    entries = [
        said("a", claim="armed"),
        said("relay", cites="a"),
        said("b", claim="armed", same_voice_as={"attribution": "relay", **voice}),
        said("c", claim="sailed", same_voice_as={"attribution": "relay", **voice}),
        said("d", claim="sailed", same_voice_as={"attribution": "d2/sailed", **voice}),
        said("d2", claim=["armed", "sailed"]),
    ]

    found = found_in(claims=claims("armed", "sailed"), attributions=entries)

    assert found == [("attributions[3].same_voice_as", "voice-on-another-question")]


def test_alternatives_of_one_question_may_be_the_same_voice() -> None:
    Case(
        claims=claims("a", "b"),
        questions=[Question(id="q", text="Q", claims=["a", "b"])],
        sources=[Source(id="s")],
        attributions=[
            Attribution(id="one", source="s", claim="a"),
            Attribution(id="two", source="s", claim="b",
                        same_voice_as=SameVoice(attribution="one", probability=0.5)),
        ],
    )  # fmt: skip


def test_voices_form_no_circle_and_citations_may() -> None:
    voice = {"probability": 0.3}
    circle = [said("a", cites="b"), said("b", cites="a"), said("self", cites="self")]
    Case(**{**MINIMAL, "attributions": circle})

    found = found_in(
        attributions=[
            said("a", claim="armed", same_voice_as={"attribution": "b", **voice}),
            said("b", cites="a"),
            said("c", claim="armed", same_voice_as={"attribution": "c", **voice}),
            said("d", claim="armed", same_voice_as={"attribution": "a", **voice}),
        ]
    )

    assert found == [
        ("attributions[0].same_voice_as", "circle-of-voices"),
        ("attributions[2].same_voice_as", "circle-of-voices"),
    ]


def test_problems_of_records_and_between_records_are_reported_together() -> None:
    found = found_in(
        attributions=[said("a", claim="nothing", wording="0.3"), {"id": "a", "claim": "armed"}],
        links=[{"kind": "evidence", "claim": "armed", "sign": "gone", "if_true": 2, "if_false": 0}],
        zz=1,
    )

    assert found == [
        ("zz", "unknown-field"),
        ("attributions[0].wording", "unknown-hedge"),
        ("attributions[1].source", "missing-field"),
        ("links[0].if_true", "out-of-range"),
        ("attributions[1].id", "duplicate-id"),
        ("attributions[0].claim", "dangling-reference"),
        ("links[0].sign", "dangling-reference"),
    ]


def test_a_record_with_a_wrong_field_is_still_there_to_be_referred_to() -> None:
    assert found_in(claims=claims("armed", prior="0.3")) == [("claims[0].prior", "not-a-number")]


def test_records_that_cannot_be_read_do_not_hide_the_others() -> None:
    found = found_in(
        claims=[*claims("armed"), 3],
        attributions=[
            3,
            {"source": "general", "wording": "0.3"},
            said("a", claim="armed", zz=1, drawn_from="armed"),
            said("b", claim="armed", same_voice_as={"attribution": "a", "probability": 1}),
            said("c", cites="x", wording=2),
        ],
        links=[3, {"kind": "evidence", "claim": "armed", "sign": 3, "if_true": 1, "if_false": 0}],
        questions=[{"id": "q", "text": "Q", "claims": 3, "prior": [1]}],
    )

    assert found == [
        ("claims[1]", "not-an-object"),
        ("questions[0].claims", "not-a-list"),
        ("questions[0].prior[0]", "out-of-range"),
        ("attributions[0]", "not-an-object"),
        ("attributions[1].id", "missing-field"),
        ("attributions[1].wording", "unknown-hedge"),
        ("attributions[1]", "claim-or-cites"),
        ("attributions[2].zz", "unknown-field"),
        ("attributions[4].wording", "out-of-range"),
        ("links[0]", "not-one-of"),
        ("links[1].sign", "not-text"),
        ("attributions[4].cites", "dangling-reference"),
    ]


def test_voices_on_more_questions_than_can_be_compared_are_let_pass() -> None:
    names = [f"c{number}" for number in range(200)]
    voice = {"same_voice_as": {"attribution": "other", "probability": 0.5}}

    Case(
        claims=claims("armed", *names),
        sources=[{"id": "general"}],
        attributions=[
            said("other", claim="armed"),
            said("a", claim=names[:100]),
            said("b", claim=names[100:]),
            said("both", cites=["a", "b"], **voice),
            said("again", cites=["both", "other"], **voice),
        ],
    )


def test_a_section_that_is_no_list_is_one_problem() -> None:
    assert found_in(claims={}) == [("claims", "not-a-list")]


def test_problems_are_counted_to_a_thousand() -> None:
    found = found_in(attributions=[said(f"a{number}", claim="x") for number in range(1200)])

    assert len(found) == 1001
    assert found[-1][1] == "too-many-problems"


def test_a_registry_knows_no_claims() -> None:
    with pytest.raises(CaseError) as caught:
        Registry(
            sources=[
                Source(id="s", interests=[Interest(claims="armed", stake="gains")]),
                Source(id="s", interests=[Interest(claims="all", stake="gains")]),
            ]
        )

    assert [problem.code for problem in caught.value.problems] == [
        "duplicate-id",
        "interest-in-a-registry",
    ]


def test_all_that_is_wrong_with_a_registry_is_reported_together() -> None:
    with pytest.raises(CaseError) as caught:
        Registry(sources=[{"id": 3}], zz=1)
    assert [problem.code for problem in caught.value.problems] == ["unknown-field", "not-text"]

    with pytest.raises(CaseError) as caught:
        Registry(sources=3)
    assert [problem.code for problem in caught.value.problems] == ["not-a-list"]


def test_every_problem_reads_as_a_sentence_with_its_place() -> None:
    problem = Problem(
        "claims[0].prior", "not-a-number", "expected a number, found '0.3'", "mend it"
    )

    assert str(problem) == (
        "claims[0].prior: expected a number, found '0.3' (mend it) [not-a-number]"
    )


def test_links_name_what_they_touch() -> None:
    evidence = EvidenceLink(claim="a", sign="b", if_true=1, if_false=0)

    assert evidence.touches == ("a", "b")
    assert ImpliesLink(claim="a", implies="b").touches == ("a", "b")
    assert ContradictsLink(claims=["a", "b", "c"]).touches == ("a", "b", "c")
    assert evidence.written()["kind"] == "evidence"


def test_a_degree_keeps_the_form_in_which_it_was_written() -> None:
    assert Source(id="s", reliability="B").reliability == "B"
    for form in (Accuracy(accuracy=0.8, strength=3), Outcomes(confirmed=1, refuted=0)):
        assert Source(id="s", reliability=form).reliability is form
    assert Source(id="s", reliability=Estimate(mean=1, strength=3)).written()["reliability"] == {
        "mean": 1,
        "strength": 3,
    }


def test_the_keys_that_a_record_keeps_are_typed_for_every_pydantic() -> None:
    # As a text, pydantic before 2.13 looks its names up where a subclass is, and finds none.
    kinds = [
        kind
        for kind in Source.__mro__
        if "__pydantic_extra__" in vars(kind).get("__annotations__", {})
    ]

    assert kinds
    assert not isinstance(kinds[0].__annotations__["__pydantic_extra__"], str)


# ---------------------------------------------------------------- what will do instead

FORMS = (
    'expected a grade "A" to "F", a number from 0 to 1, {"mean", "strength"}, '
    '{"accuracy", "strength"} or {"confirmed", "refuted"}, found '
)


@pytest.mark.parametrize(
    ("written", "fix"),
    [
        ("75 %", "write 0.75, without quotes"),
        (".6", "write 0.6, without quotes"),
        ("0,6", "write 0.6, without quotes"),
        (" b ", "write 'B'"),
        ("B2", "write 'B'"),
        ("C - fairly reliable", "write 'C'"),
        ("Usually reliable", "write 'B'"),
        ("B-", 'write a grade, from "A", the most reliable, to "F", not judged'),
        ("high", 'write a grade, from "A", the most reliable, to "F", not judged'),
        ("1000", 'write a grade, from "A", the most reliable, to "F", not judged'),
    ],
)
def test_a_reliability_that_is_none_is_told_with_every_form_that_will_do(
    written: str, fix: str
) -> None:
    with pytest.raises(CaseError) as caught:
        Source(id="s", reliability=written)

    (problem,) = caught.value.problems
    assert (problem.message, problem.fix) == (f"{FORMS}{written!r}", fix)


def test_how_faithfully_a_source_passes_on_has_fewer_forms() -> None:
    with pytest.raises(CaseError) as caught:
        Source(id="s", passing_on="well")

    (problem,) = caught.value.problems
    assert problem.message == (
        'expected a grade "A" to "F", a number from 0 to 1 or {"mean", "strength"}, found \'well\''
    )


@pytest.mark.parametrize(
    ("prior", "fix"),
    [
        (20, "write a number below 1; 20 % is 0.2"),
        (1.5, "write a number below 1"),
        (200, "write a number below 1"),
        ("20%", "write 0.2, without quotes"),
        ("a lot", "write a plain number, without quotes"),
    ],
)
def test_a_prior_in_percent_is_told_with_the_number_that_it_means(prior: Any, fix: str) -> None:
    with pytest.raises(CaseError) as caught:
        Claim(id="c", text="It rained", prior=prior)

    assert [problem.fix for problem in caught.value.problems] == [fix]


@pytest.mark.parametrize(
    ("cited", "told"),
    [
        ("Norda", "found 'Norda', which is a source (name what it says: 'a', 'b')"),
        ("wire", "found 'wire' (“Norda”), which is a source (name what it says: 'a', 'b')"),
        ("post", "found 'post', which is a source (add what it says, or name a statement of"),
        ("many", "'m0', 'm1', 'm2', 'm3', 'm4' and 1 more)"),
        ("Nordic", "found 'Nordic' (add that attribution, or correct the id)"),
    ],
)
def test_a_source_that_is_cited_is_told_with_what_it_says(cited: str, told: str) -> None:
    with pytest.raises(CaseError) as caught:
        Case(
            claims=[{"id": "c", "text": "It rained"}],
            sources=[{"id": "wire", "name": "Norda"}, {"id": "post"}, {"id": "many"}],
            attributions=[
                {"id": "a", "source": "wire", "claim": "c"},
                {"id": "b", "source": "wire", "claim": "c"},
                *({"id": f"m{n}", "source": "many", "claim": "c"} for n in range(6)),
                {"id": "z", "source": "gone", "cites": cited},
            ],
        )

    assert told in str(caught.value)


def test_a_link_without_a_strength_is_strict() -> None:
    assert ContradictsLink(kind="contradicts", claims=("a", "b")).strength == 1.0
    assert ImpliesLink(kind="implies", claim="a", implies="b").strength == 1.0


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("ngo", "write 'organisation', a body that is no state"),
        ("state", "write 'government', a state, a ministry"),
        ("Telegram channel", "write 'outlet', what publishes"),
        ("Government", "write 'government', a state"),
        ("goverment", "did you mean 'government'?"),
        ("witnesses", "write 'collective'"),
        ("zebra", "write 'person', one human being who speaks for themselves; 'outlet',"),
    ],
)
def test_a_kind_of_source_that_is_none_is_told_with_what_the_nearest_is_for(
    kind: str, told: str
) -> None:
    with pytest.raises(CaseError) as caught:
        Source(id="s", kind=kind)  # type: ignore[arg-type]

    assert caught.value.problems[0].fix.startswith(told)


@pytest.mark.parametrize("grade", ["B2", "B/2", "b-2", "B 2"])
def test_a_grade_of_both_admiralty_scales_is_told_with_that_of_the_source(grade: str) -> None:
    with pytest.raises(CaseError) as caught:
        Source(id="s", reliability=grade)  # type: ignore[arg-type]

    assert caught.value.problems[0].fix == "write 'B'"


@pytest.mark.parametrize("wording", ["70%", "70 per cent", "70 percent", "0,7"])
def test_a_wording_in_percent_is_told_as_a_number(wording: str) -> None:
    with pytest.raises(CaseError) as caught:
        Attribution(id="a", source="s", claim="c", wording=wording)

    assert caught.value.problems[0].fix == "write 0.7"


def test_names_where_ids_belong_are_told_with_the_ids() -> None:
    with pytest.raises(CaseError) as caught:
        Case(
            claims=[{"id": "c", "text": "It rained"}],
            sources=[{"id": "one", "name": "Norda"}, {"id": "two", "name": "norda"}],
            documents=[{"id": "d", "title": "Rain", "publisher": "NORDA"}],
            attributions=[
                {"id": "a", "source": "one", "claim": "It  rained"},
                {"id": "b", "source": "two", "cites": "d", "document": "Rain"},
            ],
        )

    assert {problem.path: problem.fix for problem in caught.value.problems} == {
        "documents[0].publisher": "that is the name of 'one' and 'two'; write the id of a source",
        "attributions[0].claim": "that is the text of 'c'; write the id of a claim",
        "attributions[1].cites": "'d' is the id of a document; write the id of an attribution",
        "attributions[1].document": "that is the title of 'd'; write the id of a document",
    }


def test_an_unknown_name_keeps_its_hint_when_it_is_copied() -> None:
    error = UnknownName("claim", "who", ["a"], hint="'who' is a question")

    assert str(pickle.loads(pickle.dumps(error))) == "no claim 'who'; 'who' is a question"
