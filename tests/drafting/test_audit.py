"""The audit of lists of pages: invented lists with known origins, drawn ones, and bad ones."""

from __future__ import annotations

import json
import random
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from provenance import Registry, audit, load_case, weigh
from provenance.drafting import Audit, AuditedClaim, audit_schema, evidence_schema, read_document
from provenance.drafting.page_owners import may_be_anybody
from provenance.drafting.pages import MOST_PAGES, Page
from provenance.errors import CaseError, InvalidValue
from tests.drafting.fresh_page_lists import FRESH
from tests.drafting.page_lists import LISTS, PageList
from tests.drafting.planted_rewrites import report, rewritten, written
from tests.test_language import BANNED

CLAIM = "The ship sailed with shells"


def audited(*pages: dict[str, Any], **more: Any) -> Audit:
    return audit(list(pages), CLAIM, **more)


def at(host: str, **more: Any) -> dict[str, Any]:
    return {"url": f"https://{host}.example/a", **more}


def kinds(found: Audit) -> set[str]:
    return {each.kind for each in found.claims[0].check}


# The lists: see `page_lists`, which was written before anything was tuned to it.

LISTED = (*LISTS, *FRESH)
# No page of these says how it came to its own report, and the model discounts voices of unrecorded
# lineage (model 2.9): so it answers otherwise than somebody who knows that all did their own work.
DISCOUNTED = {
    "two honest reports, and a page that says both were copied from it": 0.11,
    "one report with its echoes, and two denials": 0.15,
    "three people on one platform, each for what they saw": 0.11,
}


@pytest.mark.parametrize("pages", LISTED, ids=lambda each: each.name)
def test_origins_at_least_and_at_most_contain_the_true_number(pages: PageList) -> None:
    claim = audit(pages.evidence, pages.claim).claims[0]

    least, most = claim.origins
    least_against, most_against = claim.origins_against
    assert least <= len(pages.origins()) <= most
    assert least_against <= len(pages.origins(denying=True)) <= most_against


@pytest.mark.parametrize("pages", LISTED, ids=lambda each: each.name)
def test_the_answer_is_that_of_the_true_chains(pages: PageList) -> None:
    true = weigh(load_case(pages.true_case()), "it").probability

    found = audit(pages.evidence, pages.claim).claims[0].assessment

    assert found.probability == pytest.approx(true, abs=0.1)


@pytest.mark.parametrize("pages", LISTED, ids=lambda each: each.name)
def test_who_knows_that_all_did_their_own_work_answers_much_the_same(pages: PageList) -> None:
    true = weigh(load_case(pages.true_case(established=True)), "it").probability

    found = audit(pages.evidence, pages.claim).claims[0].assessment

    assert found.probability == pytest.approx(true, abs=DISCOUNTED.get(pages.name, 0.1))
    ends = sorted((found.if_one_voice, found.if_independent))
    if pages.name in DISCOUNTED:
        assert ends[0] <= true + 1e-9
        # The true chains lead every page to the origin itself, and not over the page it copied.
        assert found.if_independent == pytest.approx(true, abs=0.03)


@pytest.mark.parametrize("pages", LISTED, ids=lambda each: each.name)
def test_every_page_that_counts_with_another_has_named_evidence(pages: PageList) -> None:
    found = audit(pages.evidence, pages.claim)

    for group in found.claims[0].groups:
        explained = {link.page for link in group.why}
        if group.same_publisher:
            explained |= set(group.pages)
        own = {p for p in group.pages if p not in explained}
        assert len(own) <= 1  # the origin itself
        assert all(link.text and link.source and link.probability >= 0.8 for link in group.why)


@pytest.mark.parametrize("pages", LISTED, ids=lambda each: each.name)
def test_there_are_as_many_groups_as_origins_at_most(pages: PageList) -> None:
    claim = audit(pages.evidence, pages.claim).claims[0]

    sides = [group.side for group in claim.groups]
    assert (sides.count("for"), sides.count("against")) == (
        claim.origins[1], claim.origins_against[1],
    )  # fmt: skip


@pytest.mark.parametrize("pages", LISTS[:8], ids=lambda each: each.name)
def test_the_data_is_what_its_schema_says(pages: PageList) -> None:
    found = audit(pages.evidence, pages.claim)

    data = json.loads(found.to_json())

    Draft202012Validator.check_schema(audit_schema())
    Draft202012Validator(audit_schema()).validate(data)
    Draft202012Validator(evidence_schema()).validate({"evidence": pages.evidence})
    assert data == found.data


def test_ten_pages_and_one_launch_post_are_one_origin() -> None:
    found = audit(LISTS[0].evidence, LISTS[0].claim)

    claim = found.claims[0]
    assert claim.origins == (1, 1)
    assert [len(group.pages) for group in claim.groups] == [10]
    assert "Ten pages, one origin for it." in str(found)


def test_orders_in_a_text_are_told_and_not_followed() -> None:
    found = audit(LISTS[16].evidence, LISTS[16].claim)

    assert found.claims[0].origins == (1, 1)
    assert "orders" in kinds(found)
    assert {source.reliability for source in found.case.sources} == {"C"}


