"""`provenance export`, `import` and `mcp` on the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from provenance import agents, load_case, save_case, weigh
from provenance.casefiles import load_seed
from provenance.cli.app import app
from provenance.cli.exchanging import EXPORTS
from provenance.exchange import claimreview_problems
from tests.cases.exchange_cases import full_case

SEEDS = Path(__file__).parents[2] / "seeds"
ARMS = str(SEEDS / "egypt-arms-2015.json")


def run(*arguments: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(app, [*arguments], input=stdin)


@pytest.fixture
def full(tmp_path: Path) -> str:
    path = tmp_path / "full.json"
    save_case(full_case(), path)
    return str(path)


@pytest.mark.parametrize("form", [form for form in EXPORTS if form != "xlsx"])
def test_every_format_goes_out(form: str, full: str) -> None:
    needed = {"nanopublications": ("--base", "https://example.org/")}.get(form, ())

    result = run("export", full, "--to", form, *needed)

    assert result.exit_code == 0, result.stderr
    assert result.stdout.strip()
    assert "lost: " in result.stderr


@pytest.mark.parametrize("form", ["prov-json", "csv"])
def test_an_export_and_an_import_keep_within_a_budget(form: str, full: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("export", full, "--to", form, "-o", str(out))

    asked = ("--to", form, "--unweighed", "--budget", "1000")
    written = run("export", full, *asked, "-o", str(tmp_path / "no"))
    read = run("import", str(out), "--from", form.partition("-")[0], "--budget", "1000")

    assert written.exit_code == read.exit_code == 1
    assert "for writing in another format: " in written.stderr
    assert "for reading another tool's document: it is a document of some " in read.stderr
    assert not (tmp_path / "no").exists()


def test_a_format_that_needs_an_option_asks_for_it(full: str) -> None:
    result = run("export", full, "--to", "nanopublications")

    assert result.exit_code == 2
    assert "expected --base for the format nanopublications" in result.stderr


@pytest.mark.parametrize("form", ["prov-json", "prov-jsonld", "prov-n", "prov-trig", "prov-xml"])
def test_prov_comes_back_as_the_same_case(form: str, full: str, tmp_path: Path) -> None:
    out = tmp_path / "out"

    run("export", full, "--to", form, "-o", str(out))
    back = run("import", str(out), "--from", "prov")

    assert back.exit_code == 0
    assert load_case(back.stdout) == full_case()


@pytest.mark.parametrize(
    ("form", "document", "words"),
    [
        ("misp", {"info": "Ships"}, "nothing in the event is read as a claim: only texts"),
        ("prov", {"entity": {"x": {}}}, "nothing is read as a claim: the case has none"),
    ],
)
def test_an_import_that_has_no_claims_says_so(
    form: str, document: Any, words: str, tmp_path: Path
) -> None:
    path = tmp_path / "document"
    path.write_text(json.dumps(document), encoding="utf-8")

    result = run("import", str(path), "--from", form)

    assert result.exit_code == 0, result.stderr
    assert result.stderr.count("read as a claim") == 1
    assert words in result.stderr


def test_a_review_can_be_published_from_the_command_line() -> None:
    result = run(
        *("export", ARMS, "--to", "claimreview", "--claim", "armed", "--author", "The desk"),
        *("--author-url", "https://example.org/", "--url", "https://example.org/checks/1"),
        *("--published-on", "2015-09-10"),
    )

    review = json.loads(result.stdout)
    assert claimreview_problems(review) == ()
    assert review["author"] == {
        "@type": "Organization",
        "name": "The desk",
        "url": "https://example.org/",
    }
    assert review["datePublished"] == "2015-09-10"
    assert "author:" not in result.stderr


def test_a_review_takes_the_words_of_another_scale_or_of_the_newsroom() -> None:
    arguments = ("export", ARMS, "--to", "claimreview", "--claim", "armed")

    established = ("export", "egypt-syria-2015", "--to", "claimreview", "--claim", "rapprochement")
    phia = json.loads(run(*established, "--scale", "phia").stdout)
    own = json.loads(run(*arguments, "--rating", "armed=Not = proven").stdout)

    words = weigh(load_seed("egypt-syria-2015"), "rapprochement").in_words("phia")
    assert phia["reviewRating"]["alternateName"] == words
    assert own["reviewRating"]["alternateName"] == "Not = proven"


def test_a_page_is_written_with_its_review_in_it(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<html><head></head><body>…</body></html>", encoding="utf-8")

    result = run(
        *("export", ARMS, "--to", "claimreview", "--claim", "armed", "--author", "The desk"),
        *("--url", "https://example.org/checks/1", "--page", str(page)),
    )

    assert result.stdout.startswith('<html><head><script type="application/ld+json"')
    assert "…</body>" in result.stdout


def test_a_page_is_not_given_a_review_that_cannot_be_published(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<html></html>", encoding="utf-8")

    result = run("export", ARMS, "--to", "claimreview", "--claim", "armed", "--page", str(page))

    assert result.exit_code == 1
    assert "author: expected this field, found none" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--to", "stix", "--author", "The desk"), "found --author"),
        (("--to", "csv", "--namespace", "n"), "found --namespace"),
        (("--to", "prov-n", "--page", "a.html"), "found --page"),
        (("--to", "misp", "--rating", "armed=no"), "found --rating"),
        (("--to", "claimreview", "--rating", "armed"), "expected a rating as CLAIM=WORDS"),
        (("--to", "claimreview", "--rating", "sunk=no"), "no assessed claim 'sunk'"),
        (("--to", "claimreview", "--url", "checks/1"), "expected an address of the web"),
        (("--to", "claimreview", "--claim", "sunk"), "no claim 'sunk'"),
        (("--to", "claimreview", "--page", "nowhere.html"), "found 'nowhere.html': no such file"),
        (("--to", "stix", "--at", "soon"), "expected a date"),
    ],
)
def test_what_a_format_does_not_take_is_wrong_usage(
    arguments: tuple[str, ...], message: str
) -> None:
    result = run("export", ARMS, *arguments)

    assert result.exit_code == 2
    assert message in result.stderr


def test_a_case_that_cannot_all_be_so_goes_out_without_assessments(tmp_path: Path) -> None:
    said = [
        {"id": "yes", "source": "a", "claim": "c"},
        {"id": "no", "source": "b", "claim": "c", "stance": "denies"},
    ]
    case = {
        "version": 1,
        "claims": [{"id": "c", "text": "so"}],
        "sources": [{"id": "a", "reliability": 1}, {"id": "b", "reliability": 1}],
        "attributions": said,
    }
    path = tmp_path / "case.json"
    path.write_text(json.dumps(case), encoding="utf-8")

    assert run("export", str(path), "--to", "stix").exit_code == 1
    assert run("export", str(path), "--to", "stix", "--unweighed").exit_code == 0


def test_exporting_twice_gives_the_same_bytes(full: str) -> None:
    for form in EXPORTS.keys() - {"xlsx"}:
        first, second = (run("export", full, "--to", form).stdout_bytes for _ in range(2))
        assert first == second


# ------------------------------------------------------------------ folders of CSV


@pytest.mark.parametrize("name", ["new", "there"])
def test_a_folder_of_csv_is_the_whole_case(name: str, full: str, tmp_path: Path) -> None:
    folder = tmp_path / name
    if name == "there":
        folder.mkdir()

    sent = run("export", full, "--to", "csv", "--strict", "-o", str(folder))
    back = run("import", str(folder), "--from", "csv", "--strict")

    assert (sent.exit_code, sent.stderr, back.exit_code, back.stderr) == (0, "", 0, "")
    assert load_case(back.stdout) == full_case()
    assert {each.stem for each in folder.glob("*.csv")} == {
        *("case", "claims", "questions", "sources", "documents", "attributions", "links")
    }


def test_one_file_of_csv_is_the_statements_and_says_what_is_missing() -> None:
    result = run("export", ARMS, "--to", "csv")

    assert result.stdout.startswith("id,source,claim,cites,")
    assert "sources: lost: the sources (one file of CSV is one table" in result.stderr
    assert "links: " in result.stderr


def test_a_folder_with_a_table_of_another_case_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "questions.csv").write_text("id,text,claims\n", encoding="utf-8")

    result = run("export", ARMS, "--to", "csv", "-o", str(tmp_path))

    assert result.exit_code == 1
    assert "expected no table questions.csv" in result.stderr
    assert not (tmp_path / "sources.csv").exists()


def test_a_folder_needs_its_statements_and_other_files_are_losses(tmp_path: Path) -> None:
    assert (
        "expected a file attributions.csv" in run("import", str(tmp_path), "--from", "csv").stderr
    )

    (tmp_path / "attributions.csv").write_text("source,claim\nNOW,A ship left\n", "utf-8")
    (tmp_path / "notes.csv").write_text("a\n1\n", encoding="utf-8")
    result = run("import", str(tmp_path), "--from", "csv")

    assert "notes.csv: lost: the file" in result.stderr
    assert load_case(result.stdout).claims[0].text == "A ship left"


# ------------------------------------------------------------------ spreadsheets


def test_a_workbook_is_the_whole_case(full: str, tmp_path: Path) -> None:
    path = str(tmp_path / "case.xlsx")

    sent = run("export", full, "--to", "xlsx", "--strict", "-o", path)
    back = run("import", path, "--from", "xlsx", "--strict")

    assert (sent.exit_code, sent.stderr, back.exit_code, back.stderr) == (0, "", 0, "")
    assert load_case(back.stdout) == full_case()


def test_a_workbook_goes_to_a_file_and_not_to_the_terminal() -> None:
    result = run("export", ARMS, "--to", "xlsx")

    assert result.exit_code == 2
    assert "name it with -o" in result.stderr


def test_columns_are_named_days_are_ordered_and_readings_are_printed(tmp_path: Path) -> None:
    path = tmp_path / "said.csv"
    path.write_text(
        "speaker,what,reported by,said on,Mood\n"
        "MSF,it was hit,,03/10/2015,grave\n"
        "AFP,it was hit,MSF,04/10/2015,\n",
        encoding="utf-8",
    )

    result = run(
        *("import", str(path), "--from", "csv", "--dates", "dmy", "--keep-extra", "--readings"),
        *("--columns", "speaker=source,what=claim", "--columns", "reported by=cites"),
    )

    case = load_case(result.stdout)
    assert result.stderr.splitlines() == [
        "row 1: MSF affirms: “it was hit”",
        "row 2: AFP relays what MSF affirms: “it was hit”",
    ]
    assert [str(each.said_on) for each in case.attributions] == ["2015-10-03", "2015-10-04"]
    assert case.attributions[0].extensions == {"x-Mood": "grave"}


def test_a_folder_takes_the_options_of_tables_too(tmp_path: Path) -> None:
    (tmp_path / "attributions.csv").write_text(
        "source,claim,said on\nA,x,03/10/2015\n", encoding="utf-8"
    )

    assert "ambiguous-date" in run("import", str(tmp_path), "--from", "csv").stderr
    assert "2015-03-10" in run("import", str(tmp_path), "--from", "csv", "--dates", "mdy").stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--from", "csv", "--columns", "speaker"), "expected columns as HEADING=FIELD"),
        (("--from", "csv", "--columns", "speaker="), "expected columns as HEADING=FIELD"),
        (("--from", "csv", "--columns", "speaker=source"), "no column 'speaker'"),
        (("--from", "csv", "--dates", "ymd"), "expected the order of dates dmy or mdy"),
        (("--from", "prov", "--dates", "dmy"), "expected only options of the format prov"),
        (("--from", "prov", "--readings"), "found --readings"),
    ],
)
def test_an_option_that_makes_no_sense_is_wrong_usage(
    arguments: tuple[str, ...], message: str
) -> None:
    result = run("import", "-", *arguments, stdin=b"source,claim\nA,x\n")

    assert result.exit_code == 2
    assert message in result.stderr


def test_an_empty_workbook_is_made_to_fill_in(tmp_path: Path) -> None:
    path = tmp_path / "said.xlsx"

    made = run("new", str(path), "--table")
    read = run("import", str(path), "--from", "xlsx")

    assert made.exit_code == 0
    assert made.stdout == ""
    assert load_case(read.stdout).attributions == ()
    assert "it has no rows, and the case nothing in it" in read.stderr
    assert "nothing was written" in run("new", str(path), "--table").stderr


@pytest.mark.parametrize("arguments", [("a.csv", "--table"), ("--table",)])
def test_an_empty_workbook_is_an_xlsx(arguments: tuple[str, ...]) -> None:
    result = run("new", *arguments)

    assert result.exit_code == 2
    assert "expected with --table a name that ends in .xlsx" in result.stderr


# ------------------------------------------------------------------ what comes in


def test_a_document_comes_from_standard_input() -> None:
    result = run("import", "-", "--from", "csv", stdin=b"source,claim\nNOW,A ship left\n")

    assert load_case(result.stdout).attributions[0].source == "NOW"


@pytest.mark.parametrize("form", ["prov", "annotations", "csv", "xlsx"])
@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"{", b"[" * 5_000, b"\x00", b"<x>"])
def test_a_document_of_something_else_is_refused_in_words(
    form: str, data: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "document"
    path.write_bytes(data)

    result = run("import", str(path), "--from", form)

    assert result.exit_code in (0, 1)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert "Traceback" not in result.stderr


REVIEW = {
    "@context": "https://schema.org", "@type": "ClaimReview", "url": "https://e.example/1",
    "claimReviewed": "The mill burned down", "datePublished": "2024-01-02",
    "author": {"@type": "Organization", "name": "Desk"},
    "itemReviewed": {"@type": "Claim", "author": {"@type": "Person", "name": "Ann"}},
    "reviewRating": {"@type": "Rating", "alternateName": "Cobblers"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("table", "form", "said"),
    [
        ('{"cobblers": false}', "claimreview", '"resolved": {"value": false'),
        ('{"cobblers": null}', "claimreview", '"The mill burned down"'),
        ('{"cobblers": 0}', "claimreview", "expected as ratings words with true, false or null"),
        ('["cobblers"]', "claimreview", "expected as ratings words with true, false or null"),
        ('{"cobblers": false}', "stix", "expected only options of the format stix"),
    ],
)
def test_words_of_ratings_are_read_by_a_table_of_ones_own(
    tmp_path: Path, table: str, form: str, said: str
) -> None:
    review, ratings = tmp_path / "review.json", tmp_path / "ratings.json"
    review.write_text(json.dumps(REVIEW), encoding="utf-8")
    ratings.write_text(table, encoding="utf-8")

    result = run("import", str(review), "--from", form, "--ratings", str(ratings))

    assert said in result.stdout + result.stderr


def test_a_loss_cannot_steer_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "document.json"
    path.write_text(json.dumps({"entity": {"\x1b[31mred": {}}}), encoding="utf-8")

    result = run("import", str(path), "--from", "prov")

    assert "\x1b" not in result.stderr
    assert "lost: " in result.stderr


def test_a_file_that_is_not_there_is_wrong_usage() -> None:
    assert run("import", "nowhere.json", "--from", "prov").exit_code == 2


# ------------------------------------------------------------------ the server


def test_the_server_is_started_under_the_names_that_are_allowed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found: list[Any] = []
    monkeypatch.setattr(agents, "serve", lambda *given: found.append(given))

    run(
        *("mcp", "--folder", str(SEEDS), "--transport", "http", "--host", "0.0.0.0"),
        *("--allow-host", "desk.example", "--allow-host", "desk.example:8443"),
    )

    assert found == [(SEEDS, "http", "0.0.0.0", 8000, ["desk.example", "desk.example:8443"])]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--transport", "http", "--host", "0.0.0.0"), "--allow-host"),
        (("--transport", "http", "--allow-host", "https://desk.example"), "the name of a host"),
        (("--transport", "http", "--allow-host", "*"), "the name of a host"),
        (("--folder", "nowhere"), "expected a folder"),
    ],
)
def test_a_server_that_should_not_start_says_why(arguments: tuple[str, ...], message: str) -> None:
    result = run("mcp", *arguments)

    assert result.exit_code == 2
    assert message in result.stderr


def test_a_table_that_came_empty_is_told(tmp_path: Path) -> None:
    path = tmp_path / "feed.csv"
    path.write_text("source,claim\n", encoding="utf-8")

    read = run("import", str(path), "--from", "csv")

    assert read.exit_code == 0
    assert "nothing is read as a claim" in read.stderr
    assert "it has no rows" in read.stderr
    assert run("import", str(path), "--from", "csv", "--strict").exit_code == 1


def test_an_entity_of_wikidata_is_imported(tmp_path: Path) -> None:
    path = tmp_path / "Q6.json"
    value = {"type": "string", "value": "x"}
    snak = {"snaktype": "value", "property": "P1", "datavalue": value}
    path.write_text(json.dumps({"id": "Q6", "claims": {"P1": [{"mainsnak": snak}]}}))

    read = run("import", str(path), "--from", "wikidata")

    assert [claim.text for claim in load_case(read.stdout).claims] == ["Q6: P1 x"]
