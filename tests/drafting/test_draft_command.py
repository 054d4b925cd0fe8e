"""`provenance draft` and `review` on the shipped articles, as somebody would type them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from provenance import load_case, weigh
from provenance.cli.app import app
from provenance.cli.reviewing import read_key
from provenance.drafting import load_draft, unconfirmed_in
from provenance.errors import InvalidValue

ARTICLES = Path("examples/articles")
FILES = tuple(
    str(ARTICLES / name)
    for name in ("coast-herald.html", "velm-gazette.html", "evening-ledger.txt")
)
SOURCES = str(ARTICLES / "sources.json")


@pytest.fixture(autouse=True)
def _in_the_checkout(monkeypatch: pytest.MonkeyPatch, seeds: Path) -> None:
    monkeypatch.chdir(seeds.parent)


def run(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(app, list(arguments), input=stdin)


@pytest.fixture
def path(tmp_path: Path, seeds: Path) -> Path:
    """A draft of the shipped articles."""
    made = tmp_path / "draft.json"
    assert run("draft", *FILES, "--sources", SOURCES, "-o", str(made)).exit_code == 0
    return made


def test_draft_says_on_every_line_of_a_statement_that_nobody_confirmed_it() -> None:
    result = run("draft", *FILES)

    lines = result.stdout.splitlines()
    assert lines[0].endswith("Nobody has confirmed any of them.")
    remark, *statements = [line for line in lines[1:] if not line.startswith("    ")]
    assert remark == (
        "evening-ledger: its publisher was not given: taken to be The Evening Ledger, as its file "
        "is called"
    )
    assert statements
    assert all(line.startswith("unconfirmed  ") for line in statements)


def test_one_command_leads_from_articles_to_an_answer() -> None:
    result = run("draft", *FILES, "--sources", SOURCES, "--weigh")

    answers = result.stdout.partition("\n\n")[2].splitlines()
    assert "that nobody has confirmed" in answers[0]
    assert all(line.startswith("unconfirmed  ") for line in answers[1:])
    shipped = next(line for line in answers if "Four thousand tonnes" in line)
    assert "1 origin" in shipped
    assert "low confidence" in shipped


def test_draft_as_json_is_the_draft_and_with_weigh_the_answers_too() -> None:
    plain = json.loads(run("draft", *FILES, "--json").stdout)
    weighed = json.loads(run("draft", *FILES, "--sources", SOURCES, "--weigh", "--json").stdout)

    assert len(load_draft(plain).documents) == 3
    assert set(weighed) == {"draft", "answers"}
    assert weighed["answers"][0]["draft"]["unconfirmed"] > 0


def test_what_a_command_line_says_of_a_text_is_taken(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("The ship sailed, Karl Vane said on Friday.", encoding="utf-8")
    known = ("--publisher", "The Echo", "--published", "2026-03-09", "--title", "The ship")

    found = load_draft(json.loads(run("draft", str(page), *known, "--json").stdout))

    assert (found.title, found.documents[0].publisher) == ("The ship", "The Echo")
    assert str(found.statements[0].said_on) == "2026-03-06"


def test_a_list_of_pages_in_json_is_drafted_with_an_id_for_each(tmp_path: Path) -> None:
    pages = tmp_path / "pages.json"
    entry = {"text": "The ship sailed, Karl Vane said.", "publisher": "The Echo"}
    pages.write_text(json.dumps([entry, entry]), encoding="utf-8")

    found = load_draft(json.loads(run("draft", str(pages), "--json").stdout))

    assert [each.id for each in found.documents] == ["the-echo", "the-echo-2"]


def test_everything_wrong_with_a_list_of_pages_is_told_with_its_place(tmp_path: Path) -> None:
    pages = tmp_path / "pages.json"
    text = "The ship sailed, Karl Vane said."
    entries = [
        {"text": text, "publsher": "The Echo", "colour": "red"},
        {"text": text, "publisher": ["The Echo"], "published_on": "next week"},
        {"text": text, "outlet": "The Echo"},
        "page.txt",
        {"publisher": "The Echo"},
    ]
    pages.write_text(json.dumps(entries), encoding="utf-8")

    result = run("draft", str(pages))

    told = result.stderr
    assert result.exit_code == 1
    assert told.startswith(f"7 problems in {pages}\n")
    assert "[0].publsher: expected one of the fields text, html, id, publisher, " in told
    assert "found 'publsher' (did you mean 'publisher'?) [unknown-field]" in told
    assert "found 'colour' (leave it out)" in told
    assert "[1].publisher: expected a text, found" in told
    assert "[1].published_on: expected a date" in told
    assert "found 'outlet' (did you mean 'publisher'?)" in told
    assert "[3]: expected an object with `text` or `html`, found 'page.txt'" in told
    assert "[4]: expected `text` or `html`, found neither" in told


def test_a_draft_or_a_case_that_is_to_be_drafted_is_told_as_one(path: Path, seeds: Path) -> None:
    twice = run("draft", str(path))
    case = run("draft", str(seeds / "egypt-arms-2015.json"))

    assert "expected documents, found a draft (provenance review reads it)" in twice.stderr
    assert "expected documents, found a case (provenance weigh reads it)" in case.stderr


def test_a_draft_that_is_to_be_weighed_and_a_case_to_be_reviewed_are_told(
    path: Path, seeds: Path
) -> None:
    weighed = run("weigh", str(path))
    reviewed = run("review", str(seeds / "egypt-arms-2015.json"))

    assert weighed.stderr.startswith(f"1 problem in {path}\n  expected a case, found a draft")
    assert f"provenance review {path}, then with --case case.json" in weighed.stderr
    assert "expected a draft, found a case" in reviewed.stderr


def test_texts_whose_publishers_are_not_given_have_one_each(tmp_path: Path) -> None:
    pages = tmp_path / "pages.json"
    pages.write_text(json.dumps([{"text": "The ship sailed, Karl Vane said."}] * 2), "utf-8")

    result = run("draft", str(pages), "--json")

    found = load_draft(json.loads(result.stdout))
    assert [each.publisher_id for each in found.documents] == [
        "publisher-of-the-document",
        "publisher-of-the-document-2",
    ]
    assert found.sources[0].described_as == "the publisher of the-document, which was not given"
    assert found.sources[0].name is None


def test_a_publisher_is_said_once_for_all_files_or_once_for_each(tmp_path: Path) -> None:
    names = [str(tmp_path / each) for each in ("a.txt", "b.txt")]
    for name, what in zip(names, ("sailed", "sank"), strict=True):
        Path(name).write_text(f"The ship {what} on Friday, Karl Vane said.", encoding="utf-8")

    each = run("draft", *names, "--publisher", "The Echo", "--publisher", "The Post", "--json")
    once = run("draft", *names, "--publisher", "The Echo", "--json")
    wrong = run("draft", *names, *("--published", "2026-03-01") * 3)

    assert [each.publisher for each in load_draft(json.loads(each.stdout)).documents] == [
        "The Echo",
        "The Post",
    ]
    assert {each.publisher for each in load_draft(json.loads(once.stdout)).documents} == {
        "The Echo"
    }
    assert wrong.exit_code == 2
    assert (
        "expected --published once, or once for each of 2 files, found it 3 times" in wrong.stderr
    )


def test_one_statement_is_told_in_the_singular(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("The ship sailed, Karl Vane said.", encoding="utf-8")

    result = run("draft", str(page), "--publisher", "The Echo", "--weigh")

    assert result.stdout.startswith("1 statement in 1 document, on 1 claim. ")
    assert "Answers from 2 of 2 attributions that nobody has confirmed:" in result.stdout


def test_a_text_that_is_given_twice_is_told(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("The ship sailed, Karl Vane told the Velm Echo.", encoding="utf-8")

    result = run("copies", str(page), str(page))

    assert "page-2 is page once more" not in result.stderr  # of publishers who are not known
    named = tmp_path / "velm-echo.txt"
    named.write_text(page.read_text("utf-8"), "utf-8")
    result = run("copies", str(named), str(named))
    assert (
        "velm-echo-2 is velm-echo once more: the same text, of the same publisher" in result.stderr
    )


def test_saved_pages_are_audited_as_they_are(tmp_path: Path) -> None:
    extra = tmp_path / "more.json"
    entry = {"url": "https://isletimes.example/a", "published_on": "2026-03-08",
             "html": (ARTICLES / "coast-herald.html").read_text("utf-8")}  # fmt: skip
    extra.write_text(json.dumps(entry), encoding="utf-8")
    claim = ("--claim", "Four thousand tonnes of grain were shipped abroad from Velm")

    result = run("audit", *FILES, str(extra), *claim, "--sources", SOURCES, "--json")
    alone = run("audit", str(extra), *claim)
    wrong = run("audit", FILES[0], "--claim", "")

    found = json.loads(result.stdout)
    assert (result.exit_code, found["pages"]) == (0, 4)
    assert found["claims"][0]["origins"]["at_most"] < 4
    assert alone.exit_code == 0
    assert wrong.exit_code == 1
    assert f"in {FILES[0]}" in wrong.stderr


def test_a_file_of_pages_that_is_no_json_is_told_by_its_name(tmp_path: Path) -> None:
    page = tmp_path / "pages.json"
    page.write_text("[", encoding="utf-8")

    result = run("audit", str(page), FILES[0], "--claim", "The ship sailed")

    assert f"in {page}" in result.stderr


def test_one_page_in_json_is_drafted(tmp_path: Path) -> None:
    page = tmp_path / "page.json"
    page.write_text('{"text": "The ship sailed, Karl Vane said.", "publisher": "E"}', "utf-8")

    assert "Karl Vane" in run("draft", str(page)).stdout


def test_a_document_that_is_not_drafted_is_told(tmp_path: Path) -> None:
    page = tmp_path / "seite.txt"
    page.write_text(
        "Der Minister sagte, dass das Schiff in der Nacht nicht aus dem Hafen lief.", "utf-8"
    )

    assert "seite: not drafted: the rules read English" in run("draft", str(page)).stdout


@pytest.mark.parametrize("name", ["none.txt", "none.json"])
def test_a_file_that_is_not_there_is_told_and_nothing_is_drafted(name: str) -> None:
    result = run("draft", name)

    assert result.exit_code == 1
    assert "no such file" in result.stderr


def test_no_file_is_wrong_usage() -> None:
    result = run("draft")

    assert result.exit_code == 2
    assert "expected at least one file" in result.stderr


def test_the_schema_of_drafts_is_printed() -> None:
    assert json.loads(run("draft", "--schema").stdout)["title"] == "Draft"


Review = Callable[..., Result]


def test_review_takes_a_key_for_each_statement_and_goes_on_later(path: Path) -> None:
    first = run("review", str(path), "--by", "Ann", stdin="arxsq")
    states = [each.state for each in load_draft(path).statements]
    second = run("review", str(path), stdin="aq")

    assert first.exit_code == 0
    assert states[:4] == ["confirmed", "rejected", "draft", "draft"]
    assert load_draft(path).statements[0].decided_by == "Ann"
    assert load_draft(path).statements[2].state == "confirmed"
    assert "1 of 16" in second.stdout


def test_review_shows_a_statement_in_its_passage_with_its_chain(path: Path) -> None:
    result = run("review", str(path), stdin="q")

    assert "⟦Four thousand tonnes of emergency grain" in result.stdout
    assert "a well-informed source (speaker; “told”)" in result.stdout


def test_review_goes_back_and_a_decision_that_is_shown_is_undone(path: Path) -> None:
    result = run("review", str(path), stdin="bubarb" + "uq")

    assert "Nothing has been decided in this sitting." in result.stdout
    assert "2 of 18, rejected: The Coast Herald" in result.stdout
    assert "Undone: it is as it was drafted." in result.stdout
    states = [each.state for each in load_draft(path).statements]
    assert states[:2] == ["confirmed", "draft"]


def test_review_of_all_shows_what_was_decided_before(path: Path) -> None:
    run("review", str(path), stdin="aq")

    waiting = run("review", str(path), stdin="q")
    result = run("review", str(path), "--all", stdin="uq")

    assert "1 of 17: The Coast Herald" in waiting.stdout
    assert "1 of 18, confirmed: The Coast Herald" in result.stdout
    assert load_draft(path).statements[0].state == "draft"


def test_a_number_puts_a_statement_under_a_claim_with_one_key(path: Path) -> None:
    shipped = load_draft(path).statements[0].claim
    denied = load_draft(path).statements[7]

    result = run("review", str(path), stdin="s" * 7 + "1q")

    after = load_draft(path).statement(denied.id)
    assert "  [1] Four thousand tonnes of emergency grain were shipped abroad" in result.stdout
    assert "which it denies." in result.stdout
    assert (after.claim, after.stance, after.state) == (shipped, "denies", "corrected")


def test_a_statement_is_moved_by_the_number_of_a_claim_or_its_words(path: Path) -> None:
    before = load_draft(path)
    own = next(each.text for each in before.claims if each.id == before.statements[0].claim)

    moved = "The doors of the second silo were opened after midnight"
    result = run("review", str(path), stdin="m")
    number = re.search(rf"(\d+)\s+{moved}", " ".join(result.stdout.split()))
    assert number is not None
    keys = f"?m{number[1]}\nm\nmThe silo was empty at dawn\nm{own}\nmr\nq"
    result = run("review", str(path), stdin=keys)

    after = load_draft(path)
    texts = {each.id: each.text for each in after.claims}
    assert "a  accept: it stands as it is drafted" in result.stdout
    assert texts[after.statements[0].claim] == moved
    assert texts[after.statements[1].claim] == "The silo was empty at dawn"
    assert after.statements[2].claim == before.statements[0].claim
    assert "expected a claim, a sentence of several words, found 'r'" in result.stderr
    assert after.statements[3].state == "draft"


def test_a_new_claim_is_offered_from_then_on_and_no_more_once_it_is_undone(tmp_path: Path) -> None:
    page, made = tmp_path / "page.txt", tmp_path / "draft.json"
    page.write_text("The ship sailed, Ida Kern said. The mill burned, Karl Vane said.", "utf-8")
    run("draft", str(page), "--publisher", "The Echo", "-o", str(made))

    result = run("review", str(made), stdin="mThe Alma left port\nuq")

    shown = result.stdout.split("2 of 2: The Echo")
    assert "  [3] The Alma left port" in shown[1]
    assert "  [3] The Alma left port" not in shown[1].partition("Undone")[2]
    assert len(load_draft(made).claims) == 2


def test_a_statement_that_is_moved_to_where_it_stands_is_not_decided(path: Path) -> None:
    result = run("review", str(path), stdin="m1\nq")

    assert "It stands under that claim already." in result.stdout
    assert load_draft(path).statements[0].state == "draft"


@pytest.mark.parametrize(("answer", "together"), [("y", True), ("n", False)])
def test_a_claim_is_reworded_for_the_others_under_it_if_asked(
    path: Path, answer: str, together: bool
) -> None:
    result = run("review", str(path), stdin=f"c\nGrain left Velm at night\n{answer}\n\n\nq")

    after = load_draft(path)
    texts = {each.id: each.text for each in after.claims}
    first, second = after.statements[0], after.statement("velm-gazette-1")
    assert "2 other statements are under the claim as it was" in result.stdout
    assert texts[first.claim] == "Grain left Velm at night"
    assert first.state == "corrected"
    assert (second.claim == first.claim, second.state) == (together, "draft")


def test_a_claim_that_stands_alone_is_worded_otherwise_without_a_question(path: Path) -> None:
    result = run("review", str(path), stdin="sc\nThe doors were open at night\n\n\nq")

    assert "put them under these words too" not in result.stdout
    assert load_draft(path).statements[1].state == "corrected"


def test_a_chain_is_typed_by_numbers_and_names(path: Path) -> None:
    result = run("review", str(path), stdin="c2 > Hanna Quist\n\n\n\nq")

    found = load_draft(path)
    chain = [found.source(hop.source).label for hop in found.statements[0].chain]
    assert "Sources: 1 The Coast Herald · 2 The Velm Gazette" in result.stdout
    assert chain == ["The Coast Herald", "The Velm Gazette", "Hanna Quist"]


def test_of_many_claims_and_sources_the_first_are_listed(tmp_path: Path) -> None:
    names = [f"{first}{second}" for first in "BCDFGHJK" for second in "abcdefgh"]
    text = " ".join(f"Karl V{each} said that number {n} left." for n, each in enumerate(names))
    page, made = tmp_path / "page.txt", tmp_path / "draft.json"
    page.write_text(text, encoding="utf-8")
    run("draft", str(page), "--publisher", "The Echo", "-o", str(made))

    result = run("review", str(made), stdin="c\n\n\n\nq")

    assert "… and " in result.stdout
    assert " more" in result.stdout


def test_a_case_of_which_nothing_is_confirmed_is_not_written(path: Path, tmp_path: Path) -> None:
    result = run("review", str(path), "--case", str(tmp_path / "case.json"))

    assert result.exit_code == 1
    assert "expected a statement that is confirmed or corrected, found none" in result.stderr
    assert not (tmp_path / "case.json").exists()


def test_wrong_decisions_are_told_with_their_file(path: Path, tmp_path: Path) -> None:
    decisions = tmp_path / "decisions.json"
    decisions.write_text('{"version": 1, "decisions": [{"statement": "x", "action": "confirm"}]}')

    result = run("review", str(path), "--decisions", str(decisions))

    assert result.stderr.startswith(f"1 problem in {decisions}\n  decisions[0]: on the statement")


def test_review_undoes_the_last_decision(path: Path) -> None:
    before = load_draft(path)

    run("review", str(path), stdin="uauq")

    assert load_draft(path) == before


def test_review_corrects_and_asks_again_for_what_cannot_be(path: Path) -> None:
    wrong = "The Echo > The Echo\n"
    right = "The Echo > Karl Vane\nThe grain left\n"

    result = run("review", str(path), stdin=f"c{wrong}{right}n\nno\ndenies\nblue\nprobably\nq")

    statement = load_draft(path).statements[0]
    assert "every source once" in result.stderr
    assert "expected 'affirms' or 'denies', found 'no'; did you mean 'denies'?" in result.stderr
    assert "no hedge 'blue'" in result.stderr
    assert (statement.state, statement.stance) == ("corrected", "denies")
    assert statement.speaker.hedge == "probably"


def test_review_that_changes_nothing_decides_nothing(path: Path) -> None:
    before = load_draft(path)

    result = run("review", str(path), stdin="c\n\n\n\nq")

    assert "Nothing is changed; a accepts it." in result.stdout
    assert load_draft(path) == before


def test_a_correction_that_is_broken_off_leaves_the_statement_as_it_was(path: Path) -> None:
    before = load_draft(path)

    result = run("review", str(path), stdin="c")

    assert result.exit_code == 0
    assert "The statement is as it was." in result.stdout
    assert load_draft(path) == before


def test_review_says_where_a_statement_leads_on_to(path: Path) -> None:
    result = run("review", str(path), stdin="s" * 9)

    assert "as it stands in coast-herald, whose own chain counts" in result.stdout


def test_one_source_under_two_names_is_joined_at_the_command_line(path: Path) -> None:
    before = load_draft(path)
    half = run("review", str(path), "--same", "Jonas Brandt=Hanna Quist", "--same", "no pair")
    unknown = run("review", str(path), "--same", "nobody = Hanna Quist")

    assert (half.exit_code, unknown.exit_code) == (2, 2)
    assert "expected SOURCE=OTHER with --same, found no pair" in half.stderr
    assert load_draft(path) == before

    result = run("review", str(path), "--same", "Jonas Brandt=Hanna Quist")
    assert result.exit_code == 0
    assert "jonas-brandt" not in {each.id for each in load_draft(path).sources}


def test_a_document_in_which_nobody_speaks_is_told_of(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("Home News Sport", encoding="utf-8")

    result = run("draft", str(page))

    assert "page: in its three words nobody is found to say anything" in result.stdout


def test_review_ends_with_its_input(path: Path) -> None:
    assert run("review", str(path), stdin="a").exit_code == 0
    assert load_draft(path).statements[0].state == "confirmed"


def test_review_goes_through_all_and_stops(path: Path) -> None:
    count = len(load_draft(path).statements)

    result = run("review", str(path), stdin="a" * count)

    assert f"0 waiting, {count} confirmed" in result.stdout
    assert f"Next: provenance review {path} --case case.json" in result.stdout


def test_the_case_of_what_is_confirmed_is_written_and_can_be_weighed(
    path: Path, tmp_path: Path
) -> None:
    case = tmp_path / "case.json"
    run("review", str(path), stdin="a" * len(load_draft(path).statements))

    result = run("review", str(path), "--case", str(case), "--sources", SOURCES)

    read = load_case(case)
    assert result.exit_code == 0
    assert unconfirmed_in(read) == ()
    assert weigh(read, read.claims[0].id).independent_origins == 1


def test_the_page_is_written_and_its_decisions_are_taken_over(path: Path, tmp_path: Path) -> None:
    page, decisions = tmp_path / "page.html", tmp_path / "decisions.json"
    first = load_draft(path).statements[0].id
    decisions.write_text(
        json.dumps({"version": 1, "decisions": [{"statement": first, "action": "confirm"}]}),
        encoding="utf-8",
    )

    run("review", str(path), "--html", str(page))
    result = run("review", str(path), "--decisions", str(decisions), "--by", "Ann", "--json")

    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert json.loads(result.stdout)["states"]["confirmed"] == 1
    assert load_draft(path).statements[0].decided_by == "Ann"


def test_what_a_document_holds_cannot_steer_the_terminal(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("The ship \x1b[31m sailed, Karl Vane said.", encoding="utf-8")

    result = run("draft", str(page))

    assert "\x1b" not in result.stdout


@pytest.mark.parametrize("stop", [EOFError, KeyboardInterrupt, OSError])
def test_review_stops_where_nobody_answers_any_more(
    path: Path, monkeypatch: pytest.MonkeyPatch, stop: type[BaseException]
) -> None:
    def nobody() -> str:
        raise stop

    monkeypatch.setattr("provenance.cli.reviewing.read_key", nobody)

    result = run("review", str(path))

    assert result.exit_code == 0
    assert "18 waiting, 0 confirmed" in result.stdout
    assert f"Go on with: provenance review {path}" in result.stdout


def test_review_without_a_terminal_points_to_the_browser(path: Path) -> None:
    result = run("review", str(path), stdin="")

    assert result.exit_code == 2
    assert "expected a terminal whose keys can be read" in result.stderr
    assert "--html" in result.stderr


def test_review_with_its_input_closed_points_to_the_browser(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("provenance.cli.reviewing.sys.stdin", None)

    with pytest.raises(InvalidValue, match="expected a terminal whose keys can be read"):
        read_key()


def test_two_files_of_one_name_are_two_documents(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "page.txt").write_text("The ship sailed, Karl Vane said.", "utf-8")

    found = load_draft(
        json.loads(
            run("draft", *(str(tmp_path / each / "page.txt") for each in "ab"), "--json").stdout
        )
    )

    assert [each.id for each in found.documents] == ["page", "page-2"]


def test_three_documents_of_one_name_get_three_ids(tmp_path: Path) -> None:
    pages = tmp_path / "pages.json"
    entry = {"text": "The ship sailed, Karl Vane said.", "publisher": "The Echo"}
    pages.write_text(json.dumps([entry] * 3), encoding="utf-8")

    found = load_draft(json.loads(run("draft", str(pages), "--json").stdout))

    assert [each.id for each in found.documents] == ["the-echo", "the-echo-2", "the-echo-3"]


def test_a_file_of_pages_with_a_key_twice_is_refused(tmp_path: Path) -> None:
    pages = tmp_path / "pages.json"
    pages.write_text('{"text": "It sailed.", "text": "It sank."}', encoding="utf-8")

    result = run("draft", str(pages))

    assert result.exit_code == 1
    assert "duplicate-key" in result.stderr


def test_a_model_drafts_by_its_name_and_what_it_makes_up_is_listed(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("The ship sailed, Karl Vane said.", encoding="utf-8")

    result = run("draft", str(page), "--model", "test", "--publisher", "The Echo")

    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0].startswith("0 statements in 1 document")
    assert lines[1] == "1 thing that the model answered could not be used:"
    assert lines[2].startswith("refused  page: answer 1 of 1, statement 1: ")


def recorded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The prompts for a model that has two statements, one of them made up, and one not at all."""
    asked: list[str] = []
    hop = {"who": "Karl Vane", "mention": "Karl Vane", "cue": "said"}
    answer = {"statements": [
        {"content": [words], "chain": [hop], "stance": "affirms", "when": None, "hedge": None,
         "basis": None, "basis_words": None}
        for words in ("The ship sailed", "The ship sank", "The ship burned down")
    ]}  # fmt: skip

    def asking(model: str) -> Callable[[str, dict[str, object]], str]:
        def complete(prompt: str, schema: dict[str, object]) -> str:
            asked.append(prompt)
            return json.dumps(answer)

        return complete

    monkeypatch.setattr("provenance.cli.drafting.pydantic_ai_complete", asking)
    return asked