# Drawn lists: reports of their own, and pages that have them in one of the ways that texts show.


@st.composite
def drawn_lists(draw: Any) -> tuple[list[dict[str, Any]], int]:
    """A list of pages in any order, and how many origins it has."""
    generator = random.Random(draw(st.integers(0, 10_000)))
    count = draw(st.integers(1, 4))
    pages: list[dict[str, Any]] = []
    for origin in range(count):
        name = f"First{'abcd'[origin]}"
        sentences = report(generator, 1, 12)
        text = written(sentences)
        day = f"2026-01-0{origin + 1}"
        first = {"url": f"https://{name.lower()}.example/a", "publisher": name, "published": day,
                 "text": text, "id": f"o{origin}", "stance": "affirms"}  # fmt: skip
        pages.append(first)
        for echo in range(draw(st.integers(0, 3))):
            how = draw(st.sampled_from(("copy", "half", "credit", "cites", "undated", "twice")))
            new: dict[str, Any] = {"url": f"https://echo-{origin}-{echo}.example/a",
                                   "published": f"2026-02-0{echo + 1}", "stance": "affirms"}  # fmt: skip
            if how in ("copy", "undated"):
                new["text"] = text
            elif how == "half":
                new["text"] = written(rewritten(generator, sentences, 1, 0.5, "sentences"))
            elif how == "credit":
                new["text"] = f"{CLAIM}, as first reported by {name}. We know no more."
            elif how == "cites":
                new |= {"says": CLAIM, "cites": [f"o{origin}"]}
            else:
                new |= {"url": f"https://www.{name.lower()}.example/b", "says": CLAIM}
            if how == "undated":
                del new["published"]
            pages.append(new)
    return draw(st.permutations(pages)), count


@settings(max_examples=40)
@given(drawn_lists())
def test_drawn_lists_have_as_many_origins_as_were_planted(
    drawn: tuple[list[dict[str, Any]], int],
) -> None:
    pages, count = drawn

    claim = audit(pages, CLAIM).claims[0]

    assert claim.origins == (1, count)
    assert sorted(p for group in claim.groups for p in group.pages) == list(range(len(pages)))


@settings(max_examples=15)
@given(drawn_lists(), st.randoms(use_true_random=False))
def test_the_order_of_the_list_is_irrelevant_to_the_counts(
    drawn: tuple[list[dict[str, Any]], int], generator: random.Random
) -> None:
    pages, _ = drawn
    dated = [page for page in pages if "published" in page]
    shuffled = list(dated)
    generator.shuffle(shuffled)

    one, other = (audit(each, CLAIM).claims[0] for each in (dated, shuffled))

    assert one.origins == other.origins
    assert one.assessment.probability == pytest.approx(other.assessment.probability)


# Publishers


def test_two_papers_with_one_imprint_of_their_own_are_not_joined_by_a_third_page() -> None:
    def end(owner: str) -> str:
        return f"The ship sailed with shells.\n\n© 2026 {owner}"

    found = audited(
        at("one", text=end("Alpha Press")),
        at("two", text=end("Beta Press")),
        at("bad", text=end("Alpha Press")),
        {"url": "https://bad.example/b", "text": end("Beta Press")},
    )

    assert found.claims[0].origins[1] == 3


def test_a_registry_grades_publishers_by_name_and_domain_and_makes_one_of_its_domains() -> None:
    registry = Registry(
        sources=[
            {"id": "north", "name": "The North", "reliability": "A",
             "refs": [{"scheme": "domain", "id": "north.example"},
                      {"scheme": "domain", "id": "nord.example"}],
             "interests": [{"claims": "all", "stake": "gains"}]},
            {"id": "agency", "name": "Reuters", "reliability": "B"},
        ]
    )  # fmt: skip

    found = audited(
        at("north", says="It sailed"),
        at("nord", says="It sailed"),
        at("south", text="The ship sailed with shells, Reuters reported."),
        sources=registry,
    )

    graded = {each.id: each.reliability for each in found.case.sources}
    assert graded == {"north": "A", "south.example": "C", "agency": "B"}
    assert found.claims[0].origins[1] == 2
    assert found.assumed == ("south.example",)


@pytest.mark.parametrize("form", ["list", "mapping", "within"])
def test_grades_may_come_as_plain_data(form: str) -> None:
    listed = [{"id": "a.example", "reliability": "B"}]
    pages = [at("a", says="It sailed")]

    if form == "within":
        found = audit({"evidence": pages, "claims": CLAIM, "sources": listed})
    else:
        found = audited(*pages, sources=listed if form == "list" else {"sources": listed})

    assert found.case.sources[0].reliability == "B"
    assert found.assumed == ()


def test_what_is_wrong_with_grades_is_told_with_its_place() -> None:
    with pytest.raises(CaseError) as caught:
        audited(at("a"), sources=[{"id": "a.example", "reliability": "Z"}])

    assert [each.path for each in caught.value.problems] == ["sources[0].reliability"]


