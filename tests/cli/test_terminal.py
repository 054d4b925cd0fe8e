"""What people see on a terminal: lines as wide as it is, whole words, names and no ids."""

from __future__ import annotations

import io
import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import typer
from rich.console import Console
from typer.testing import CliRunner, Result

from provenance import load_case
from provenance.cli import showing
from provenance.cli.answering import completed
from provenance.cli.app import app
from provenance.cli.reading import complain
from provenance.records import Case

ARMS = "seeds/egypt-arms-2015.json"
ARTICLES = " ".join(
    f"examples/articles/{name}"
    for name in ("coast-herald.html", "velm-gazette.html", "evening-ledger.txt")
)
COMMANDS = {
    "weigh all": f"weigh {ARMS}",
    "weigh": f"weigh {ARMS} armed",
    "weigh for an analyst": f"weigh {ARMS} sailed --details",
    "weigh in words": f"weigh {ARMS} --words icd203",
    "leads": f"leads {ARMS} armed --all",
    "compare": f"compare {ARMS} armed",
    "check": f"check {ARMS}",
    "timeline": f"timeline {ARMS} armed",
    "sensitivity": f"sensitivity {ARMS} armed",
    "priors": f"priors {ARMS} armed",
    "chains": f"chains {ARMS} rockets",
    "what-if": f"what-if {ARMS} armed reliability:general=B --without source:rebels",
    "scale": "scale admiralty-reliability",
    "draft": f"draft {ARTICLES}",
    "copies": f"copies {ARTICLES}",
}
ESCAPE = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


@pytest.fixture(autouse=True)
def _in_the_checkout(monkeypatch: pytest.MonkeyPatch, seeds: Path) -> None:
    monkeypatch.chdir(seeds.parent)


def run(command: str, stdin: str | None = None, **environment: str) -> Result:
    return CliRunner().invoke(app, shlex.split(command), input=stdin, env=environment)


def looked_at(command: str, width: int, **more: str) -> Result:
    """What a command prints on a terminal of that width."""
    return run(command, FORCE_COLOR="1", COLUMNS=str(width), TERM="xterm", **more)


@pytest.mark.parametrize("width", [80, 140])
@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_no_line_is_wider_than_the_terminal_and_no_word_is_broken(command: str, width: int) -> None:
    seen = looked_at(command, width)
    whole = run(command)

    lines = ESCAPE.sub("", seen.stdout).splitlines()
    assert seen.exit_code == 0
    assert max(map(len, lines)) <= width
    words = set(re.findall(r"\S+", whole.stdout))
    assert {word for line in lines for word in re.findall(r"\S+", line)} - words <= set("│├└─")


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_nobody_is_shown_the_id_of_what_has_a_name(command: str) -> None:
    if "--details" in command:  # which are for those who go on to look the statements up
        return
    case = load_case(ARMS)
    ids = {each.id for each in (*case.sources, *case.claims, *case.attributions)}
    texts = " ".join([claim.text for claim in case.claims] + [each.title for each in case.sources])

    said = re.findall(r"[\w/-]+", run(command).stdout)

    english = {"rebels", "government", "policy", "general", "now", "orders"}
    assert (set(said) & ids) - set(re.findall(r"[\w/-]+", texts)) - english == set()


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_nothing_is_said_by_colour_alone(command: str) -> None:
    coloured, plain = (looked_at(command, 100), looked_at(command, 100, NO_COLOR="1"))

    assert ESCAPE.sub("", coloured.stdout) == ESCAPE.sub("", plain.stdout)


def test_lines_hang_where_they_wrap() -> None:
    lines = ESCAPE.sub("", looked_at(f"weigh {ARMS} sailed", 60).stdout).splitlines()

    (first,) = [n for n, line in enumerate(lines) if line.startswith("  - Confidence is low")]
    assert lines[first + 1].startswith("    ")
    assert not lines[first + 1].startswith("     ")


def test_a_case_is_named_without_its_path_where_it_is_shipped() -> None:
    assert run("weigh egypt-arms-2015 armed --json").exit_code == 0


def test_a_name_that_is_no_file_and_not_shipped_is_told_what_is() -> None:
    result = run("weigh egypt-arms-2016")

    assert result.exit_code == 2
    assert "cases that are shipped: aluminium-tubes-2002, egypt-arms-2015" in result.stderr


