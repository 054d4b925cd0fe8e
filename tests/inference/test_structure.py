"""How a story is laid out: once for all stories of the same shape, at the same price."""

import attrs
import pytest
from hypothesis import given

from benchmarks.inference_peers import tree_like
from provenance import Graph, load_seed, weigh
from provenance.bounds import affordable, within
from provenance.graph import Story
from provenance.inference import Structure, network
from provenance.inference.evaluation import _remembered
from tests.cases.strategies import stories


def with_other_numbers(story: Story) -> Story:
    """The same story with other words, other names and other numbers."""
    return attrs.evolve(
        story,
        statements=tuple(
            attrs.evolve(each, id=f"{each.id}-", commitment=each.commitment / 2, interest=3.0)
            for each in story.statements
        ),
    )


@given(stories())
def test_stories_of_one_shape_are_laid_out_once(story: Story) -> None:
    first = Structure.of(story, 0)

    second = Structure.of(with_other_numbers(story), 0)

    assert second is first


@given(stories())
def test_stories_of_other_shapes_are_laid_out_apart(story: Story) -> None:
    turned = attrs.evolve(story.statements[0], in_hand=not story.statements[0].in_hand)
    other = attrs.evolve(story, statements=(turned, *story.statements[1:]))

    assert other.shape != story.shape
    assert Structure.of(other, 0) is not Structure.of(story, 0)


def test_a_large_story_is_laid_out_each_time() -> None:
    story = Graph.of(tree_like(201)).story("x")

    assert Structure.of(story, 0) is not Structure.of(story, 0)


def test_where_a_better_order_is_sought_a_story_is_laid_out_each_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(network, "_EASY", 1)
    story = Graph.of(load_seed("egypt-arms-2015")).story("armed")

    assert Structure.of(story, 0) is not Structure.of(story, 0)


def test_what_is_remembered_costs_what_it_cost_at_first() -> None:
    story = Graph.of(load_seed("egypt-arms-2015")).story("armed")
    _remembered.cache_clear()
    left = []

    for _ in range(2):
        with within(1_000_000):
            Structure.of(story, 0)
            left.append(affordable())

    assert left[0] == left[1] < 1_000_000


def test_an_answer_costs_the_same_the_second_time() -> None:
    case = load_seed("egypt-arms-2015")
    _remembered.cache_clear()
    left = []

    for _ in range(2):
        with within(1_000_000):
            assert weigh(case, "armed").reasons
            left.append(affordable())

    assert left[0] == left[1]
