"""Cases that are small to write and long to weigh."""

from __future__ import annotations

from typing import Any

__all__ = ["interwoven"]


def interwoven(sources: int, claims: int) -> dict[str, Any]:
    """Every source says something of every claim, and every claim bears on every other."""
    return {
        "version": 1,
        "claims": [{"id": f"c{n}", "text": f"claim {n}"} for n in range(claims)],
        "sources": [{"id": f"s{n}", "reliability": "B"} for n in range(sources)],
        "attributions": [
            {"id": f"a{n}-{m}", "source": f"s{n}", "claim": f"c{m}"}
            for n in range(sources)
            for m in range(claims)
        ],
        "links": [
            {"kind": "contradicts", "claims": [f"c{n}", f"c{m}"], "strength": 0.5}
            for n in range(claims)
            for m in range(n)
        ],
    }
