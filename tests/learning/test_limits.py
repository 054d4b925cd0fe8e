"""Where learning stops, how far it reads, and what lies exactly on a limit."""

from __future__ import annotations

import inspect
import math
import random
from pathlib import Path
from typing import Any

import attrs
import numpy as np
import pytest

from provenance.errors import TooCostly
from provenance.learning import METHODS, Assertions, read_assertions
from provenance.learning.copy_search import later_source
from provenance.learning.copying import _known
from provenance.learning.estimates import iterated
from provenance.learning.methods.accu import accu, accu_copy, popaccu
from provenance.learning.methods.voting import majority_vote

SINGLE_PASS = {"majority", "weighted-vote", "blend", "averaged-ibcc"}


def table(kind: str) -> Assertions:
    """Seven sources that are right more often than not, on forty objects."""
    chance = random.Random(1)
    rows: list[tuple[str, int, Any]] = []
    for o in range(40):
        for s in range(7):
            said = o % 3 if chance.random() < 0.7 else chance.randrange(3)
            rows.append((f"s{s}", o, float(said) + 10.0 * o if kind == "numbers" else said))
    return Assertions.of(rows, kind=kind)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", [name for name in METHODS if name not in SINGLE_PASS])
def test_a_method_says_whether_it_came_to_rest(name: str) -> None:
    kinds = {"numbers": "numbers", "sets": "sets"}
    told = table(kinds.get(METHODS[name].values, "categories"))
    more = {"rounds": 500} if "investment" in name else {}

    once, settled = METHODS[name].run(told, rounds=1), METHODS[name].run(told, **more)

    assert len(once.changes) == 1
    assert once.changes[0] > 1e-4
    assert not once.converged
    assert settled.converged
    # It ends at the first change that is small enough.
    assert settled.changes[-1] <= 1e-4
    assert min(settled.changes[:-1]) > settled.changes[-1]


LIMITED = [
    name
    for name, method in METHODS.items()
    if name not in SINGLE_PASS and "limit" in inspect.signature(method.run).parameters
]


@pytest.mark.parametrize("name", LIMITED)
def test_a_change_that_is_just_the_limit_is_small_enough(name: str) -> None:
    kinds = {"numbers": "numbers", "sets": "sets"}
    told = table(kinds.get(METHODS[name].values, "categories"))
    changes = METHODS[name].run(told, rounds=5, limit=0.0).changes
    turn = next(at for at in range(1, 5) if changes[at] < min(changes[:at]))

    found = METHODS[name].run(told, limit=changes[turn])

    assert found.changes == changes[: turn + 1]
    assert found.converged


def test_what_is_repeated_ends_at_a_change_that_is_just_the_limit() -> None:
    halved = iterated(lambda x: x / 2.0, np.array([8.0, 1.0]), 9, 1.0)

    assert halved[0].tolist() == [1.0, 0.125]
    assert halved[1:] == ((4.0, 2.0, 1.0), True)
    assert iterated(lambda x: x / 2.0, np.array([8.0]), 2, 1.0)[1:] == ((4.0, 2.0), False)


def test_what_is_known_to_be_false_is_as_certain_as_what_is_known_to_be_true() -> None:
    known = _known(np.array([1.0, 0.0, np.nan]), 3)

    assert known.tolist() == [30.0, -30.0, 0.0]


@pytest.mark.parametrize("method", [accu, popaccu])
@pytest.mark.parametrize("rounds", [1, 3, 30])
def test_voices_are_discounted_anew_by_every_answer(method: Any, rounds: int) -> None:
    told = table("categories")

    def discount(some: Assertions, probability: Any, accuracy: Any) -> Any:
        return (0.5 + 0.5 * probability[some.claim]) * accuracy[some.source]

    found = accu_copy(told, discount=discount, method=method, rounds=rounds)

    probability = majority_vote(told).probability
    said = np.bincount(told.source)
    accuracy = np.bincount(told.source, probability[told.claim]) / said
    changes = []
    for _ in range(rounds):
        share = told.weight * discount(told, probability, accuracy)
        fit = method(attrs.evolve(told, share=share))
        changes.append(float(np.abs(fit.probability - probability).max()))
        probability, accuracy = fit.probability, fit.right / (fit.right + fit.wrong)
        if changes[-1] <= 1e-6:
            break
    assert found.changes == pytest.approx(changes)
    assert found.converged == (changes[-1] <= 1e-6) == (rounds == 30)
    assert found.probability == pytest.approx(probability)


@pytest.mark.parametrize(("later", "earlier"), [(3, 1), (520, 480), (500, 500), (990, 9)])
def test_who_is_later_is_counted_exactly_up_to_a_thousand(later: int, earlier: int) -> None:
    total = later + earlier + 1
    tail = sum(math.comb(total, k) for k in range(later + 1))

    assert later_source(later, earlier) == pytest.approx(tail / 2**total, rel=1e-12)


def test_beyond_a_thousand_who_is_later_is_normal() -> None:
    # 541 against 460 are 81 more, with a deviation of the root of 1,004.
    assert later_source(541, 460) == pytest.approx(
        0.5 * math.erfc(-81.0 / math.sqrt(2.0 * 1004.0)), rel=1e-12
    )


def test_what_may_be_read_of_a_file_grows_with_its_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "said.csv"
    file.write_text("source,object,value\n" + "ann,sky,blue\n" * 100)
    assert file.stat().st_size == 1_320
    monkeypatch.setattr("provenance.bounds.OPERATIONS", 0)
    monkeypatch.setattr("provenance.bounds.OPERATIONS_EACH", 10)
    monkeypatch.setattr("provenance.learning.files._BYTES_A_RECORD", 14)

    # A hundred rows take a thousand operations; 94 records are allowed 940, 101 are 1,010.
    with pytest.raises(TooCostly):
        read_assertions(file)

    monkeypatch.setattr("provenance.learning.files._BYTES_A_RECORD", 13)
    assert read_assertions(file).size == 1


@pytest.mark.parametrize("library", ["pandas", "pyarrow", "polars"])
def test_a_column_is_coded_by_the_library_that_made_it(
    library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = pytest.importorskip(library)
    columns = {"source": ["a", "b", "a"], "object": ["x", "x", "y"], "value": ["u", "v", "u"]}
    frame = {"pandas": "DataFrame", "pyarrow": "table", "polars": "DataFrame"}[library]

    def by_hand(column: Any, name: str) -> Any:
        raise AssertionError(f"{name} is coded entry by entry")

    monkeypatch.setattr("provenance.learning.encoding._hashed_by_hand", by_hand)
    told = Assertions.of(getattr(made, frame)(columns))

    assert (told.sources, told.objects, told.values) == (("a", "b"), ("x", "y"), ("u", "v"))
    with pytest.raises(AssertionError, match="entry by entry"):
        Assertions.of(columns)
