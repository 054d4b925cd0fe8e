"""Grades, stakes and hedges: the words of a case file and the numbers they stand for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import UnknownName
from provenance.scales import (
    ANONYMITY,
    GRADES,
    HEDGE_ROWS,
    HEDGES,
    NO_COMMITMENT,
    STAKES,
    SURVEYS,
    VERBS,
    Degree,
    commits,
    credence,
    grade,
    hedge_advice,
    interest_ratio,
    scale,
    survey,
)
from provenance.scales.hedges import near_hedges

hedges = st.sampled_from(sorted(HEDGES))


def test_better_grades_mean_higher_reliability() -> None:
    means = [degree.mean for degree in GRADES.values() if degree is not None]

    assert means == sorted(means, reverse=True)


def test_no_grade_is_dogmatic() -> None:
    assert all(0.0 < degree.mean < 1.0 for degree in GRADES.values() if degree is not None)


def test_grade_f_stands_for_no_number() -> None:
    assert grade("F") is None


def test_a_grade_is_read_in_either_case() -> None:
    assert grade(" b ") == Degree(0.75, 12.0)


@pytest.mark.parametrize("label", ["G", "", "AB", "B2"])
def test_anything_but_six_letters_is_no_grade(label: str) -> None:
    with pytest.raises(UnknownName, match="no grade"):
        grade(label)


@given(st.sampled_from([stake for stake in STAKES if stake != "says so whatever is true"]))
def test_denying_turns_an_interest_over(stake: str) -> None:
    assert interest_ratio(stake) * interest_ratio(stake, denies=True) == pytest.approx(1.0)


def test_gaining_and_losing_mirror_each_other() -> None:
    assert interest_ratio("gains") == pytest.approx(1 / interest_ratio("loses"))
    assert interest_ratio("gains strongly") == pytest.approx(1 / interest_ratio("loses strongly"))


def test_who_says_so_whatever_is_true_does_so_both_ways() -> None:
    stake = "says so whatever is true"

    assert interest_ratio(stake) == interest_ratio(stake, denies=True) == 20.0


def test_an_unknown_stake_gets_the_nearest() -> None:
    with pytest.raises(UnknownName, match="'gains'"):
        interest_ratio("gain")


@given(hedges)
def test_every_hedge_has_a_credence_and_a_source(hedge: str) -> None:
    assert 0.0 <= credence(hedge) <= 1.0
    assert all(row.source for row in HEDGE_ROWS)


@given(
    hedges, st.sampled_from(["{}", "  {} ", "{}.", "we {}", "It is {}", "THERE IS A {}", "“{}”"])
)
def test_a_hedge_is_read_in_any_case_spacing_and_frame(hedge: str, frame: str) -> None:
    assert credence(frame.format(hedge).swapcase()) == HEDGES[hedge]


@pytest.mark.parametrize(
    ("wording", "lemma"),
    [
        ("probably", "probable"),
        ("almost certainly", "almost certain"),
        ("suspects", "suspect"),
        ("suspected that", "suspect"),
        ("alleges", "allege"),
        ("alleged", "allege"),
        ("implies", "imply"),
        ("implied", "imply"),
        ("believed", "believe"),
        ("we believe", "believe"),
        ("thought", "think"),
        ("it is likely that", "likely"),
        ("was likely to", "likely"),
    ],
)
def test_a_hedge_is_read_by_lemma(wording: str, lemma: str) -> None:
    assert credence(wording) == HEDGES[lemma]


def test_no_form_stands_in_two_rows() -> None:
    forms = [form for row in HEDGE_ROWS for form in (row.lemma, *row.forms)]

    assert len(forms) == len(set(forms))


def test_surveyed_hedges_have_the_mean_of_the_survey() -> None:
    assert credence("almost certain") == 0.942
    assert credence("probable") == 0.717
    assert credence("we doubt") == 0.224


def test_kent_s_ends_are_the_ends_of_his_scale() -> None:
    kent = scale("kent")

    for hedge in ("certain", "impossible", "almost certainly not"):
        assert credence(hedge) * 100 == pytest.approx(kent.term(hedge).value)


@pytest.mark.parametrize(
    "wording",
    [
        "may",
        "might",
        "could",
        "suspect",
        "suggest",
        "conjecture",
        "possibly",
        "perhaps",
        "maybe",
        "may happen",
        "realistic possibility",
    ],
)
def test_words_of_possibility_commit_to_nothing(wording: str) -> None:
    assert wording in NO_COMMITMENT
    assert not commits(wording)
    assert credence(wording) == 0.5


@pytest.mark.parametrize("wording", ["about even", "think", "likely", "impossible", "claims"])
def test_other_hedges_commit_to_a_number(wording: str) -> None:
    assert commits(wording)


@pytest.mark.parametrize(
    "verb", ["claims", "alleges", "accuses", "purported", "said", "reportedly"]
)
def test_a_reporter_s_verb_is_no_hedge_of_the_speaker(verb: str) -> None:
    assert credence(verb) == 1.0


@pytest.mark.parametrize("wording", ["confirm", "confirms", "Confirmed", "verifies", "we verified"])
def test_who_confirms_commits_fully_and_no_further(wording: str) -> None:
    assert credence(wording) == 1.0


@pytest.mark.parametrize(
    "wording", ["", "denies", "not certain", "cannot confirm", "x" * 10_000_000]
)
def test_what_is_no_hedge_is_refused(wording: str) -> None:
    with pytest.raises(UnknownName, match="no hedge"):
        credence(wording)


def test_a_misspelt_hedge_gets_the_nearest() -> None:
    with pytest.raises(UnknownName, match="'probably'"):
        credence("probaby")


def test_the_verbs_of_plain_assertion_assert() -> None:
    assert all(
        credence(verb) == 1.0 for verb, surveyed in VERBS.items() if surveyed.credence == 1.0
    )


def test_a_verb_as_strong_as_say_asserts_and_one_of_no_strength_is_even() -> None:
    # strength = (2 * score - 1) / (2 * .7 - 1): .7 gives 1, .6 gives 1/2, .5 gives 0.
    assert [VERBS[verb].credence for verb in ("say", "claim", "suspect")] == [1.0, 0.75, 0.5]


def test_every_surveyed_phrase_has_its_percentiles_in_order() -> None:
    for found in SURVEYS.values():
        for row in found.phrases:
            percentiles = (
                row.percentile_05,
                row.percentile_25,
                row.median,
                row.percentile_75,
                row.percentile_95,
            )
            assert list(percentiles) == sorted(percentiles)
            assert all(0 <= answer <= 100 for answer in (row.mean, *percentiles))


def test_the_concentration_is_that_of_a_beta_with_the_same_mean_and_variance() -> None:
    # mean (1 - mean) / variance - 1, from means and deviations rounded to a tenth of a percent.
    for row in (row for found in SURVEYS.values() for row in found.phrases if row.deviation > 3):
        mean, deviation = row.mean / 100, row.deviation / 100

        assert mean * (1 - mean) / deviation**2 - 1 == pytest.approx(row.concentration, rel=0.05)


def test_a_survey_is_found_by_name_and_phrase() -> None:
    assert survey("zonination2015").of("We  Believe").mean == 68.5


def test_an_unknown_survey_or_phrase_is_refused() -> None:
    with pytest.raises(UnknownName, match="no survey"):
        survey("nobody")
    with pytest.raises(UnknownName, match="no surveyed phrase"):
        survey("capphrase2026").of("we doubt")


def test_the_vaguer_a_source_is_named_the_likelier_it_is_the_same_voice() -> None:
    voices = [proposal.same_voice for proposal in ANONYMITY.values()]

    assert voices == sorted(voices)


# Words that are no hedge


@pytest.mark.parametrize(
    ("written", "opposite"),
    [
        ("inprobable", "probable"),
        ("more unlikely than not", "more likely than not"),
        ("not certian", "certain"),
        ("unlikly", "likely"),
        ("denyed", "definite"),
        ("almost certainly no", "almost certainly"),
        ("undefinite", "definite"),
    ],
)
def test_no_word_of_the_opposite_meaning_is_offered(written: str, opposite: str) -> None:
    assert opposite not in near_hedges(written)
    assert f"write {opposite!r}" not in hedge_advice(written)


def test_what_is_offered_agrees_in_its_number() -> None:
    words = [form[:at] + form[at + 1 :] for form in HEDGES for at in range(1, len(form))]

    for word in words:
        offered = near_hedges(word)
        assert len({(HEDGES[each], each in NO_COMMITMENT) for each in offered}) <= 1


@pytest.mark.parametrize("word", ["certian", "probaly", "unlikley", "posible", "highly liekly"])
def test_a_misspelt_hedge_gets_the_one_that_is_meant(word: str) -> None:
    assert len(near_hedges(word)) >= 1
    assert hedge_advice(word).startswith("write '")


EVERYDAY = {
    "apparently": 0.625, "seemingly": 0.625, "it seems": 0.625, "presumably": 0.625,
    "assume": 0.625, "supposedly": 1.0, "rumoured": 1.0, "said to be": 1.0, "evidently": 1.0,
    "undoubtedly": 1.0, "no doubt": 1.0, "quite likely": 0.729, "extremely likely": 0.975,
    "virtually certain": 0.995, "extremely unlikely": 0.025, "not possible": 0.0,
    "fifty-fifty": 0.5, "toss-up": 0.5, "plausible": 0.5, "uncertain": 0.5, "cannot rule out": 0.5,
    "slim chance": 0.124,
}  # fmt: skip


@pytest.mark.parametrize(("phrase", "number"), EVERYDAY.items())
def test_an_everyday_phrase_has_its_number(phrase: str, number: float) -> None:
    assert credence(phrase) == number


@pytest.mark.parametrize(
    ("phrase", "what"),
    [
        ("moderate confidence", "a level of confidence"),
        ("with high confidence", "a level of confidence"),
        ("unconfirmed", "nobody has checked it"),
        ("denied", 'stance "denies"'),
        ("true", "a plain assertion"),
        ("prolly", "write a number in [0, 1], or one of: certain, "),
    ],
)
def test_what_is_no_hedge_is_answered_with_what_it_is(phrase: str, what: str) -> None:
    with pytest.raises(UnknownName):
        credence(phrase)

    assert what in hedge_advice(phrase)
