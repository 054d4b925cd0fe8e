"""Which claims look like the denial of another one, by their words."""

from __future__ import annotations

import pytest

from provenance.casefiles import load_seed, shipped_seeds
from provenance.graph import Graph
from provenance.graph.denials import denials_in, stem_of
from tests.cases.slips import WELL_MADE


def is_denial(one: str, other: str) -> bool:
    """Whether one of two claims that nothing connects looks like the denial of the other."""
    return denials_in({"a": one, "b": other}, {"a": 0, "b": 1}) != {}


SHIP = "The Morven coast guard fired at the rescue ship Asteria on 12 June 2024"


@pytest.mark.parametrize(
    ("claim", "denial"),
    [
        ("The guard fired", "The guard did not fire"),
        ("The guard fired", "The guard didn’t fire."),
        ("The guard fired", "It is false that the guard fired"),
        ("The guard fired", "The claim that the guard fired is untrue"),
        ("The guard fired", "The guard never fired"),
        (SHIP, "The coast guard denies firing at the Asteria"),
        (SHIP, "The ministry denies that the Morven coast guard fired at the Asteria"),
        ("Weapons were found in the hold", "No weapons were found in the hold"),
        ("Egypt bought rockets", "Egypt did not buy rockets"),
        ("The ship sailed on 3 May", "The ship did not sail"),
    ],
)
def test_a_claim_with_the_words_of_another_and_a_word_that_turns_them_is_a_denial(
    claim: str, denial: str
) -> None:
    assert is_denial(claim, denial)
    assert denials_in({"a": denial, "b": claim}, {"a": 0, "b": 1})["b"] == (("a", "b"),)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The ship sailed", "The ship sank"),
        ("The ship did not sail", "The ship did not dock"),
        ("The charge against the minister is about money", "The minister denies the charge"),
        ("A ship sailed in July", "No ship sailed in June"),
        ("The photo was taken in 2014", "The photo was not taken in 2015"),
        ("Platform 5 burned down", "Platform no. 5 burned down"),
        ("Iran sank the ship", "Iran did not seize the ship"),
        ("It rained", "It did not rain"),
        (
            "The bank paid its clerks, then sold its ships, its mines, its woods and its name",
            "The bank did not pay its clerks",
        ),
    ],
)
def test_a_claim_with_other_words_or_hardly_any_is_no_denial(one: str, other: str) -> None:
    assert not is_denial(one, other)


def test_what_the_case_connects_is_no_denial_entered_as_a_claim() -> None:
    texts = {"shot": "The guard fired", "no": "The guard did not fire"}

    assert denials_in(texts, {"shot": 0, "no": 0}) == {}


def test_one_denial_of_two_claims_is_told_of_both() -> None:
    texts = {"a": "The guard fired", "b": "The guard fired twice", "no": "The guard did not fire"}

    found = denials_in(texts, {"a": 0, "b": 1, "no": 2})

    assert found["no"] == (("no", "a"), ("no", "b"))
    assert found["b"] == (("no", "b"),)


@pytest.mark.parametrize("name", shipped_seeds())
def test_no_shipped_case_has_a_denial_among_its_claims(name: str) -> None:
    assert Graph.of(load_seed(name)).denials == {}


def test_no_well_made_case_has_a_denial_among_its_claims() -> None:
    texts = {
        f"{name} {claim['id']}": claim["text"]
        for name, (document, _) in WELL_MADE.items()
        for claim in document["claims"]
    }

    assert denials_in(texts, {name: number for number, name in enumerate(texts)}) == {}


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("fired", "fir"), ("firing", "fir"), ("fire", "fir"), ("fires", "fir"),
        ("carried", "car"), ("carries", "car"), ("dog's", "dog"), ("dog’s", "dog"),
        # At least two letters stay, and of two alike at the end one.
        ("as", "as"), ("ed", "ed"), ("wing", "wing"), ("bed", "bed"), ("des", "de"), ("dying", "dy"),
        ("stopped", "stop"), ("bee", "be"), ("ran", "run"),
    ],
)  # fmt: skip
def test_words_are_compared_without_their_endings(word: str, stem: str) -> None:
    assert stem_of(word) == stem