def test_nobody_is_judged_where_nobody_is_graded() -> None:
    found = audited(at("a"), at("b"), ungraded="F")

    assert found.data["claims"][0]["in_words"] == "not judged"
    assert "Not judged" in str(found)
    assert "Two sources were not judged" in str(found)
    with pytest.raises(InvalidValue, match="a grade from A to F"):
        audited(at("a"), ungraded="G")


@pytest.mark.parametrize("publisher", ["X", "Twitter", "x.com"])
def test_the_name_of_a_platform_makes_no_one_of_its_accounts(publisher: str) -> None:
    pages = [{"url": f"https://x.com/{who}/status/1", "publisher": publisher} for who in "abc"]

    assert audited(*pages).claims[0].origins[1] == 3


def test_pages_of_a_collection_count_by_author_or_each_for_itself() -> None:
    pages = [
        {"url": "https://www.youtube.com/watch?v=1", "author": "Ida"},
        {"url": "https://www.youtube.com/watch?v=2", "author": "Ida"},
        {"url": "https://www.youtube.com/watch?v=3"},
        {"url": "https://www.youtube.com/watch?v=4"},
    ]

    assert audited(*pages).claims[0].origins[1] == 3


def test_an_agency_is_one_by_its_name_and_its_domain() -> None:
    found = audited(
        {"url": "https://www.reuters.com/a", "says": "It sailed"},
        {"publisher": "Thomson Reuters", "says": "It sailed"},
        {"publisher": "Blog", "says": "It sailed", "cites": "Reuters"},
    )

    assert found.claims[0].origins == (1, 1)
    assert found.case.sources[0].kind == "agency"


# From whom


def test_what_a_page_says_against_what_it_cites_is_its_own() -> None:
    found = audited(at("a", id="a"), at("b", cites="a", stance="denies"))

    assert found.claims[0].origins_against == (1, 1)
    assert found.claims[0].origins == (1, 1)


def test_a_page_that_cites_itself_is_an_origin() -> None:
    assert audited(at("a", id="a", cites=["a", "https://a.example/b"])).claims[0].origins == (1, 1)


def test_a_credit_far_from_the_claim_is_told_and_not_counted() -> None:
    text = (
        "The ship sailed with shells, as our reporter saw from the crane.\n\n"
        "In other news, the mayor will marry in June, according to Coast Herald."
    )

    found = audited(at("a", text=text), at("coastherald"))

    assert found.claims[0].origins == (1, 2)
    assert {"perhaps-copied", "own-work"} <= kinds(found)


def test_two_credits_in_a_text_without_the_words_of_the_claim_decide_nothing() -> None:
    text = "Laut Nordbote ist es wahr. Laut Suedbote ist es falsch."

    assert all(not link.counted for link in audited(at("a", text=text)).links)


def test_a_wire_that_itself_names_its_source_goes_back_to_that() -> None:
    text = "VELM (AFP) - The ship sailed with shells, as first reported by the Coast Herald."

    found = audited(at("a", text=text), at("b", text=text))

    assert found.claims[0].origins == (1, 1)
    assert found.claims[0].groups[0].origin == "Coast Herald"


def test_two_outsiders_that_name_each_other_stay_in_no_circle() -> None:
    found = audited(
        at("a", text="VELM (AFP) - The ship sailed with shells, as first reported by Reuters."),
        at("b", text="VELM (Reuters) - The ship sailed with shells, as first reported by AFP."),
    )

    assert found.claims[0].origins[1] == 1


def test_a_person_is_the_page_that_she_wrote() -> None:
    study = at("journal", author="Hanne Roos", says="It sailed")
    told = "The ship sailed with shells, according to a study by Hanne Roos."

    found = audited(study, at("north", text=told), at("south", author="Hanne Roos", text=told))

    assert found.claims[0].origins == (1, 1)
    assert found.claims[0].groups[0].page == 0


def test_pages_that_credit_each_other_are_not_a_circle() -> None:
    found = audited(
        at("north", publisher="Northern Star", text="The ship sailed with shells, as first reported by the Southern Sun."),
        at("south", publisher="Southern Sun", text="The ship sailed with shells, as first reported by the Northern Star."),
    )  # fmt: skip

    assert found.claims[0].origins == (1, 1)
    assert found.claims[0].uncounted == ()


def test_pages_that_are_said_to_cite_each_other_are_a_circle() -> None:
    found = audited(at("a", id="a", cites="b"), at("b", id="b", cites="a"))

    assert found.claims[0].origins == (0, 0)
    assert found.claims[0].uncounted == (0, 1)
    assert "circular" in kinds(found)
    assert "Not judged: none of the two pages counts for or against it; see below" in str(found)
    assert found.claims[0].counts == (
        "None of the two pages counts for or against it; see below what was expected and what was "
        "found."
    )


def test_an_undated_compilation_does_not_make_one_of_what_it_compiled() -> None:
    one, other = (written(report(random.Random(seed), 1, 8)) for seed in (1, 2))
    texts = {"both": f"{one} {other}", "one": one, "two": other}

    found = audited(*(at(name, text=text, stance="affirms") for name, text in texts.items()))

    assert found.claims[0].origins[1] == 2
    assert {"which-first", "perhaps-copied"} <= kinds(found)


