"""Numbers that are worked out by hand, where a fault of a factor or of a side would not show elsewhere."""

from __future__ import annotations

import json
import math
import sys
from datetime import date, timedelta
from typing import Any

import pytest

from provenance import dump_case, load_case, timeline, weigh
from provenance.assessment.timeline import EFFORT, _heavy, _spread
from provenance.assessment.weighing import weighed
from provenance.graph import Graph


def case_of(sources: list[dict[str, Any]], said: list[dict[str, Any]], prior: float = 0.5) -> Any:
    return load_case(
        {
            "version": 1,
            "claims": [{"id": "c", "text": "It is so", "prior": prior}],
            "sources": sources,
            "attributions": said,
        }
    )


def test_two_witnesses_add_their_own_bits_each_once() -> None:
    sources = [{"id": name, "reliability": 0.5} for name in "ab"]
    said = [{"id": f"by-{n}", "source": n, "claim": "c", "basis": "firsthand"} for n in "ab"]

    found = weigh(case_of(sources, said), "c")

    # Each says so with chance .5 + .5 * .5 = .75 if it is so and .25 if not: a factor of 3.
    assert [each.bits for each in found.reasons] == pytest.approx([math.log2(3)] * 2)
    assert found.bits == pytest.approx(2 * math.log2(3))
    assert [each.bits for each in found.statements] == pytest.approx([math.log2(3)] * 2)


def test_an_origin_adds_what_the_answer_loses_without_it_where_others_stand_behind_it() -> None:
    sources = [{"id": f"s{n}", "reliability": r} for n, r in enumerate((0.8, 0.5, 0.3))]
    said = [{"id": f"a{n}", "source": f"s{n}", "claim": "c"} for n in range(3)]

    found = weigh(case_of(sources, said), "c")

    for each in found.reasons:
        rest = [one for one in said if one["source"] != each.source]
        without = weigh(case_of(sources, rest), "c")
        assert found.bits is not None
        assert without.bits is not None
        assert each.bits == pytest.approx(found.bits - without.bits)


def test_a_relay_that_may_be_the_very_voice_that_it_cites_is_that_voice_so_often() -> None:
    sources = [{"id": "a", "reliability": 0.5}, {"id": "b", "reliability": 0.9, "passing_on": 0.6}]
    said: list[dict[str, Any]] = [
        {"id": "first", "source": "a", "claim": "c"},
        {"id": "second", "source": "b", "cites": "first",
         "same_voice_as": {"attribution": "first", "probability": 0.4}},
    ]  # fmt: skip

    found = weigh(case_of(sources, said, 0.3), "c")

    # The first says so with chance .75 if it is so and .25 if not, and was expected to with
    # .5 * .3 + .5 * .5 = .4. The second says so of a first that does with chance
    # .4 + .6 (.6 + .4 * .4) = .856, and of one that does not with .6 * .4 * .4 = .096.
    if_true, if_false = 0.75 * 0.856 + 0.25 * 0.096, 0.25 * 0.856 + 0.75 * 0.096
    expected = 0.3 * if_true / (0.3 * if_true + 0.7 * if_false)
    assert found.probability == pytest.approx(expected)


def with_more(case: Any, **more: list[dict[str, Any]]) -> Any:
    """A case with more records in some of its sections."""
    written = json.loads(dump_case(case))
    return load_case(written | {name: [*written[name], *each] for name, each in more.items()})


DAYS = [date(2015, 1, 1) + timedelta(days=n) for n in range(20)]


def test_of_twenty_days_to_be_simulated_eight_are_the_last_among_them() -> None:
    kept = _spread(DAYS, frozenset(DAYS))

    # Every two and a half days, to the nearest: the 2nd, 5th, 8th, 10th, 12th, 15th, 18th and 20th.
    assert sorted(DAYS.index(day) for day in kept) == [1, 4, 7, 9, 11, 14, 17, 19]


def test_days_that_need_no_simulation_all_have_their_answers() -> None:
    heavy = frozenset(DAYS[4:])

    kept = _spread(DAYS, heavy)

    assert set(DAYS[:4]) <= kept
    assert len(kept & heavy) == 8
    assert DAYS[-1] in kept


def test_eight_days_to_be_simulated_are_all_simulated() -> None:
    assert _spread(DAYS, frozenset(DAYS[12:])) == frozenset(DAYS)


def relayed_day_after_day() -> Any:
    """Four origins, each relayed by the same four outlets on a day of its own."""
    said: list[dict[str, Any]] = []
    for n, day in enumerate(DAYS[:4]):
        said.append({"id": f"a{n}", "source": f"o{n}", "claim": "c", "said_on": day.isoformat()})
        said += [
            {"id": f"b{n}-{m}", "source": f"r{m}", "cites": f"a{n}", "said_on": day.isoformat()}
            for m in range(4)
        ]
    return case_of([{"id": f"{kind}{n}", "reliability": "B"} for kind in "or" for n in range(4)],
                   said)  # fmt: skip


def test_the_days_to_be_simulated_are_those_whose_tables_are_past_the_limit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case = relayed_day_after_day()
    days = {day: Graph.of(case, day) for day in DAYS[:4]}

    exact = _heavy(days, "c", "story")
    # Two statements and the state of an outlet that passes both on are eight entries, three sixteen.
    monkeypatch.setattr(sys.modules["provenance.inference.network"], "LIMIT", 8)
    monkeypatch.setattr(sys.modules["provenance.inference.network"], "PLAIN_LIMIT", 8)
    heavy = _heavy({day: Graph.of(case, day) for day in DAYS[:4]}, "c", "story")

    assert exact == frozenset()
    assert heavy == frozenset(DAYS[2:4])


def test_a_day_is_heavy_by_the_story_that_is_weighed_and_by_all_of_them_where_sources_are_shared(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    heavy = relayed_day_after_day()
    said = {"id": "aside", "source": "o0", "claim": "d", "said_on": DAYS[0].isoformat()}
    case = with_more(heavy, claims=[{"id": "d", "text": "It is not so"}], attributions=[said])
    for limit in ("LIMIT", "PLAIN_LIMIT"):
        monkeypatch.setattr(sys.modules["provenance.inference.network"], limit, 8)
    days = {day: Graph.of(case, day) for day in DAYS[:4]}

    # What o0 says of d is light by itself; where one credibility of o0 holds for
    # everything it says, all that others relay of it is weighed too.
    assert _heavy(days, "d", "story") == frozenset()
    assert _heavy(days, "d", "source") == _heavy(days, "c", "source") == frozenset(DAYS[2:4])


def test_the_last_day_is_simulated_at_full_length_and_the_others_shortly(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    module = sys.modules["provenance.assessment.timeline"]
    efforts: list[float] = []

    def noted(*args: Any, effort: float, **how: Any) -> Any:
        efforts.append(effort)
        return weighed(*args, **how)

    monkeypatch.setattr(module, "_heavy", lambda *_: frozenset(DAYS[1:4]))
    monkeypatch.setattr(module, "weighed", noted)
    timeline(relayed_day_after_day(), "c")

    # Before anything was said, a light day, two heavy ones, and the last.
    assert efforts == [1.0, 1.0, EFFORT, EFFORT, 1.0]
