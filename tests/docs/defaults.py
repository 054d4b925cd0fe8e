"""The table of defaults on the page of the model, from the table that the code reads.

    python -m tests.docs.defaults

writes it between its marks.
"""

from __future__ import annotations

import re

from provenance.scales import DEFAULTS, Default
from tests.docs.navigation import DOCS

PAGE = DOCS / "explanation" / "model.md"
START, END = "<!-- defaults -->\n", "<!-- /defaults -->\n"


def table() -> str:
    """Every default for people, one below the other."""
    return "\n\n".join(map(_section, DEFAULTS.values()))


def written(text: str) -> str:
    """A page with the table between its marks."""
    before, _, rest = text.partition(START)
    _, _, after = rest.partition(END)
    return f"{before}{START}\n{table()}\n\n{END}{after}"


def _section(row: Default) -> str:
    """A default: its value, where it comes from, and how far it carries."""
    step = f" (step {row.step})" if row.step else ""
    lines = [f"### {row.name[0].upper()}{row.name[1:]}", f"{row.meaning[:-1]}{step}."]
    lines[1] = re.sub(r"\w+ / \([^)]*\)", r"`\g<0>`", lines[1])  # a formula among words
    lines.append("\n".join(f"- {value}" for value in row.values))
    lines.append(f"*{row.kind.capitalize()}.* {row.source[0].upper()}{row.source[1:]}.")
    if row.measurements:
        lines.append(_measured(row))
    if row.limits:
        lines.append(f"*How far it carries.* {row.limits[0].upper()}{row.limits[1:].rstrip('.')}.")
    return "\n\n".join(lines)


def _measured(row: Default) -> str:
    cells = [
        (
            each.found,
            "" if each.low is None else f"{each.low:g} to {each.high:g}",
            "; ".join(filter(None, (each.data, each.note))),
        )
        for each in row.measurements
    ]
    head = ["| estimate | 90 % interval | measured on |", "| --- | --- | --- |"]
    return "\n".join(head + [f"| {' | '.join(row)} |" for row in cells])


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
