"""Whatever is given in place of a case, a claim or a number is refused in our words."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import pytest

from provenance import (
    Case,
    Change,
    Claim,
    ProvenanceError,
    check,
    leads,
    load_seed,
    timeline,
    weigh,
    weigh_stream,
    what_if,
)
from provenance.assessment import (
    Remove,
    graded,
    over_priors,
    read_change,
    sensitivity,
    track_record,
)
from provenance.casefiles import case_digest, dump_case, merge_cases, save_case
from provenance.scales import scale

VERBS = (check, graded, leads, sensitivity, timeline, track_record, weigh, weigh_stream, what_if)


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.__name__)
def test_what_is_asked_about_may_be_named_and_how_has_to_be(verb: Callable[..., object]) -> None:
    for name, parameter in inspect.signature(verb).parameters.items():
        is_option = parameter.default is not parameter.empty
        assert parameter.kind is not parameter.POSITIONAL_ONLY, name
        assert not is_option or parameter.kind is parameter.KEYWORD_ONLY, name


CASE = load_seed("egypt-arms-2015")
SAILED: Claim = CASE.claims[1]

WRONG: dict[str, Callable[[Any], object]] = {
    "weigh": lambda wrong: weigh(CASE, wrong),
    "what_if": lambda wrong: what_if(CASE, wrong),
    "leads": lambda wrong: leads(CASE, wrong),
    "leads at most": lambda wrong: leads(CASE, "armed", most=str(wrong)),  # type: ignore[arg-type]
    "seed": lambda wrong: weigh(CASE, "armed", seed=str(wrong)),  # type: ignore[arg-type]
    "cancel": lambda wrong: weigh(CASE, "armed", cancel=wrong or 0),
    "lines": lambda wrong: [*weigh_stream([wrong])],
    "a path for lines": lambda wrong: weigh_stream(str(wrong)),
    "timeline": lambda wrong: timeline(CASE, wrong),
    "sensitivity": lambda wrong: sensitivity(CASE, wrong),
    "over_priors": lambda wrong: over_priors(CASE, wrong),
    "grades": lambda wrong: leads(CASE, "armed", grades=wrong),
    "grade": lambda wrong: leads(CASE, "armed", grades=(wrong,)),
    "at_prior": lambda wrong: weigh(CASE, "armed").at_prior(wrong),
    "today": lambda wrong: check(CASE, today=wrong or 0),  # type: ignore[arg-type]
    "dump_case": dump_case,
    "save_case": lambda wrong: save_case(wrong, "nowhere.json"),
    "case_digest": case_digest,
    "merge_cases": merge_cases,
    "merge_cases of": lambda wrong: merge_cases([CASE, wrong]),
    "track_record": lambda wrong: track_record(wrong, "general"),
    "track_record of": lambda wrong: track_record([wrong], "general"),
    "graded": lambda wrong: graded(CASE, wrong),
    "Change": lambda wrong: Change(wrong, 1),
    "Remove": Remove,
    "read_change": read_change,
    "scale": scale,
}


@pytest.mark.parametrize("wrong", [None, 3, 0.5j, object()], ids=lambda each: type(each).__name__)
@pytest.mark.parametrize("name", WRONG)
def test_what_is_none_is_refused_in_our_words(name: str, wrong: object) -> None:
    with pytest.raises(ProvenanceError):
        WRONG[name](wrong)


@pytest.mark.parametrize("asked", [weigh, timeline, leads, what_if])
def test_a_claim_may_be_given_for_its_id(asked: Callable[[Case, Any], Any]) -> None:
    assert str(asked(CASE, SAILED)) == str(asked(CASE, "sailed"))


def test_one_case_may_be_given_for_several() -> None:
    assert track_record(CASE, "general") == track_record([CASE], "general")
