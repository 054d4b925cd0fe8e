"""Published scales: their tables, their reading of probabilities, and their honesty about gaps."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import InvalidValue, UnknownName
from provenance.scales import Label, Range, Scale, in_words, scale, scale_names

names = st.sampled_from(scale_names())
ranged_names = tuple(name for name in scale_names() if scale(name).bands)
ranged = st.sampled_from(ranged_names)
probabilities = st.floats(0.0, 1.0)

# The five tables of STIX 2.1, appendix A: label, value, lowest and highest whole number.
STIX_TABLES = {
    "stix-none-low-med-high": [
        ("None", 0, 0, 0),
        ("Low", 15, 1, 29),
        ("Med", 50, 30, 69),
        ("High", 85, 70, 100),
    ],
    "stix-zero-ten": [
        ("0", 0, 0, 4),
        ("1", 10, 5, 14),
        ("2", 20, 15, 24),
        ("3", 30, 25, 34),
        ("4", 40, 35, 44),
        ("5", 50, 45, 54),
        ("6", 60, 55, 64),
        ("7", 70, 65, 74),
        ("8", 80, 75, 84),
        ("9", 90, 85, 94),
        ("10", 100, 95, 100),
    ],
    "stix-admiralty-credibility": [
        ("5 - Improbable", 10, 0, 19),
        ("4 - Doubtful", 30, 20, 39),
        ("3 - Possibly True", 50, 40, 59),
        ("2 - Probably True", 70, 60, 79),
        ("1 - Confirmed by other sources", 90, 80, 100),
    ],
    "stix-wep": [
        ("Impossible", 0, 0, 0),
        ("Highly Unlikely/Almost Certainly Not", 10, 1, 19),
        ("Unlikely/Probably Not", 30, 20, 39),
        ("Even Chance", 50, 40, 59),
        ("Likely/Probable", 70, 60, 79),
        ("Highly likely/Almost Certain", 90, 80, 99),
        ("Certain", 100, 100, 100),
    ],
    "stix-dni": [
        ("Almost No Chance / Remote", 5, 0, 9),
        ("Very Unlikely / Highly Improbable", 15, 10, 19),
        ("Unlikely / Improbable", 30, 20, 39),
        ("Roughly Even Chance / Roughly Even Odds", 50, 40, 59),
        ("Likely / Probable", 70, 60, 79),
        ("Very Likely / Highly Probable", 85, 80, 89),
        ("Almost Certain / Nearly Certain", 95, 90, 100),
    ],
}


@pytest.mark.parametrize("name", STIX_TABLES)
def test_every_stix_number_reads_as_its_published_label(name: str) -> None:
    published = {
        number: label
        for label, _, low, high in STIX_TABLES[name]
        for number in range(low, high + 1)
    }

    read = {n: [term.label for term in scale(name).term_for(n / 100)] for n in range(101)}

    assert read == {number: [label] for number, label in published.items()}


@pytest.mark.parametrize("name", STIX_TABLES)
def test_every_stix_label_has_its_published_value(name: str) -> None:
    for label, value, *_ in STIX_TABLES[name]:
        assert scale(name).term(label).value == value


@given(ranged, st.data())
def test_a_term_s_own_range_reads_back_as_the_term(name: str, data: st.DataObject) -> None:
    found = scale(name)
    term = data.draw(st.sampled_from(found.bands))
    span = found.extent(term)
    assert span is not None
    probability = data.draw(st.floats(span.low, span.high).map(lambda p: round(p, 9)))

    if probability in span:
        assert term in found.term_for(probability)


@given(ranged, probabilities)
def test_every_probability_gets_terms_or_its_neighbours(name: str, probability: float) -> None:
    wording = in_words(probability, name)

    assert wording.text == str(wording)
    assert bool(wording.terms) != bool(wording.neighbours)


@given(ranged, probabilities)
def test_no_term_stands_for_a_number_in_a_gap(name: str, probability: float) -> None:
    found = scale(name)
    rounded = round(probability, 9)
    exact = probability if rounded in (0.0, 1.0) else rounded

    covered = bool(found.term_for(probability))

    # PHIA leaves out 0 and 100 themselves, which are points and no gaps.
    assert covered != any(exact in gap for gap in found.gaps) or exact in (0.0, 1.0)


@given(ranged, probabilities)
def test_neighbours_lie_on_their_sides(name: str, probability: float) -> None:
    below, above = scale(name).neighbours(probability)

    assert below is None or (below.span is not None and below.span.high <= probability + 1e-9)
    assert above is None or (above.span is not None and above.span.low >= probability - 1e-9)


@given(ranged, probabilities)
def test_of_nested_terms_the_narrowest_comes_first(name: str, probability: float) -> None:
    found = scale(name)
    widths = [term.span.width for term in found.term_for(probability) if term.span is not None]

    assert not found.nested or widths == sorted(widths)


@given(ranged)
def test_the_terms_stand_in_order_from_the_lowest(name: str) -> None:
    spans = [term.span for term in scale(name).bands if term.span is not None]
    ends = [(span.low, span.high) for span in spans]

    assert ends == sorted(ends)


@given(names)
def test_nothing_that_is_unjudged_stands_for_a_number(name: str) -> None:
    for term in scale(name).terms:
        assert not term.unjudged or (term.span is None and term.value is None)


@given(names)
def test_what_is_not_judged_reads_as_unjudged_or_as_nothing(name: str) -> None:
    found = scale(name)

    assert found.term_for(None) == ((found.unjudged,) if found.unjudged else ())
    assert in_words(None, name).terms == found.term_for(None)


@given(names)
def test_no_two_terms_of_a_scale_share_a_name(name: str) -> None:
    known = [called for term in scale(name).terms for called in term.names]

    assert len(known) == len(set(known))


@given(names, st.data())
def test_a_term_is_found_by_anything_it_is_called(name: str, data: st.DataObject) -> None:
    found = scale(name)
    term = data.draw(st.sampled_from(found.terms))
    called = data.draw(st.sampled_from(sorted(term.names)))

    assert found.term(called.upper()) == term


@given(names)
def test_a_scale_is_found_by_every_name_it_has(name: str) -> None:
    found = scale(name)

    for called in (found.name, found.name.upper(), found.name.replace("-", " "), *found.aliases):
        assert scale(called) == found


def test_every_scale_says_where_it_was_read() -> None:
    assert all(scale(name).citation and scale(name).verified for name in scale_names())


def test_the_gaps_of_phia_are_the_published_ones() -> None:
    gaps = [(round(100 * gap.low), round(100 * gap.high)) for gap in scale("phia").gaps]

    assert gaps == [(5, 10), (20, 25), (35, 40), (50, 55), (75, 80), (90, 95)]


def test_the_gaps_of_kent_are_the_published_ones() -> None:
    gaps = [(round(100 * gap.low), round(100 * gap.high)) for gap in scale("kent").gaps]

    assert gaps == [(0, 2), (12, 20), (60, 63), (99, 100)]


def test_a_scale_of_whole_numbers_has_no_gaps_between_them() -> None:
    assert all(scale(name).gaps == () for name in STIX_TABLES)


def test_a_gap_is_named_by_the_terms_on_either_side() -> None:
    assert in_words(0.38, "phia").text == "between 'unlikely' and 'realistic possibility'"


def test_beyond_the_last_term_the_wording_says_so() -> None:
    assert in_words(0.999, "icd203").text == "above 'almost certain'"
    assert in_words(0.0, "icd203").text == "below 'almost no chance'"


def test_a_shared_boundary_names_both_terms() -> None:
    text = "on the line between 'very unlikely' and 'unlikely'"

    assert in_words(0.2, "icd203").text == text


def test_arithmetic_does_not_miss_a_boundary() -> None:
    # .7 + .1 is a little less than .8 in floating point.
    assert in_words(0.7 + 0.1, "stix-wep").text == "Highly likely/Almost Certain"
    assert len(scale("ipcc-ar4").term_for(0.66 + 1e-12)) == 2


def test_phia_leaves_out_the_ends_it_excludes() -> None:
    assert in_words(0.0, "phia").text == "below 'remote chance'"
    assert in_words(1.0, "phia").text == "above 'almost certain'"
    assert in_words(0.5, "phia").text == "between 'realistic possibility' and 'likely'"


def test_ipcc_reports_the_narrowest_of_its_nested_terms() -> None:
    assert [term.label for term in scale("ipcc").term_for(0.97)] == [
        "extremely likely",
        "very likely",
        "likely",
        "more likely than not",
    ]
    assert in_words(0.97, "ipcc").text == "extremely likely"


def test_ipcc_names_both_terms_where_neither_holds_the_other() -> None:
    assert (
        in_words(0.66, "ipcc").text == "on the line between 'about as likely as not' and 'likely'"
    )


def test_what_is_not_certain_never_reads_as_certain_or_impossible() -> None:
    assert in_words(1 - 1e-12, "stix-wep").text == "Highly likely/Almost Certain"
    assert in_words(1e-12, "stix-wep").text == "Highly Unlikely/Almost Certainly Not"


def test_a_level_of_confidence_never_stands_where_a_likelihood_is_expected() -> None:
    assert in_words(0.9, "stix-none-low-med-high").text == "STIX 2.1, None / Low / Med / High: High"


def test_what_is_not_judged_is_worded_by_the_scale_or_said_to_have_no_word() -> None:
    assert in_words(None, "efsa").text == "inconclusive"
    assert in_words(None, "stix-admiralty-credibility").text == "6 - Truth cannot be judged"
    assert in_words(None, "icd203").text == "not judged (this scale has no term for that)"


def test_a_scale_without_ranges_has_no_word_for_a_probability() -> None:
    assert in_words(0.5, "admiralty-reliability").text == (
        "no word (admiralty-reliability gives no probabilities)"
    )


def test_a_range_is_the_published_one() -> None:
    found = scale("phia").range_of("Almost certainly")

    assert found == Range(0.95, 1.0, True, False)
    assert scale("admiralty-reliability").range_of("F") is None


def test_a_span_says_which_of_its_ends_belong_to_it() -> None:
    assert str(Range(0.0, 0.05, low_included=False)) == "above 0 to 5 %"
    assert str(Range(0.4, 0.5, high_included=False)) == "40 to under 50 %"
    assert str(Range(1.0, 1.0)) == "100 %"


def test_an_unknown_scale_gets_the_nearest() -> None:
    with pytest.raises(UnknownName, match="'icd203'"):
        scale("icd302")


def test_an_unknown_term_gets_the_nearest() -> None:
    with pytest.raises(UnknownName, match="'unlikely'"):
        scale("phia").term("unlikly")


@pytest.mark.parametrize("number", [-0.01, 1.01, math.nan, math.inf])
def test_a_number_that_is_no_probability_is_refused(number: float) -> None:
    with pytest.raises(InvalidValue, match="between 0 and 1"):
        in_words(number, "icd203")


def test_a_scale_prints_as_the_table_it_is() -> None:
    sketch = Scale(
        "sketch",
        "A sketch",
        "likelihood",
        (
            Label("no", Range(0.0, 0.5, high_included=False), approximate=True),
            Label("yes", Range(1.0, 1.0)),
            Label("who knows", unjudged=True),
        ),
        "nowhere",
        "primary",
    )

    assert str(sketch) == (
        "A sketch (likelihood)\n"
        "  no         about 0 to under 50 %\n"
        "  yes        100 %\n"
        "  who knows  not judged"
    )
    assert [term.label for term in sketch] == ["no", "yes", "who knows"]