def test_the_starter_case_has_notes_and_no_weakness_of_form(tmp_path: Path) -> None:
    file = tmp_path / "case.json"

    made = run(f"new {file}")

    case = load_case(file)
    assert made.exit_code == 0
    assert all(each.note for each in (case.claims[0], case.sources[0], *case.attributions))
    assert run(f"check {file}").exit_code == 0
    assert run(f"weigh {file} hit").stdout.startswith("“The bridge at Arden was hit")


def test_the_starter_case_goes_to_standard_output_too() -> None:
    assert isinstance(load_case(run("new").stdout), Case)


def test_no_file_is_written_over_by_a_starter_case(tmp_path: Path) -> None:
    file = tmp_path / "case.json"
    file.write_text("precious", encoding="utf-8")

    result = run(f"new {file}")

    assert result.exit_code == 2
    assert file.read_text(encoding="utf-8") == "precious"


def test_the_weaker_leads_are_behind_all() -> None:
    few, every = run(f"leads {ARMS} armed"), run(f"leads {ARMS} armed --all")

    assert (
        "Three more would move it less. 14 more would each move it by less than a point. See --all."
        in few.stdout
    )
    assert len(every.stdout.splitlines()) > len(few.stdout.splitlines())
    assert "more would move" not in every.stdout


def case_text(**more: Any) -> str:
    return json.dumps(
        {"version": 1, "claims": [{"id": "c", "text": "It rained", "prior": 0.3}],
         "sources": [], "attributions": [], **more}
    )  # fmt: skip


def test_where_nothing_would_move_it_leads_say_so() -> None:
    sure = case_text(
        claims=[{"id": "c", "text": "It rained"}],
        sources=[{"id": "log", "reliability": 1}],
        attributions=[{"id": "a", "source": "log", "claim": "c"}],
    )

    result = run("leads - c", stdin=sure)

    assert "Nothing that could be found out here would move it." in result.stdout


def test_leads_of_several_outcomes_show_the_best_and_the_worst() -> None:
    several = case_text(
        claims=[{"id": each, "text": f"It went {each}"} for each in ("north", "south", "west")],
        questions=[{"id": "q", "text": "Where to?", "claims": ["north", "south", "west"]}],
        sources=[{"id": "pilot", "reliability": "C"}, {"id": "daily", "reliability": "B"}],
        attributions=[{"id": "log", "source": "pilot", "claim": "north"},
                      {"id": "story", "source": "daily", "cites": "log"}],
    )  # fmt: skip

    result = run("leads - north --all", stdin=several)

    assert "Read what pilot said of “It went north”\tat best: " in result.stdout


def test_something_has_to_change_for_a_what_if() -> None:
    result = run(f"what-if {ARMS} armed")

    assert result.exit_code == 2
    assert "expected something to change" in result.stderr


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            "reliability:general=0.1 --as-of 2015-01-01",
            "it stays at 15 %: nothing that is weighed hangs on it.",
        ),
        ("reliability:quds=B", "it stays at 17 %, give or take less than 0.1 points."),
        ("prior:armed=0.9", "it goes from 17 % to 91 %."),
        (
            "if_true:'armed>sailed'=0.5",
            "With if true 0.5 for the link between “Egypt supplied weapons",
        ),
        ("--without link:'armed>sailed'", "Without the link between “Egypt supplied weapons"),
    ],
)
def test_what_if_says_how_far_the_answer_goes(change: str, said: str) -> None:
    assert said in run(f"what-if {ARMS} armed {change}").stdout


FIRE = {
    "claims": [{"id": "c", "text": "The depot burned", "prior": 0.2}],
    "sources": [
        {"id": "d", "name": "The daily", "reliability": "B"},
        {"id": "w", "name": "The weekly", "reliability": "B"},
    ],
    "attributions": [
        {"id": "x", "source": "d", "claim": "c"},
        {"id": "y", "source": "w", "claim": "c"},
    ],
}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("cites:y=x", "If the weekly had it from the daily: it goes from 77 % to 64 %"),
        (
            "one_voice=x,y@1",
            "If the daily and the weekly were one voice: it goes from 77 % to 64 %",
        ),
        (
            "basis:y=firsthand",
            "it stays at 77 %: those who say the same may still have it from the weekly.",
        ),
        (
            "only_if:y=c",
            "If what the weekly said counted only where “The depot burned” is true: it",
        ),
    ],
)
def test_what_if_supposes_who_has_it_from_whom(change: str, said: str) -> None:
    result = run(f"what-if - c {change}", stdin=case_text(**FIRE))

    assert said in result.stdout


