"""Every picture stands by itself, is told to screen readers, and shows what it is given."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance import Assessment, load_case, weigh
from provenance.assessment import leads, over_priors, sensitivity, timeline
from provenance.errors import InvalidValue
from provenance.methods import compare
from provenance.report import (
    Moment,
    Picture,
    answer_svg,
    curves_svg,
    leads_svg,
    lineage_svg,
    methods_svg,
    prior_svg,
    scale_svg,
    timeline_svg,
    weights_svg,
)
from provenance.report.drawing import Axis, clipped, wide, wrapped
from provenance.scales import scale, scale_names

SVG = "{http://www.w3.org/2000/svg}"
ARMS = load_case(Path(__file__).parents[2] / "seeds" / "egypt-arms-2015.json")


def arms() -> Assessment:
    return weigh(ARMS, "armed")


PICTURES: dict[str, Callable[[float], Picture]] = {
    "answer": lambda width: answer_svg(arms(), width=width),
    "lineage": lambda width: lineage_svg(arms(), width=width),
    "weights": lambda width: weights_svg(arms(), width=width),
    "prior": lambda width: prior_svg(over_priors(ARMS, "armed"), width=width),
    "curves": lambda width: curves_svg(
        {each.source: each.curve for each in sensitivity(ARMS, "armed").sources}, width=width
    ),
    "timeline": lambda width: timeline_svg(timeline(ARMS, "armed"), width=width),
    "leads": lambda width: leads_svg(leads(ARMS, "armed"), width=width),
    "methods": lambda width: methods_svg(compare(ARMS, "armed"), width=width),
    **{
        name: lambda width, name=name: scale_svg(scale(name), width=width) for name in scale_names()
    },  # type: ignore[misc]
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_has_a_title_and_a_description_and_no_id_that_leads_nowhere(name: str) -> None:
    root = ElementTree.fromstring(PICTURES[name](640))

    ids = [each.get("id") for each in root.iter() if each.get("id")]
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") in ids
    assert root.get("aria-describedby") in ids
    assert root[0].tag == f"{SVG}title"
    assert root[0].text
    assert root[1].tag == f"{SVG}desc"
    assert root[1].text
    used = re.findall(r"url\(#([^)]+)\)", ElementTree.tostring(root, encoding="unicode"))
    assert set(used) <= set(ids)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", PICTURES)
@pytest.mark.parametrize("width", [343.0, 640.0])
def test_a_picture_is_drawn_in_the_colour_of_its_text_and_from_nothing_elsewhere(
    name: str, width: float
) -> None:
    svg = PICTURES[name](width)

    assert "currentColor" in svg
    assert not re.search(r"<script|<style|<image|<foreignObject|href|@import|onload", svg)
    assert not re.search(r"url\((?!#)", svg)
    assert set(re.findall(r"#[0-9a-f]{6}\b", svg)) <= {"#2b79b9", "#c4581c"}


def test_no_two_pictures_on_one_page_share_an_id() -> None:
    both = [draw(width) for draw in PICTURES.values() for width in (343.0, 640.0)]

    ids = [found for svg in both for found in re.findall(r' id="([^"]+)"', svg)]

    # A scale without ranges may look the same at two widths only if it is the same picture.
    assert len(ids) == len(set(ids))


def test_a_mark_tells_two_pictures_of_the_same_thing_apart() -> None:
    one, other = (weights_svg(arms(), mark=mark) for mark in ("one", "other"))

    ids = [set(re.findall(r' id="([^"]+)"', svg)) for svg in (one, other)]
    assert ids[0].isdisjoint(ids[1])


def test_the_same_answer_gives_the_same_picture() -> None:
    assert lineage_svg(arms()) == lineage_svg(arms())


def test_a_notebook_shows_a_picture_as_what_it_is() -> None:
    svg = weights_svg(arms())

    assert svg._repr_svg_() == svg._repr_html_() == svg


@given(st.floats(0.02, 0.98), st.floats(0.02, 0.98), st.booleans())
def test_an_axis_keeps_the_order_of_what_stands_on_it(a: float, b: float, odds: bool) -> None:
    axis = Axis(0.01, 0.99, 10.0, 300.0, odds)

    assert (axis.at(a) <= axis.at(b)) == (a <= b) or abs(a - b) < 1e-12
    assert 10.0 <= axis.at(a) <= 300.0


def test_on_an_axis_of_log_odds_the_same_evidence_is_everywhere_as_long() -> None:
    axis = Axis(0.01, 0.99, 0.0, 100.0, True)

    # 1/2 to 3/4 and 3/4 to 9/10 are both three to one.
    assert axis.at(0.75) - axis.at(0.5) == pytest.approx(axis.at(0.9) - axis.at(0.75))


@given(st.text(max_size=80), st.floats(20, 400))
def test_words_that_are_cut_fit_their_room(words: str, room: float) -> None:
    assert wide(clipped(words, room)) <= room


@given(st.text(max_size=200), st.floats(30, 400), st.integers(1, 4))
def test_wrapped_words_fit_their_room_and_their_lines(words: str, room: float, most: int) -> None:
    lines = wrapped(words, room, most)

    assert 1 <= len(lines) <= most
    assert all(wide(each) <= room for each in lines)


def test_weights_for_are_solid_and_weights_against_are_hatched() -> None:
    svg = weights_svg(arms())

    # Two origins and the sum are for the claim, one origin is against it.
    assert svg.count('fill="#2b79b9"') == 3
    assert svg.count('fill="url(#against') == 1


def test_bars_are_as_long_as_the_weights() -> None:
    assessment = arms()
    root = ElementTree.fromstring(weights_svg(assessment))

    drawn = [float(bar.get("width", 0)) for bar in root.iter(f"{SVG}rect")]

    bits = [abs(reason.bits or 0.0) for reason in assessment.reasons] + [assessment.bits or 0.0]
    # Six bits, three to either side, from 300 to 596 pixels.
    assert drawn == pytest.approx([each * 296 / 6 for each in bits], abs=0.06)


def test_the_same_weight_is_as_long_in_every_case() -> None:
    weak, strong = (
        weigh(load_case({
            "version": 1,
            "claims": [{"id": "c", "text": "It is so", "prior": 0.5}],
            "sources": [{"id": "s", "reliability": "C"}, {"id": "t", "reliability": grade}],
            "attributions": [{"id": each, "source": each, "claim": "c", "basis": "firsthand"}
                             for each in ("s", "t")],
        }), "c")
        for grade in ("D", "B")
    )  # fmt: skip

    lengths = [
        max(
            float(bar.get("width", 0))
            for bar in ElementTree.fromstring(weights_svg(each)).iter(f"{SVG}rect")
        )
        / max(abs(reason.bits or 0.0) for reason in (*each.reasons, each))
        for each in (weak, strong)
    ]

    assert lengths[0] == pytest.approx(2 * lengths[1], rel=0.02)  # 3.8 bits want six to a side


def test_the_axis_of_weights_says_what_a_weight_does_to_the_odds() -> None:
    svg = weights_svg(arms())

    assert all(f">{times}<" in svg for times in ("×2", "×8", "÷2", "÷8"))


def test_of_many_origins_the_strongest_are_drawn_and_the_rest_counted() -> None:
    names = [f"s{n}" for n in range(20)]
    case = load_case(
        {
            "version": 1,
            "claims": [{"id": "c", "text": "It is so"}],
            "sources": [{"id": name, "reliability": "C"} for name in names],
            "attributions": [{"id": f"a{name}", "source": name, "claim": "c"} for name in names],
        }
    )

    svg = weights_svg(weigh(case, "c"))

    assert "… and 8 weaker ones" in svg


def test_an_origin_without_which_the_rest_is_impossible_decides() -> None:
    case = load_case(
        {
            "version": 1,
            "claims": [{"id": "c", "text": "It is so"}],
            "sources": [{"id": "s", "reliability": 1}],
            "attributions": [{"id": "a", "source": "s", "claim": "c"}],
        }
    )

    assert "decides" in weights_svg(weigh(case, "c"))
    assert "<svg" in lineage_svg(weigh(case, "c"))


def test_the_dot_of_the_case_stands_on_its_curve() -> None:
    curve = over_priors(ARMS, "armed")
    root = ElementTree.fromstring(prior_svg(curve))

    dot = root.find(f"{SVG}circle")
    assert dot is not None
    path = max((each.get("d", "") for each in root.iter(f"{SVG}path")), key=len)
    points = [tuple(map(float, pair.split())) for pair in path[1:].split("L")]
    x, y = float(dot.get("cx", 0)), float(dot.get("cy", 0))
    left = max(point for point in points if point[0] <= x)
    right = min(point for point in points if point[0] >= x)
    share = (x - left[0]) / (right[0] - left[0])
    assert y == pytest.approx(left[1] + share * (right[1] - left[1]), abs=1.5)


def test_an_axis_reaches_as_far_as_its_curve() -> None:
    assert ">99.9 %<" not in prior_svg([(0.5, 0.9)])
    assert ">99.9 %<" in prior_svg([(0.5, 0.995)])
    assert ">0.1 %<" in prior_svg([(0.5, 0.002)])


@pytest.mark.parametrize("points", [[], [(0.0, 0.5)], [(0.5, 1.0)], [(1.2, 0.5)]])
def test_a_curve_over_priors_needs_points_within_the_axis(
    points: list[tuple[float, float]],
) -> None:
    with pytest.raises(InvalidValue):
        prior_svg(points)


def test_a_curve_over_reliabilities_may_touch_its_ends() -> None:
    svg = curves_svg({"The pilot": [(0.0, 0.0), (1.0, 1.0)]})

    assert "0 % at 0.00, 100 % at 1.00" in svg


def test_a_timeline_has_a_dot_for_every_entry() -> None:
    found = timeline(ARMS, "armed")

    assert timeline_svg(found).count("<circle") == len(found.entries)


def test_days_on_a_timeline_stand_where_they_fall_in_time() -> None:
    days = [date(2015, 1, 1), date(2015, 1, 11), date(2015, 1, 31)]
    root = ElementTree.fromstring(timeline_svg([Moment(day, 0.5, 0.4, 0.6) for day in days]))

    xs = [float(each.get("cx", 0)) for each in root.iter(f"{SVG}circle")]

    assert (xs[2] - xs[0]) / (xs[1] - xs[0]) == pytest.approx(3.0, abs=0.01)


@pytest.mark.parametrize(
    "moments",
    [
        [],
        [Moment(None, 0.5, 0.4, 0.6)],
        [Moment(date(2015, 1, 1), 0.5, 0.4, 0.6)],
        [Moment(date(2015, 1, 1), 0.5, 0.4, 0.6), Moment(date(2015, 1, 1), 0.6, 0.4, 0.7)],
        [Moment(date(2015, 1, 1 + n % 28), 0.5, 0.4, 0.6) for n in range(28)],
    ],
    ids=["nothing", "undated", "one day", "one day twice", "a month"],
)
def test_any_timeline_can_be_drawn(moments: list[Moment]) -> None:
    for width in (343.0, 640.0):
        ElementTree.fromstring(timeline_svg(moments, width=width))


def test_the_gaps_of_a_scale_are_hatched() -> None:
    for name in scale_names():
        found = scale(name)

        assert scale_svg(found).count('fill="url(#gap') == len(found.gaps)


def test_every_term_of_a_scale_stands_in_order_one_under_the_other() -> None:
    for name in ("icd203", "ipcc", "phia", "kent"):
        root = ElementTree.fromstring(scale_svg(scale(name), width=900))
        tips = [bar.find(f"{SVG}title") for bar in root.iter(f"{SVG}rect")]

        told = [tip.text or "" for tip in tips if tip is not None]

        labels = [term.label for term in scale(name).bands]
        assert [text.split(":")[0] for text in told][: len(labels)] == labels


def test_terms_that_stand_for_a_probability_are_set_in_bold() -> None:
    root = ElementTree.fromstring(scale_svg(scale("icd203"), at=0.3))

    bold = [each.text for each in root.iter(f"{SVG}text") if each.get("font-weight") == "600"]

    assert bold == ["unlikely"]


def test_in_a_gap_no_term_is_set_in_bold() -> None:
    assert "font-weight" not in scale_svg(scale("phia"), at=0.38)


def test_a_scale_is_not_marked_outside_of_its_line() -> None:
    with pytest.raises(InvalidValue):
        scale_svg(scale("phia"), at=1.2)


def test_the_term_for_what_cannot_be_judged_stands_apart_and_for_no_number() -> None:
    assert "stands for no number" in scale_svg(scale("efsa"))
    assert scale_svg(scale("admiralty-credibility")).count("stroke-dasharray") == 1


def test_other_methods_are_drawn_with_their_ranges() -> None:
    comparison = compare(ARMS, "armed")

    svg = methods_svg(comparison)

    assert svg.count("<circle") == sum(row.probability is not None for row in comparison.rows)
    assert svg.count("<rect") == sum(row.low is not None for row in comparison.rows)


def test_leads_are_drawn_with_all_their_outcomes() -> None:
    found = leads(ARMS, "armed")

    svg = leads_svg(found, most=5)

    assert svg.count("<circle") == sum(len(each.outcomes) for each in found.ranked[:5])
