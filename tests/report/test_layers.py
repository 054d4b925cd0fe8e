"""Layers are placed with few crossings, and nothing overlaps."""

from __future__ import annotations

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from provenance.report.lineage_layout import Band, crossings, placed


@st.composite
def layered(draw: st.DrawFn) -> tuple[list[Band], list[float], list[tuple[int, int]]]:
    """Blocks of rows in up to four layers, with edges from each layer to the next."""
    heights: list[float] = []
    blocks: list[Band] = []
    layers: list[list[int]] = []
    for layer in range(draw(st.integers(1, 4))):
        layers.append([])
        for _ in range(draw(st.integers(1, 4))):
            rows = range(len(heights), len(heights) + draw(st.integers(1, 3)))
            heights += [draw(st.sampled_from((10.0, 20.0, 33.0))) for _ in rows]
            layers[-1] += rows
            blocks.append(Band(layer, tuple(rows), draw(st.sampled_from((0.0, 30.0)))))
    edges = [
        (draw(st.sampled_from(before)), row) for before, after in pairwise(layers) for row in after
    ]
    return blocks, heights, edges


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=12))
def test_crossings_are_counted_as_one_would_by_hand(edges: list[tuple[int, int]]) -> None:
    position = [0, 1, 2, 3, 4, 5]

    by_hand = sum(
        (one[0] - other[0]) * (one[1] - other[1]) < 0 for one, other in combinations(edges, 2)
    )

    assert crossings(edges, position) == by_hand


@given(layered())
def test_blocks_of_a_layer_do_not_overlap_and_keep_their_distance(drawn) -> None:  # type: ignore[no-untyped-def]
    blocks, heights, edges = drawn

    placing = placed(blocks, heights, edges)

    for one, other in combinations(range(len(blocks)), 2):
        if blocks[one].layer == blocks[other].layer:
            upper, lower = sorted((one, other), key=lambda n: placing.tops[n])
            end = (
                placing.tops[upper]
                + blocks[upper].head
                + sum(heights[row] for row in blocks[upper].rows)
            )
            assert placing.tops[lower] >= end + blocks[upper].gap - 1e-6


@given(layered())
def test_rows_stand_in_their_block_one_under_the_other(drawn) -> None:  # type: ignore[no-untyped-def]
    blocks, heights, edges = drawn

    placing = placed(blocks, heights, edges)

    for number, block in enumerate(blocks):
        rows = sorted(block.rows, key=lambda row: placing.rows[row])
        top = placing.tops[number] + block.head
        for row in rows:
            assert abs(placing.rows[row] - top) < 1e-6
            top += heights[row]
        assert top <= placing.height + 1e-6
    assert min(placing.tops) >= 0.0


@given(layered())
def test_no_strip_across_all_columns_is_empty_for_long(drawn) -> None:  # type: ignore[no-untyped-def]
    blocks, heights, edges = drawn

    placing = placed(blocks, heights, edges)

    order = sorted(range(len(blocks)), key=lambda n: placing.tops[n])
    lowest = 0.0
    for number in order:
        block = blocks[number]
        assert placing.tops[number] <= lowest + 12.0 + 1e-6
        end = placing.tops[number] + block.head + sum(heights[row] for row in block.rows)
        lowest = max(lowest, end + block.gap)


@given(layered())
def test_placing_is_the_same_every_time(drawn) -> None:  # type: ignore[no-untyped-def]
    assert placed(*drawn) == placed(*drawn)


def test_two_lines_that_need_not_cross_do_not() -> None:
    blocks = [Band(0, (0,)), Band(0, (1,)), Band(1, (2,)), Band(1, (3,))]

    placing = placed(blocks, [10.0] * 4, [(0, 3), (1, 2)])

    assert (placing.rows[0] < placing.rows[1]) == (placing.rows[3] < placing.rows[2])


def test_a_single_line_runs_level() -> None:
    blocks = [Band(0, (0,), 40.0), Band(1, (1,), 0.0)]

    placing = placed(blocks, [10.0, 10.0], [(0, 1)])

    assert abs(placing.rows[0] - placing.rows[1]) < 1e-6


def test_of_no_blocks_there_is_nothing() -> None:
    assert placed([], [], []).height == 0.0
