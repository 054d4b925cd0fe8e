"""Which tables share one set of labels."""

from __future__ import annotations

import pytest

from provenance.learning import Assertions, learn
from provenance.learning.labels import few_and_reused, labels_are_shared


@pytest.mark.parametrize(
    ("values", "objects", "shared"),
    [
        (2, 10, True),
        (2, 9, False),
        (3, 12, True),
        (3, 11, False),
        (4, 16, True),
        (4, 15, False),
        (30, 900, True),
        (31, 10_000, False),
        (1, 100, False),
    ],
)
def test_labels_are_shared_by_ten_objects_and_four_for_each(
    values: int, objects: int, shared: bool
) -> None:
    assert few_and_reused(values, objects, 2 * values) is shared


def test_values_that_hardly_recur_are_no_labels() -> None:
    assert not few_and_reused(5, 100, 9)
    assert few_and_reused(5, 100, 10)


def test_a_dozen_objects_with_three_labels_are_compared_by_label() -> None:
    rows = [(f"s{s}", f"o{o:02d}", f"v{o % 3}") for s in range(4) for o in range(12)]

    shared, own = (Assertions.of(each) for each in (rows, [(s, o, f"{o}-{v}") for s, o, v in rows]))

    assert labels_are_shared(shared)
    assert not labels_are_shared(own)
    assert [learn(each).method for each in (shared, own)] == ["blend", "one-coin"]
