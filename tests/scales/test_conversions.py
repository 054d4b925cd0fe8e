"""Conversions between scales: by label where they share terms, by range where they do not."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.errors import InvalidValue, UnknownName
from provenance.scales import convert, scale, scale_names, stix_confidence

names = st.sampled_from(scale_names())


def _convertible() -> list[tuple[str, str, str]]:
    """Every label with every pair of scales between which it can be converted."""
    found = []
    for source in scale_names():
        for target in scale_names():
            for term in scale(source).terms:
                try:
                    convert(term.label, source, target)
                except InvalidValue:
                    continue
                found.append((term.label, source, target))
    return found


convertible = _convertible()
conversions = st.sampled_from(convertible)
by_range = st.sampled_from(
    [
        triple
        for triple in convertible
        if (span := scale(triple[1]).extent(scale(triple[1]).term(triple[0]))) is not None
        and span.width > 0.0
        and not convert(*triple).same_label
    ]
)


@given(conversions)
def test_unjudged_stays_unjudged_and_nothing_else_becomes_so(triple: tuple[str, str, str]) -> None:
    found = convert(*triple)

    assert all(term.unjudged == found.term.unjudged for term in found.terms)
    assert not found.term.unjudged or bool(found.terms) == bool(scale(triple[2]).unjudged)


@given(conversions)
def test_a_share_is_a_share_and_the_best_comes_first(triple: tuple[str, str, str]) -> None:
    found = convert(*triple)
    shares = [match.share for match in found.matches]

    assert all(0.0 <= share <= 1.0 for share in shares)
    assert shares == sorted(shares, reverse=True)
    assert 0.0 <= found.uncovered <= 1.0


@given(conversions)
def test_a_term_with_a_share_of_one_covers_all_of_it(triple: tuple[str, str, str]) -> None:
    found = convert(*triple)

    if any(match.share == 1.0 for match in found.matches):
        assert found.uncovered == 0.0


@given(by_range, st.floats(0, 1))
def test_every_point_of_a_range_reads_as_one_of_its_matches(
    triple: tuple[str, str, str], where: float
) -> None:
    found, target = convert(*triple), scale(triple[2])
    span = scale(triple[1]).extent(found.term)
    assert span is not None

    read = target.term_for(round(span.low + where * span.width, 9))

    # At its ends a range may touch a further term, which is no match.
    touching = [term for term in read if term not in found.terms]
    assert all(span.shared(target.extent(term) or span) < 1e-8 for term in touching)
    assert read or found.uncovered > 0.0 or where in (0.0, 1.0)


@settings(max_examples=50)
@given(by_range)
def test_the_shares_are_those_that_counting_points_gives(triple: tuple[str, str, str]) -> None:
    found, target = convert(*triple), scale(triple[2])
    span = scale(triple[1]).extent(found.term)
    assert span is not None
    points = [span.low + (step + 0.5) / 100 * span.width for step in range(100)]

    for match in found.matches:
        inside = sum(match.term in target.term_for(point) for point in points)
        assert match.share == pytest.approx(inside / 100, abs=0.02)


@given(names, st.data())
def test_a_scale_converts_to_itself_label_by_label(name: str, data: st.DataObject) -> None:
    term = data.draw(st.sampled_from(scale(name).terms))

    assert convert(term.label, name, name).terms == (term,)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("admiralty-reliability", "misp-source-reliability"),
        ("admiralty-reliability", "opencti-reliability"),
        ("admiralty-reliability", "stix2extensions-reliability"),
        ("admiralty-credibility", "stix-admiralty-credibility"),
        ("admiralty-credibility", "misp-information-credibility"),
        ("icd203", "stix-dni"),
        ("icd203", "misp-estimative-language"),
        ("kent", "misp-osint-certainty"),
        ("misp-opinion", "stix-opinion"),
    ],
)
def test_scales_with_the_same_terms_convert_both_ways_without_loss(
    source: str, target: str
) -> None:
    for term in scale(source).terms:
        there = convert(term.label, source, target)
        back = convert(there.terms[0].label, target, source)

        assert there.same_label
        assert back.terms == (term,)


@pytest.mark.parametrize("label", ["1", "2", "3", "4", "5", "6"])
def test_a_grade_of_credibility_keeps_its_digit_everywhere(label: str) -> None:
    stix = convert(label, "admiralty-credibility", "stix-admiralty-credibility").terms[0]
    misp = convert(stix.label, "stix-admiralty-credibility", "misp-information-credibility").terms[
        0
    ]

    assert stix.label.startswith(label)
    assert misp.code == label


def test_the_grade_that_cannot_be_judged_is_never_fifty() -> None:
    # MISP's own file gives F and 6 the number 50, as if they were C and 3.
    assert scale("misp-source-reliability").term("f").value is None
    assert (
        convert("6", "misp-information-credibility", "stix-wep").terms[0].label == "Not Specified"
    )
    assert stix_confidence("6") is None


def test_a_deceptive_source_becomes_e_and_the_loss_is_said() -> None:
    found = convert("g", "misp-source-reliability", "admiralty-reliability")

    assert found.terms[0].code == "E"
    assert not found.same_label
    assert "the deceit is lost" in found.text


def test_a_range_is_laid_over_the_ranges_of_the_other_scale() -> None:
    # 55 to 80: 20 of 25 points are in 55 to 75, and 75 to 80 is a gap; 80 is only touched.
    found = convert("likely", "icd203", "phia")

    assert [(match.term.label, match.share) for match in found.matches] == [("likely", 0.8)]
    assert found.uncovered == pytest.approx(0.2)


def test_nested_terms_that_hold_the_whole_range_come_first() -> None:
    # 55 to 80: all above 50, 14 of 25 points from 66 on, 11 of 25 up to 66.
    found = convert("likely", "icd203", "ipcc")

    assert [(match.term.label, match.share) for match in found.matches] == [
        ("more likely than not", 1.0),
        ("likely", 0.56),
        ("about as likely as not", 0.44),
    ]


def test_a_point_of_the_other_scale_inside_the_range_is_named_as_one() -> None:
    found = convert("roughly even chance", "icd203", "misp-osint-certainty")

    assert [term.label for term in found.terms] == ["Chances about even"]
    assert "one point of it" in str(found)


def test_a_term_in_a_gap_of_the_other_scale_has_no_counterpart() -> None:
    found = convert("93", "misp-osint-certainty", "phia")

    assert found.terms == ()
    assert found.uncovered == 1.0
    assert found.text == "'Almost certain' (93 %) falls under no term of phia"


def test_an_end_that_the_other_scale_of_the_family_lacks_goes_by_range() -> None:
    assert convert("certain", "kent", "misp-vocabulaire-des-probabilites").terms == ()


@pytest.mark.parametrize(
    ("label", "source", "target"),
    [
        ("A", "admiralty-reliability", "icd203"),
        ("F", "admiralty-reliability", "stix-wep"),
        ("High", "misp-analytic-confidence", "icd203"),
        ("High", "stix-none-low-med-high", "icd203"),
        ("agree", "stix-opinion", "phia"),
    ],
)
def test_reliability_confidence_and_opinion_never_become_a_likelihood(
    label: str, source: str, target: str
) -> None:
    with pytest.raises(InvalidValue, match="two scales about the same thing"):
        convert(label, source, target)


def test_a_scale_without_ranges_names_the_one_of_its_family_that_has_them() -> None:
    with pytest.raises(InvalidValue, match="convert to stix-admiralty-credibility first"):
        convert("2", "admiralty-credibility", "icd203")


@pytest.mark.parametrize(
    ("label", "source", "target"),
    [
        ("likely", "icd203", "admiralty-credibility"),
        ("High", "misp-analytic-confidence", "stix-none-low-med-high"),
    ],
)
def test_a_range_needs_a_range_to_lie_over(label: str, source: str, target: str) -> None:
    with pytest.raises(InvalidValue, match="a scale with ranges"):
        convert(label, source, target)


def test_a_number_is_no_label() -> None:
    number: Any = 0.7

    with pytest.raises(InvalidValue, match="expected a label"):
        convert(number, "icd203", "phia")


def test_an_unknown_label_is_refused() -> None:
    with pytest.raises(UnknownName, match="no term of icd203 'certain'"):
        convert("certain", "icd203", "phia")


def test_a_label_has_the_number_that_stix_sets_for_it() -> None:
    assert [stix_confidence(digit) for digit in "123456"] == [90, 70, 50, 30, 10, None]


def test_a_probability_is_first_put_into_the_words_of_the_scale() -> None:
    assert stix_confidence(0.21, "stix-dni") == 30
    assert stix_confidence(None, "stix-dni") is None


def test_misp_s_confidence_levels_have_the_numbers_that_misp_writes_to_stix() -> None:
    levels = [term.label for term in scale("misp-confidence-level").terms]

    written = [stix_confidence(level, "misp-confidence-level") for level in levels]

    assert written == [0, 25, 50, 75, 100, None]


@pytest.mark.parametrize(
    ("number", "level"),
    [
        (100, "completely-confident"),
        (99, "usually-confident"),
        (75, "usually-confident"),
        (74, "fairly-confident"),
        (50, "fairly-confident"),
        (49, "rarely-confident"),
        (25, "rarely-confident"),
        (24, "unconfident"),
        (0, "unconfident"),
    ],
)
def test_a_stix_confidence_reads_as_the_level_that_misp_reads_it_as(
    number: int, level: str
) -> None:
    assert [term.code for term in scale("misp-confidence-level").term_for(number / 100)] == [level]


def test_a_scale_that_is_not_of_stix_has_no_stix_confidence() -> None:
    with pytest.raises(InvalidValue, match="a scale of the STIX confidence"):
        stix_confidence("likely", "icd203")