def test_a_model_and_the_rules_draft_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorded(monkeypatch)
    page = tmp_path / "page.txt"
    page.write_text("The ship sailed, Karl Vane said.", encoding="utf-8")

    result = run("draft", str(page), "--model", "some:model", "--also-rules", "--json")

    found = load_draft(json.loads(result.stdout))
    assert [each.name for each in found.statements[0].drafted_by] == ["English rules", "some:model"]
    assert [each.kind for each in found.refused] == ["not-in-text", "not-in-text"]


def test_a_prompt_from_a_file_is_what_the_model_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = recorded(monkeypatch)
    page, prompt = tmp_path / "page.txt", tmp_path / "prompt.md"
    page.write_text("The ship sailed, Karl Vane said.", encoding="utf-8")
    prompt.write_text("Who says what? $text", encoding="utf-8")

    result = run("draft", str(page), "--model", "some:model", "--prompt", str(prompt))

    assert asked == ["Who says what? The ship sailed, Karl Vane said."]
    assert "2 things that the model answered could not be used:" in result.stdout


@pytest.mark.parametrize("option", [["--also-rules"], ["--prompt", "prompt.md"]])
def test_what_concerns_a_model_needs_one(option: list[str]) -> None:
    result = run("draft", *FILES, *option)

    assert result.exit_code == 2
    assert "expected --model" in result.stderr


