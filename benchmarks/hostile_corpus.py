"""Every command on every input that was made to stall it: at most five seconds and 500 MB, no traceback.

    python -m benchmarks.hostile_corpus
    python -m benchmarks.hostile_corpus --only layers --commands weigh,check
    python -m benchmarks.hostile_corpus --after "everybody cites everybody"

Each command runs in a process of its own. The seconds are processor time, so that what else a machine
does is not counted; the start of Python is not, since every process is a fork of one that has
imported everything. What fails is listed, and the exit code is 1 then.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from provenance.cli.app import app
from tests.cases.hostile_corpus import HOSTILE, Hostile

SECONDS = 5.0
MEGABYTES = 500
_KILLED_AFTER = 20  # seconds of processor time, so that a run ends

_EXPORTS = ("prov-json", "stix", "misp", "nanopublications", "claimreview", "annotations", "csv")
_CASE: tuple[tuple[str, ...], ...] = (
    ("weigh", "{}"),
    ("weigh", "{}", "{claim}", "--details"),
    ("weigh", "{}", "--json"),
    ("weigh", "--jsonl", "{}"),
    ("check", "{}", "--json"),
    ("chains", "{}"),
    ("leads", "{}", "{claim}"),
    ("what-if", "{}", "{claim}", "prior:{claim}=0.4"),
    ("sensitivity", "{}", "{claim}"),
    ("priors", "{}", "{claim}"),
    ("timeline", "{}", "{claim}"),
    ("compare", "{}", "{claim}"),
    ("report", "{}", "{claim}", "-o", "{out}.html"),
    ("report", "{}", "{claim}", "--full", "-o", "{out}.html"),
    ("report", "{}", "{claim}", "--interactive", "-o", "{out}.html"),
    *(
        ("export", "{}", "--to", to, "-o", "{out}" if to == "csv" else "{out}.json")
        for to in _EXPORTS
    ),
)
_OTHERS: dict[str, tuple[tuple[str, ...], ...]] = {
    "case": _CASE,
    "text": (("draft", "{}", "--weigh"), ("draft", "{}", "--json")),
    "csv": (("import", "{}", "--from", "csv"), ("learn", "{}"), ("calibrate", "{}")),
    "xlsx": (("import", "{}", "--from", "xlsx"),),
    "parquet": (("learn", "{}"),),
}


def commands(kind: str) -> tuple[tuple[str, ...], ...]:
    """The commands that take a kind of input, `{}` standing for its file."""
    return _OTHERS.get(kind, (("import", "{}", "--from", kind),))


def filled(command: tuple[str, ...], file: Path, claim: str, out: Path) -> list[str]:
    """A command with its file, a claim and a place to write to."""
    return [
        part.replace("{claim}", claim).replace("{out}", str(out)).replace("{}", str(file))
        for part in command
    ]


def claim_of(content: bytes) -> str:
    """The claim to ask for: whichever of the usual ones stands in the case."""
    return "c" if b'"id": "c",' in content else "c0"


def run(
    arguments: list[str], scratch: Path, answers: Path | None = None
) -> tuple[float, float, str]:
    """Seconds, megabytes, and what is wrong ("" for nothing); what is typed may come from a file."""
    told = scratch / "told"
    child = os.fork()
    if child == 0:
        _as_command(arguments, told, answers)
    _, status, used = os.wait4(child, 0)
    seconds, megabytes = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
    text = told.read_text("utf-8", "replace")
    wrong = []
    if os.WIFSIGNALED(status):
        wrong.append(f"ended by signal {os.WTERMSIG(status)}")
    elif os.WEXITSTATUS(status) not in (0, 1, 2):
        wrong.append(f"exit code {os.WEXITSTATUS(status)}")
    if "Traceback" in text:
        wrong.append("traceback: " + text.strip().splitlines()[-1][:200])
    if seconds > SECONDS:
        wrong.append(f"{seconds:.1f} s")
    if megabytes > MEGABYTES:
        wrong.append(f"{megabytes:.0f} MB")
    return seconds, megabytes, "; ".join(wrong)


def _as_command(arguments: list[str], told: Path, answers: Path | None = None) -> None:
    """Runs a command in this process, which ends with it."""
    resource.setrlimit(resource.RLIMIT_CPU, (_KILLED_AFTER, _KILLED_AFTER + 2))
    resource.setrlimit(resource.RLIMIT_AS, (3 * 2**30, 3 * 2**30))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    errors = os.open(told, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    nothing = os.open(os.devnull, os.O_RDWR)
    typed = nothing if answers is None else os.open(answers, os.O_RDONLY)
    for number, handle in enumerate((typed, nothing, errors)):
        os.dup2(handle, number)
    code = 70
    try:
        app(arguments, prog_name="provenance")
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else 0 if left.code is None else 1
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def tried(
    each: Hostile, folder: Path, wanted: tuple[str, ...]
) -> Iterator[tuple[str, float, float, str]]:
    """Every command on one input, or those that begin with one of some words."""
    content = each.made()
    assert len(content) < 1_000_000, f"{each.name} is {len(content)} bytes"
    file = folder / each.file_name
    file.write_bytes(content)
    for command in commands(each.kind):
        if not " ".join(command).startswith(wanted):
            continue
        arguments = filled(command, file, claim_of(content), folder / "out")
        yield " ".join(part for part in command if part != "{}"), *run(arguments, folder)


def main() -> int:
    """Runs all of it; 1 where something failed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="", help="inputs whose name has this in it")
    parser.add_argument("--after", default="", help="inputs that come after the one of this name")
    parser.add_argument("--commands", default="", help="commands that begin with one of these")
    chosen = parser.parse_args()
    failed: list[str] = []
    count, began = 0, time.monotonic()
    print("| input | slowest command | s | MB |\n| --- | --- | --- | --- |")
    names = [*HOSTILE]
    for name in names[names.index(chosen.after) + 1 if chosen.after else 0 :]:
        each = HOSTILE[name]
        if chosen.only not in name:
            continue
        with tempfile.TemporaryDirectory() as folder:
            rows = list(tried(each, Path(folder), tuple(chosen.commands.split(","))))
        if not rows:
            continue
        count += len(rows)
        slowest = max(rows, key=lambda row: row[1])
        print(f"| {each.name} | {slowest[0]} | {slowest[1]:.1f} | {max(r[2] for r in rows):.0f} |",
              flush=True)  # fmt: skip
        for command, _, _, wrong in rows:
            if wrong:
                failed.append(f"{each.name}: {command}: {wrong}")
                print(f"    {failed[-1]}", file=sys.stderr, flush=True)
    print(f"\n{count} runs on {len(HOSTILE)} inputs, {len(failed)} failed, "
          f"{time.monotonic() - began:.0f} s")  # fmt: skip
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
