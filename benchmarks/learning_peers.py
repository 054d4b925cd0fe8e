"""How right and how well calibrated: every method, `auto`, and the peers, side by side.

    python benchmarks/learning_peers.py DATA_DIR [SET ...] [--only NAME,NAME]

DATA_DIR holds a folder per data set with `assertions.csv` (source, object, value) and `truth.csv`
(object, value). Truth is used for scoring only. Sets that were at hand while the library was built
are told apart from those that were not: means stand for both, and for all together. Prints for every set and contender the accuracy,
the expected calibration error of the stated confidence (ten bins), the mean log score (floored at
ln .001), wall time and peak memory, then the means, as Markdown. Each contender runs in a process
of its own, with the libraries loaded before. Peers (crowd-kit, truthdiscovery) are left out where they are not installed; where a
peer takes longer than the limit or fails, it has no figures.
"""

from __future__ import annotations

import contextlib
import csv
import importlib
import math
import multiprocessing
import resource
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

LIMIT = 30.0
FLOOR = 1e-3
PEERS = ("MajorityVote", "DawidSkene", "OneCoinDawidSkene", "GLAD", "MACE", "Wawa")
DISCOVERY = ("Sums", "AverageLog", "Investment", "PooledInvestment", "TruthFinder")

AT_HAND = {
    "book",
    "crowd_bluebird",
    "crowd_dog",
    "crowd_product",
    "crowd_rte",
    "crowd_sp",
    "crowd_trec",
    "flight_20111208",
    "restaurants",
}
"""Sets that were looked at while the library was built: good figures on them prove little."""

Answers = Mapping[str, Mapping[str, float]]


def rows(path: Path) -> list[list[str]]:
    """The rows of a CSV file below its header."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))[1:]


def ours(method: str) -> Callable[[Path, list[str]], Answers]:
    """Answers of this library."""

    def answers(folder: Path, wanted: list[str]) -> Answers:
        from provenance.learning import learn, read_assertions

        learned = learn(read_assertions(folder / "assertions.csv"), method=method)
        known = set(learned.assertions.objects)
        return {
            about: {
                str(value): p
                for value, p in learned.probability(about).items()
                if value is not None
            }
            for about in wanted
            if about in known
        }

    return answers


def crowd_kit(name: str) -> Callable[[Path, list[str]], Answers]:
    """Answers of crowd-kit, with its defaults."""

    def answers(folder: Path, wanted: list[str]) -> Answers:
        import pandas
        from crowdkit import aggregation

        frame = pandas.DataFrame(
            rows(folder / "assertions.csv"), columns=["worker", "task", "label"]
        )
        table = getattr(aggregation, name)().fit_predict_proba(frame)
        known = set(table.index)
        return {about: table.loc[about].to_dict() for about in wanted if about in known}

    return answers


def discovery(name: str) -> Callable[[Path, list[str]], Answers]:
    """Answers of truthdiscovery; beliefs are scaled to sum to 1 over an object."""

    def answers(folder: Path, wanted: list[str]) -> Answers:
        import truthdiscovery

        data = truthdiscovery.Dataset([tuple(row) for row in rows(folder / "assertions.csv")])
        beliefs = getattr(truthdiscovery, name)().run(data).belief
        return {
            about: {v: b / (sum(beliefs[about].values()) or 1.0) for v, b in beliefs[about].items()}
            for about in wanted
            if about in beliefs
        }

    return answers


def contenders() -> dict[str, Callable[[Path, list[str]], Answers]]:
    """Every contender by name."""
    from provenance.learning import METHODS

    own = {name: ours(name) for name in ("auto", *METHODS) if name not in ("gtm", "robust", "ltm")}
    peers = {f"crowd-kit {name}": crowd_kit(name) for name in PEERS}
    return own | peers | {f"truthdiscovery {name}": discovery(name) for name in DISCOVERY}


def scored(answers: Answers, truth: Mapping[str, str]) -> dict[str, float]:
    """Accuracy, expected calibration error and mean log score."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    logs = []
    for about, true in truth.items():
        if about not in answers:
            continue
        best = max(answers[about], key=lambda value: answers[about][value])
        sure = answers[about][best]
        bins.setdefault(min(9, int(sure * 10)), []).append((sure, best == true))
        logs.append(math.log(max(FLOOR, answers[about].get(true, 0.0))))
    gaps = [abs(sum(sure - right for sure, right in group)) for group in bins.values()]
    right = sum(right for group in bins.values() for _, right in group)
    return {
        "accuracy": right / len(logs),
        "ECE": sum(gaps) / len(logs),
        "log": sum(logs) / len(logs),
    }


