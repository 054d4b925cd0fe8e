"""Repetition is not corroboration: one origin through many outlets, and what passes a denial on."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.cases.worlds import Written, asked, bases, log_odds, one_claim

LEVELS = ("low", "moderate", "high")
OUTLETS = (1, 2, 5, 10, 50)
FEW = settings(max_examples=settings().max_examples // 3)


def echoed(outlets: int, grade: str = "B", prior: float = 0.3) -> Written:
    """One origin that as many outlets repeat, each from it or from the outlet before."""
    relays = [{"source": f"o{n}", "cites": "a0" if n % 2 == 0 else f"a{n}"} for n in range(outlets)]
    sources = {"origin": grade} | {f"o{n}": "B" for n in range(outlets)}
    return one_claim(prior, sources, {"source": "origin", "claim": "x"}, *relays)


@pytest.fixture(scope="module")
def heard() -> Written:
    """The same statement heard from its origin."""
    return echoed(0)


@pytest.mark.parametrize("outlets", OUTLETS)
def test_an_echo_never_exceeds_hearing_the_origin(heard: Written, outlets: int) -> None:
    assert asked(echoed(outlets)).probability <= asked(heard).probability + 1e-12


@pytest.mark.parametrize("outlets", OUTLETS)
def test_an_echo_has_one_origin(outlets: int) -> None:
    assert asked(echoed(outlets)).independent_origins == 1


@pytest.mark.parametrize("grade", ["A", "B", "C"])
def test_confidence_does_not_rise_with_the_number_of_outlets(grade: str) -> None:
    found = [LEVELS.index(asked(echoed(count, grade)).confidence.level) for count in OUTLETS]

    assert max(found) <= LEVELS.index(asked(echoed(0, grade)).confidence.level)
    assert found == sorted(found, reverse=True) or len(set(found)) == 1


def test_the_origin_is_one_reason_however_often_it_is_repeated() -> None:
    assert [len(asked(echoed(count)).reasons) for count in OUTLETS] == [1] * len(OUTLETS)


@FEW
@given(bases(), st.sampled_from("ABCDE"), st.sampled_from("ABCDEF"))
def test_dropping_a_known_upstream_never_raises(
    base: tuple[Written, str], relay: str, origin: str
) -> None:
    written, claim = base
    sources = [
        *written["sources"],
        {"id": "relay", "reliability": relay},
        {"id": "upstream", "reliability": origin},
    ]
    known = [
        {"id": "said", "source": "upstream", "claim": claim},
        {"id": "passed", "source": "relay", "cites": "said"},
    ]
    dropped = [{"id": "passed", "source": "relay", "claim": claim, "basis": "secondhand"}]

    with_it = written | {"sources": sources, "attributions": [*written["attributions"], *known]}
    without_it = written | {
        "sources": sources,
        "attributions": [*written["attributions"], *dropped],
    }

    assert log_odds(without_it, claim) <= log_odds(with_it, claim) + 1e-9


@FEW
@given(bases(), st.sampled_from("ABC"), st.sampled_from("ABC"), st.integers(1, 3))
def test_a_relayed_denial_lowers(
    base: tuple[Written, str], relay: str, origin: str, hops: int
) -> None:
    written, claim = base
    before = log_odds(written, claim)
    assume(abs(before) < 10)
    chain = [{"id": "d0", "source": "denier", "claim": claim, "stance": "denies"}]
    chain += [
        {"id": f"d{n}", "source": f"hop{n}", "cites": f"d{n - 1}"} for n in range(1, hops + 1)
    ]
    sources = [{"id": "denier", "reliability": origin}]
    sources += [{"id": f"hop{n}", "reliability": relay} for n in range(1, hops + 1)]

    after = log_odds(
        written
        | {
            "sources": [*written["sources"], *sources],
            "attributions": [*written["attributions"], *chain],
        },
        claim,
    )

    assert after < before


def test_a_relay_that_disowns_says_that_it_was_not_said() -> None:
    # The outlet says that the general never said so: heard as the general denying.
    said = {"source": "general", "claim": "x"}
    no = {"source": "outlet", "cites": "a0", "stance": "disowns"}

    assert asked(one_claim(0.3, {"general": "B", "outlet": "B"}, said, no)).probability < 0.3
