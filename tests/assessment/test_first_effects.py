"""Of many slips of one kind what they come to is told of the first, and all of them are told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from provenance import check, load_case, load_seed
from provenance.assessment.responses import replays_fit
from provenance.assessment.what_if import questioned
from provenance.bounds import within

COUNTED_IN = ("checking", "lookalikes", "wordings")
NUMBERS = range(4)
DOC = {"id": "doc", "name": "Dr Maran", "kind": "person", "reliability": "B"}
Written = dict[str, list[dict[str, Any]]]


def of_verbs() -> Written:
    return {
        "claims": [{"id": f"c{n}", "text": f"Shell {n} hit", "prior": 0.3} for n in NUMBERS],
        "sources": [DOC],
        "attributions": [
            {"id": f"a{n}", "source": "doc", "claim": f"c{n}", "verb": "says it probably did"}
            for n in NUMBERS
        ],
    }


def of_claims() -> Written:
    return {
        "claims": [
            {"id": f"c{n}", "text": f"Shell {n} was probably aimed", "prior": 0.3} for n in NUMBERS
        ],
        "sources": [DOC],
        "attributions": [{"id": f"a{n}", "source": "doc", "claim": f"c{n}"} for n in NUMBERS],
    }


def of_empty_words() -> Written:
    return {
        "claims": [{"id": "c", "text": "A shell hit", "prior": 0.3}],
        "sources": [DOC | {"id": f"s{n}", "name": f"Dr {'ABCD'[n]}"} for n in NUMBERS],
        "attributions": [
            {"id": f"a{n}", "source": f"s{n}", "claim": "c", "wording": "may"} for n in NUMBERS
        ],
    }


def of_denials() -> Written:
    return {
        "claims": [
            {"id": f"c{n}", "text": f"Shell {n} did not hit", "prior": 0.3} for n in NUMBERS
        ],
        "sources": [DOC],
        "attributions": [
            {"id": f"a{n}", "source": "doc", "claim": f"c{n}", "stance": "denies"} for n in NUMBERS
        ],
    }


def of_names() -> Written:
    pairs = [(n, end) for n in NUMBERS for end in ("", ".")]
    names = ("Maran", "Kowalski", "Ogunbanjo", "Yamamoto")
    return {
        "claims": [{"id": f"c{n}", "text": f"Shell {n} hit", "prior": 0.3} for n in NUMBERS],
        "sources": [
            DOC | {"id": f"s{n}{len(end)}", "name": f"Dr {names[n]}{end}"} for n, end in pairs
        ],
        "attributions": [
            {"id": f"a{n}{len(end)}", "source": f"s{n}{len(end)}", "claim": f"c{n}"}
            for n, end in pairs
        ],
    }


SLIPS: dict[str, tuple[str, Callable[[], Written]]] = {
    "hedges in verbs": ("misplaced-hedge", of_verbs),
    "hedges in claims": ("misplaced-hedge", of_claims),
    "words that commit to nothing": ("no-commitment", of_empty_words),
    "denials of denials": ("denial-of-negation", of_denials),
    "names that look alike": ("lookalike", of_names),
}


@pytest.mark.parametrize("name", SLIPS)
def test_of_many_slips_the_effect_of_the_first_is_told(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind, made = SLIPS[name]
    case = load_case({"version": 1, **made()})
    for module in COUNTED_IN:
        monkeypatch.setattr(f"provenance.assessment.{module}.EFFECTS_AT_MOST", 2)

    told = [each for each in check(case) if each.kind == kind]

    assert [each.would_be is not None for each in told] == [True, True, False, False]


def test_replays_fit_while_a_part_of_what_is_left_covers_them() -> None:
    case = load_seed("egypt-arms-2015")
    asked = questioned(case, "armed")
    # A replay is three sums over the tables, and a hundred operations for every statement.
    each = 3 * asked.structure.network.plan.operations + 100 * len(asked.story.statements)

    found = []
    for budget in (4 * 30 * each - 1, 4 * 30 * each, 2 * 5 * each - 1, 2 * 5 * each):
        with within(budget):
            found.append((replays_fit(asked), replays_fit(asked, 5, 2)))

    assert found == [(False, True), (True, True), (False, False), (False, True)]