def test_of_several_speakers_in_a_sentence_who_states_the_claim_is_its_origin() -> None:
    text = "The ship sailed with shells, Maria Ost said, and it sailed with grain, Karl Vane said."

    found = audited(at("a", text=text))

    assert [each.origin for each in found.claims[0].groups] == ["Maria Ost"]


def test_a_basis_that_is_stated_is_not_traced_further() -> None:
    text = "The ship sailed with shells, Maria Ost said."

    found = audited(at("a", text=text, basis="own-inquiry"), at("b", basis="firsthand"))

    assert found.claims[0].origins == (2, 2)
    assert "not-traced" not in kinds(found)


def test_a_text_too_long_to_be_searched_for_speakers_is_said_to_be() -> None:
    text = f"The ship sailed with shells, Maria Ost said.\n\n{written(report(random.Random(1), 1, 300))}"

    assert "unread" in kinds(audited(at("a", text=text)))


def test_a_byline_that_names_nobody_is_no_author() -> None:
    found = audited(*(at(name, author="Newsroom Staff") for name in "ab"))

    assert found.claims[0].origins[1] == 2


def test_half_a_character_is_refused() -> None:
    assert problems([at("a", text="The ship \ud800 sailed")]) == {"evidence[0].text": "broken-text"}


def test_a_page_that_takes_no_side_is_no_origin() -> None:
    found = audited(
        at("a", stance="mentions", text="Did it sail?"), at("b", cites="https://a.example/a")
    )

    assert found.claims[0].uncounted == (0,)
    assert found.claims[0].groups[0].origin == "a.example"


def test_many_pages_get_no_leads_and_are_told_in_bounds() -> None:
    found = audit([at(f"p{n}", says="It sailed") for n in range(300)], CLAIM)

    assert "lead" not in kinds(found)
    assert len(found.data["claims"][0]["groups"]) == 200
    assert found.data["assumed"]["left_out"] == 280


def test_as_of_leaves_out_what_was_published_later() -> None:
    pages = [at("a", published="2026-01-01"), at("b", published="2026-03-01")]

    found = audited(*pages, as_of="2026-02-01")

    assert found.claims[0].origins == (1, 1)
    assert found.claims[0].uncounted == (1,)


def test_the_case_of_an_audit_can_be_weighed_again() -> None:
    found = audit(LISTS[3].evidence, LISTS[3].claim)

    again = weigh(load_case(found.case.written()), found.claims[0].assessment.claim)

    assert again.probability == found.claims[0].assessment.probability


@pytest.mark.parametrize("pages", LISTED, ids=lambda each: each.name)
def test_an_audit_is_told_in_plain_words(pages: PageList) -> None:
    found = audit(pages.evidence, pages.claim)

    own = re.sub("“[^”]*”", "", str(found))
    assert str(found.claims[0]) in str(found)
    assert [pattern for pattern in BANNED if re.search(pattern, own)] == []
    assert "To check next:" in own


def test_where_everybody_is_graded_and_nothing_is_open_nothing_is_to_check() -> None:
    names = [f"p{n}" for n in range(61)]
    registry = Registry(sources=[{"id": name, "reliability": "B"} for name in ("Reuters", *names)])

    pages = [{"publisher": name, "cites": "Reuters", "stance": "affirms"} for name in names]

    found = audited(*pages, sources=registry)

    assert found.assumed == ()
    assert found.claims[0].check == ()
    assert "To check next" not in str(found)
    assert "grade" not in str(found)


def test_one_copy_of_a_page_needs_no_check_of_its_date() -> None:
    text = written(report(random.Random(1), 1, 8))

    found = audited(
        at("a", text=text, published="2026-01-01", stance="affirms"),
        at("b", text=text, published="2026-01-02", stance="affirms"),
    )

    assert "held-together" not in kinds(found)


def test_of_two_credits_of_one_name_the_more_probable_counts() -> None:
    text = "AFP contributed to this report.\n\nThe ship sailed with shells.\n\nSource: AFP"

    links = audited(at("a", text=text)).links

    assert [(each.kind, each.counted) for each in links] == [("source-line", True)]
    again = audited(at("a", text=f"VELM (AFP) - It did.\n\n{text}")).links
    assert [(each.kind, each.counted) for each in again] == [("dateline", True)]


def test_names_that_differ_in_marks_mean_one_outsider_and_long_ones_stay_apart() -> None:
    long = "The Very Long Name of a Paper of Which Sixty Characters Are Not Yet the End"

    found = audited(
        at("a", cites="Karl Vane"), at("b", cites="Karl-Vane"),
        at("c", cites=f"{long} One"), at("d", cites=f"{long} Two"),
    )  # fmt: skip

    assert found.claims[0].origins[1] == 3


