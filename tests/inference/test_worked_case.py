"""One case by hand with its answer to every printed digit: a general, an insider, rebels, a denial."""

from __future__ import annotations

import math

import pytest

from provenance.graph import Link, Place, Statement, Story, StoryQuestion, Witness
from provenance.inference import Answer, reasons_of, weigh_story
from provenance.scales import Degree
from tests.twins.slow_answer import answer

SHIPPED, SAILED, ROCKETS = Place(0, 0), Place(1, 0), Place(2, 0)

WITNESSES = {
    "general": Witness("general", Degree(0.5, 8), Degree(0.5, 4)),
    "insider": Witness("insider", Degree(0.5, 4), Degree(0.6, 4)),
    "akhbar": Witness("akhbar", Degree(0.5, 8), Degree(1.0)),
    "now": Witness("now", Degree(0.85, 12), Degree(1.0)),
    "rebels": Witness("rebels", Degree(0.4, 6), Degree(0.7, 6)),
    "quds": Witness("quds", Degree(0.6, 8), Degree(1.0)),
    "government": Witness("government", Degree(0.5, 8), Degree(1.0)),
}
# Who, about which question, citing which statement, with which interest.
SPOKEN: tuple[tuple[str, str, int, str | None, float], ...] = (
    ("g", "general", 1, None, 1.8),
    ("i", "insider", 0, None, 1.0),
    ("r", "rebels", 2, None, 1.8),
    ("akhbar>g", "akhbar", 1, "g", 1.4),
    ("akhbar>i", "akhbar", 0, "i", 1.4),
    ("quds>r", "quds", 2, "r", 1.0),
    ("akhbar>r", "akhbar", 2, "quds>r", 1.4),
    ("now>g", "now", 1, "akhbar>g", 1.0),
    ("now>i", "now", 0, "akhbar>i", 1.0),
    ("now>r", "now", 2, "akhbar>r", 1.0),
    ("now>rebels", "now", 2, "r", 1.0),
    ("denial", "government", 0, None, 1.8),
)


def worked_case() -> Story:
    """The story: the outlet `now` and the denial are in hand, all else is known through them."""
    order = [name for name, *_ in SPOKEN]
    statements = []
    for name, who, question, cites, interest in SPOKEN:
        skill = Degree(0.88, 30) if cites else Degree(0.6, 6) if who == "rebels" else Degree(0.8, 8)
        statements.append(
            Statement(
                id=name,
                witness=list(WITNESSES).index(who),
                question=question,
                value=1 if name == "denial" else 0,
                affirms=True,
                cites=order.index(cites) if cites else None,
                in_hand=who in ("now", "government"),
                skill=Degree(1.0) if name == "denial" else skill,
                commitment=0.5 if name == "now>rebels" else 1.0,
                interest=interest,
            )
        )
    return Story(
        questions=(
            StoryQuestion("shipped", ("shipped", None), (0.1, 0.9)),
            StoryQuestion("sailed", ("sailed", None), is_sign=True),
            StoryQuestion("rockets", ("rockets", None), is_sign=True),
        ),
        links=(
            Link(SHIPPED, SAILED, 0.8, 1 - 0.8, 0.1, 0.9),
            Link(SHIPPED, ROCKETS, 0.6, 0.4, 0.2, 0.8),
        ),
        witnesses=tuple(WITNESSES.values()),
        statements=tuple(statements),
    )


@pytest.fixture(scope="module")
def shipped() -> Answer:
    return weigh_story(worked_case(), SHIPPED)


def without(*names: str) -> Story:
    story = worked_case()
    return story.without([i for i, each in enumerate(story.statements) if each.id in names])


def bits(found: Answer) -> dict[str, float | None]:
    statements = worked_case().statements
    return {statements[index].id: bits for index, bits in found.weights}


def test_the_probability_is_067(shipped: Answer) -> None:
    assert f"{shipped.probability:.3f}" == "0.067"


def test_the_interval_is_037_to_119(shipped: Answer) -> None:
    assert (f"{shipped.low:.3f}", f"{shipped.high:.3f}") == ("0.037", "0.119")


def test_the_signs_are_at_156_and_250() -> None:
    found = [weigh_story(worked_case(), place).probability for place in (SAILED, ROCKETS)]

    assert [f"{p:.3f}" for p in found] == ["0.156", "0.250"]


def test_every_route_weighs_what_it_should(shipped: Answer) -> None:
    printed = {name: f"{weight:+.3f}" for name, weight in bits(shipped).items()}

    assert printed == {
        "now>i": "+0.274",
        "now>g": "+0.112",
        "now>rebels": "+0.099",
        "now>r": "+0.068",
        "denial": "-1.078",
    }


def test_all_the_evidence_weighs_minus_631_thousandths(shipped: Answer) -> None:
    assert f"{shipped.bits:+.3f}" == "-0.631"


def test_without_the_denial_it_is_132() -> None:
    assert f"{weigh_story(without('denial'), SHIPPED).probability:.3f}" == "0.132"


def test_without_the_rebels_direct_route_it_is_063() -> None:
    assert f"{weigh_story(without('now>rebels'), SHIPPED).probability:.3f}" == "0.063"


def test_the_rebels_weigh_more_than_either_of_their_routes(shipped: Answer) -> None:
    story = worked_case()

    weights = {story.witnesses[r.witnesses[0]].id: r.bits for r in reasons_of(shipped)}

    assert weights == pytest.approx(
        {
            "general": 0.1119578011,
            "insider": 0.2735474239,
            "rebels": 0.1283604926,
            "government": -1.0780025120,
        },
        abs=1e-9,
    )


@pytest.mark.parametrize("name", ["denial", "now>rebels", "now>i"])
def test_the_weight_of_a_statement_is_what_rerunning_without_it_takes_away(
    shipped: Answer, name: str
) -> None:
    rest = weigh_story(without(name), SHIPPED).probability

    # Nobody's interests change and the outlet still has several statements, so both must agree.
    moved = math.log2(shipped.probability / (1 - shipped.probability)) - math.log2(
        rest / (1 - rest)
    )
    assert bits(shipped)[name] == pytest.approx(moved, abs=1e-9)


def test_five_mentions_taken_as_five_witnesses_would_give_964() -> None:
    # Grade C tracks with probability 1/2, so each would multiply the odds by 3.
    odds = 0.1 / 0.9 * 3**5

    assert f"{odds / (1 + odds):.3f}" == "0.964"


def test_the_twin_gives_the_same_answer(shipped: Answer) -> None:
    slow = answer(worked_case(), SHIPPED)

    assert shipped.probability == pytest.approx(slow.probability, abs=1e-12)
    assert (shipped.low, shipped.high) == pytest.approx(slow.interval, abs=1e-12)
    assert dict(shipped.weights) == pytest.approx(slow.statement_bits, abs=1e-12)
