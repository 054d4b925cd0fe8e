"""Ties, missing truths, notes on what values look like, and citations counted both ways."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from provenance.learning import Assertions
from provenance.learning.assertions import _estimates, _mixed, leading_claims, signatures
from provenance.learning.copying import copying, followed, with_citations
from provenance.learning.crowd import Told
from provenance.learning.files import _pieces
from provenance.learning.known import truth_pairs

WORD = 2**64


def splitmix(number: int) -> int:
    mixed = (number + 0x9E3779B97F4A7C15) % WORD
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9 % WORD
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB % WORD
    return mixed ^ (mixed >> 31)


def test_numbers_are_scrambled_as_published() -> None:
    # The first three numbers of splitmix64 from the seed 1234567.
    step = 0x9E3779B97F4A7C15
    seeds = np.array([(1234567 + n * step) % WORD for n in range(3)], dtype=np.uint64)

    found = _mixed(seeds).tolist()

    assert found == [6457827717110365317, 3203168211198807973, 9817491932198370423]


@pytest.mark.parametrize("seed", range(3))
def test_a_signature_tells_who_stands_where_four_steps_out(seed: int) -> None:
    chance = random.Random(seed)
    rows = {(chance.randrange(4), chance.randrange(4), chance.randrange(3)) for _ in range(18)}
    told = Assertions.of(sorted(rows))

    claims, sources = signatures(told)

    said = list(zip(told.source.tolist(), told.claim.tolist(), strict=True))
    about, value = told.object_of_claim.tolist(), told.value_of_claim.tolist()
    of_source = [sum(s == n for s, _ in said) for n in range(len(told.sources))]
    of_claim = [sum(c == n for _, c in said) for n in range(told.claims)]
    every = range(told.claims)
    for _ in range(4):
        mixed, voices = [splitmix(n) for n in of_claim], [splitmix(n) for n in of_source]
        of_claim = [
            splitmix(
                (
                    5 * mixed_now
                    + sum(voices[s] for s, d in said if d == c)
                    + splitmix(sum(mixed[d] for d in every if about[d] == about[c]) % WORD)
                    + 3 * splitmix(sum(mixed[d] for d in every if value[d] == value[c]) % WORD)
                )
                % WORD
            )
            for c, mixed_now in enumerate(of_claim)
        ]
        of_source = [
            splitmix((7 * n + sum(of_claim[c] for who, c in said if who == s)) % WORD)
            for s, n in enumerate(of_source)
        ]
    assert sources.tolist() == of_source
    assert claims.tolist() == [n | 1 for n in of_claim]


def test_of_tied_claims_the_larger_signature_leads() -> None:
    chance = random.Random(5)
    rows = {(chance.randrange(5), chance.randrange(9), chance.randrange(3)) for _ in range(40)}
    told = Assertions.of(sorted(rows))
    probability = np.full(told.claims, 0.3)
    probability[told.first_claim[0]] += 2e-9
    probability[told.first_claim[1]] += 5e-10

    found = leading_claims(told, probability)

    rank = signatures(told)[0].tolist()
    expected = []
    for place in range(len(told.objects)):
        mine = range(told.first_claim[place], told.first_claim[place + 1])
        tied = [c for c in mine if probability[c] >= max(probability[list(mine)]) - 1e-9]
        expected.append(max(tied, key=lambda c: (rank[c], -c)))
    assert found.tolist() == expected


TRUE = [(None, "x"), ("a", "x"), ("b", None), ("c", "y"), ("a", float("nan"))]


@pytest.mark.parametrize("form", ["rows", "columns", "mapping"])
def test_truths_without_an_object_or_a_value_are_left_out(form: str) -> None:
    truth: Any = TRUE
    if form == "columns":
        truth = {"object": [o for o, _ in TRUE], "value": [v for _, v in TRUE]}
    elif form == "mapping":
        truth = dict(TRUE[:4])

    found = truth_pairs(truth, "object", "value")

    assert found == [("a", "x"), ("c", "y")]


def numbers(alone: int, together: int, apart: int = 0) -> Assertions:
    """Objects with two numbers of one voice each, with one of two voices, and numbers said twice."""
    rows: list[tuple[str, Any, float]] = []
    for n in range(alone):
        rows += [("a", f"alone {n}", 10.0 * n), ("b", f"alone {n}", 10.0 * n + 1.0)]
    for n in range(together):
        rows += [(s, f"both {n}", 10.0 * n + 2.0) for s in "ab"]
        rows += [("c", f"both {n}", 10.0 * n + 3.0)]
    for n in range(apart):
        rows += [("a", f"apart {n}", 10.0 * n), ("b", f"apart {n}", 10.0 * n + 1.0)]
    return Assertions.of(rows)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (numbers(3, 1), True),
        (numbers(1, 1), True),
        # One voice of three is alone in each: a third, which is no majority.
        (numbers(0, 3), False),
        # Four of eight voices stand alone, which is just no majority.
        (numbers(1, 2), False),
        (numbers(2, 2), True),
        # Every number is said of two objects.
        (numbers(2, 0, 2), False),
        (numbers(3, 0, 2), True),
        (Assertions.of([("a", 1, "x"), ("b", 1, "y")]), False),
    ],
)
def test_numbers_are_meant_to_be_estimated_where_most_stand_alone(
    told: Assertions, expected: bool
) -> None:
    beside = [
        int(np.sum(told.claim == c))
        for c in range(told.claims)
        if told.values_per_object[told.object_of_claim[c]] > 1
    ]
    assert _estimates(told) is expected
    if all(isinstance(value, float) for value in told.values):
        most = 2 * beside.count(1) > sum(beside)
        assert expected is (most and told.claims < 2 * len(told.values))


@pytest.mark.parametrize(
    ("there", "back", "copier"), [(3, 2, 0), (2, 3, 1), (2, 2, None), (0, 1, 1), (4, 0, 0)]
)
def test_who_cites_more_often_is_the_copier(there: int, back: int, copier: int | None) -> None:
    # Two sources say the same of eight objects, of which they cite each other, and differ on two.
    rows = [(s, o, 0 if o < 8 else s) for s in (0, 1) for o in range(10)] + [(2, 11, 0)]
    source, about, value = np.array(rows).T
    told = Told.of(source, about, value, 3)
    cited = np.full(len(rows), -1)
    cited[[i for i in range(len(rows)) if told.source[i] == 0][:there]] = 1
    ones = [i for i in range(len(rows)) if told.source[i] == 1]
    cited[ones[7 - back + 1 : 8]] = 0

    (pair,) = with_citations((), followed(told, cited), told)

    assert (pair.first, pair.second, pair.objects, pair.agreements) == (0, 1, 10, 8)
    assert (pair.copier, pair.cited) == (copier, max(there, back))
    assert pair.copier_probability == (None if copier is None else 1.0)
    assert (pair.probability, pair.share) == (1.0, max(there, back) / 10.0)


def test_of_a_pair_that_is_on_record_and_inferred_the_larger_share_is_told() -> None:
    random_ = np.random.default_rng(2)
    truth = random_.integers(0, 5, 60)
    said = np.array(
        [np.where(random_.random(60) < 0.7, truth, random_.integers(0, 5, 60)) for _ in range(6)]
    )
    said[1] = said[0]
    source, about = (each.ravel() for each in np.indices(said.shape))
    cited = np.full(said.size, -1)
    cited[60:66] = 0

    (plain,) = copying(source, about, said.ravel()).pairs
    (both,) = copying(source, about, said.ravel(), cited=cited).pairs

    assert (both.first, both.second, both.cited, both.copier) == (0, 1, 6, 1)
    assert both.share > 0.5 > 6 / 60
    assert plain.cited == 0


ROWS = [("ann", f"o{n}", "x" if n % 3 else None) for n in range(10)]


def test_a_file_is_read_piece_by_piece_and_tells_how_far_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "said.csv"
    lines = [f"{s},{o},{v or ''}" for s, o, v in ROWS]
    file.write_text("\n".join(["source,object,value", *lines, ""]))
    monkeypatch.setattr("provenance.learning.files._ROWS_AT_ONCE", 4)

    pieces = list(_pieces(file, ["value", "source"]))

    assert [len(piece[0]) for piece, _ in pieces] == [4, 4, 2]
    assert [v for piece, _ in pieces for v in piece[0]] == [v for *_, v in ROWS]
    # So small a file is in memory as a whole from the first piece on.
    assert [done for _, done in pieces] == [1.0, 1.0, 1.0]


def test_parquet_is_read_piece_by_piece_and_tells_how_far_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    file = tmp_path / "said.parquet"
    columns = dict(zip(("source", "object", "value"), zip(*ROWS, strict=True), strict=True))
    parquet.write_table(pyarrow.table(columns), file)
    monkeypatch.setattr("provenance.learning.files._ROWS_AT_ONCE", 4)

    pieces = list(_pieces(file, ["value", "source"]))

    assert [v for piece, _ in pieces for v in piece[0]] == [v for *_, v in ROWS]
    assert [done for _, done in pieces] == [0.4, 0.8, 1.0]