def test_publishers_of_one_short_name_stay_apart() -> None:
    long = "The Very Long Name of a Paper of Which Sixty Characters Are Not Yet the End"

    found = audited({"publisher": f"{long} One"}, {"publisher": f"{long} Two"})

    assert len({each.id for each in found.case.sources}) == 2


def test_a_page_that_goes_back_to_very_many_is_told_with_the_first_of_them() -> None:
    wide = [at(f"w{n}", id=f"w{n}", cites=[f"Name {n} {k}" for k in range(90)]) for n in range(3)]

    found = audited(*wide, at("all", cites=["w0", "w1", "w2"]))

    assert sum(3 in group.pages for group in found.claims[0].groups) == 200


def test_routes_that_meet_again_are_followed_once() -> None:
    words = "The ship sailed with shells, as first reported by the Top Paper."
    pages = [
        at("z", publisher="Top Paper"),
        at("a", id="a", cites=["b", "c"]), at("b", id="b", cites="d"), at("c", id="c", cites="d"),
        at("d", id="d", text=words), at("e", publisher="Low Paper", cites="a"),
        at("f", text=words.replace("Top", "Low")),
    ]  # fmt: skip

    assert audited(*pages).claims[0].origins == (1, 1)


def test_an_address_without_a_web_stands_beside_the_publisher() -> None:
    found = audited(
        {"url": "notes/12", "publisher": "session 12"}, at("a", cites="https://x.example/")
    )

    assert {each.origin for each in found.claims[0].groups} == {"session 12", "x.example"}


def test_a_speaker_who_is_the_publisher_itself_is_no_other() -> None:
    text = "The ship sailed with shells, North Star said on Monday."

    found = audited(at("northstar", text=text))

    assert found.claims[0].groups[0].page == 0


def test_a_copy_that_takes_the_other_side_is_no_relay() -> None:
    text = written(report(random.Random(1), 1, 8))

    found = audited(at("a", text=text, stance="affirms"), at("b", text=text, stance="denies"))

    assert (found.claims[0].origins, found.claims[0].origins_against) == ((1, 1), (1, 1))


def test_an_account_and_a_site_of_one_publisher_are_one() -> None:
    found = audited(
        {"url": "https://x.com/alpha/status/1", "publisher": "Alpha Press"},
        at("alphapress", publisher="Alpha Press"),
    )

    assert found.claims[0].origins[1] == 1


# Claims


def test_pages_are_about_the_claims_that_they_name() -> None:
    found = audit(
        [at("a", claim="It sailed"), at("b", claim="it sailed!"), at("c", claim="It sank")]
    )

    assert [each.assessment.text for each in found.claims] == ["It sailed", "it sailed!", "It sank"]


def test_without_claims_pages_that_state_the_same_are_about_one_claim() -> None:
    found = audit(
        [
            at("a", says="The mill burned down on Friday, the mayor said"),
            at("b", title="Mayor resigns"),
            at("c", quote="The mill burned down"),
            at("d", text="It is not true that the mill burned down. Bread is sold as before."),
            at("e", says="No, the mayor has not resigned"),
        ]
    )

    told = {each.assessment.text: (each.origins, each.origins_against) for each in found.claims}
    assert told == {"The mill burned down": ((1, 2), (1, 1)), "Mayor resigns": ((1, 1), (1, 1))}
    assert all("claims" in {each.kind for each in claim.check} for claim in found.claims)


@pytest.mark.parametrize(
    ("pages", "path"),
    [
        ([at("a", text="The mill burned down.")], "claims"),
        ([at("a")], "claims"),
        ([at("a", says="The mill burned down"), at("b")], "evidence[1].claim"),
        ([at("a", says="The mill burned down"), at("b", text="Soup.")], "evidence[1].claim"),
    ],
)
def test_without_claims_a_page_that_says_nothing_is_refused(
    pages: list[dict[str, Any]], path: str
) -> None:
    assert problems(pages, None) == {path: "which-claim"}


def test_more_claims_than_a_list_may_have_are_refused_however_they_come() -> None:
    numbers = [f"{n} ships of {n + 1} sailed to {n + 2} ports" for n in range(300)]

    assert problems([at("a", says=each) for each in numbers], None) == {"claims": "too-long"}


def test_claims_are_texts_or_claims_with_a_prior_and_pages_name_either() -> None:
    claims = [{"id": "sailed", "text": "It sailed", "prior": 0.1}, "It sank", {"text": "It sank"}]

    found = audit(
        {"evidence": [at("a", claim="sailed"), at("b", claim="it SANK")], "claims": claims}
    )

    assert [each.assessment.claim for each in found.claims] == ["sailed", "it-sank", "it-sank-2"]
    assert found.claims[0].assessment.prior == pytest.approx(0.1)


def test_a_claim_of_the_records_is_taken_as_it_is() -> None:
    given = audit([at("a")], CLAIM).case.claims

    assert audit([Page(url="https://a.example/x")], given).case.claims == given


def test_one_page_may_say_several_things() -> None:
    found = audit(
        [at("a", claim="It sailed"), at("a", claim="It sank", cites="https://a.example/a")]
    )

    assert [each.origins for each in found.claims] == [(1, 1), (1, 1)]


