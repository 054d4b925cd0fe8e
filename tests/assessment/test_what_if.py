"""What if: changed numbers are replayed, changed records are weighed anew, and both are exact."""

from __future__ import annotations

import math
import re
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from provenance.assessment import (
    Add,
    Change,
    Remove,
    as_data,
    questioned,
    read_change,
    weigh,
    what_if,
)
from provenance.assessment.changes import changed
from provenance.assessment.what_if import replayed
from provenance.casefiles import load_case, load_seed
from provenance.errors import (
    CaseError,
    ImpossibleEvidence,
    IncompatiblePriors,
    InvalidValue,
    UnknownName,
)
from provenance.graph import Graph
from provenance.inference import Coupling
from provenance.records import Attribution, Case, Claim, EvidenceLink, ImpliesLink, Source
from provenance.scales import Degree
from tests.cases.strategies import cases

DEGREES = st.sampled_from((0.3, 0.85, {"mean": 0.4, "strength": 6.0}, None))


def ship(**more: Any) -> Case:
    """A pilot who is heard through a daily, and a port that denies."""
    return load_case(
        {
            "version": 1,
            "claims": [{"id": "sailed", "text": "The ship sailed", "prior": 0.1}],
            "sources": [
                {"id": "pilot", "reliability": "C"},
                {"id": "daily", "reliability": "B"},
                {"id": "port", "reliability": "D"},
            ],
            "attributions": [
                {"id": "log", "source": "pilot", "claim": "sailed"},
                {"id": "story", "source": "daily", "cites": "log"},
                {"id": "denial", "source": "port", "claim": "sailed", "stance": "denies"},
            ],
            **more,
        }
    )


@st.composite
def number_changes(draw: st.DrawFn, case: Case) -> Change:
    """A change of any number that a case has."""
    kinds = ["reliability", "access", "wording", "skill", "interest", "prior"]
    kind = draw(st.sampled_from(kinds if case.links == () else [*kinds, "link"]))
    attribution = draw(st.sampled_from(case.attributions))
    if kind in ("reliability", "access"):
        source = draw(st.sampled_from(case.sources))
        forms = st.one_of(DEGREES, st.sampled_from("ABCDEF")) if kind == "reliability" else DEGREES
        return Change(f"{kind}:{source.id}", draw(forms))
    if kind == "wording":
        words = st.sampled_from((0.9, 0.7, 0.5, 0.1, None, "probably", "may"))
        return Change(f"wording:{attribution.id}", draw(words))
    if kind == "skill":
        name = "fidelity" if attribution.cited else "competence"
        return Change(f"{name}:{attribution.id}", draw(DEGREES))
    if kind == "interest":
        return Change(f"interest:{attribution.id}", draw(st.sampled_from((0.5, 1.7, 3.0, None))))
    if kind == "link":
        number = draw(st.integers(0, len(case.links) - 1))
        field = "if_true" if isinstance(case.links[number], EvidenceLink) else "strength"
        return Change(f"{field}:{number}", draw(st.sampled_from((0.2, 0.6))))
    claim = draw(st.sampled_from(case.claims))
    return Change(f"prior:{claim.id}", draw(st.sampled_from((0.05, 0.4, 0.8, None))))


def same(one: Any, other: Any) -> bool:
    """Whether two pieces of plain data agree, numbers to nine places."""
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-7, abs_tol=1e-9)
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[k], other[k]) for k in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


@given(st.data())
def test_changed_numbers_give_what_the_case_written_so_gives(data: st.DataObject) -> None:
    case = load_case(data.draw(cases()))
    claim = data.draw(st.sampled_from(case.claims)).id
    coupling: Coupling = data.draw(st.sampled_from(("story", "source", "none")))
    changes = data.draw(st.lists(number_changes(case), min_size=1, max_size=3))
    try:
        rewritten = weigh(changed(case, changes), claim, coupling=coupling)
        asked = questioned(case, claim, coupling=coupling)
        asked.before  # noqa: B018 which the case may not allow
    except (CaseError, ImpossibleEvidence, IncompatiblePriors):
        assume(False)

    found = asked.what_if(*changes)

    assert asked.probability(*changes) == pytest.approx(rewritten.probability, abs=1e-9)
    expected, have = as_data(rewritten), as_data(found.after)
    assert have["case_sha256"] == expected["case_sha256"]
    assert same(have, expected)


