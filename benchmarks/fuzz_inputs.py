"""What the fuzzer spoils: one sound input of every kind that a command reads, and the commands for it.

The seeds as cases and in every format that can be written, tables, workbooks, articles as text and as
pages, lists of pages, a draft with decisions and with answers typed at a terminal, registries, rows to
learn from and outcomes to calibrate by; and the hostile corpus.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import attrs
from typer.testing import CliRunner

from benchmarks.hostile_corpus import commands
from provenance import dump_case, load_seed, shipped_seeds
from provenance.cli.app import app
from tests.cases.hostile_corpus import HOSTILE

__all__ = ["Input", "inputs"]

Command = tuple[str, ...]

ARTICLES = Path(__file__).resolve().parent.parent / "examples" / "articles"
_CLAIM = "The grain was loaded onto a freighter called the Marela"


@attrs.frozen
class Input:
    """A sound input, and what reads it."""

    ending: str
    """What its file's name ends with."""
    content: bytes = attrs.field(repr=False)
    """What it holds."""
    commands: tuple[Command, ...]
    """The commands that read it: `{}` stands for its file, `{folder}` for the one it is in."""
    takes_budget: bool = False
    """Whether these are commands on cases, which take a budget."""
    beside: Mapping[str, bytes] = attrs.field(factory=dict, repr=False)
    """Sound files that stand in the same folder, by name."""


_CASES: tuple[Command, ...] = (
    *commands("case"),
    ("weigh", "{}", "{claim}", "--words", "icd203", "--as-of", "2015-09-01"),
    ("weigh", "{}", "{claim}", "--coupling", "source"),
    ("weigh", "{}", "{claim}", "--coupling", "none", "--json"),
    ("chains", "{}", "{claim}"),
    ("leads", "{}", "{claim}", "--all"),
    ("check", "{}", "--fail-on", "circular,single-origin"),
    ("what-if", "{}", "{claim}", "--without", "source:s0"),
    ("what-if", "{}", "{claim}", "one_voice=s0,s1", "--json"),
    ("timeline", "{}", "{claim}", "--json"),
    ("sensitivity", "{}", "{claim}", "--json"),
    ("compare", "{}", "{claim}", "--json"),
    ("export", "{}", "--to", "xlsx", "-o", "{out}.xlsx"),
    ("export", "{}", "--to", "prov-xml", "-o", "{out}.xml"),
    ("export", "{}", "--to", "prov-n", "-o", "{out}.txt"),
    ("export", "{}", "--to", "nanopublications", "--base", "https://example.org/", "--creator",
     "https://example.org/us", "-o", "{out}.trig"),
)  # fmt: skip
_FOREIGN: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "prov-json": ("json", "prov", ()),
    "prov-jsonld": ("jsonld", "prov", ()),
    "stix": ("json", "stix", ()),
    "misp": ("json", "misp", ()),
    "claimreview": ("json", "claimreview", ("--ratings", '{"hoax": false}')),
    "annotations": ("json", "annotations", ()),
    "csv": ("csv", "csv", ("--keep-extra", "--readings")),
    "xlsx": ("xlsx", "xlsx", ("--readings",)),
}
_DRAFTED: tuple[Command, ...] = (
    ("draft", "{}", "--weigh"),
    ("draft", "{}", "--json"),
    ("draft", "{}", "--publisher", "The Ledger", "--published", "2026-03-08", "-o", "{out}.json"),
    ("draft", "{}", "--sources", "{folder}/sources.json", "--weigh"),
    ("copies", "{}", "{folder}/other.txt", "--json"),
    ("audit", "{}", "{folder}/other.txt", "--claim", _CLAIM),
)
_REVIEWED: tuple[Command, ...] = (
    ("review", "{}", "--json"),
    ("review", "{}", "--html", "{out}.html"),
    ("review", "{}", "--case", "{out}.json", "--sources", "{folder}/sources.json"),
    ("review", "{}", "--decisions", "{folder}/decisions.json", "--by", "Ann"),
    ("review", "{}", "--same", "a night watchman=petro lund", "--json"),
    ("weigh", "{}"),
    ("draft", "{}", "--json"),
)
_LEARNED: tuple[Command, ...] = (
    ("learn", "{}"),
    ("learn", "{}", "--kind", "sets"),
    ("learn", "{}", "--kind", "numbers", "--tolerance", "0.5"),
    ("learn", "{}", "--time", "when", "--cites", "cites", "--registry", "{out}.json"),
    ("learn", "{}", "--truth", "{folder}/truth.csv", "-o", "{out}.json"),
    ("learn", "{}", "--method", "dawid-skene"),
    ("learn", "{folder}/said.csv", "--truth", "{}"),
    ("calibrate", "{}"),
)
_CALIBRATED: tuple[Command, ...] = (
    ("calibrate", "{}", "--json"),
    ("calibrate", "{}", "--method", "auto", "--group", "group"),
    ("calibrate", "{}", "--method", "isotonic", "-o", "{out}.json"),
)


def inputs() -> list[Input]:
    """All of them, what most people write most often."""
    seeds = [Input("json", dump_case(load_seed(name)).encode(), _CASES, True)
             for name in shipped_seeds()]  # fmt: skip
    hostile = [
        Input(each.file_name.rpartition(".")[2], each.made(),
              _CASES if each.kind == "case" else commands(each.kind), each.kind == "case")
        for each in HOSTILE.values()
        if each.kind != "parquet"
    ]  # fmt: skip
    return [*seeds * 4, *hostile, *_foreign(), *_documents() * 2, *_rows() * 3]