# Bad lists


def problems(evidence: Any, claims: Any = CLAIM) -> dict[str, str]:
    with pytest.raises(CaseError) as caught:
        audit(evidence, claims)
    return {each.path: each.code for each in caught.value.problems}


def test_all_that_is_wrong_with_the_entries_is_told_at_once() -> None:
    bad = [
        {"says": "nobody"},
        at("a", published="soon"),
        at("a", stance="maybe", cites=[1]),
        at("a", colour="red"),
        "a page",
        {"url": " "},
    ]

    assert problems(bad) == {
        "evidence[0]": "no-publisher",
        "evidence[1].published": "not-a-date",
        "evidence[2].stance": "not-one-of",
        "evidence[2].cites[0]": "not-text",
        "evidence[3].colour": "unknown-field",
        "evidence[4]": "not-an-object",
        "evidence[5]": "no-publisher",
    }


def test_all_that_is_wrong_between_the_entries_is_told_at_once() -> None:
    bad = [at("a", id="x", claim="no such"), at("b", id="x"), at("c", claim="one")]

    assert problems(bad, ["one", "two"]) == {
        "evidence[0].claim": "which-claim",
        "evidence[1].id": "duplicate-id",
        "evidence[1].claim": "which-claim",
    }


@pytest.mark.parametrize(
    ("evidence", "claims", "path", "code"),
    [
        (3, CLAIM, "evidence", "not-a-list"),
        ([], CLAIM, "evidence", "too-short"),
        ({"evidence": [], "more": 1}, None, "", "unknown-field"),
        ({"claims": []}, None, "", "unknown-field"),
        ([at("a")] * (MOST_PAGES + 1), CLAIM, "evidence", "too-large"),
        ([at("a", claim=f"claim {n}") for n in range(300)], None, "claims", "too-long"),
        ([at("a")], [f"claim {n}" for n in range(300)], "claims", "too-long"),
        ([at("a")], [5], "claims[0]", "not-an-object"),
        ([at("a")], [{"id": "a", "text": "x"}, {"id": "a", "text": "y"}], "claims", "duplicate-id"),
        ([{"url": "ftp://a.example"}], CLAIM, "evidence[0]", "no-publisher"),
        ([at("a", text="x" * 1_000_001)], CLAIM, "evidence[0].text", "too-long"),
    ],
)
def test_what_is_no_list_of_pages_is_refused(
    evidence: Any, claims: Any, path: str, code: str
) -> None:
    assert problems(evidence, claims)[path] == code


def test_texts_that_are_too_long_together_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("provenance.drafting.pages.MOST_CHARACTERS", 10)

    assert problems([at("a", text="12345678901")]) == {"evidence": "too-large"}


@pytest.mark.parametrize(
    ("written_as", "read_as"),
    [
        ("2026-03-01T12:00:00+02:00", "2026-03-01T10:00Z"),
        ("2026-03-01T12:00:00", "2026-03-01"),
        ("2026-03-01T12:00Z", "2026-03-01T12:00Z"),
        ("2026-03", "2026-03"),
    ],
)
def test_moments_are_taken_as_web_pages_write_them(written_as: str, read_as: str) -> None:
    found = audited(at("a", published=written_as))

    assert str(found.pages[0].published) == read_as


def test_a_moment_that_is_none_is_refused() -> None:
    assert problems([at("a", published="2026-03-01 at noon or so")]) == {
        "evidence[0].published": "not-a-date"
    }


@pytest.mark.parametrize(
    ("word", "stance"), [("Supports", "affirms"), ("refutes", "denies"), ("neutral", "neither")]
)
def test_stances_are_taken_in_the_words_that_lists_use(word: str, stance: str) -> None:
    assert audited(at("a", stance=word)).pages[0].stance == stance


ENTRIES = st.fixed_dictionaries(
    {"publisher": st.text(min_size=1, max_size=10)},
    optional={
        "url": st.sampled_from(
            ["https://a.example/x", "https://x.com/b/status/1", "x", "http://["]
        ),
        "id": st.text(min_size=1, max_size=3),
        "title": st.text(min_size=1, max_size=20),
        "author": st.text(min_size=1, max_size=20),
        "text": st.text(max_size=200),
        "says": st.text(min_size=1, max_size=50),
        "quote": st.text(min_size=1, max_size=50),
        "stance": st.sampled_from(["affirms", "denies", "neither"]),
        "cites": st.lists(st.text(min_size=1, max_size=3), max_size=3),
        "basis": st.sampled_from(["firsthand", "secondhand", "inference", "unstated"]),
        "published": st.sampled_from(["2026", "2026-03-01", None]),
    },
)


@settings(max_examples=100)
@given(st.lists(ENTRIES, min_size=1, max_size=8))
def test_any_list_is_audited_or_refused_in_words(entries: list[dict[str, Any]]) -> None:
    try:
        found = audit(entries, CLAIM)
    except CaseError:
        return

    data = json.loads(json.dumps(found.data))
    Draft202012Validator(audit_schema()).validate(data)
    claim = data["claims"][0]
    told = {p for group in claim["groups"] for p in group["pages"]} | set(claim["uncounted"])
    assert told == set(range(len(entries)))
    assert claim["origins"]["at_least"] <= claim["origins"]["at_most"]
    assert str(found)


