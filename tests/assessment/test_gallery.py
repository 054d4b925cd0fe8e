"""The cases of the gallery hold together, say where they have it from, and keep to their pages."""

from __future__ import annotations

import re
from hashlib import sha256

import pytest

from provenance import check, dump_case, load_case, load_seed, shipped_seeds, weigh
from provenance.assessment import timeline
from tests.assessment.gallery import FOLDER, NAMES, ROOT, graded

each_case = pytest.mark.parametrize("name", NAMES)

PEOPLE = {
    "265ce7673050",
    "360a124baeeb",
    "3d65754ba7f7",
    "3dcdbcbb97dd",
    "76c467c97c15",
    "7fac0d0407d1",
    "8f8cba8586b4",
    "919e680ee460",
    "98ed635180dd",
    "9b2e756b1544",
    "9ff56139bb07",
    "b6801def9ff5",
    "be034c581744",
    "e547cd92e64f",
    "e91078ac73f5",
    "f1548c55a566",
    "f26ebb8c857c",
}
"""Digests of names that stand in what was read, and that nobody should meet in the gallery."""


def page(name: str) -> str:
    return (FOLDER / f"{name}.md").read_text(encoding="utf-8")


def test_every_case_of_the_gallery_is_shipped_and_has_its_page_and_its_line() -> None:
    index = page("index")

    assert set(NAMES) <= set(shipped_seeds())
    assert {path.stem for path in FOLDER.glob("*.md")} == {"index", *NAMES}
    assert all(f"({name}.md)" in index for name in NAMES)


def test_every_page_of_the_gallery_stands_in_the_navigation() -> None:
    navigation = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")

    assert all(f"gallery/{name}.md" in navigation for name in ("index", *NAMES))


@each_case
def test_a_case_of_the_gallery_goes_out_and_comes_back_as_it_was(name: str) -> None:
    case = load_seed(name)

    assert load_case(dump_case(case)) == case


@each_case
def test_every_statement_of_the_gallery_is_dated(name: str) -> None:
    documents = {each.id: each for each in load_seed(name).documents}

    for each in load_seed(name).attributions:
        published = documents[each.document].published_on if each.document else None
        assert each.said_on or published, each.id


@each_case
def test_every_statement_that_we_have_names_what_was_opened(name: str) -> None:
    case = load_seed(name)
    cited = {named.split("/")[0] for each in case.attributions for named in each.cited}

    for each in case.attributions:
        told = each.id in cited or any(
            each.id in other.inferred_from for other in case.attributions
        )
        assert each.document or told, each.id


@each_case
def test_every_address_of_a_case_stands_among_the_references_of_its_page(name: str) -> None:
    references = page(name).split("## References")[1]

    for each in load_seed(name).documents:
        assert each.url is None or each.url in references, each.id


@each_case
def test_every_grade_prior_and_link_of_the_gallery_has_its_reason_beside_it(name: str) -> None:
    case = load_seed(name)

    assert all(source.note for source in case.sources)
    assert all(interest.note for source in case.sources for interest in source.interests)
    assert all(claim.note for claim in case.claims if claim.prior is not None)
    assert all(link.note for link in case.links)


@each_case
def test_a_page_tells_every_grade_and_every_statement_of_its_case(name: str) -> None:
    # If this fails: python -m tests.assessment.gallery
    assert graded(page(name), load_seed(name)) == page(name)


@each_case
def test_no_private_person_is_named(name: str) -> None:
    told = re.sub(r"https?://\S+", "", dump_case(load_seed(name)) + page(name)).lower()
    words = {sha256(word.encode()).hexdigest()[:12] for word in re.findall(r"[a-z]+", told)}

    assert not words & PEOPLE


@each_case
def test_nothing_of_what_was_read_is_quoted_in_locators(name: str) -> None:
    places = [each for found in load_seed(name).attributions for each in found.locators]

    assert not any(each.exact or each.prefix or each.suffix for each in places)


@each_case
def test_every_weakness_that_check_finds_is_answered_on_the_page(name: str) -> None:
    answered = page(name).split("## What `check` says")[1].split("## References")[0]

    for kind in {each.kind for each in check(load_seed(name))}:
        assert re.search(rf"\b{kind}\b", answered), kind