def one(name: str, folder: Path) -> dict[str, float]:
    """One contender on one set, in this process."""
    truth = dict(row[:2] for row in rows(folder / "truth.csv"))
    start = time.perf_counter()
    answers = contenders()[name](folder, list(truth))
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0
    return {**scored(answers, truth), "seconds": seconds, "MiB": peak}


def run(name: str, folder: Path) -> dict[str, float] | str:
    """One contender on one set in a process of its own, or why it has no figures."""
    processes = multiprocessing.get_context("fork")
    ours, theirs = processes.Pipe(duplex=False)
    process = processes.Process(target=_told, args=(name, folder, theirs))
    process.start()
    theirs.close()
    try:
        if not ours.poll(LIMIT):
            return f"over {LIMIT:.0f} s"
        found: dict[str, float] | str = ours.recv()
        return found
    except EOFError:
        return "ended without an answer"
    finally:
        process.kill()
        process.join()


def _told(name: str, folder: Path, answer: Any) -> None:
    try:
        answer.send(one(name, folder))
    except Exception as error:  # a peer may fail in any way; that is its figure
        answer.send(f"{type(error).__name__}: {error}".splitlines()[0][:60])


def preloaded() -> None:
    """Load every library once, so that no contender's time is that of its imports."""
    for library in ("provenance.learning", "pandas", "crowdkit.aggregation", "truthdiscovery"):
        with contextlib.suppress(ImportError):
            importlib.import_module(library)


def main(data: Path, sets: list[str], only: list[str]) -> None:
    """Run everything and print tables of it."""
    preloaded()
    folders = [data / name for name in sets] or sorted(p.parent for p in data.glob("*/truth.csv"))
    figures: dict[str, dict[str, dict[str, float]]] = {}
    for folder in folders:
        print(
            f"\n### {folder.name}\n\n| method | accuracy | ECE | log score | s | MiB |\n|---|---|---|---|---|---|"
        )
        for name in only or contenders():
            got = run(name, folder)
            if isinstance(got, str):
                if "No module named" not in got or "provenance" in got:
                    print(f"| {name} | - | - | - | {got} | |", flush=True)
                continue
            figures.setdefault(name, {})[folder.name] = got
            print(
                f"| {name} | {got['accuracy']:.3f} | {got['ECE']:.3f} | {got['log']:.3f} | "
                f"{got['seconds']:.2f} | {got['MiB']:.0f} |",
                flush=True,
            )
    seen = [folder.name for folder in folders if folder.name in AT_HAND]
    unseen = [folder.name for folder in folders if folder.name not in AT_HAND]
    means("sets at hand while building", figures, seen)
    means("sets not used while building", figures, unseen)
    means("all sets", figures, seen + unseen)


def means(
    title: str, figures: Mapping[str, Mapping[str, Mapping[str, float]]], sets: list[str]
) -> None:
    """Print means over some sets, of contenders with figures on each of them."""
    if not sets:
        return
    print(f"\n### Means over {title}: {', '.join(sets)}\n")
    print("| method | accuracy | ECE | log score |\n|---|---|---|---|")
    for name, got in figures.items():
        if all(each in got for each in sets):
            row = [sum(got[s][key] for s in sets) / len(sets) for key in ("accuracy", "ECE", "log")]
            print(f"| {name} | {row[0]:.3f} | {row[1]:.3f} | {row[2]:.3f} |")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    else:
        given = sys.argv[2:]
        only = given[given.index("--only") + 1].split(",") if "--only" in given else []
        sets = given[: given.index("--only")] if "--only" in given else given
        main(Path(sys.argv[1]), sets, only)