def test_leads_say_what_it_would_do_to_find_out_who_has_it_from_whom() -> None:
    result = run("leads - c", stdin=case_text(**FIRE))

    line = "Find out whether the daily and the weekly have it from one another"
    assert f"{line}\tone voice: 64 %\teach its own: 92 %\t14 points" in result.stdout


def test_where_no_lead_is_worth_a_point_that_is_all_that_is_said() -> None:
    rare = FIRE | {"claims": [{"id": "c", "text": "The depot burned", "prior": 1e-6}]}

    result = run("leads - c", stdin=case_text(**rare))

    assert "Nothing would move it by a point; " in result.stdout
    assert "See --all." in result.stdout
    assert "what to find out" not in result.stdout


def test_what_if_says_where_confidence_goes() -> None:
    more = case_text(
        sources=[{"id": "a", "reliability": "B"}, {"id": "b"}],
        attributions=[{"id": "x", "source": "a", "claim": "c", "basis": "firsthand"},
                      {"id": "y", "source": "b", "claim": "c", "basis": "firsthand"}],
    )  # fmt: skip

    assert "and confidence from low to " in run("what-if - c reliability:b=B", stdin=more).stdout


def test_a_claim_that_no_prior_makes_even_is_said_to_be_so() -> None:
    sure = case_text(
        claims=[{"id": "c", "text": "It rained"}],
        sources=[{"id": "log", "reliability": 1}],
        attributions=[{"id": "a", "source": "log", "claim": "c"}],
    )

    result = run("priors - c", stdin=sure)

    assert "On no prior would it be even." in result.stdout


def test_help_lists_every_command_in_a_group_on_one_line_each() -> None:
    help_ = run("--help", COLUMNS="80", TERM="dumb").stdout

    for group in ("Weigh a claim", "Question the answer", "Write and check a case",
                  "Learn from records", "Other tools"):  # fmt: skip
        assert group in help_
    commands = [command.name or "" for command in app.registered_commands]
    lines = [line for line in help_.splitlines() if re.match(r"│ [a-z]", line)]
    assert [line.split()[1] for line in lines] == commands
    assert all(
        line.rstrip(" │").endswith(".") or line.rstrip(" │").endswith(").") for line in lines
    )


@pytest.mark.parametrize("command", [each.name for each in app.registered_commands])
def test_every_command_has_two_examples(command: str) -> None:
    help_ = run(f"{command} --help", COLUMNS="100", TERM="dumb").stdout

    assert len(re.findall(rf"^ +provenance {command} ", help_, re.MULTILINE)) == 2


def test_a_shell_completes_the_claims_of_the_case() -> None:
    context = typer.Context(typer.main.get_command(app))
    context.params["case"] = ARMS

    assert completed(context, "s") == ["sailed"]


def test_a_shell_is_offered_nothing_where_there_is_no_case() -> None:
    context = typer.Context(typer.main.get_command(app))

    assert completed(context, "") == []