@pytest.mark.parametrize("name", [name for name in NAMES if name != "hacked-account-2013"])
def test_the_last_day_of_a_printed_timeline_is_todays_answer(name: str) -> None:
    claim = re.search(r'print\(timeline\(case, "(.+)"\)\)', page(name))
    assert claim is not None

    found = timeline(load_seed(name), claim[1])

    assert found.entries[-1].probability == weigh(load_seed(name), claim[1]).probability
    assert str(found).splitlines()[-1] in page(name)


# ------------------------------------------------------------------ what the stories are about


def test_one_message_about_an_attack_is_not_half_believed_and_silence_ends_it() -> None:
    case = load_seed("hacked-account-2013")

    heard, missed = (
        weigh(case, "attacked", as_of=f"2013-04-23T{minute}Z").probability
        for minute in ("17:07", "17:10")
    )

    assert 0.01 < heard < 0.05
    assert missed < 0.0001


def test_a_verdict_on_the_marathon_adds_no_witness() -> None:
    case = load_seed("marathon-winner-1980")
    without = [each for each in case.attributions if each.id != "verdict"]

    assert (
        weigh(case.evolve(attributions=without), "ran").probability
        == weigh(case, "ran").probability
    )


def test_neither_the_estimate_nor_the_speech_adds_to_the_engineer() -> None:
    case = load_seed("mobile-laboratories-2003")
    without = [each for each in case.attributions if each.id not in ("estimate-says", "speech")]

    told = weigh(case, "mobile", as_of="2003-02-05")
    spared = weigh(case.evolve(attributions=without), "mobile", as_of="2003-02-05")

    assert told.probability == pytest.approx(spared.probability, abs=1e-12)
    assert set(told.potentials) == {"civil-engineer", "summer-source"}


def test_the_shelved_report_counts_from_the_day_on_which_it_came_out() -> None:
    case = load_seed("mobile-laboratories-2003")

    before, after = (
        weigh(case, "trailers", as_of=day).probability for day in ("2006-04-11", "2006-04-12")
    )

    assert after < before / 10


def test_a_leak_that_is_quoted_back_moves_nothing() -> None:
    case = load_seed("aluminium-tubes-2002")

    before, after = (
        weigh(case, "centrifuges", as_of=day).probability for day in ("2002-09-06", "2002-09-08")
    )

    assert before == pytest.approx(after, abs=1e-12)


def test_a_conclusion_adds_nothing_to_the_findings_it_is_drawn_from() -> None:
    case = load_seed("aluminium-tubes-2002")
    without = [each for each in case.attributions if each.id != "ordnance"]

    drawn = weigh(case, "centrifuges", as_of="2001-04-11").probability
    spared = weigh(case.evolve(attributions=without), "centrifuges", as_of="2001-04-11").probability

    assert drawn == pytest.approx(spared, abs=1e-12)


def test_a_letter_by_somebody_who_was_not_there_carries_what_its_sources_say() -> None:
    moves = {
        str(each.on): each.moved
        for each in timeline(load_seed("village-massacre-1968"), "massacre").entries
    }

    assert moves["1969-03-29"] > 3
    assert moves["1969-09-01"] == 0  # charged, and nothing of it made public


def test_a_story_that_is_taken_back_falls_and_the_death_it_told_of_stands() -> None:
    case = load_seed("night-raid-2011")

    first, second = (
        {claim: weigh(case, claim, as_of=day).probability for claim in ("dead", "fought", "shield")}
        for day in ("2011-05-02", "2011-05-03")
    )

    assert first["fought"] > 0.8 > 0.1 > second["fought"]
    assert first["shield"] > 0.1 > 0.02 > second["shield"]
    assert second["dead"] == first["dead"] > 0.9


def test_the_second_report_of_a_service_and_a_speech_that_cites_another_move_nothing() -> None:
    moves = {
        str(each.on): each.moved
        for each in timeline(load_seed("uranium-papers-2003"), "sought").entries
    }

    for day in ("2002-02-05", "2003-01-28", "2003-03-04"):
        assert moves[day] == pytest.approx(0, abs=0.005)


def test_a_disowned_testimony_leaves_about_what_its_absence_would() -> None:
    case = load_seed("secret-fund-1972")
    gone = ("never-said", "testimony", "post-testimony")
    without = [
        each.evolve(same_voice_as=None) if each.id == "investigators-say" else each
        for each in case.attributions
        if each.id not in gone
    ]

    disowned = weigh(case, "controlled", as_of="1972-10-26").probability
    absent = weigh(case.evolve(attributions=without), "controlled", as_of="1972-10-26").probability

    assert disowned == pytest.approx(absent, abs=0.05)