def test_a_long_chain_and_a_dense_web_of_citations_end() -> None:
    chain = [at(f"p{n}", id=f"n{n}", cites=f"n{n - 1}" if n else []) for n in range(1_500)]
    web = [
        at(f"p{n}", id=f"n{n}", cites=[f"n{(n * k + 1) % 60}" for k in range(30)])
        for n in range(60)
    ]

    assert audit(chain, CLAIM).claims[0].origins == (1, 1)
    assert audit(web, CLAIM).claims[0].origins[0] <= 1


def test_from_whom_pages_have_it_is_asked_for_once() -> None:
    pages = [at(name, says="The ship sailed", stance="affirms") for name in "abc"]

    asked = [each.text for each in audited(*pages).claims[0].check]

    assert sum("from whom" in words or "from one another" in words for words in asked) == 1


def test_of_a_page_that_does_not_state_the_claim_the_nearest_sentence_is_told() -> None:
    text = "The mill was old. On Friday the mill at Velm burned for an hour. It rained."

    found = audit(
        [{"publisher": "The Echo", "text": text}], "The mill at Velm burned down in March"
    )

    told = found.claims[0].check[0].text
    assert "the nearest is “On Friday the mill at Velm burned for an hour.”" in told
    assert "”, in which “march” is missing; give" in told
    assert found.claims[0].counts == (
        "The page does not count for or against it; see below what was expected and what was found."
    )


def test_a_page_that_has_no_word_of_the_claim_is_told_so() -> None:
    found = audit([{"publisher": "The Echo", "text": "Soup with leeks."}], "The mill burned down")

    assert "states the claim, so that it was left out, and no word of it is there;" in (
        found.claims[0].check[0].text
    )


def test_a_page_whose_title_comes_nearest_is_told_by_its_title() -> None:
    page = {"publisher": "The Echo", "title": "Mill burned", "text": "Soup with leeks."}

    found = audit([page], "The mill at Velm burned down in March")

    assert "the nearest is “Mill burned”" in found.claims[0].check[0].text


def test_a_list_of_search_results_is_told_as_one() -> None:
    text = "The mill burned down ...\nThe mayor denied …\nWhat we know of the mill ... Read more\n"

    found = audit([{"publisher": "Seekr", "text": text}], "The mill burned down")

    told = [each for each in found.claims[0].check if each.kind == "results"]
    assert [each.pages for each in told] == [(0,)]
    assert "its lines break off in the middle" in told[0].text


def test_a_page_of_its_own_beside_those_of_others_is_told() -> None:
    pages = [
        {"publisher": "The Courier", "text": "The mill burned down."},
        {"publisher": "The Ledger", "text": "The mill burned down, the Courier reported."},
    ]

    found = audit(pages, "The mill burned down")

    assert "The Courier (for): two pages, its own and those of The Ledger" in str(found)


def test_saved_pages_and_documents_are_entries_as_they_are() -> None:
    page = (
        "<!doctype html><html><head><meta property='og:site_name' content='The Courier'></head>"
        "<body><article><p>The mill at Velm burned down on Friday night, and nobody was hurt.</p>"
        "</article></body></html>"
    )
    document = read_document("The mill burned down.", publisher="The Echo", published_on="2026-03")

    found = audit(
        [{"html": page, "published_on": "2026-03-02"}, {"text": page, "publisher": "X"}, document],
        "The mill burned down",
    )
    alone = audit({"html": page}, "The mill burned down")

    assert [each.publisher for each in found.pages] == ["The Courier", "X", "The Echo"]
    assert [str(each.published) for each in found.pages] == ["2026-03-02", "None", "2026-03"]
    assert "<p>" not in (found.pages[1].text or "")
    assert alone.claims[0].origins == (1, 1)


def test_every_saved_page_that_cannot_be_read_is_told_with_its_place() -> None:
    empty = "<!doctype html><html><body></body></html>"

    with pytest.raises(CaseError) as caught:
        audit(
            [{"html": empty}, {"publisher": "X", "says": "It burned"}, {"text": empty}], "It burned"
        )

    assert [each.path for each in caught.value.problems] == ["evidence[0]", "evidence[2]"]
    assert "expected a page with a text" in caught.value.problems[0].message


def test_words_that_look_like_a_saved_page_are_words() -> None:
    pages = [
        {"publisher": "The Echo", "says": "<html> burned"},
        {"publisher": "The Ledger", "title": "<!doctype html>", "text": "The mill burned down."},
        {"publisher": "The Courier", "says": " "},
    ]

    found = audit(pages, "The mill burned down").claims[0]

    assert sorted(page for group in found.groups for page in group.pages) == [0, 1, 2]
    assert "no-words" in [each.kind for each in found.check]


