"""What is believed beforehand of linked questions, held to the fit itself done a little to either side."""

from __future__ import annotations

import math

import pytest

from provenance import load_case
from provenance.errors import IncompatiblePriors
from provenance.graph import Graph, Story
from provenance.inference.priors import priors_of, responses_of_potentials


def linked(mean: float, *, last: float = 0.25) -> Story:
    """Three claims that contradict each other in part, one of them with no prior of its own."""
    case = load_case({
        "version": 1,
        "claims": [{"id": "a", "text": "a", "prior": {"mean": mean, "strength": 10}},
                   {"id": "b", "text": "b", "prior": {"mean": 0.4, "strength": 10}},
                   {"id": "c", "text": "c"},
                   {"id": "d", "text": "d", "prior": {"mean": last, "strength": 10}}],
        "sources": [{"id": "s"}],
        "attributions": [{"id": "word", "source": "s", "claim": "a"}],
        "links": [{"kind": "contradicts", "claims": ["a", "c"]},
                  {"kind": "implies", "claim": "b", "implies": "c"},
                  {"kind": "contradicts", "claims": ["c", "d"]}],
    })  # fmt: skip
    return Graph.of(case).story("a")


def log_odds_of_potentials(mean: float) -> list[float]:
    return [
        math.log(potential[0] / potential[-1])
        for potential in priors_of(linked(mean)).potentials
        if potential is not None
    ]


def test_a_stated_mean_moves_every_stated_potential_as_the_fit_says() -> None:
    story, step = linked(0.3), 1e-4
    fitted = priors_of(story)

    moved = responses_of_potentials(story, fitted, 0)

    above, below = log_odds_of_potentials(0.3 + step), log_odds_of_potentials(0.3 - step)
    stated = [index for index, each in enumerate(story.questions) if each.prior is not None]
    assert list(moved) == [(index, 0) for index in stated]
    for index in stated:
        slope = (above[index] - below[index]) / (2 * step)
        assert moved[index, 0] == pytest.approx(slope, rel=1e-4)
        assert slope != 0.0


def test_every_stated_prior_is_met_though_the_links_would_move_it() -> None:
    story = linked(0.3)

    fitted = priors_of(story)

    for question, effective in zip(story.questions, fitted.stated, strict=True):
        assert sum(effective) == pytest.approx(1.0)
        if question.prior is not None:
            assert effective[0] == pytest.approx(question.prior[0], abs=1e-9)


def case_of_flat(claims: str, *links: dict[str, object], **priors: float) -> Story:
    case = load_case({
        "version": 1,
        "claims": [{"id": each, "text": each} | ({"prior": priors[each]} if each in priors else {})
                   for each in claims],
        "sources": [{"id": "s"}],
        "attributions": [{"id": "word", "source": "s", "claim": claims[0]}],
        "links": list(links),
    })  # fmt: skip
    return Graph.of(case).story(claims[0])


@pytest.mark.parametrize("count", [3, 4, 5, 6, 7])
def test_of_claims_that_exclude_each_other_one_is_true_or_none(count: int) -> None:
    claims = "abcdefg"[:count]
    story = case_of_flat(claims, {"kind": "contradicts", "claims": list(claims)})

    fitted = priors_of(story)

    # One of them or none: so many equal ways and one more, each with half for every claim.
    assert [each[0] for each in fitted.flat] == pytest.approx([1 / (count + 1)] * count)
    assert fitted.flat_logs == (pytest.approx(math.log((count + 1) * 0.5**count)),)


def test_a_prior_for_what_the_links_rule_out_is_refused() -> None:
    # Who says a says b, which excludes it.
    story = case_of_flat(
        "abc",
        {"kind": "implies", "claim": "a", "implies": "b"},
        {"kind": "contradicts", "claims": ["a", "b"]},
        {"kind": "contradicts", "claims": ["b", "c"]},
        a=0.3,
        c=0.4,
    )

    with pytest.raises(IncompatiblePriors) as caught:
        priors_of(story)

    assert set(caught.value.claims) == {"a", "c"}