@given(st.data())
def test_a_replay_has_the_very_numbers_of_a_graph_made_anew(data: st.DataObject) -> None:
    case = load_case(data.draw(cases()))
    graph = Graph.of(case)
    changes = data.draw(st.lists(number_changes(case), min_size=1, max_size=3))
    try:
        made_anew = Graph.of(changed(case, changes))
    except CaseError:
        assume(False)

    found = replayed(graph, changes)

    assume(found is not None)
    assert found is not None
    assert found.stories == made_anew.stories


@given(st.data())
def test_removing_an_attribution_and_adding_it_back_changes_nothing(data: st.DataObject) -> None:
    case = load_case(data.draw(cases()))
    claim = data.draw(st.sampled_from(case.claims)).id
    attribution = data.draw(st.sampled_from(case.attributions))

    there_and_back = changed(case, [Remove(f"attribution:{attribution.id}"), Add(attribution)])

    assert there_and_back == case
    assert Graph.of(there_and_back).story(claim) == Graph.of(case).story(claim)


@given(st.data())
def test_adding_an_attribution_and_removing_it_again_changes_nothing(data: st.DataObject) -> None:
    case = load_case(data.draw(cases()))
    claim = data.draw(st.sampled_from(case.claims)).id
    source = data.draw(st.sampled_from(case.sources)).id
    cited = data.draw(st.one_of(st.none(), st.sampled_from(case.attributions)))
    what: dict[str, Any] = {"claim": claim} if cited is None else {"cites": cited.id}
    plural = cited is not None and len(cited.claims) > 1
    try:
        before = weigh(case, claim)
    except (ImpossibleEvidence, IncompatiblePriors):
        assume(False)
    assume(not plural)

    after = what_if(
        case, claim, Add(Attribution(id="new", source=source, **what)), Remove("attribution:new")
    ).after

    assert after.probability == pytest.approx(before.probability, abs=1e-9)


def test_leaving_out_a_source_is_what_its_reason_says() -> None:
    case = load_seed("egypt-arms-2015")
    reasons = {reason.source: reason.bits for reason in weigh(case, "armed").reasons}

    found = what_if(case, "armed", Remove("source:rebels"))

    assert found.bits == pytest.approx(-(reasons["rebels"] or 0.0))


def test_what_was_hidden_stays_hidden_when_its_relay_is_left_out() -> None:
    found = what_if(ship(), "sailed", Remove("attribution:story"), Remove("source:port"))

    assert found.after.probability == pytest.approx(0.1)


def test_what_was_in_hand_stays_in_hand_when_a_relay_is_put_in() -> None:
    relay = Attribution(id="echo", source="weekly", cites="denial")

    found = what_if(ship(), "sailed", Add(Source(id="weekly", reliability="B")), Add(relay))

    assert found.bits == 0.0


def test_what_is_left_out_is_not_listed_as_withdrawn() -> None:
    after = what_if(ship(), "sailed", Remove("attribution:denial")).after

    assert [each.attribution for each in after.ignored] == []
    assert "retracted" not in {each.kind for each in after.caveats}


def test_a_link_can_be_left_out_and_put_back() -> None:
    case = load_seed("egypt-arms-2015")
    link = case.links[0]

    without = what_if(case, "armed", Remove("link:armed>sailed"))
    back = what_if(case, "armed", Remove("link:armed>sailed"), Add(link))

    assert without.bits != 0.0
    assert back.after.probability == pytest.approx(back.before.probability, abs=1e-12)


def test_a_source_a_claim_and_a_link_can_be_put_in_together() -> None:
    found = what_if(
        ship(),
        "sailed",
        Add(Claim(id="loaded", text="It was loaded")),
        Add(EvidenceLink(claim="sailed", sign="loaded", if_true=0.9, if_false=0.1)),
        Add(Source(id="docker", reliability="B")),
        Add(Attribution(id="seen", source="docker", claim="loaded")),
    )

    assert found.change > 0.1


