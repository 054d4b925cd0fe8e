"""What if it had it from another, saw it itself, counted only where something holds, were one voice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from provenance import Case, load_case, weigh
from provenance.assessment import (
    Add,
    Change,
    Names,
    Remove,
    questioned,
    read_change,
    supposed_in_words,
    what_if,
)
from provenance.assessment.changes import changed
from provenance.errors import (
    CaseError,
    ImpossibleEvidence,
    IncompatiblePriors,
    InvalidValue,
    UnknownName,
)
from provenance.graph import Graph
from provenance.records import Attribution, Source
from tests.cases.strategies import cases

FIRE = {"id": "fire", "text": "The depot burned down", "prior": 0.2}
GRADES = "ABCDE"


def fire(*attributions: Mapping[str, Any], grades: Mapping[str, Any] = {}, **more: Any) -> Case:
    """A claim with some attributions; sources of grade B where no other is stated."""
    speaking = dict.fromkeys(each["source"] for each in attributions)
    return load_case(
        {
            "version": 1,
            "claims": [FIRE, *more.pop("claims", ())],
            "sources": [{"id": name, "reliability": grades.get(name, "B")} for name in speaking],
            "attributions": [*attributions],
            **more,
        }
    )


def says(name: str, source: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "source": source, "claim": "fire", **more}


def cites(name: str, source: str, cited: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "source": source, "cites": cited, **more}


def answer(case: Case, claim: str = "fire") -> float:
    """The answer; drawn cases in which nothing can be said are passed over."""
    try:
        return weigh(case, claim).probability
    except (ImpossibleEvidence, IncompatiblePriors):
        assume(False)
        raise


def cases_of_one_claim_each(data: st.DataObject) -> dict[str, Any]:
    """A drawn case in which every attribution makes one claim: of several we may have a part."""
    document = data.draw(cases())
    for each in document["attributions"]:
        if isinstance(each.get("claim"), list):
            (each["claim"], *_) = each["claim"]
        if "cites" in each:
            cited = [each["cites"]] if isinstance(each["cites"], str) else each["cites"]
            whole = dict.fromkeys(name.partition("/")[0] for name in cited)
            each["cites"] = next(iter(whole)) if len(whole) == 1 else list(whole)
    try:
        load_case(document)
    except CaseError:
        assume(False)
    return document


def held(document: dict[str, Any], name: str) -> bool:
    """Whether we have an attribution, read off a case file from scratch (model 3.1)."""
    (entry,) = (each for each in document["attributions"] if each["id"] == name)
    if "in_hand" in entry:
        return bool(entry["in_hand"])
    for paper in document.get("documents", ()):
        if paper["id"] == entry.get("document") and paper.get("publisher") == entry["source"]:
            return True
    for each in document["attributions"]:
        cited = each.get("cites", ())
        for one in [cited] if isinstance(cited, str) else cited:
            if one == name or one.startswith(f"{name}/"):
                return False
    return True


OF_AN_ORIGIN = ("claim", "stance", "competence", "basis", "from", "same_voice_as")


def with_relay(document: dict[str, Any], name: str, cited: str) -> dict[str, Any]:
    """The case file as somebody would write it who knows that one statement is a relay."""
    written = []
    for each in document["attributions"]:
        if each["id"] == name:
            dropped = () if "cites" in each else OF_AN_ORIGIN
            each = {key: value for key, value in each.items() if key not in dropped}
            written.append(each | {"cites": cited})
        else:
            written.append(each | {"in_hand": held(document, each["id"])})
    return document | {"attributions": written}


# ---------------------------------------------------------------- it has it from another


def test_a_second_paper_that_has_it_from_the_first_adds_nothing() -> None:
    case = fire(says("first", "daily"), says("second", "weekly"))

    found = what_if(case, "fire", Change("cites:second", "first"))

    # One voice of grade B on a prior of .2: odds 1/4 * 7, .636.
    assert found.after.probability == pytest.approx(7 / 11)
    assert found.after.probability == pytest.approx(found.before.if_one_voice)
    assert found.before.probability > found.after.probability


def test_whose_id_comes_first_does_not_matter() -> None:
    for one, other in (("a", "b"), ("b", "a")):
        case = fire(says(one, "daily"), says(other, "weekly"))

        found = what_if(case, "fire", Change(f"cites:{other}", one))

        assert found.after.probability == pytest.approx(7 / 11)


def test_what_only_an_origin_has_is_dropped_when_it_becomes_a_relay() -> None:
    case = fire(
        says("first", "daily"),
        says("second", "weekly", stance="denies", competence=0.5, basis="firsthand",
             same_voice_as={"attribution": "first", "probability": 0.4}),
    )  # fmt: skip

    second = changed(case, [Change("cites:second", "first")]).attributions[1]

    assert second == Attribution(id="second", source="weekly", cites="first")


def test_a_relay_keeps_what_a_relay_has_when_it_cites_another() -> None:
    case = fire(
        says("first", "daily"),
        says("other", "watch"),
        cites("second", "weekly", "first", stance="disowns", fidelity=0.5, basis="firsthand"),
    )

    second = changed(case, [Change("cites:second", "other")]).attributions[2]

    assert second == case.attributions[2].evolve(cites="other")


def test_it_can_have_it_from_several() -> None:
    case = fire(says("first", "daily"), says("other", "watch"), says("second", "weekly"))

    found = what_if(case, "fire", Change("cites:second", ["first", "other"]))

    assert found.after.probability == pytest.approx(
        answer(fire(says("first", "daily"), says("other", "watch")))
    )


@given(st.data())
def test_a_supposed_relay_is_what_a_written_relay_is(data: st.DataObject) -> None:
    document = cases_of_one_claim_each(data)
    case = load_case(document)
    claim = data.draw(st.sampled_from(case.claims)).id
    relay = data.draw(st.sampled_from([a for a in case.attributions if not a.is_silence] or [None]))
    original = data.draw(st.sampled_from(case.attributions))
    assume(relay is not None and relay.id != original.id and not original.is_silence)
    assert relay is not None
    try:
        written = load_case(with_relay(document, relay.id, original.id))
        answer(case, claim)
    except CaseError:
        assume(False)
    expected = answer(written, claim)

    found = what_if(case, claim, Change(f"cites:{relay.id}", original.id)).after.probability

    assert found == pytest.approx(expected, abs=1e-9)


@given(st.data())
def test_a_supposed_relay_put_back_as_it_was_gives_the_first_answer(data: st.DataObject) -> None:
    case = load_case(cases_of_one_claim_each(data))
    claim = data.draw(st.sampled_from(case.claims)).id
    relay, original = (data.draw(st.sampled_from(case.attributions)) for _ in range(2))
    assume(relay.id != original.id and not relay.is_silence)
    before = answer(case, claim)
    there = Change(f"cites:{relay.id}", original.id)
    back = (Remove(f"attribution:{relay.id}"), Add(relay))
    try:
        changed(case, [there])
    except CaseError:
        assume(False)

    found = what_if(case, claim, there, *back).after.probability

    assert found == pytest.approx(before, abs=1e-9)


@given(st.data())
def test_a_changed_record_put_back_gives_the_same_answer_whatever_its_id(
    data: st.DataObject,
) -> None:
    case = load_case(cases_of_one_claim_each(data))
    claim = data.draw(st.sampled_from(case.claims)).id
    out, original = (data.draw(st.sampled_from(case.attributions)) for _ in range(2))
    used = {name for a in case.attributions for name in (*a.cited, *a.inferred_from)}
    used |= {a.same_voice_as.attribution for a in case.attributions if a.same_voice_as}
    assume(out.id != original.id and used.isdisjoint(out.names) and not original.is_silence)
    record = Attribution(id=out.id, source=out.source, cites=original.id)
    remove = Remove(f"attribution:{out.id}")
    answer(case, claim)
    try:
        answers = [
            what_if(case, claim, remove, Add(record.evolve(id=name))).after.probability
            for name in (out.id, "0", "zz")
        ]
    except (CaseError, ImpossibleEvidence):
        assume(False)

    assert answers[1:] == pytest.approx([answers[0]] * 2, abs=1e-9)


def test_a_record_put_back_as_a_relay_leaves_in_hand_what_was() -> None:
    case = fire(says("first", "daily"), says("second", "weekly"))
    relay = Attribution(id="second", source="weekly", cites="first")

    found = what_if(case, "fire", Remove("attribution:second"), Add(relay))

    assert found.after.probability == pytest.approx(7 / 11)


def test_what_was_hidden_stays_hidden_when_its_relay_is_said_to_know_it_itself() -> None:
    case = fire(says("word", "watch"), cites("story", "daily", "word"))

    found = what_if(case, "fire", Change("cites:story", None))

    assert found.after.probability == pytest.approx(answer(fire(says("story", "daily"))))


@pytest.mark.parametrize(
    ("stance", "wording", "denied"),
    [("affirms", None, False), ("disowns", None, True), ("disowns", 0.2, True)],
)
def test_a_relay_taken_for_its_sources_own_word_says_what_it_passed_on(
    stance: str, wording: float | None, denied: bool
) -> None:
    more = {} if wording is None else {"wording": wording}
    case = fire(says("word", "watch"), cites("story", "daily", "word", stance=stance, **more))

    story = changed(case, [Change("cites:story", None)]).attributions[1]

    assert (story.claim, story.stance, story.wording) == (
        "fire", "denies" if denied else "affirms", wording
    )  # fmt: skip


def test_an_origin_that_has_it_from_nobody_stays_as_it_is() -> None:
    case = fire(says("first", "daily", basis="firsthand"))

    assert changed(case, [Change("cites:first", None)]) == case


def test_a_relay_of_two_claims_is_no_single_word_of_its_own() -> None:
    case = fire(
        {"id": "word", "source": "watch", "claim": ["fire", "arson"]},
        cites("story", "daily", "word"),
        claims=[{"id": "arson", "text": "It was set on fire"}],
    )

    with pytest.raises(InvalidValue, match="one thing"):
        changed(case, [Change("cites:story", None)])


def test_a_silence_cites_nobody_and_nobody_cites_what_is_not_there() -> None:
    case = fire(says("nothing", "watch", stance="silent", would_speak=0.8), says("first", "daily"))

    with pytest.raises(InvalidValue, match="silence"):
        what_if(case, "fire", Change("cites:nothing", "first"))
    with pytest.raises(UnknownName, match="frist"):
        what_if(case, "fire", Change("cites:first", "frist"))


# ---------------------------------------------------------------- how its source knows


@given(st.lists(st.sampled_from(GRADES), min_size=2, max_size=5))
def test_seen_by_all_is_the_answer_if_each_is_its_own(grades: list[str]) -> None:
    names = [f"s{n}" for n in range(len(grades))]
    case = fire(
        *(says(f"a{name}", name) for name in names), grades=dict(zip(names, grades, strict=True))
    )

    found = what_if(case, "fire", *(Change(f"basis:as{n}", "firsthand") for n in range(len(names))))

    assert found.after.probability == pytest.approx(found.before.if_independent, abs=1e-9)


@given(st.data(), st.sampled_from(("firsthand", "own-inquiry", "secondhand", "inference", None)))
def test_a_basis_and_its_undoing_give_the_first_answer(
    data: st.DataObject, basis: str | None
) -> None:
    case = load_case(data.draw(cases()))
    claim = data.draw(st.sampled_from(case.claims)).id
    each = data.draw(st.sampled_from(case.attributions))
    assume(each.drawn_from is None)
    before = answer(case, claim)
    there, back = Change(f"basis:{each.id}", basis), Change(f"basis:{each.id}", each.basis)

    assert changed(case, [there, back]) == case
    assert what_if(case, claim, there, back).after.probability == pytest.approx(before, abs=1e-9)


def test_what_an_inference_was_drawn_from_goes_with_the_inference() -> None:
    case = fire(
        says("first", "daily"), says("second", "weekly", basis="inference", **{"from": "first"})
    )

    found = what_if(case, "fire", Change("basis:second", "firsthand"))

    assert found.after.probability == pytest.approx(
        answer(fire(says("first", "daily"), says("second", "weekly", basis="firsthand")))
    )
    assert changed(case, [Change("basis:second", "inference")]) == case


# ---------------------------------------------------------------- only if something is true


def test_a_forged_paper_is_supposed_by_what_it_hangs_on() -> None:
    real = {"id": "real", "text": "The order is genuine", "prior": 0.8}
    case = fire(says("order", "paper"), claims=[real])
    written = fire(says("order", "paper", only_if="real"), claims=[real])

    found = what_if(case, "fire", Change("only_if:order", "real"))

    assert found.after.probability == pytest.approx(answer(written))
    assert what_if(written, "fire", Change("only_if:order", None)).after.probability == (
        pytest.approx(found.before.probability)
    )


def test_all_that_a_source_says_can_be_supposed_to_hang_on_a_claim() -> None:
    own = {"id": "own", "text": "The account is in its owner's hands", "prior": 0.9}
    case = fire(says("post", "mayor"), claims=[own])

    found = what_if(case, "fire", Change("only_if:mayor", "own"))

    assert found.after.probability == pytest.approx(
        answer(fire(says("post", "mayor", only_if="own"), claims=[own]))
    )


@given(st.data())
def test_a_condition_and_its_undoing_give_the_first_answer(data: st.DataObject) -> None:
    case = load_case(data.draw(cases()))
    claim, gate = (data.draw(st.sampled_from(case.claims)).id for _ in range(2))
    each = data.draw(st.sampled_from((*case.attributions, *case.sources)))
    before = answer(case, claim)
    there, back = (Change(f"only_if:{each.id}", value) for value in (gate, each.only_if))

    found = what_if(case, claim, there, back).after.probability

    assert found == pytest.approx(before, abs=1e-9)


# ---------------------------------------------------------------- one voice


@given(st.lists(st.sampled_from(GRADES), min_size=2, max_size=5))
def test_one_voice_of_all_is_the_answer_that_the_assessment_gives(grades: list[str]) -> None:
    names = [f"s{n}" for n in range(len(grades))]
    case = fire(
        *(says(f"a{name}", name) for name in names), grades=dict(zip(names, grades, strict=True))
    )

    found = what_if(case, "fire", Change("one_voice", tuple(f"a{name}" for name in names)))

    assert found.after.probability == pytest.approx(found.before.if_one_voice, abs=1e-9)
    assert found.after.probability == pytest.approx(
        answer(fire(says("best", "s"), grades={"s": min(grades)}))
    )


def test_voices_declare_to_be_that_of_the_strongest_of_them() -> None:
    case = fire(
        says("a", "weak", same_voice_as={"attribution": "c", "probability": 0.1}),
        says("b", "strong", same_voice_as={"attribution": "a", "probability": 0.2}),
        says("c", "other"),
        grades={"weak": "D", "strong": "A", "other": "C"},
    )

    made = changed(case, [read_change("one_voice=a,b,c@0.9")])

    voices = [each.same_voice_as for each in made.attributions]
    assert [(v.attribution, v.probability) if v else None for v in voices] == [
        ("b", 0.9), None, ("b", 0.9)
    ]  # fmt: skip


def test_the_strongest_is_looked_for_among_those_that_are_named() -> None:
    """The strongest of the line is not meant, and what is said of the other claim is another line."""
    case = fire(
        says("a", "weak"),
        says("b", "fair"),
        says("c", "strong"),
        says("d", "weak") | {"claim": "arson"},
        says("e", "strong") | {"claim": "arson"},
        grades={"weak": "D", "fair": "C", "strong": "A"},
        claims=[{"id": "arson", "text": "It was set on fire", "prior": 0.1}],
        links=[{"kind": "implies", "claim": "arson", "implies": "fire"}],
    )

    made = changed(case, [Change("one_voice", "a,b")])

    assert [each.same_voice_as is None for each in made.attributions] == [
        False, True, True, True, True
    ]  # fmt: skip


def test_voices_of_two_questions_are_not_one() -> None:
    case = fire(
        says("a", "weak"),
        says("d", "other") | {"claim": "arson"},
        claims=[{"id": "arson", "text": "It was set on fire", "prior": 0.1}],
    )

    with pytest.raises(CaseError, match="same question"):
        changed(case, [Change("one_voice", "a,d")])


def test_the_strongest_keeps_what_it_declares_of_others() -> None:
    case = fire(
        says("a", "weak"),
        says("b", "strong", same_voice_as={"attribution": "c", "probability": 0.2}),
        says("c", "other"),
        grades={"weak": "D", "strong": "A", "other": "C"},
    )

    made = changed(case, [Change("one_voice", "a,b")])

    assert made.attributions[1] == case.attributions[1]


def test_what_one_source_says_twice_needs_no_declaration() -> None:
    case = fire(says("a", "strong"), says("again", "strong"), says("b", "weak"),
                grades={"strong": "A", "weak": "D"})  # fmt: skip

    made = changed(case, [Change("one_voice", "a,again,b")])

    assert [each.same_voice_as is None for each in made.attributions] == [True, True, False]


def test_where_the_strongest_is_not_known_it_is_the_first_that_is_named() -> None:
    case = fire(says("a", "one"), says("b", "two"), grades={"one": "F", "two": "F"})

    made = changed(case, [Change("one_voice", "b,a")])

    assert [each.same_voice_as is None for each in made.attributions] == [False, True]


@given(st.lists(st.sampled_from(GRADES), min_size=2, max_size=4), st.sampled_from((0.3, 0.8, 1.0)))
def test_voices_supposed_to_be_perhaps_one_lie_between_one_and_many(
    grades: list[str], probability: float
) -> None:
    names = [f"s{n}" for n in range(len(grades))]
    grade = dict(zip(names, grades, strict=True))
    case = fire(*(says(f"a{name}", name) for name in names), grades=grade)
    ids = ",".join(f"a{name}" for name in names)

    found = what_if(case, "fire", Change("one_voice", f"{ids}@{probability}"))

    low, high = found.before.if_one_voice, found.before.if_independent
    assert low - 1e-9 <= found.after.probability <= high + 1e-9


def perhaps_one(names: int, probability: float) -> Change:
    return Change("one_voice", ",".join(f"a{n}" for n in range(names)) + f"@{probability}")


def sites(grades: str, **more: Any) -> Case:
    """Several sources of some grades that say the same."""
    return fire(
        *(says(f"a{n}", f"s{n}", **more) for n in range(len(grades))),
        grades={f"s{n}": grade for n, grade in enumerate(grades)},
    )


@given(st.text("ABCDE", min_size=2, max_size=2), st.floats(0.01, 0.99))
def test_of_two_that_saw_it_a_chance_of_one_voice_is_what_a_declaration_of_it_means(
    grades: str, probability: float
) -> None:
    """Of two there is one event to declare, and the network weighs it by what they say."""
    case = sites(grades, basis="firsthand")
    first, second = sorted("01", key=lambda n: grades[int(n)])
    voice = {"attribution": f"a{first}", "probability": probability}
    declared = changed(case, [Change(f"same_voice:a{second}", voice)])

    found = what_if(case, "fire", perhaps_one(2, probability))

    assert found.probability == pytest.approx(answer(declared), abs=1e-9)


@given(st.text("ABCDE", min_size=2, max_size=6), st.floats(0.0, 0.999))
def test_a_chance_of_one_voice_lies_between_both_answers(grades: str, probability: float) -> None:
    case = sites(grades)

    found = what_if(case, "fire", perhaps_one(len(grades), probability))

    assert found.perhaps is not None
    assert found.perhaps.otherwise == found.before
    assert found.after.probability - 1e-9 <= found.probability <= found.before.probability + 1e-9
    assert found.perhaps.given >= probability - 1e-9
    assert found.probability in found.interval


def test_a_chance_of_one_voice_is_told_with_both_answers() -> None:
    found = what_if(sites("BB"), "fire", perhaps_one(2, 0.5))

    # One voice: P(what we have) = .2 * .875 + .8 * .125 = .275. As it stands the second is discounted
    # to .75 * .75 / 1.75 = 9/28, so it is .2 * .875 * 37/56 + .8 * .125 * 19/56 = .149554.
    assert found.perhaps is not None
    assert found.perhaps.given == pytest.approx(0.275 / 0.424554, abs=1e-6)
    assert found.in_words.endswith(
        "it 65 % likely that they are one voice: the answer is 64 % if they are, and 77 % if not."
    )
    assert found.data["perhaps"] == {
        "supposed": 0.5,
        "given": found.perhaps.given,
        "if_so": found.after.probability,
        "otherwise": found.before.probability,
    }
    assert found.data["probability_after"] == found.probability


def test_of_very_many_who_say_the_same_one_voice_is_nearly_certain_once_they_are_heard() -> None:
    found = what_if(sites("C" * 50), "fire", perhaps_one(50, 0.9))

    assert found.perhaps is not None
    assert 0.999 < found.perhaps.given < 1.0
    assert found.probability == pytest.approx(found.after.probability)
    assert "makes it over 99 % likely that they are one voice" in found.in_words


def test_no_chance_of_one_voice_changes_nothing_and_says_so() -> None:
    found = what_if(sites("BB"), "fire", perhaps_one(2, 0.0))

    assert found.change == 0.0
    assert found.in_words.startswith("It stays about 3 in 4 (77 %)")


def test_other_changes_hold_whether_or_not_they_are_one_voice() -> None:
    case = sites("BBB")
    better = Change("reliability:s2", "A")

    found = what_if(case, "fire", perhaps_one(3, 0.5), better)

    assert found.after == what_if(case, "fire", Change("one_voice", "a0,a1,a2"), better).after
    assert found.perhaps is not None
    assert found.perhaps.otherwise == what_if(case, "fire", better).after


@pytest.mark.parametrize("chance", [0.0, 0.3, 0.9])
def test_a_case_laid_out_once_answers_a_chance_of_one_voice_as_well(chance: float) -> None:
    case = sites("ABC")

    found = questioned(case, "fire").probability(perhaps_one(3, chance))

    assert found == pytest.approx(what_if(case, "fire", perhaps_one(3, chance)).probability)


def test_who_says_the_contrary_is_no_same_voice_whatever_the_chance() -> None:
    case = fire(says("a0", "s0"), says("a1", "s1", stance="denies"))

    found = what_if(case, "fire", perhaps_one(2, 0.9))

    assert found.perhaps is not None
    assert found.perhaps.given == 0.0
    assert found.change == 0.0
    assert questioned(case, "fire").probability(perhaps_one(2, 0.9)) == pytest.approx(
        found.probability
    )


def test_one_chance_of_one_voice_is_supposed_at_a_time() -> None:
    with pytest.raises(InvalidValue, match="expected one supposition with a probability, found 2"):
        what_if(sites("ABC"), "fire", "one_voice=a0,a1@0.5", "one_voice=a1,a2@0.5")


def test_confidence_is_the_lower_one_of_what_may_be_so() -> None:
    found = what_if(sites("BB", basis="firsthand"), "fire", perhaps_one(2, 0.5))

    assert (found.before.confidence.level, found.after.confidence.level) == ("moderate", "low")
    assert found.level == "low"
    assert "Analytic confidence goes from moderate to low." in str(found)


# ---------------------------------------------------------------- withdrawn


def test_a_withdrawal_is_supposed() -> None:
    case = fire(says("first", "daily", said_on="2024-05-01"), says("second", "weekly"))

    found = what_if(case, "fire", "retracted_on:first=2024-05-03")

    assert found.after.probability == pytest.approx(answer(fire(says("second", "weekly"))))
    year = what_if(case, "fire", "retracted_on:first=2025")
    assert year.after.probability == found.after.probability
    assert what_if(found.after.case, "fire", "retracted_on:first=null").after == found.before


def test_a_withdrawal_under_pressure_takes_nothing_away() -> None:
    case = fire(says("first", "daily", said_on="2024-05-01"))

    found = what_if(
        case, "fire", "retracted_on:first=2024-05-03", "retracted_because:first=pressure"
    )

    assert found.change == 0.0
    assert found.after.case.attributions[0].retracted_because == "pressure"


# ---------------------------------------------------------------- what speaks against it


DATED = {"said_on": "2024-05-01"}, {"said_on": "2024-05-09"}


def test_what_says_something_else_or_was_said_before_is_told() -> None:
    more = {"id": "cause", "text": "It was set on fire", "prior": 0.2}
    case = fire(
        says("late", "daily", **DATED[1]),
        says("early", "weekly", **DATED[0]) | {"claim": "cause"},
        claims=[more],
    )

    told = what_if(case, "fire", "cites:early=late").in_words

    assert (
        "But weekly says that “It was set on fire” is true, and daily says that “The depot burned "
        "down” is true: so supposed, weekly only passes on the latter." in told
    )
    assert (
        "By the dates that cannot be: weekly is dated 2024-05-01 and passes on what daily" in told
    )


def test_who_can_have_it_from_another_has_nothing_told_against_it() -> None:
    case = fire(says("first", "daily", **DATED[0]), says("second", "weekly", **DATED[1]))
    added = Add(Attribution(id="third", source="weekly", claim="fire"))

    for changes in (["cites:second=first"], ["cites:second=null"], [added, "cites:second=third"]):
        assert what_if(case, "fire", *changes).doubts_in_words == ""


def test_of_very_many_doubts_the_first_are_told() -> None:
    case = fire(
        says("late", "s", **DATED[1]), *(says(f"a{n}", f"s{n}", **DATED[0]) for n in range(9))
    )

    told = what_if(case, "fire", *(f"cites:a{n}=late" for n in range(9))).doubts_in_words

    assert told.count("By the dates") == 6
    assert told.endswith("So it is three more times.")


def test_many_who_had_it_from_one_are_told_together() -> None:
    case = fire(*(says(f"a{n}", f"s{n}") for n in range(9)))
    changes = [read_change(f"cites:a{n}=a0") for n in range(1, 9)]
    names = Names(Graph.of(case))

    assert supposed_in_words(names, changes) == "if s1, s2, s3, s4 and 4 more had it from s0"


def test_of_very_many_changes_the_first_are_told() -> None:
    case = fire(*(says(f"a{n}", f"s{n}") for n in range(9)))
    changes = [Remove(f"source:s{n}") for n in range(9)]

    told = supposed_in_words(Names(Graph.of(case)), changes)

    assert told.count("without") == 6
    assert told.endswith(" and with three more changes")


# ---------------------------------------------------------------- one voice, undone


@given(st.data())
def test_one_voice_and_its_undoing_give_the_first_answer(data: st.DataObject) -> None:
    case = load_case(data.draw(cases()))
    claim = data.draw(st.sampled_from(case.claims)).id
    own = [each.id for each in case.attributions if not each.cited and not each.is_silence]
    assume(len(own) > 1)
    named = data.draw(st.lists(st.sampled_from(own), min_size=2, max_size=3, unique=True))
    before = answer(case, claim)
    voices = {each.id: each.same_voice_as for each in case.attributions}
    there = Change("one_voice", ",".join(named))
    back = [
        Change(f"same_voice:{name}", None if (was := voices[name]) is None else was.model_dump())
        for name in named
    ]
    try:
        changed(case, [there, *back])
    except CaseError:
        assume(False)

    assert what_if(case, claim, there, *back).after.probability == pytest.approx(before, abs=1e-9)


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        ("one_voice=first", InvalidValue, "two attributions"),
        ("one_voice=first,first", InvalidValue, "two attributions"),
        ("one_voice=first,third", UnknownName, "third"),
        ("one_voice=first,echo", InvalidValue, "relay"),
        ("one_voice=null", InvalidValue, "two attributions"),
        ("one_voice=first,second@7", CaseError, "same_voice_as"),
        ("basis:first=hearsay", CaseError, "basis"),
        ("only_if:nobody=fire", UnknownName, "nobody"),
    ],
)
def test_what_cannot_be_supposed_is_refused(
    change: str, error: type[Exception], words: str
) -> None:
    case = fire(says("first", "daily"), says("second", "weekly"), cites("echo", "blog", "first"))

    with pytest.raises(error, match=words):
        what_if(case, "fire", read_change(change))


def test_an_id_with_an_at_sign_is_an_id() -> None:
    assert Change("one_voice", "a@home,b").voices == (("a@home", "b"), 1.0)
    assert Change("one_voice", "a@home,b@0.5").voices == (("a@home", "b"), 0.5)


# ---------------------------------------------------------------- in words


NAMED = {"sources": [{"id": "daily", "name": "The daily"}, {"id": "weekly", "name": "The weekly"}]}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("cites:second=first", "if the weekly had it from the daily"),
        ('cites:second=["first"]', "if the weekly had it from the daily"),
        ("cites:second=null", "if the weekly had it from nobody here"),
        ("basis:second=firsthand", "if the weekly saw it"),
        ("basis:second=unstated", "if the weekly did not say how they know"),
        ("only_if:second=fire", "if what the weekly said counted only where “The depot burned down” is true"),
        ("only_if:weekly=fire", "if what the weekly said counted only where “The depot burned down” is true"),
        ("only_if:weekly=null", "if what the weekly said counted in any case"),
        ("retracted_on:second=2024-05-03", "if the weekly withdrew it on 2024-05-03"),
        ("retracted_on:second=null", "if the weekly had not withdrawn it"),
        ("retracted_because:second=pressure", "if the weekly withdrew it under pressure"),
        ("retracted_because:second=unknown", "if the weekly withdrew it for a reason that is not known"),
        ("one_voice=first,second", "if the daily and the weekly were one voice"),
        ("one_voice=first,second@0.8", "if the daily and the weekly were one voice with a probability of 80 %"),
        ("reliability:weekly=A", "with reliability A for the weekly"),
        ("wording:second=probably", "with wording probably for what the weekly said"),
        ("prior:fire=0.5", "with prior 0.5 for “The depot burned down”"),
        ("if_true:0=0.5", "with if true 0.5 for the link 0"),
    ],
)  # fmt: skip
def test_a_supposition_is_told_by_names(change: str, words: str) -> None:
    case = fire(says("first", "daily"), says("second", "weekly"), **NAMED)

    assert supposed_in_words(Names(Graph.of(case)), [read_change(change)]) == words


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Remove("source:weekly"), "without the weekly"),
        (Remove("attribution:second"), "without what the weekly said"),
        (Remove("link:0"), "without the link 0"),
        (Add(Source(id="watch", name="The watch")), "with the watch"),
        (Add(Attribution(id="x", source="watch", claim="fire")), "with what the watch itself says"),
        (Add(Attribution(id="x", source="watch", cites="first")), "with what the watch says"),
    ],
)  # fmt: skip
def test_what_is_left_out_or_put_in_is_told_by_names(change: Any, words: str) -> None:
    more = [{"id": "watch", "name": "The watch"}]
    case = fire(
        says("first", "daily"), says("second", "weekly"), sources=[*NAMED["sources"], *more]
    )

    assert supposed_in_words(Names(Graph.of(case)), [change]) == words
