"""Leads: what is expected of them is what trying every outcome gives."""

from __future__ import annotations

import math
from typing import Any

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from provenance.assessment import (
    Lead,
    LeadOutcome,
    Leads,
    Questioned,
    leads,
    less_in_words,
    questioned,
    weigh,
)
from provenance.assessment.leads import Finding
from provenance.casefiles import load_case, load_seed
from provenance.errors import (
    ImpossibleEvidence,
    IncompatiblePriors,
    TooEntangled,
    UnknownName,
)
from provenance.graph import Place, Statement, Story, Witness, witness_of
from provenance.inference import Coupling
from provenance.scales import GRADES, Degree
from tests.cases.worlds import SECOND_WORDS, on_record
from tests.twins.answer_twin import for_and_against
from tests.twins.drawn_cases import MOST_WORLDS, drawn_cases, size_of
from tests.twins.network_twin import holding
from tests.twins.reading_twin import asked_of

Masses = tuple[float, float]


def ship(*attributions: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A case about a ship with some sources and attributions."""
    return {
        "version": 1,
        "claims": [{"id": "sailed", "text": "The ship sailed", "prior": 0.1}],
        "sources": [
            {"id": "pilot", "reliability": 0.9},
            {"id": "daily", "reliability": 0.7},
        ],
        "attributions": list(attributions),
        **more,
    }


HEARSAY = ship(
    {"id": "log", "source": "pilot", "claim": "sailed"},
    {"id": "story", "source": "daily", "cites": "log"},
)


def of_kind(found: Leads, kind: str) -> list[Lead]:
    return [each for each in found if each.kind == kind]


# ---------------------------------------------------------------- against enumeration


def entropy(p: float) -> float:
    return -sum(x * math.log2(x) for x in (p, 1 - p) if x > 0)


def expected(masses: list[Masses], now: float) -> tuple[float, float]:
    """The expected absolute change, and the expected reduction of entropy."""
    total = sum(map(sum, masses))
    change = bits = 0.0
    for so, not_so in masses:
        chance = (so + not_so) / total
        if chance > 0:
            change += chance * abs(so / (so + not_so) - now)
            bits += chance * entropy(so / (so + not_so))
    return change, entropy(now) - bits


def masses_given(story: Story, coupling: Coupling, place: Place, **fixed: int) -> Masses:
    """The weight of the claim's being so and not so, some statements saying something given."""
    asked = asked_of(story, place, coupling)
    network = asked.network
    for number, value in fixed.items():
        network = holding(network, story.statements[int(number.removeprefix("u"))].id, value)
    return for_and_against(asked, network)


def is_small(story: Story, coupling: Coupling, place: Place) -> bool:
    """Whether the twin can try every world of a story."""
    return size_of(asked_of(story, place, coupling).network) <= MOST_WORLDS


@st.composite
def findings(draw: st.DrawFn, *, recorded: bool = False) -> tuple[Finding, Questioned]:
    """A claim of a random case that is possible, not certain, and small enough for the twin.

    Where every lineage is `recorded`, one more voice takes nothing from the others.
    """
    written = draw(drawn_cases(never=SECOND_WORDS if recorded else ()))
    case = load_case(on_record(written) if recorded else written)
    claim = draw(st.sampled_from(case.claims)).id
    coupling: Coupling = draw(st.sampled_from(("story", "story", "none")))
    try:
        asked = questioned(case, claim, coupling=coupling)
        assume(not asked.sums.is_certain)
    except (ImpossibleEvidence, IncompatiblePriors, TooEntangled):
        assume(False)
    assume(is_small(asked.story, coupling, asked.place))
    return Finding(asked), asked


def check(lead: Lead, masses: list[Masses], now: float) -> None:
    change, bits = expected(masses, now)
    assert lead.expected_change == pytest.approx(change, abs=1e-8)
    assert lead.expected_bits == pytest.approx(bits, abs=1e-8)
    assert sum(each.chance for each in lead.outcomes) == pytest.approx(1.0)


def hidden_in(finding: Finding) -> list[int]:
    """The statements known only through others, in the order in which they are leads."""
    story = finding.story
    return [
        index
        for index in finding.asked.structure.network.variables
        if not story.statements[index].in_hand
        and story.witnesses[story.statements[index].witness].id in finding.sources
    ]


@given(findings())
def test_what_is_expected_of_an_original_is_what_trying_its_words_gives(
    both: tuple[Finding, Questioned],
) -> None:
    finding, asked = both
    story = asked.story

    for lead, number in zip(finding.originals(), hidden_in(finding), strict=True):
        size = story.questions[story.statements[number].question].size
        masses = [
            masses_given(story, asked.coupling, asked.place, **{f"u{number}": value})
            for value in range(size)
        ]
        check(lead, masses, finding.now)
        assert lead.expected_bits > -1e-9
        assert not story.statements[number].in_hand


@pytest.mark.parametrize("couples", ["story", "none"])
def test_originals_of_one_source_that_tells_its_own_story_are_enumerated_too(
    couples: Coupling,
) -> None:
    """Hidden details of one man, reported by one outlet: a made-up story of his is coherent."""
    claims = [{"id": name, "text": name} for name in ("sailed", "loaded", "ordered")]
    case = load_case(
        {
            "version": 1,
            "claims": [{**claims[0], "prior": 0.1}, *claims[1:]],
            "sources": [
                {"id": "pilot", "reliability": "C", "access": 0.7},
                {"id": "daily", "reliability": "B"},
            ],
            "attributions": [
                {"id": "told", "source": "pilot", "claim": ["sailed", "loaded", "ordered"]},
                {"id": "story", "source": "daily", "cites": "told"},
            ],
            "links": [
                {"kind": "evidence", "claim": "sailed", "sign": sign, "if_true": t, "if_false": f}
                for sign, t, f in (("loaded", 0.6, 0.1), ("ordered", 0.4, 0.2))
            ],
        }
    )
    asked = questioned(case, "sailed", coupling=couples)
    finding = Finding(asked)

    found = list(finding.originals())

    assert len(found) == 3
    for lead, number in zip(found, hidden_in(finding), strict=True):
        masses = [
            masses_given(asked.story, couples, asked.place, **{f"u{number}": value})
            for value in (0, 1)
        ]
        check(lead, masses, finding.now)


@given(findings())
def test_what_is_expected_of_a_linked_claim_is_what_resolving_it_gives(
    both: tuple[Finding, Questioned],
) -> None:
    finding, asked = both
    story = asked.story

    for lead in finding.linked_claims():
        place = story.places[lead.about[0]]
        masses = [
            masses_given(
                attrs.evolve(story, resolved=(*story.resolved, (place, truth))),
                asked.coupling,
                asked.place,
            )
            for truth in (True, False)
        ]
        check(lead, masses, finding.now)


@given(findings(recorded=True), st.sampled_from("ABCDE"))
def test_what_is_expected_of_an_independent_source_is_what_hearing_it_gives(
    both: tuple[Finding, Questioned], grade: str
) -> None:
    finding, asked = both
    story, place = asked.story, asked.place
    heard = Statement(
        id="new",
        witness=len(story.witnesses),
        question=place.question,
        value=place.value,
        affirms=True,
        cites=None,
        in_hand=True,
        skill=Degree(1.0),
        commitment=1.0,
        interest=1.0,
        is_established=True,
    )
    stranger = Witness("stranger", GRADES[grade], Degree(1.0))

    def with_it(statement: Statement) -> Story:
        return attrs.evolve(
            story,
            witnesses=(*story.witnesses, stranger),
            statements=(*story.statements, statement),
        )

    denial = (
        attrs.evolve(heard, value=1 - place.value)
        if story.questions[place.question].size == 2
        else attrs.evolve(heard, affirms=False)
    )
    (lead,) = finding.independents(grade)

    masses = [masses_given(with_it(each), asked.coupling, place) for each in (heard, denial)]
    check(lead, masses, finding.now)


@given(findings(recorded=True))
def test_an_answer_is_as_likely_as_trying_it_says_and_gives_what_weighing_it_gives(
    both: tuple[Finding, Questioned],
) -> None:
    finding, asked = both
    place = asked.place

    for lead in finding.questions():
        witness = witness_of(finding.sources[lead.about[0]])
        ratio = finding.ratio(finding.sources[lead.about[0]])
        story = finding.with_word_of(witness, ratio)
        stories = [
            finding.with_word_of(witness, ratio, affirms=affirms, in_hand=True)
            for affirms in (True, False)
        ]
        assume(all(is_small(each, asked.coupling, place) for each in (story, *stories)))
        number = len(story.statements) - 1
        values = range(story.questions[place.question].size)
        each = [
            sum(masses_given(story, asked.coupling, place, **{f"u{number}": value}))
            for value in values
        ]
        entered = [masses_given(each, asked.coupling, place) for each in stories]
        chances = [each[place.value] / sum(each), 1.0 - each[place.value] / sum(each)]
        wanted = [
            (chance, so / (so + not_so))
            for chance, (so, not_so) in zip(chances, entered, strict=True)
            if chance > 1e-12
        ]
        found = [(each.chance, each.probability) for each in lead.outcomes]
        assert found == [pytest.approx(pair, abs=1e-7) for pair in wanted]


@given(findings())
def test_what_is_expected_of_a_judgement_is_what_every_grade_gives(
    both: tuple[Finding, Questioned],
) -> None:
    finding, asked = both
    story = asked.story
    numbers = {each.id: n for n, each in enumerate(story.witnesses)}

    for lead in finding.judgements():
        if lead.about[0] not in numbers or story.witnesses[numbers[lead.about[0]]].reliability:
            continue
        witnesses = list(story.witnesses)
        masses = []
        for label in "ABCDE":
            number = numbers[lead.about[0]]
            witnesses[number] = attrs.evolve(witnesses[number], reliability=GRADES[label])
            tried = attrs.evolve(story, witnesses=tuple(witnesses))
            masses.append(masses_given(tried, asked.coupling, asked.place))
        check(lead, masses, finding.now)


# ---------------------------------------------------------------- what they are about


def test_an_original_that_is_read_says_so_or_says_otherwise() -> None:
    found = leads(load_case(HEARSAY), "sailed")
    held = [{**HEARSAY["attributions"][0], "in_hand": True}, HEARSAY["attributions"][1]]

    (lead,) = of_kind(found, "obtain")

    assert lead.about == ("log",)
    assert lead.best.probability == pytest.approx(
        weigh(load_case({**HEARSAY, "attributions": held}), "sailed").probability
    )
    mean = sum(each.chance * each.probability for each in lead.outcomes)
    assert mean == pytest.approx(found.probability)


def test_nothing_in_hand_is_to_be_obtained() -> None:
    held = [{**HEARSAY["attributions"][0], "in_hand": True}, HEARSAY["attributions"][1]]

    found = leads(load_case({**HEARSAY, "attributions": held}), "sailed")

    assert of_kind(found, "obtain") == []
    assert of_kind(found, "ask") == []


def test_who_speaks_of_other_matters_alone_is_nobody_to_ask() -> None:
    hill = {"id": "hill", "text": "The hill is 2,640 m high"}
    sources = [{"id": name, "reliability": "B"} for name in ("pilot", "surveyor", "harbour")]
    log = {"id": "log", "source": "pilot", "claim": "sailed"}
    measured = {"id": "measured", "source": "surveyor", "claim": "hill"}
    case = ship(log, measured, sources=sources)
    apart = load_case({**case, "claims": [*case["claims"], hill]})
    link = {"kind": "implies", "claim": "sailed", "implies": "hill"}
    linked = apart.evolve(links=(link,))

    asked = [
        [each.about for each in of_kind(leads(each, "sailed"), "ask")] for each in (apart, linked)
    ]

    assert [sorted(each) for each in asked] == [[("harbour",)], [("harbour",), ("surveyor",)]]


def test_an_unjudged_source_is_to_be_judged_and_one_known_exactly_is_not() -> None:
    case = load_case(
        ship(
            {"id": "log", "source": "pilot", "claim": "sailed"},
            {"id": "rumour", "source": "bar", "claim": "sailed"},
            sources=[{"id": "pilot", "reliability": 0.9}, {"id": "bar", "kind": "collective"}],
        )
    )

    (lead,) = of_kind(leads(case, "sailed"), "judge")

    assert lead.about == ("bar",)
    assert [each.text[-1] for each in lead.outcomes] == ["E", "D", "C", "B", "A"]


def test_the_grades_of_a_roughly_known_source_are_as_likely_as_its_beta_makes_them() -> None:
    # On an even prior what it says is as likely whatever its grade.
    written = ship(
        {"id": "log", "source": "pilot", "claim": "sailed"},
        claims=[{"id": "sailed", "text": "The ship sailed", "prior": 0.5}],
        sources=[{"id": "pilot", "reliability": {"mean": 0.5, "strength": 2}}],
    )

    (lead,) = of_kind(leads(load_case(written), "sailed"), "judge")

    # Beta(1, 1) is uniform, so the chances are the widths between the midpoints of the grades.
    assert [each.chance for each in lead.outcomes] == pytest.approx(
        [0.15, 0.225, 0.25, 0.225, 0.15]
    )


def test_someone_unnamed_behind_hearsay_is_to_be_found_and_judged() -> None:
    case = load_case(
        ship({"id": "word", "source": "daily", "claim": "sailed", "basis": "secondhand"})
    )

    (lead,) = of_kind(leads(case, "sailed"), "judge")

    assert lead.about == ("word",)
    assert "who is behind" in lead.text
    assert of_kind(leads(case, "sailed"), "obtain") == []


def test_a_named_source_that_has_not_spoken_is_to_be_asked_and_an_outlet_is_not() -> None:
    case = load_case(
        {
            **HEARSAY,
            "sources": [
                *HEARSAY["sources"],
                {"id": "minister", "reliability": "C", "kind": "person"},
                {"id": "voice", "reliability": "C", "kind": "unnamed"},
                {"id": "stranger", "kind": "person"},
            ],
        }
    )

    asked = of_kind(leads(case, "sailed"), "ask")

    assert [lead.about for lead in asked] == [("minister",)]
    assert asked[0].best.probability > asked[0].worst.probability


def test_asking_someone_with_a_stake_moves_less() -> None:
    def change(interests: list[dict[str, str]]) -> float:
        minister = {"id": "minister", "reliability": "C", "interests": interests}
        case = load_case({**HEARSAY, "sources": [*HEARSAY["sources"], minister]})
        (lead,) = of_kind(leads(case, "sailed"), "ask")
        return lead.expected_change

    for stake in ("gains", "loses"):
        assert change([{"claims": "all", "stake": stake}]) < change([])


def test_two_voices_declared_perhaps_one_are_to_be_settled() -> None:
    written = ship(
        {"id": "one", "source": "pilot", "claim": "sailed"},
        {
            "id": "two",
            "source": "daily",
            "claim": "sailed",
            "same_voice_as": {"attribution": "one", "probability": 0.3},
        },
    )

    def at(tau: float) -> float:
        attributions = [dict(each) for each in written["attributions"]]
        attributions[1]["same_voice_as"] = {"attribution": "one", "probability": tau}
        return weigh(load_case({**written, "attributions": attributions}), "sailed").probability

    (lead,) = of_kind(leads(load_case(written), "sailed"), "voices")

    assert lead.worst.probability == pytest.approx(at(1.0))
    assert lead.best.probability == pytest.approx(at(0.0))
    mean = sum(each.chance * each.probability for each in lead.outcomes)
    assert mean == pytest.approx(at(0.3))


def test_two_unnamed_voices_are_to_be_settled_without_a_declaration() -> None:
    case = load_case(
        ship(
            {"id": "one", "source": "a", "claim": "sailed", "basis": "firsthand"},
            {"id": "two", "source": "b", "claim": "sailed", "basis": "firsthand"},
            sources=[{"id": name, "kind": "unnamed", "reliability": "C"} for name in "ab"],
        )
    )

    found = leads(case, "sailed")

    (lead,) = of_kind(found, "voices")
    assert lead.best.probability == pytest.approx(found.probability)  # two: as the case stands
    assert lead.worst.probability == pytest.approx(0.25)  # one: a single C
    assert of_kind(found, "lineage") == []


UNRECORDED = ship(
    {"id": "one", "source": "a", "claim": "sailed"},
    {"id": "two", "source": "b", "claim": "sailed"},
    sources=[{"id": name, "name": f"Paper {name}", "reliability": "C"} for name in "ab"],
)


def test_two_voices_of_unknown_lineage_are_one_as_likely_as_the_model_has_it() -> None:
    """On .1 with two of grade C: one voice comes to .25, two to .5.

    The second is a new voice with chance .75 / 1.75 (theta f = .75); where it is none, it says this
    as often as anybody would, one time in two.
    """
    found = leads(load_case(UNRECORDED), "sailed")

    (lead,) = of_kind(found, "lineage")
    same = (0.1 * 0.75 + 0.9 * 0.25) * 0.5 * (1.0 / 1.75)
    apart = (0.1 * 0.75**2 + 0.9 * 0.25**2) * (0.75 / 1.75)
    assert lead.about == ("one", "two")
    assert lead.text == "Find out whether Paper a and Paper b have it from one another"
    assert [each.probability for each in lead.outcomes] == pytest.approx([0.25, 0.5])
    assert lead.outcomes[0].chance == pytest.approx(same / (same + apart))
    assert lead.expected_bits > 0.0


@given(findings())
def test_what_is_expected_of_a_lineage_comes_to_the_answer_as_it_stands(
    both: tuple[Finding, Questioned],
) -> None:
    finding, _ = both

    for lead in finding.lineages():
        mean = sum(each.chance * each.probability for each in lead.outcomes)
        assert mean == pytest.approx(finding.now, abs=1e-9)
        assert sum(each.chance for each in lead.outcomes) == pytest.approx(1.0)
        assert lead.expected_bits > -1e-9
        assert len(lead.about) > 1


@given(st.lists(st.sampled_from("ABCDE"), min_size=2, max_size=5))
def test_the_outcomes_of_a_lineage_are_the_range_that_the_assessment_gives(
    grades: list[str],
) -> None:
    case = load_case(
        ship(
            *({"id": f"a{n}", "source": f"s{n}", "claim": "sailed"} for n in range(len(grades))),
            sources=[{"id": f"s{n}", "reliability": each} for n, each in enumerate(grades)],
        )
    )
    assessment = weigh(case, "sailed")

    (lead,) = Finding(questioned(case, "sailed")).lineages()

    assert [each.probability for each in lead.outcomes] == pytest.approx(
        [assessment.if_one_voice, assessment.if_independent], abs=1e-9
    )


def test_where_the_line_does_not_matter_there_is_no_lead() -> None:
    sources = [{"id": "a", "reliability": "C"}, {"id": "b", "reliability": 0}]
    case = load_case({**UNRECORDED, "sources": sources})

    assert list(Finding(questioned(case, "sailed")).lineages()) == []


def test_leads_under_a_point_are_one_line_and_all_stay_in_the_data() -> None:
    found = leads(load_seed("egypt-arms-2015"), "armed")

    worth = found.worth_following
    less = len(found) - len(worth)
    assert all(each.expected_change >= 0.01 for each in worth)
    assert less > 1
    assert str(found).endswith(f"\n\n{less_in_words(less)}")
    assert len(found.data["leads"]) == len(found)


def test_where_nothing_moves_it_by_a_point_that_is_said() -> None:
    case = load_case(
        {**UNRECORDED, "claims": [{"id": "sailed", "text": "The ship sailed", "prior": 1e-6}]}
    )

    found = leads(case, "sailed")

    assert found.worth_following == ()
    assert "Nothing would move it by a point; " in str(found)


def test_what_is_settled_is_not_to_be_settled_again() -> None:
    written = ship(
        claims=[
            {"id": "sailed", "text": "The ship sailed", "prior": 0.1},
            {"id": "seen", "text": "It was seen", "resolved": {"value": True}},
            {"id": "heard", "text": "It was heard"},
        ],
        links=[
            {"kind": "evidence", "claim": "sailed", "sign": sign, "if_true": 0.8, "if_false": 0.1}
            for sign in ("seen", "heard")
        ],
    )

    found = of_kind(leads(load_case(written), "sailed"), "settle")

    assert [lead.about for lead in found] == [("heard",)]


def leaked(*others: dict[str, Any], **genuine: Any) -> dict[str, Any]:
    """A case in which a paper counts only if it is genuine."""
    return ship(
        {"id": "log", "source": "pilot", "claim": "sailed", "only_if": "genuine"},
        *others,
        claims=[
            {"id": "sailed", "text": "The ship sailed", "prior": 0.2},
            {"id": "genuine", "text": "The log is genuine", "prior": 0.3, **genuine},
        ],
    )


@pytest.mark.parametrize("others", [(), ({"id": "more", "source": "daily", "claim": "sailed"},)])
def test_a_condition_of_what_is_said_is_to_be_settled(others: tuple[dict[str, Any], ...]) -> None:
    """What it would do is what weighing does, also where it moves who stands first in line."""
    case = load_case(leaked(*others))

    (lead,) = of_kind(leads(case, "sailed"), "settle")

    assert lead.about == ("genuine",)
    for value, outcome in ((True, lead.best), (False, lead.worst)):
        settled = load_case(leaked(*others, resolved={"value": value}))
        assert outcome.probability == pytest.approx(weigh(settled, "sailed").probability)
    assert of_kind(leads(load_case(leaked(resolved={"value": True})), "sailed"), "settle") == []


def test_an_alternative_of_the_same_question_can_be_settled() -> None:
    case = load_case(
        {
            "version": 1,
            "claims": [{"id": name, "text": name} for name in ("red", "blue", "green")],
            "questions": [{"id": "q", "text": "Which?", "claims": ["red", "blue", "green"]}],
            "sources": [],
            "attributions": [],
        }
    )

    found = of_kind(leads(case, "red"), "settle")

    assert {lead.about for lead in found} == {("blue",), ("green",)}
    assert found[0].worst.probability == 0.0
    assert found[0].best.probability == pytest.approx(0.5)


def test_a_certain_answer_has_no_leads() -> None:
    certain = ship(
        {"id": "log", "source": "pilot", "claim": "sailed"},
        sources=[{"id": "pilot", "reliability": 1.0}],
    )

    found = leads(load_case(certain), "sailed")

    assert len(found) == 0
    assert "Nothing" in str(found)


def test_leads_come_in_the_order_of_what_is_expected_of_them() -> None:
    found = leads(load_seed("egypt-arms-2015"), "armed")

    changes = [lead.expected_change for lead in found]
    assert changes == sorted(changes, reverse=True)
    assert found[0].kind == "independent"
    assert {lead.kind for lead in found} == {"obtain", "judge", "ask", "independent", "settle"}
    assert [each["kind"] for each in found.data["leads"]] == [lead.kind for lead in found]


def test_only_so_many_are_given_as_are_asked_for() -> None:
    case = load_seed("egypt-arms-2015")

    assert len(leads(case, "armed", most=3)) == 3
    assert len(of_kind(leads(case, "armed", grades=("A", "C")), "independent")) == 2


@pytest.mark.parametrize("label", ["F", "Z"])
def test_a_grade_that_says_nothing_cannot_be_looked_for(label: str) -> None:
    with pytest.raises(UnknownName):
        leads(load_case(HEARSAY), "sailed", grades=(label,))


def test_two_unnamed_voices_that_contradict_each_other_are_two() -> None:
    case = load_case(
        ship(
            {"id": "one", "source": "a", "claim": "sailed"},
            {"id": "two", "source": "b", "claim": "sailed", "stance": "denies"},
            sources=[{"id": name, "kind": "unnamed", "reliability": "C"} for name in "ab"],
        )
    )

    assert of_kind(leads(case, "sailed"), "voices") == []


def test_claims_that_only_share_a_source_are_not_to_be_settled() -> None:
    case = load_case(
        ship(
            {"id": "log", "source": "pilot", "claim": ["sailed", "else"]},
            claims=[
                {"id": "sailed", "text": "The ship sailed", "prior": 0.1},
                {"id": "else", "text": "Something else", "prior": 0.5},
            ],
        )
    )

    assert of_kind(leads(case, "sailed", coupling="source"), "settle") == []


def test_where_the_answer_is_simulated_so_is_what_is_expected(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    written = on_record(
        {**HEARSAY, "sources": [{"id": "pilot", "reliability": "C"}, HEARSAY["sources"][1]]}
    )
    exact = leads(load_case(written), "sailed")
    monkeypatch.setattr("provenance.inference.network.LIMIT", 1)

    found = leads(load_case(written), "sailed")

    assert found.approximate
    assert not exact.approximate
    for one, other in zip(sorted(exact, key=str), sorted(found, key=str), strict=True):
        assert other.expected_change == pytest.approx(one.expected_change, abs=0.02)


def test_what_a_perfect_relay_has_told_need_not_be_read() -> None:
    relay = {**HEARSAY["attributions"][1], "fidelity": 1.0}
    sources = [HEARSAY["sources"][0], {"id": "daily", "reliability": 1.0}]
    written = {**HEARSAY, "sources": sources, "attributions": [HEARSAY["attributions"][0], relay]}

    (original,) = Finding(questioned(load_case(written), "sailed")).originals()

    assert [each.chance for each in original.outcomes] == [1.0]
    assert of_kind(leads(load_case(written), "sailed"), "obtain") == []


def test_a_tiny_loss_of_entropy_has_no_minus() -> None:
    outcomes = (LeadOutcome("it is true", 0.5, 0.5), LeadOutcome("it is false", 0.5, 0.5))

    lead = Lead("settle", ("a",), "Settle it", "“it”", outcomes, 0.0, -1e-5)

    assert "(+0.000 bits)" in str(lead)


@pytest.mark.parametrize("stance", ["affirms", "denies"])
@pytest.mark.parametrize("who", ["ngo", "ministry"])
def test_a_lead_promises_what_the_case_with_the_answer_entered_gives(who: str, stance: str) -> None:
    """The source has shown a sign already, or has said nothing; others may have it from it."""
    written = {
        "version": 1,
        "claims": [{"id": "shot", "text": "A shot fell", "prior": 0.2}, {"id": "holes", "text": "Holes"}],
        "sources": [
            {"id": name, "reliability": grade}
            for name, grade in (("official", "C"), ("post", "C"), ("ngo", "B"), ("ministry", "D"))
        ],
        "attributions": [
            {"id": "o", "source": "official", "claim": "shot"},
            {"id": "p", "source": "post", "claim": "shot"},
            {"id": "photos", "source": "ngo", "claim": "holes", "basis": "firsthand"},
        ],
        "links": [
            {"kind": "evidence", "claim": "shot", "sign": "holes", "if_true": 0.5, "if_false": 0.03}
        ],
    }  # fmt: skip
    answer = {"id": "new", "source": who, "claim": "shot", "basis": "firsthand", "stance": stance}
    entered = load_case({**written, "attributions": [*written["attributions"], answer]})

    (lead,) = [
        each for each in of_kind(leads(load_case(written), "shot"), "ask") if each.about == (who,)
    ]

    promised = {each.text: each.probability for each in lead.outcomes}
    assert promised[
        f"it is {stance.replace('affirms', 'affirmed').replace('denies', 'denied')}"
    ] == (pytest.approx(weigh(entered, "shot").probability))