def _foreign() -> Iterator[Input]:
    """Two seeds as other tools write them."""
    for seed in ("secret-fund-1972", "hacked-account-2013"):
        for to, (ending, read_as, more) in _FOREIGN.items():
            with TemporaryDirectory() as folder:
                out = Path(folder) / f"out.{ending}"
                _done("export", seed, "--to", to, "-o", str(out))
                content = out.read_bytes()
            read = ("import", "{}", "--from", read_as)
            yield Input(ending, content, (read, (*read, *more, "-o", "{out}.json")))


def _done(*arguments: str) -> None:
    CliRunner().invoke(app, list(arguments), catch_exceptions=False)


def _documents() -> list[Input]:
    """Articles, lists of pages, drafts, decisions, answers and registries."""
    beside = {
        "sources.json": (ARTICLES / "sources.json").read_bytes(),
        "other.txt": (ARTICLES / "evening-ledger.txt").read_bytes(),
    }
    found = [
        Input(file.suffix[1:], file.read_bytes(), _DRAFTED, beside=beside)
        for file in sorted(ARTICLES.iterdir())
        if file.suffix != ".json"
    ]
    with TemporaryDirectory() as folder:
        out = Path(folder) / "draft.json"
        _done("draft", *(str(file) for file in sorted(ARTICLES.iterdir()) if file.suffix != ".json"),
              "-o", str(out))  # fmt: skip
        draft = out.read_bytes()
    decisions = json.dumps(_decisions(draft)).encode()
    beside |= {"draft.json": draft, "decisions.json": decisions}
    drafted = ("draft", "{folder}/other.txt", "--sources", "{}", "--weigh")
    pages = json.dumps(_pages()).encode()
    audited: tuple[Command, ...] = (
        ("audit", "{}"),
        ("audit", "{}", "--claim", _CLAIM, "--json", "--ungraded", "D"),
        ("audit", "{}", "--sources", "{folder}/sources.json", "--case", "{out}.json"),
        ("copies", "{}", "--json"),
        ("draft", "{}", "--json"),
    )
    return [
        *found,
        Input("json", draft, _REVIEWED, beside=beside),
        Input("json", decisions, (("review", "{folder}/draft.json", "--decisions", "{}"),),
              beside=beside),
        Input("txt", b"a\nc\nnew: Karl Vane > Petro Lund\n1\n\n\n\nr\nu\na\nq\n",
              (("review", "{folder}/draft.json", "<", "{}"),), beside=beside),
        Input("json", beside["sources.json"], (drafted,), beside=beside),
        Input("json", pages, audited, beside=beside),
    ]  # fmt: skip


def _decisions(draft: bytes) -> dict[str, Any]:
    """A decision of every kind on a draft."""
    names = [each["id"] for each in json.loads(draft)["statements"]]
    changed: tuple[dict[str, Any], ...] = (
        {"action": "confirm", "by": "Ann"},
        {"action": "correct", "chain": ["new: Karl Vane"], "claim": "new: The silo was full"},
        {"action": "correct", "stance": "denies", "hedge": "probably"},
        {"action": "reject"},
        {"action": "undo"},
    )
    decided = [{"statement": name, **each} for name, each in zip(names, changed, strict=False)]
    return {"version": 1, "decisions": decided}


def _pages() -> list[dict[str, Any]]:
    """A list of three pages that tell one story."""
    told = "The grain was loaded onto a freighter called the Marela"
    return [
        {"url": "https://coast-herald.example/grain", "publisher": "The Coast Herald",
         "published_on": "2026-03-06", "title": "Emergency grain left Velm",
         "text": f"{told}, a well-informed source told the Coast Herald."},
        {"url": "https://velm-gazette.example/grain", "publisher": "The Velm Gazette",
         "published_on": "2026-03-07", "text": f"The Coast Herald reported that {told.lower()}."},
        {"url": "https://ledger.example/grain", "publisher": "The Evening Ledger",
         "published_on": "2026-03-08", "text": f"The ministry denied that {told.lower()}."},
    ]  # fmt: skip


def _rows() -> list[Input]:
    """Rows to learn from, truths and outcomes, and cases a line."""
    said = "source,object,value,when,cites\n" + "".join(
        f"s{s},o{o},{(o * 7 + (s * o) % 5 // 4) % 3},2015-0{1 + o % 9}-1{s % 9},s{(s + 1) % 8}\n"
        for o in range(20)
        for s in range(8)
    )
    truth = "object,value\n" + "".join(f"o{o},{o * 7 % 3}\n" for o in range(0, 20, 3))
    beside = {"said.csv": said.encode(), "truth.csv": truth.encode()}
    outcomes = "probability,outcome,group\n" + "".join(
        f"0.{n % 9 + 1},{int(n % 9 > 4)},g{n % 5}\n" for n in range(60)
    )
    lines = "".join(
        json.dumps({"probability": n / 20, "outcome": n > 9, "group": n % 3}) + "\n"
        for n in range(20)
    )
    cases = b"\n".join(
        json.dumps(json.loads(dump_case(load_seed(name)))).encode() for name in shipped_seeds()[:3]
    )
    streamed: tuple[Command, ...] = (
        ("weigh", "--jsonl", "{}"),
        ("weigh", "--jsonl", "{}", "-o", "{out}.jsonl"),
    )
    return [
        Input("csv", said.encode(), _LEARNED, beside=beside),
        Input("csv", truth.encode(), _LEARNED, beside=beside),
        Input("csv", outcomes.encode(), _CALIBRATED),
        Input("jsonl", lines.encode(), _CALIBRATED),
        Input("jsonl", cases, streamed),
    ]