def test_the_other_outcome_of_a_linked_claim_can_be_supposed() -> None:
    case = ship(
        claims=[
            {"id": "sailed", "text": "The ship sailed", "prior": 0.1},
            {"id": "left", "text": "Something left"},
        ],
        links=[{"kind": "implies", "claim": "sailed", "implies": "left"}],
    )

    assert what_if(case, "sailed", Change("resolved:left", False)).after.probability == 0.0
    assert what_if(case, "sailed", Change("resolved:left", False)).bits is None


def test_the_chance_of_one_voice_can_be_changed() -> None:
    case = ship(
        attributions=[
            {"id": "one", "source": "pilot", "claim": "sailed"},
            {
                "id": "two",
                "source": "daily",
                "claim": "sailed",
                "same_voice_as": {"attribution": "one", "probability": 0.2},
            },
        ]
    )

    assert what_if(case, "sailed", Change("same_voice:two", 1)).change < 0.0
    with pytest.raises(InvalidValue, match="declare a same voice"):
        what_if(case, "sailed", Change("same_voice:one", 0.5))


def test_a_degree_is_a_value_like_any_other() -> None:
    asked = questioned(ship(), "sailed")

    assert asked.probability(Change("reliability:pilot", Degree(0.75, 12.0))) == (
        asked.probability(Change("reliability:pilot", "B"))
    )


def test_without_a_change_it_is_said_that_nothing_is_supposed() -> None:
    told = f"{what_if(load_seed('egypt-arms-2015'), 'armed')}".splitlines()

    assert told[2:] == [
        "With nothing changed:",
        "It stays about 1 in 6 (17 %): nothing is supposed.",
    ]


def test_two_changes_of_one_record_are_both_made() -> None:
    asked = questioned(ship(), "sailed")
    both = (Change("reliability:port", "A"), Change("access:port", 0.5))

    found = asked.probability(*both)

    assert found == pytest.approx(weigh(changed(ship(), both), "sailed").probability)
    assert found != asked.probability(both[0])


@pytest.mark.parametrize(
    "about",
    ["reliability:nobody", "wording:nothing", "prior:nothing", "if_true:nothing", "strength:9"],
)
def test_a_record_that_is_not_there_is_an_unknown_name(about: str) -> None:
    with pytest.raises(UnknownName):
        what_if(ship(), "sailed", Change(about, 0.5))


@pytest.mark.parametrize("about", ["source:nobody", "attribution:nothing", "link:a>b"])
def test_what_is_not_there_cannot_be_left_out(about: str) -> None:
    with pytest.raises(UnknownName):
        what_if(ship(), "sailed", Remove(about))


def test_a_number_that_no_record_has_is_an_unknown_name() -> None:
    with pytest.raises(UnknownName, match="reliability"):
        Change("reliabilty:pilot", "B")
    with pytest.raises(UnknownName, match="source"):
        Remove("sauce:pilot")
    with pytest.raises(InvalidValue, match="record"):
        Add("pilot")  # type: ignore[arg-type]


def test_a_link_has_only_its_own_numbers() -> None:
    case = load_seed("egypt-arms-2015")

    with pytest.raises(UnknownName, match="if_true"):
        what_if(case, "armed", Change("strength:armed>sailed", 0.5))


def test_links_of_one_name_are_called_by_position() -> None:
    links = [ImpliesLink(claim="sailed", implies="left", strength=x) for x in (0.5, 0.6)]
    case = ship(
        claims=[
            {"id": "sailed", "text": "The ship sailed", "prior": 0.1},
            {"id": "left", "text": "Something left"},
        ],
        links=links,
    )

    with pytest.raises(InvalidValue, match="one of 0, 1"):
        what_if(case, "sailed", Change("strength:sailed>left", 0.9))
    assert what_if(case, "left", Change("strength:1", 0.0)).change != 0.0


def test_a_value_that_the_format_does_not_allow_is_a_case_error() -> None:
    with pytest.raises(CaseError):
        what_if(ship(), "sailed", Change("reliability:pilot", 1.5))
    with pytest.raises(CaseError):
        what_if(ship(), "sailed", Add(Source(id="pilot")))


