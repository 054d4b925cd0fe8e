"""The worked case of model 7, as a case file."""

from __future__ import annotations

from typing import Any


def beta(mean: float, strength: float) -> dict[str, float]:
    return {"mean": mean, "strength": strength}


def worked_case(*left_out: str) -> dict[str, Any]:
    """Claims, sources and attributions as model 7 lists them, some attributions left out."""
    attributions = [
        {"id": "tweet", "source": "general", "claim": "sailed", "interest": 1.8}
        | {"competence": beta(0.8, 8)},
        {"id": "akhbar-tweet", "source": "akhbar", "cites": "tweet", "interest": 1.4},
        {"id": "tip", "source": "insider", "claim": "shipped", "competence": beta(0.8, 8)},
        {"id": "akhbar-tip", "source": "akhbar", "cites": "tip", "interest": 1.4},
        {"id": "find", "source": "rebels", "claim": "rockets", "interest": 1.8}
        | {"competence": beta(0.6, 6)},
        {"id": "quds-find", "source": "quds", "cites": "find"},
        {"id": "akhbar-find", "source": "akhbar", "cites": "quds-find", "interest": 1.4},
        {"id": "now-tweet", "source": "now", "cites": "akhbar-tweet"},
        {"id": "now-tip", "source": "now", "cites": "akhbar-tip"},
        {"id": "now-find", "source": "now", "cites": "akhbar-find"},
        {"id": "denial", "source": "government", "claim": "shipped", "stance": "denies"}
        | {"in_hand": True, "interest": 1.8},
        {"id": "guess", "source": "akhbar", "claim": "shipped", "basis": "inference"},
        {"id": "now-guess", "source": "now", "cites": "guess"},
        {"id": "now-rebels", "source": "now", "cites": "find", "wording": 0.75},
    ]
    return {
        "version": 1,
        "claims": [
            {"id": "shipped", "text": "Weapons were shipped", "prior": 0.1},
            {"id": "sailed", "text": "A ship sailed"},
            {"id": "rockets", "text": "The rockets are of that make"},
        ],
        "links": [
            {"kind": "evidence", "claim": "shipped", "sign": sign, "if_true": so, "if_false": no}
            for sign, so, no in (("sailed", 0.8, 0.1), ("rockets", 0.6, 0.2))
        ],
        "sources": [
            {"id": "general", "reliability": beta(0.5, 8), "access": beta(0.5, 4)},
            {"id": "insider", "reliability": beta(0.5, 4), "access": beta(0.6, 4)},
            {"id": "akhbar", "reliability": beta(0.5, 8)},
            {"id": "now", "reliability": beta(0.85, 12)},
            {"id": "rebels", "reliability": beta(0.4, 6), "access": beta(0.7, 6)},
            {"id": "quds", "reliability": beta(0.6, 8)},
            {"id": "government", "reliability": beta(0.5, 8)},
        ],
        "attributions": [a for a in attributions if a["id"] not in left_out],
    }