def test_somebody_who_waits_is_told_what_for(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = io.StringIO()
    terminal = Console(file=seen, force_terminal=True, width=80)
    monkeypatch.setattr(showing, "Console", lambda **_: terminal)

    class Impatient:
        """A timer that runs out at once."""

        def __init__(self, _: float, function: Any) -> None:
            self.start, self.daemon = function, False

        def cancel(self) -> None: ...
        def join(self) -> None: ...

    monkeypatch.setattr(showing.threading, "Timer", Impatient)

    with showing.patience("weighing"):
        pass

    assert "weighing …" in seen.getvalue()


def test_a_complaint_wraps_on_a_terminal(capsys: pytest.CaptureFixture[str],
                                         monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "40")

    complain("expected a number, found something that is much longer than a line")

    lines = ESCAPE.sub("", capsys.readouterr().err).splitlines()
    assert max(map(len, lines)) <= 40
    assert len(lines) == 2


CERTAIN = case_text(
    sources=[{"id": "a", "reliability": "B"}, {"id": "b", "reliability": "B"}],
    attributions=[
        {"id": each, "source": each, "claim": "c", "basis": "firsthand", "said_on": "2020"}
        for each in ("a", "b")
    ],
)


def test_where_there_is_nothing_to_be_careful_about_nothing_is_said_of_it() -> None:
    assert "Be careful" not in run("weigh - c", stdin=case_text()).stdout


def test_a_timeline_of_dated_statements_has_no_caveat() -> None:
    result = run("timeline - c", stdin=CERTAIN)

    assert "No date is known" not in result.stdout
    assert "2020-01-01\t" in result.stdout


def test_check_gives_claims_and_weaknesses_as_json() -> None:
    found = json.loads(run(f"check {ARMS} --json").stdout)

    assert found["problems"] == []
    assert found["claims"][1] == {
        "claim": "sailed", "mentions": 4, "origins": 1, "outlets": 1,
        "summary": "four mentions, one origin, one outlet",
    }  # fmt: skip
    assert set(found["weaknesses"][0]) == {
        "kind", "claim", "claims", "text", "about", "advice", "would_be", "put_right"
    }  # fmt: skip


def test_comparisons_as_json_have_a_row_a_method() -> None:
    found = json.loads(run(f"compare {ARMS} armed --json").stdout)

    assert [row["method"] for row in found["rows"]][:1] == ["testimony network"]


def test_a_term_of_a_scale_stands_for_a_range() -> None:
    assert run("scale icd203 unlikely").stdout.strip() == "20 to 45 %"


def test_weigh_without_a_case_is_wrong_usage() -> None:
    result = run("weigh")

    assert result.exit_code == 2
    assert "expected a case file" in result.stderr


def test_what_every_record_loses_is_told_once_to_somebody_who_looks() -> None:
    seen, whole = looked_at(f"export {ARMS} --to misp", 80), run(f"export {ARMS} --to misp")

    told = ESCAPE.sub("", seen.stderr)
    assert len(told.splitlines()) < len(whole.stderr.splitlines())
    count = len(whole.stderr.splitlines())
    assert re.search(rf"{count} losses of \d+ kinds; --losses FILE has every one", told)


def test_losses_of_which_no_two_are_alike_are_not_counted() -> None:
    told = ESCAPE.sub("", looked_at(f"export {ARMS} --to csv", 140).stderr)

    assert "lost: the title" in told
    assert "losses of" not in told


def test_weaknesses_that_differ_in_a_number_alone_are_told_once() -> None:
    lines = run("check uranium-papers-2003").stdout.splitlines()

    assert sum("Nobody recorded whether" in line for line in lines) == 1


def test_an_article_in_a_name_is_small_within_a_sentence() -> None:
    said = run("weigh marathon-winner-1980 ran").stdout

    assert "What weighs most is that the photographs" in said
    assert "It is not recorded where a veteran of the race had it from." in said


def test_learning_shows_sources_to_somebody_who_looks_and_all_to_a_pipe(tmp_path: Path) -> None:
    table = tmp_path / "said.csv"
    rows = ["object,source,value", "a,x,yes", "a,y,yes", "b,x,no", "b,y,yes"]
    table.write_text("\n".join(rows), encoding="utf-8")

    seen, piped = looked_at(f"learn {table}", 80), run(f"learn {table}")

    assert "reliability  worth  assertions" in ESCAPE.sub("", seen.stdout)
    assert len(json.loads(piped.stdout)["values"]) == 3


def test_a_column_that_is_not_there_is_named_as_the_command_line_names_it(tmp_path: Path) -> None:
    table = tmp_path / "said.csv"
    table.write_text("item,source,value\na,x,yes\n", encoding="utf-8")

    result = run(f"learn {table}")

    assert result.exit_code == 1
    assert "--on OBJECT,VALUE,SOURCE" in result.stderr


def test_no_number_is_parted_from_its_unit_where_a_line_wraps() -> None:
    for width in range(60, 100, 3):
        shown = ESCAPE.sub("", looked_at(f"weigh {ARMS} armed", width).stdout)

        assert not re.search(r"\d\n\s*%", shown)


def test_a_text_without_spaces_is_shown_whole_in_a_table(tmp_path: Path) -> None:
    text = "医院在空袭中被击中" * 5
    written = {"version": 1, "claims": [{"id": "hit", "text": text}], "sources": []}
    file = tmp_path / "case.json"
    file.write_text(json.dumps({**written, "attributions": []}), encoding="utf-8")

    shown = ESCAPE.sub("", looked_at(f"weigh {file}", 80).stdout)

    assert "…" not in shown
    assert sum(shown.count(each) for each in set(text)) == len(text)


def test_problems_hang_where_they_wrap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    case = '{"version": 1, "claims": [{"id": "a", "text": "A", "prior": 7}]}'
    Path("case.json").write_text(case, encoding="utf-8")

    first, *rest = ESCAPE.sub("", looked_at("check case.json", 60).stderr).splitlines()

    assert first == "3 problems in case.json"
    assert {len(line) - len(line.lstrip()) for line in rest} == {2, 6}
    assert max(map(len, rest)) <= 60


# Questions, days and names, as people type them

WHO: dict[str, Any] = {
    "version": 1,
    "claims": [{"id": name, "text": f"{name.title()} did it"} for name in ("north", "south")],
    "questions": [
        {"id": "who", "text": "Who did it?", "claims": ["north", "south"], "exhaustive": False}
    ],
    "sources": [{"id": "p", "name": "The pilot", "reliability": "C"}],
    "attributions": [{"id": "a", "source": "p", "claim": "north", "said_on": "2026-03-14T06:00Z"}],
}


@pytest.fixture
def who(tmp_path: Path) -> Path:
    file = tmp_path / "who.json"
    file.write_text(json.dumps(WHO), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    "command",
    [
        "weigh {0} north",
        "weigh {0} who",
        "leads {0} north --json",
        "what-if {0} north prior:who=0.5",
    ],
)
def test_a_minute_with_its_time_zone_is_an_as_of(who: Path, command: str) -> None:
    result = run(f"{command.format(who)} --as-of 2026-03-14T05:00Z")

    assert "time zone" not in result.stderr


def test_what_was_said_after_a_minute_is_left_out(who: Path) -> None:
    found = [
        json.loads(run(f"weigh {who} north --json --as-of 2026-03-14T{at}Z").stdout)["probability"]
        for at in ("05:59", "06:00")
    ]

    assert found[0] == pytest.approx(1 / 3)
    assert found[1] > 0.4


@pytest.mark.parametrize("exhaustive", [True, False])
def test_the_answers_of_a_question_and_none_of_them_are_one_in_all(
    tmp_path: Path, exhaustive: bool
) -> None:
    file = tmp_path / "case.json"
    asked = [{**WHO["questions"][0], "exhaustive": exhaustive}]
    file.write_text(json.dumps({**WHO, "questions": asked}), encoding="utf-8")

    found = json.loads(run(f"weigh {file} wh --json --words icd203").stdout)

    assert [each["claim"] for each in found] == ["north", "south", None]
    assert sum(each["probability"] for each in found) == pytest.approx(1)
    assert (found[-1]["probability"] == 0) is exhaustive
    assert found[-1]["words"]


def test_a_question_is_a_table_of_its_answers(who: Path) -> None:
    plain, full = run(f"weigh {who} who").stdout, run(f"weigh {who} who --details").stdout

    assert plain.startswith("“Who did it?”\n")
    assert [line.split("\t")[0] for line in plain.splitlines()[2:]] == [
        "answer",
        "North did it",
        "South did it",
        "none of these",
    ]
    assert full.startswith(plain)
    assert "“South did it”" in full


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("leads {0} who", "'who' is a question; its answers are 'north' (“North did it”) and"),
        ("what-if {0} north --without 'source:the pilot'", "that is the name of 'p'"),
        ("weigh {0} 'South  did it'", "that is the text of 'south'"),
        ("weigh {0} p", "'p' is the id of a source"),
    ],
)
def test_a_name_of_another_kind_is_told_as_what_it_is(who: Path, command: str, told: str) -> None:
    result = run(command.format(who))

    assert result.exit_code == 2
    assert told in result.stderr


def test_the_starter_case_has_a_question_to_ask(tmp_path: Path) -> None:
    run(f"new {tmp_path / 'case.json'}")

    assert "none of these" in run(f"weigh {tmp_path / 'case.json'} what").stdout