def test_a_page_that_takes_no_side_by_what_the_list_says_has_nothing_to_see_below() -> None:
    page = {"publisher": "The Echo", "says": "The mill burned down", "stance": "neither"}

    found = audit([page], "The mill burned down").claims[0]

    assert found.counts == "The page does not count for or against it."


def test_a_page_as_a_record_may_be_a_saved_page_too() -> None:
    html = "<!doctype html><html><body><article><p>The mill at Velm burned down on Friday.</p></article></body></html>"

    found = audit([Page(publisher="The Echo", text=html)], "The mill burned down")

    assert (found.pages[0].text or "").startswith("The mill")


def test_a_paper_that_calls_itself_by_its_last_word_credits_nobody() -> None:
    page = {
        "publisher": "The Velm Gazette",
        "text": "The mill burned down, Ida Kern told the Gazette.",
    }

    found = audit([page], "The mill burned down")

    assert [each.source for each in found.links] == ["Ida Kern"]


def test_of_a_page_that_is_too_long_to_be_drafted_the_nearest_sentence_is_told_too() -> None:
    text = "The mill burned for an hour. " + "Snow fell on the hills. " * 1_000

    found = audit([{"publisher": "The Echo", "text": text}], "The mill at Velm burned in March")

    assert "the nearest is “The mill burned for an hour.”" in found.claims[0].check[0].text
    assert "unread" in kinds(found)


# The same post on several accounts

POST = "BREAKING: Mira Valdane died. RIP legend"
DEATH = "Mira Valdane died"


def posted(*texts: str, **more: str) -> AuditedClaim:
    pages = [{"publisher": f"@user{n}", "text": text, **more} for n, text in enumerate(texts)]
    return audit(pages, DEATH).claims[0]


def test_one_short_post_on_five_accounts_is_one_text() -> None:
    claim = posted(POST, POST.upper(), f"  {POST}!!", POST.replace(":", " —"), POST)

    assert claim.origins == (1, 1)
    assert [each.pages for each in claim.check if each.kind == "which-first"] == [(0, 1, 2, 3, 4)]


def test_the_earlier_of_two_same_posts_is_the_origin() -> None:
    pages = [
        {"publisher": "@late", "text": POST, "published": "2026-03-02"},
        {"publisher": "@early", "text": POST, "published": "2026-03-01"},
    ]

    claim = audit(pages, DEATH).claims[0]

    assert [each.origin for each in claim.groups] == ["@early"]
    assert "which-first" not in {each.kind for each in claim.check}


@pytest.mark.parametrize(
    "text", ["Mira Valdane died.", "Mira Valdane has died", "Mira Valdane died, two doctors said."]
)
def test_posts_of_nothing_but_the_claim_and_who_says_it_are_no_copies(text: str) -> None:
    claim = posted(text, text)

    assert claim.origins == (1, 2)
    assert "not-traced" in {each.kind for each in claim.check}


def test_posts_that_differ_in_a_word_are_left_as_they_are() -> None:
    assert posted(POST, POST.replace("legend", "star")).origins == (1, 2)


def test_what_pages_are_said_to_say_is_no_text_of_theirs() -> None:
    pages = [{"publisher": name, "says": POST} for name in ("@one", "@two")]

    assert audit(pages, DEATH).claims[0].origins == (1, 2)


def test_the_same_post_about_who_published_the_other_is_asked_about() -> None:
    text = f"Lake Courier: {DEATH}. RIP legend"
    pages = [{"publisher": name, "text": text} for name in ("@one", "Lake Courier")]

    claim = audit(pages, DEATH).claims[0]

    assert "perhaps-copied" in {each.kind for each in claim.check}


# Who may be anybody


@pytest.mark.parametrize(
    "who",
    ["Posts", "A viral post", "Social media users", "An anonymous account", "Some accounts",
     "A WhatsApp message", "Rumours", "Users on X", "A video shared on TikTok"],
)  # fmt: skip
def test_who_may_be_anybody_is_not_judged(who: str) -> None:
    pages = [{"publisher": "Velm Gazette", "text": f"{who} said that Mira Valdane died."}]

    found = audit(pages, DEATH)

    assert found.claims[0].assessment.probability == 0.5
    assert not found.claims[0].is_judged
    assert found.assumed == ("Velm Gazette",)
    assert len(audit(pages, DEATH, ungraded="F").assumed) == 2


def test_who_may_be_anybody_is_judged_as_the_registry_says() -> None:
    pages = [
        {"publisher": "Velm Gazette", "text": "Social media users said that Mira Valdane died."}
    ]

    found = audit(pages, DEATH, sources=[{"id": "social media users", "reliability": "D"}])

    assert found.claims[0].is_judged


@pytest.mark.parametrize(
    "name",
    ["The Post", "Post", "The Daily Post", "the New York Post", "X", "People", "people", "a letter",
     "a video", "two officials (AFP)", "the mayor's account"],
)  # fmt: skip
def test_papers_and_those_who_are_told_apart_are_not_anybody(name: str) -> None:
    assert not may_be_anybody(name)