def test_a_model_that_nobody_knows_is_told_without_a_traceback() -> None:
    result = run("draft", *FILES, "--model", "no-such-model")

    assert result.exit_code == 1
    assert "expected an answer of the model no-such-model" in result.stderr


def test_what_somebody_decided_is_not_written_over(path: Path) -> None:
    run("review", str(path), stdin="aq")
    decided = path.read_bytes()

    again = run("draft", *FILES, "-o", str(path))

    assert again.exit_code == 2
    assert "a draft with 1 decision; name another file, or delete it first" in again.stderr
    assert path.read_bytes() == decided


def test_a_draft_on_which_nobody_decided_is_drafted_anew(path: Path) -> None:
    assert run("draft", *FILES[:1], "-o", str(path)).exit_code == 0
    assert len(load_draft(path).documents) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("draft", "page.txt", "-o", "page.txt"),
        ("draft", "page.txt", "--sources", "sources.json", "-o", "sources.json"),
        ("review", "draft.json", "--case", "draft.json"),
        ("review", "draft.json", "--html", "draft.json"),
        ("report", "case.json", "hit", "-o", "case.json"),
        ("export", "case.json", "--to", "stix", "-o", "case.json"),
        ("import", "rows.csv", "--from", "csv", "-o", "rows.csv"),
        ("learn", "rows.csv", "--on", "object,value,source", "-o", "rows.csv"),
        ("learn", "rows.csv", "--on", "object,value,source", "--registry", "rows.csv"),
    ],
)
def test_no_command_writes_over_what_it_reads(
    arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("page.txt", "sources.json", "draft.json", "case.json", "rows.csv"):
        Path(name).write_text("what is there", "utf-8")

    result = run(*arguments)

    assert result.exit_code == 2
    assert f"expected another file to write to, found {arguments[-1]}" in result.stderr
    assert all(each.read_text("utf-8") == "what is there" for each in tmp_path.iterdir())
