"""The lineage diagram shows who has it from whom, and how much weight each line carries."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

from provenance import Assessment, load_case, weigh
from provenance.errors import ProvenanceError
from provenance.report import lineage_svg
from provenance.report.lineage_layout import THICKEST, THINNEST
from provenance.report.lineage_sketch import MOST_BOXES, carried, signs, sketched
from tests.cases.strategies import cases

SVG = "{http://www.w3.org/2000/svg}"


def chain(*attributions: dict[str, Any], grades: dict[str, str] | None = None) -> Assessment:
    """A claim with some attributions, of sources of grade B unless another is named."""
    sources = {each["source"]: "B" for each in attributions} | (grades or {})
    return weigh(
        load_case(
            {
                "version": 1,
                "claims": [{"id": "sailed", "text": "The ship sailed", "prior": 0.2}],
                "sources": [{"id": name, "reliability": grade} for name, grade in sources.items()],
                "attributions": list(attributions),
            }
        ),
        "sailed",
    )


def says(name: str, source: str = "pilot", **more: Any) -> dict[str, Any]:
    return {"id": name, "source": source, "claim": "sailed", **more}


def cites(name: str, source: str, cited: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "source": source, "cites": cited, **more}


def arms(seeds: Path) -> Assessment:
    return weigh(load_case(seeds / "egypt-arms-2015.json"), "armed")


def test_origins_stand_at_the_left_and_what_is_in_hand_at_the_right(seeds: Path) -> None:
    sketch = sketched(arms(seeds))

    where = {(box.source, box.layer) for box in sketch.boxes}

    assert where == {("government", 0), ("rebels", 0), ("general", 0), ("quds", 1), ("now", 2)}
    assert all(
        row.in_hand == (sketch.boxes[row.box].layer == 2) for row in sketch.rows
    )  # nothing of the seed is in hand but what the outlet itself relays


def test_the_lines_that_leave_an_origin_carry_its_weight(seeds: Path) -> None:
    assessment = arms(seeds)
    sketch = sketched(assessment)

    leaving: dict[str, float] = {}
    for strand in sketch.strands:
        box = sketch.boxes[sketch.rows[strand.start].box]
        if box.layer == 0:
            leaving[str(box.source)] = leaving.get(str(box.source), 0.0) + strand.weight

    for reason in assessment.reasons:
        assert leaving[reason.source] == pytest.approx(abs(reason.bits or 0.0))


@given(cases())
@settings(max_examples=60)
def test_what_is_carried_comes_to_the_weights_of_the_origins(document: dict[str, Any]) -> None:
    case = load_case(document)
    try:
        assessment = weigh(case, case.claims[0].id)
    except ProvenanceError:
        return
    story = assessment.answer.evaluation.story

    weights = carried(assessment)

    total = sum(w for w, each in zip(weights, story.statements, strict=True) if each.cites is None)
    known = [abs(reason.bits) for reason in assessment.reasons if reason.bits is not None]
    for index, statement in enumerate(story.statements):
        heard = sum(weights[other] for other in story.listeners[index])
        assert weights[index] >= heard - 1e-9
        assert statement.in_hand or weights[index] == pytest.approx(heard)
    if len(known) == len(assessment.reasons):
        assert total == pytest.approx(sum(known))


def test_the_thickest_line_is_the_heaviest_and_thickness_is_proportional(seeds: Path) -> None:
    assessment = arms(seeds)
    weights = sorted(strand.weight for strand in sketched(assessment).strands if strand.sign > 0)

    svg = lineage_svg(assessment)

    drawn = re.findall(r'stroke="#2b79b9" stroke-width="([\d.]+)"', svg)
    expected = [max(THINNEST, THICKEST * weight / weights[-1]) for weight in weights]
    # The sample in the legend is 4 pixels thick.
    assert sorted(map(float, drawn)) == pytest.approx(sorted([*expected, 4.0]), abs=0.06)


def test_what_speaks_against_the_claim_is_a_double_line_with_a_bar() -> None:
    svg = lineage_svg(chain(says("denial", stance="denies")))

    # Two edges each, of the line and of its sample in the legend.
    assert svg.count('stroke="#c4581c" stroke-width="1.3"') == 4
    assert svg.count('stroke="#c4581c" stroke-width="2.6"') == 2
    assert "speaks against it" in svg
    assert "speaks for the claim" not in svg


def test_what_is_hidden_is_dashed_and_what_is_in_hand_is_not() -> None:
    svg = lineage_svg(chain(says("log"), cites("report", "daily", "log")))

    rows = [each for each in ElementTree.fromstring(svg).iter(f"{SVG}rect") if each.get("stroke")]
    dashed = [each.get("stroke-dasharray") is not None for each in rows]

    # The two statements, then the two samples of the legend.
    assert dashed == [True, False, True, False]


def test_a_source_that_cannot_be_judged_is_hatched() -> None:
    judged = lineage_svg(chain(says("log")))
    unjudged = lineage_svg(chain(says("log"), grades={"pilot": "F"}))

    assert 'fill="url(#unjudged' not in judged
    assert 'fill="url(#unjudged' in unjudged
    assert "cannot be judged" in unjudged


def test_an_origin_of_which_two_hear_is_one_row_with_two_lines() -> None:
    sketch = sketched(
        chain(says("log"), cites("report", "daily", "log"), cites("wire", "agency", "log"))
    )

    assert [strand.start for strand in sketch.strands] == [0, 0]
    assert len(sketch.boxes) == 3


def test_a_relay_on_every_route_says_so(seeds: Path) -> None:
    sketch = sketched(arms(seeds))

    assert [box.name for box in sketch.boxes if "every route" in box.tags] == ["NOW"]


def test_an_origin_in_hand_is_drawn_once_more_among_what_is_in_hand() -> None:
    sketch = sketched(chain(says("log")))

    assert [(sketch.boxes[row.box].layer, row.is_copy) for row in sketch.rows] == [
        (0, False),
        (1, True),
    ]
    assert "also relays" not in sketch.boxes[0].tags


def test_voices_that_may_be_one_are_joined() -> None:
    voice = {"attribution": "log", "probability": 0.4}
    assessment = chain(says("log"), says("note", "clerk", same_voice_as=voice))

    svg = lineage_svg(assessment)

    assert "may be one voice: 0.4" in svg
    assert len(sketched(assessment).voices) == 1


def test_long_chains_leave_relays_out_and_say_how_many() -> None:
    relays = [cites(f"r{n}", f"hand{n}", f"r{n - 1}" if n else "log") for n in range(8)]
    assessment = chain(says("log"), *relays)

    wide, narrow = sketched(assessment), sketched(assessment, relays=1)

    assert [strand.through for strand in wide.strands] == [0, 0, 0, 4]
    assert [strand.through for strand in narrow.strands] == [0, 6]
    assert ">+4<" in lineage_svg(assessment)


def many(count: int, sources: int) -> Assessment:
    origins = [
        says(f"o{n}", f"s{n % sources}", said_on=f"2015-01-{n % 28 + 1:02}") for n in range(3)
    ]
    relays = [cites(f"r{n}", f"p{n % sources}", f"o{n % 3}") for n in range(count)]
    return chain(*origins, *relays)


def test_forty_attributions_are_drawn_one_by_one() -> None:
    assert not sketched(many(37, 37)).folded


def test_larger_cases_are_folded_by_source() -> None:
    sketch = sketched(many(200, 20))

    assert sketch.folded
    assert len(sketch.rows) <= 3 + 20
    assert "statements of one source are drawn as one" in lineage_svg(many(200, 20)).lower()


def test_of_very_many_sources_the_lightest_are_put_together() -> None:
    assessment = many(400, 400)
    sketch = sketched(assessment)

    assert sum(box.layer == 1 for box in sketch.boxes) == MOST_BOXES
    assert any(re.fullmatch(r"\d+ more sources", box.name) for box in sketch.boxes)
    folded = sum(strand.weight for strand in sketch.strands)
    assert folded == pytest.approx(sum(s.weight for s in sketched(assessment, False).strands))


@given(cases())
@settings(max_examples=40)
def test_any_case_can_be_drawn_at_any_width(document: dict[str, Any]) -> None:
    case = load_case(document)
    for claim in case.claims[:2]:
        try:
            assessment = weigh(case, claim.id)
        except ProvenanceError:
            continue
        for width in (280, 343, 600, 940):
            for fold in (False, True):
                root = ElementTree.fromstring(lineage_svg(assessment, width=width, fold=fold))
                assert root.get("role") == "img"


@given(cases())
@settings(max_examples=40)
def test_signs_agree_with_the_chains(document: dict[str, Any]) -> None:
    case = load_case(document)
    try:
        assessment = weigh(case, case.claims[0].id)
    except ProvenanceError:
        return

    found = signs(assessment)

    for each in assessment.chains:
        assert found[each.statements[-1]] == each.direction