def test_a_certain_contradiction_is_named() -> None:
    asked = questioned(ship(), "sailed")
    changes = [Change(f"reliability:{each}", 1.0) for each in ("pilot", "daily", "port")]

    with pytest.raises(ImpossibleEvidence):
        asked.probability(*changes, Change("fidelity:story", 1.0))


def test_a_question_has_its_prior_changed_as_a_whole() -> None:
    case = load_case(
        {
            "version": 1,
            "claims": [{"id": name, "text": name} for name in ("red", "blue")],
            "questions": [
                {"id": "colour", "text": "Which?", "claims": ["red", "blue"], "exhaustive": False}
            ],
            "sources": [],
            "attributions": [],
        }
    )

    found = what_if(case, "red", Change("prior:colour", [0.5, 0.3]))

    assert found.before.probability == pytest.approx(1 / 3)
    assert found.after.probability == pytest.approx(0.5)
    assert what_if(case, "red", Change("prior:colour", None)).bits == 0.0


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("reliability:pilot=B", "B"),
        ("reliability:pilot = 0.5", 0.5),
        ("wording:log=probably", "probably"),
        ("access:pilot=null", None),
        ("cites:2=1", "1"),
        ("cites:2=1.50", "1.50"),
        ("only_if:log=true", "true"),
        ("only_if:log=null", None),
        ("one_voice=1", "1"),
        ('cites:2=["1", "log"]', ("1", "log")),
        ('cites:2="1"', "1"),
    ],
)
def test_a_change_is_read_from_a_text(text: str, value: object) -> None:
    assert read_change(text).value == value


@pytest.mark.parametrize("value", [1, 1.5, True, ["log", 1]])
def test_what_is_changed_to_an_id_is_no_number(value: object) -> None:
    with pytest.raises(InvalidValue, match="cites:story: expected the id of a record, found"):
        Change("cites:story", value)


def test_a_text_without_a_value_is_no_change() -> None:
    with pytest.raises(InvalidValue, match="="):
        read_change("reliability:pilot")


def test_the_difference_reads_as_a_sentence_and_is_plain_data() -> None:
    found = what_if(ship(), "sailed", Change("reliability:pilot", "A"))

    assert "With reliability A for pilot:\n" in str(found)
    assert found.data["changes"] == ["reliability:pilot = A"]
    assert found.data["bits"] == found.bits
    assert "It stays" in str(what_if(ship(), "sailed", Change("reliability:pilot", "C")))


def test_what_stays_nearly_as_it_was_is_told_to_a_tenth_of_a_percent() -> None:
    found = what_if(ship(), "sailed", Change("reliability:port", 0.24))

    told = [float(each) for each in re.findall(r"([\d.]+) %", found.in_words)]
    exact = [100 * found.before.probability, 100 * found.after.probability]
    assert told == pytest.approx(exact, abs=0.0501)
    assert exact[0] != exact[1]
    assert ("for it" if exact[1] > exact[0] else "against it") in found.in_words


LINE = [
    {"id": "a", "source": "post", "claim": "sailed"},
    {"id": "b", "source": "port", "claim": "sailed"},
    {"id": "c", "source": "pilot", "claim": "late"},
    {"id": "d", "source": "pilot", "claim": "sailed", "basis": "inference", "from": "c"},
    {"id": "e", "source": "crew", "claim": "sailed", "stance": "denies"},
    {"id": "f", "source": "clerk", "claim": "sailed"},
]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("reliability:post=B", "the case has it so already"),
        ("basis:a=own-inquiry", "post reaches us most strongly of those who say the same"),
        ("basis:b=own-inquiry", "those who say the same may still have it from port"),
        ("basis:e=firsthand", "nobody else says the same, so that what crew said counts whole"),
        ("wording:d=probably", "what pilot said has no weight (it is its source's own inference"),
        ("wording:c=probably", "what pilot said has no weight (it does not bear on the claim)"),
        ("access:nobody=0.5", "nothing that is weighed hangs on it"),
        ("wording:f=probably", "nothing that is weighed hangs on it"),
    ],
)
def test_where_a_change_moves_nothing_it_is_said_why(change: str, why: str) -> None:
    case = load_case({
        "version": 1,
        "claims": [{"id": "sailed", "text": "The ship sailed", "prior": 0.2},
                   {"id": "late", "text": "It was late", "prior": 0.2}],
        "sources": [{"id": "post", "reliability": "B"}, {"id": "port", "reliability": "C"},
                    {"id": "pilot", "reliability": "B"}, {"id": "crew", "reliability": "B"},
                    {"id": "nobody", "reliability": "B"}, {"id": "clerk"}],
        "attributions": LINE,
    })  # fmt: skip

    found = what_if(case, "sailed", change)

    assert found.why_unmoved.startswith(why)
    assert f": {why}" in found.in_words
    assert what_if(case, "sailed", "reliability:post=E").why_unmoved == ""
    for idle in (Add(Claim(id="new", text="It rained")), Remove("source:nobody")):
        assert what_if(case, "sailed", idle).why_unmoved


