"""The lineage diagram shows who has it from whom, and how much weight each line carries."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

from provenance import Assessment, load_case, load_seed, weigh
from provenance.errors import ProvenanceError
from provenance.report import lineage_svg
from provenance.report.lineage_layout import thickness_of
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


def test_a_line_is_as_thick_as_its_weight_whatever_else_there_is(seeds: Path) -> None:
    assessment = arms(seeds)
    sketch = sketched(assessment, with_claims=True)
    weights = [strand.weight for strand in sketch.strands if strand.sign > 0]

    svg = lineage_svg(assessment)

    drawn = re.findall(r'stroke="#2b79b9" stroke-width="([\d.]+)"', svg)
    expected = [thickness_of(weight, 940) for weight in weights]
    # The sample in the legend is 4 pixels thick.
    assert sorted(map(float, drawn)) == pytest.approx(sorted([*expected, 4.0]), abs=0.06)


def test_a_quarter_of_a_bit_is_a_hairline_and_no_line_hides_the_others() -> None:
    assert [thickness_of(bits, 940) for bits in (0.0, 0.25, 1.0, 3.0, 99.0)] == [1, 1, 4, 12, 18]
    assert thickness_of(99.0, 343) == 8.0


def test_the_heaviest_source_stands_on_top(seeds: Path) -> None:
    sketch = sketched(arms(seeds))

    origins = [box.source for box in sketch.boxes if box.layer == 0]

    assert origins == ["rebels", "general", "government"]


def test_the_last_column_has_the_claims_with_their_links_and_the_answer(seeds: Path) -> None:
    sketch = sketched(arms(seeds), with_claims=True)

    claims = {box.name: box for box in sketch.boxes if box.is_claim}

    asked = claims["Egypt supplied weapons to the Syrian army in 2015"]
    assert asked.is_asked
    assert re.fullmatch(r"\d+ %: not established", asked.tags[0])
    rockets = claims["The Syrian army fired Egyptian-made rockets at Zabadani"]
    assert rockets.tags == ("if the claim is true: 50 %", "if it is false: 15 %")
    assert len(claims) == 7
    assert len(sketch.links) == 6


def test_other_links_are_said_in_a_few_words() -> None:
    case = load_case(
        {
            "version": 1,
            "claims": [{"id": each, "text": f"It is {each}"} for each in "abcd"],
            "sources": [{"id": "s", "reliability": "B"}],
            "attributions": [{"id": each, "source": "s", "claim": each} for each in "abcd"],
            "links": [
                {"kind": "implies", "claim": "b", "implies": "a"},
                {"kind": "implies", "claim": "b", "implies": "c", "strength": 0.9},
                {"kind": "contradicts", "claims": ["a", "d"], "strength": 0.5},
            ],
        }
    )

    sketch = sketched(weigh(case, "a"), with_claims=True)

    tags = {box.name: box.tags for box in sketch.boxes if box.is_claim and not box.is_asked}
    assert tags == {
        "It is b": ("implies the claim", "implies “It is c…”"),
        "It is c": ("follows from “It is b…”",),
        "It is d": ("excludes the claim",),
    }


def test_of_very_many_claims_the_lightest_are_put_together() -> None:
    names = [f"c{n}" for n in range(14)]
    case = load_case(
        {
            "version": 1,
            "claims": [{"id": "a", "text": "It is so", "prior": 0.3},
                       *({"id": each, "text": f"It is {each}"} for each in names)],
            "sources": [{"id": "s", "reliability": "B"}],
            "attributions": [{"id": each, "source": "s", "claim": each} for each in names],
            "links": [{"kind": "evidence", "claim": "a", "sign": each, "if_true": 0.5,
                       "if_false": 0.1} for each in names],
        }
    )  # fmt: skip

    sketch = sketched(weigh(case, "a"), with_claims=True)

    claims = [box.name for box in sketch.boxes if box.is_claim]
    assert len(claims) == 11
    assert claims[-1] == "5 more linked claims"
    assert "5 more linked claims" in lineage_svg(weigh(case, "a"))


def test_origins_that_may_have_it_from_one_another_are_bracketed_with_the_range() -> None:
    assessment = chain(says("log"), says("note", "clerk"), says("memo", "guard"))

    svg = lineage_svg(assessment)

    (bracket,) = sketched(assessment).brackets
    assert len(bracket.rows) == 3
    assert re.search(r"may have it from one another: \d+ % as one voice, \d+ % as strangers", svg)


def test_a_bracket_without_a_range_says_only_what_it_is() -> None:
    voice = {"attribution": "log", "probability": 0.4}
    assessment = chain(says("log"), says("note", "clerk", same_voice_as=voice))

    svg = lineage_svg(assessment)

    assert ">may have it from one another<" in svg


def test_a_silence_is_drawn_as_what_was_not_said() -> None:
    silence = {"stance": "silent", "would_speak": 0.8}
    assessment = chain(says("log"), says("nothing", "clerk", **silence))

    svg = lineage_svg(assessment)

    assert ">said nothing<" in svg
    assert "silent, would speak 80 %" in svg
    assert "clerk said nothing of this, where it would have with 80 %" in svg
    assert signs(assessment)[-1] == -1


def test_a_gate_is_written_on_its_row() -> None:
    case = load_case(
        {
            "version": 1,
            "claims": [{"id": "sailed", "text": "The ship sailed", "prior": 0.2},
                       {"id": "genuine", "text": "The papers are genuine", "prior": 0.7}],
            "sources": [{"id": "clerk", "reliability": "B"}],
            "attributions": [{"id": "log", "source": "clerk", "claim": "sailed",
                              "only_if": "genuine"}],
        }
    )  # fmt: skip

    svg = lineage_svg(weigh(case, "sailed"))

    assert "only if true: The papers are genuine" in svg


def test_a_row_leads_to_its_statement_where_there_is_one() -> None:
    svg = lineage_svg(chain(says("log")), anchors={"log": "#statement-0"})

    assert svg.count('<a href="#statement-0">') == svg.count("</a>") == 2


def test_names_read_from_the_right_keep_their_ellipsis_at_their_end() -> None:
    name = "القدس" * 20
    assessment = weigh(
        load_case(
            {
                "version": 1,
                "claims": [{"id": "c", "text": "It is so"}],
                "sources": [{"id": "s", "name": name, "reliability": "B"}],
                "attributions": [{"id": "a", "source": "s", "claim": "c"}],
            }
        ),
        "c",
    )

    svg = lineage_svg(assessment)

    assert re.search(r'style="unicode-bidi:plaintext">القدس[^<]*…<', svg)


def test_what_speaks_against_the_claim_is_a_double_line_with_a_bar() -> None:
    svg = lineage_svg(chain(says("denial", stance="denies")))

    # Two edges each, of the line to the document, of that to the claim, and of the sample.
    assert svg.count('stroke="#c4581c" stroke-width="1.3"') == 6
    assert svg.count('stroke="#c4581c" stroke-width="2.6"') == 3
    assert "speaks against it" in svg
    assert "speaks for the claim" not in svg


def test_what_is_hidden_is_dashed_and_what_is_in_hand_is_not() -> None:
    svg = lineage_svg(chain(says("log"), cites("report", "daily", "log")))

    rows = [each for each in ElementTree.fromstring(svg).iter(f"{SVG}rect") if each.get("stroke")]
    dashed = [each.get("stroke-dasharray") is not None for each in rows]

    # The two statements and the claim, then the two samples of the legend.
    assert dashed == [True, False, False, True, False]


def test_a_source_that_cannot_be_judged_is_hatched() -> None:
    judged = lineage_svg(chain(says("log")))
    unjudged = lineage_svg(chain(says("log"), grades={"pilot": "F"}))

    assert 'fill="url(#unjudged' not in judged
    assert 'fill="url(#unjudged' in unjudged
    assert "not judged" in unjudged


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

    assert "perhaps one voice: 40 %" in svg
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
    relays = [row for row in sketch.rows if "relays of" in row.label]
    assert relays
    assert all(row.label.endswith("relays of pilot") or "s" in row.label for row in relays)


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


def either_way() -> Assessment:
    """Somebody who says a thing that counts for the claim by one link and against it by another."""
    return weigh(
        load_case(
            {
                "version": 1,
                "claims": [{"id": each, "text": f"It is {each}"} for each in "abc"],
                "sources": [{"id": "s", "reliability": "B"}],
                "attributions": [{"id": "said", "source": "s", "claim": "c"}],
                "links": [
                    {"kind": "implies", "claim": "c", "implies": "a", "strength": 0.5},
                    {"kind": "contradicts", "claims": ["a", "c"], "strength": 0.5},
                ],
            }
        ),
        "a",
    )


def test_what_bears_on_the_claim_either_way_is_a_dotted_line() -> None:
    svg = lineage_svg(either_way())

    assert signs(either_way()) == [0]
    assert ">either way<" in svg
    assert 'stroke-dasharray="2 4"' in svg


def test_a_case_on_which_nobody_speaks_has_a_picture_without_a_legend() -> None:
    svg = lineage_svg(chain())

    assert svg.startswith("<svg")
    assert "as thick as" not in svg


def test_folded_rows_of_origins_say_what_they_are_of() -> None:
    case = load_case(
        {
            "version": 1,
            "claims": [{"id": "a", "text": "It is so", "prior": 0.3},
                       {"id": "b", "text": "It was seen"}, {"id": "c", "text": "It was heard"}],
            "sources": [{"id": "s", "reliability": "B"}],
            "attributions": [{"id": each, "source": "s", "claim": each} for each in "bc"],
            "links": [{"kind": "evidence", "claim": "a", "sign": each, "if_true": 0.5,
                       "if_false": 0.1} for each in "bc"],
        }
    )  # fmt: skip

    labels = [row.label for row in sketched(weigh(case, "a"), fold=True).rows]

    assert "2 statements: It was seen and It was heard" in labels


def bold(svg: str) -> list[str]:
    """What stands in bold letters, line by line."""
    return re.findall(r'<text [^>]*font-weight="600"[^>]*>([^<]*)<', svg)


@pytest.mark.parametrize(
    ("name", "claim", "day"),
    [
        ("mobile-laboratories-2003", "mobile", "2003-02-05"),
        ("aluminium-tubes-2002", "centrifuges", "2002-09-08"),
    ],
)
def test_names_stand_whole_in_five_narrow_columns(name: str, claim: str, day: str) -> None:
    found = bold(lineage_svg(weigh(load_seed(name), claim, as_of=day), width=720))

    assert found
    assert not [words for words in found if "…" in words]


def test_a_word_that_is_too_long_for_any_letters_is_cut() -> None:
    document = {
        "version": 1,
        "claims": [{"id": "c", "text": "It is so"}],
        "sources": [{"id": "s", "name": "W" * 80, "reliability": "B"}],
        "attributions": [{"id": "a", "source": "s", "claim": "c"}],
    }

    found = bold(lineage_svg(weigh(load_case(document), "c"), width=720))

    assert any(words.startswith("WWW") and words.endswith("…") for words in found)


def test_a_name_of_several_lines_goes_without_its_article() -> None:
    found = bold(
        lineage_svg(
            weigh(load_seed("uranium-papers-2003"), "sought", as_of="2003-03-07"), width=720
        )
    )

    assert "The IAEA" in found
    assert "Mining consortium" in found
