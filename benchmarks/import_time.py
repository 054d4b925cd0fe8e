"""How long `import provenance` takes, as a multiple of what importing pydantic and attrs takes.

Both are imported whole, each in a process of its own, in turn; the least of many runs counts, since
whatever else the machine does can only add. Run with compiled bytecode in place:

    python benchmarks/import_time.py [RUNS]

At most 2.5 is promised.
"""

from __future__ import annotations

import os
import subprocess
import sys

# pydantic loads its parts when they are asked for, so what any user of it asks for is named.
BASE = "import attrs, pydantic; from pydantic import BaseModel, Field, TypeAdapter, model_validator"
WHOLE = "import provenance"
TIMED = "import time; start = time.process_time(); {}; print(time.process_time() - start)"


def seconds(statement: str) -> float:
    """The processor time of an import in a new process."""
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
    found = subprocess.run(
        [sys.executable, "-c", TIMED.format(statement)],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    return float(found.stdout)


def main(runs: int = 15) -> None:
    """Print both times and their ratio."""
    pairs = [(seconds(BASE), seconds(WHOLE)) for _ in range(runs)]
    base, whole = (min(times) for times in zip(*pairs, strict=True))
    print(f"pydantic and attrs {base * 1000:.0f} ms")
    print(f"provenance         {whole * 1000:.0f} ms")
    print(f"ratio              {whole / base:.2f}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