def test_one_of_several_statements_of_a_source_is_left_out_as_one_of_them() -> None:
    case = load_case({
        "version": 1,
        "claims": [{"id": "sailed", "text": "The ship sailed"}],
        "sources": [{"id": "pilot", "reliability": "B"}, {"id": "port", "reliability": "B"}],
        "attributions": [{"id": "a", "source": "pilot", "claim": "sailed"},
                         {"id": "b", "source": "pilot", "claim": "sailed", "stance": "denies"},
                         {"id": "c", "source": "port", "claim": "sailed"}],
    })  # fmt: skip

    assert "Without one statement of pilot:" in str(
        what_if(case, "sailed", Remove("attribution:a"))
    )
    assert "Without what port said:" in str(what_if(case, "sailed", Remove("attribution:c")))


def test_a_change_is_taken_as_a_text_and_nothing_else_as_one() -> None:
    found = what_if(ship(), "sailed", "reliability:pilot=B")

    assert found.changes == (Change("reliability:pilot", "B"),)
    with pytest.raises(InvalidValue, match="a text such as reliability:ID=B, found int"):
        what_if(ship(), "sailed", 3)  # type: ignore[arg-type]


def test_what_a_source_is_called_is_no_attribution_but_its_statements_are_offered() -> None:
    for change in (Change("cites:denial", "pilot"), Change("basis:pilot", "firsthand")):
        with pytest.raises(UnknownName, match=r"'pilot', which is a source; did you mean '\w+'"):
            what_if(ship(), "sailed", change)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ([Change("reliability:port", 0.24)], "It stays about"),
        ([Remove("source:pilot"), Remove("source:port")], "Without pilot and without port:"),
        ([Change("reliability:pilot", Degree(0.9, 20.0))], '{"mean": 0.9, "strength": 20.0}'),
        ([Change("prior:sailed", None)], "With prior not stated for “The ship sailed”:"),
    ],
)
def test_every_kind_of_difference_can_be_read(changes: list[Any], words: str) -> None:
    assert words in str(what_if(ship(), "sailed", *changes))


def test_a_change_of_confidence_is_told() -> None:
    found = what_if(
        ship(),
        "sailed",
        Change("in_hand:log", True),
        Change("reliability:pilot", "A"),
        Add(Source(id="docker", reliability="A")),
        Add(Attribution(id="seen", source="docker", claim="sailed", basis="firsthand")),
    )

    assert "Analytic confidence goes from low to" in str(found)


def test_what_is_settled_for_certain_has_no_bits() -> None:
    certain = what_if(ship(), "sailed", Remove("source:port"), Change("in_hand:log", True))
    found = what_if(
        ship(),
        "sailed",
        Remove("source:port"),
        Change("in_hand:log", True),
        Change("reliability:pilot", 1),
    )

    assert certain.bits is not None
    assert (found.after.probability, found.bits) == (1.0, None)
    assert "bits" not in found.in_words


def test_hearsay_passes_through_the_case_again() -> None:
    case = ship(
        attributions=[
            {"id": "word", "source": "daily", "claim": "sailed", "basis": "secondhand"},
            {"id": "log", "source": "pilot", "claim": "sailed"},
        ]
    )

    assert replayed(Graph.of(case), [Change("competence:word", 0.5)]) is None
    assert what_if(case, "sailed", Change("competence:word", 0.5)).bits == 0.0
