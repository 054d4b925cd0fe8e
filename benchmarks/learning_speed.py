"""How fast and how small: one-coin EM from a frame of strings to answers, beside crowd-kit.

    python benchmarks/learning_speed.py [ASSERTIONS ...]

Makes assertions (ten thousand sources of very different industry, five voices and at most four
values per object), and runs each contender in a process of its own on the same frame. Prints wall
time of the whole call, time per iteration, peak memory per assertion above the frame, and for the iterations the
bytes they must move at the copy bandwidth measured here. Needs pandas, pyarrow and crowd-kit beside
the extra `learning`; without crowd-kit it measures this library alone. Five million assertions
(as an argument) take crowd-kit some minutes.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas

SIZES = (100_000, 1_000_000)
ROUNDS = 10


def made(assertions: int, seed: int = 0) -> pandas.DataFrame:
    """Assertions as strings: sources, objects and labels, with accuracies Beta(4, 1)."""
    random = np.random.default_rng(seed)
    sources, objects = max(20, assertions // 500), assertions // 5
    about = np.repeat(np.arange(objects), 5)
    said_by = (random.pareto(1.2, len(about)) * sources / 200).astype(np.int64) % sources
    truth = random.integers(0, 4, objects)[about]
    right = random.random(len(about)) < random.beta(4.0, 1.0, sources)[said_by]
    said = np.where(right, truth, (truth + random.integers(1, 4, len(about))) % 4)
    order = random.permutation(len(about))
    frame = pandas.DataFrame(
        {
            "source": np.char.add("source-", said_by[order].astype(str)),
            "object": np.char.add("object-", about[order].astype(str)),
            "value": np.char.add("value-", said[order].astype(str)),
        }
    )
    return frame.drop_duplicates(["source", "object"], ignore_index=True)


def bandwidth() -> float:
    """Bytes per second read and written by a copy of 64 MiB, the best of nine."""
    block = np.ones(2**23)
    return max(2 * block.nbytes / _timed(lambda: block.copy()) for _ in range(9))


def _timed(call: Callable[[], Any]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def ours(frame: pandas.DataFrame) -> dict[str, float]:
    """The whole call, then its iterations by themselves."""
    from provenance.learning import learn
    from provenance.learning.methods.one_coin import sweep
    from provenance.learning.methods.wrong_values import WrongWays

    settings = {"rounds": ROUNDS, "limit": 0.0}

    def call() -> Any:
        learned = learn(frame, method="one-coin", settings=settings)
        return learned.values_table(), learned.sources_table(), learned

    whole, peak, (_, _, learned) = _measured(call)
    told = learned.assertions
    pass_over = sweep(WrongWays.of(told, 1.0), None)
    trust = np.full(len(told.sources), 1.5)
    each = min(_timed(lambda: pass_over(trust, None)) for _ in range(7))
    # Source codes read once, and a belief read and written for every claim.
    must = 4.0 * told.size + 8.0 * told.claims + 4.0 * told.size
    bound = must / bandwidth()
    return {"whole": whole, "iteration": each, "peak": peak, "times the bound": each / bound}


def crowd_kit(frame: pandas.DataFrame) -> dict[str, float]:
    """The same algorithm there; an iteration is the slope between two lengths of run."""
    from crowdkit.aggregation import OneCoinDawidSkene

    renamed = frame.rename(columns={"source": "worker", "object": "task", "value": "label"})

    def call(rounds: int) -> Any:
        return OneCoinDawidSkene(n_iter=rounds, tol=0.0).fit_predict_proba(renamed)

    whole, peak, _ = _measured(lambda: call(ROUNDS))
    short = _timed(lambda: call(2))
    return {"whole": whole, "iteration": (whole - short) / (ROUNDS - 2), "peak": peak}


def _measured(call: Callable[[], Any]) -> tuple[float, float, Any]:
    """Seconds, the peak of memory above what was held before, and the answer."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    held = _memory("VmRSS")
    start = time.perf_counter()
    answer = call()
    return time.perf_counter() - start, _memory("VmHWM") - held, answer


def _memory(what: str) -> float:
    """Bytes that this process holds (VmRSS), or held at most (VmHWM); Linux says so."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith(f"{what}:"):
            return 1024.0 * float(line.split()[1])
    raise SystemExit(f"expected {what} in /proc/self/status")


CONTENDERS = {"provenance": ours, "crowd-kit": crowd_kit}


def run(name: str, file: Path) -> dict[str, float] | None:
    """One contender in a process of its own; None when it is not installed."""
    command = [sys.executable, __file__, "--one", name, str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if "No module named 'crowdkit'" in done.stderr:
        return None
    if done.returncode:
        raise SystemExit(done.stderr)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def main(sizes: tuple[int, ...]) -> None:
    """Run everything and print a table of it."""
    print(f"copy bandwidth {bandwidth() / 1e9:.1f} GB/s")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "assertions.parquet"
            made(size).to_parquet(file)
            found = {name: run(name, file) for name in CONTENDERS}
        mine = found["provenance"]
        assert mine is not None
        for name, got in found.items():
            if got is None:
                print(f"{size:>10} {name:<11} is not installed")
                continue
            per_assertion = got["peak"] / size
            print(
                f"{size:>10} {name:<11} whole {got['whole']:8.2f} s "
                f"({got['whole'] / mine['whole']:5.1f}x)  iteration {got['iteration'] * 1e3:8.1f} ms "
                f"({got['iteration'] / mine['iteration']:5.1f}x)  "
                f"memory {per_assertion:7.0f} B per assertion"
            )
        print(f"{'':>10} {'':<11} an iteration takes {mine['times the bound']:.1f} times the bound")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(CONTENDERS[sys.argv[2]](pandas.read_parquet(sys.argv[3]))))
    else:
        main(tuple(int(size) for size in sys.argv[1:]) or SIZES)
