"""Inputs that once ended in a traceback, as `python -m benchmarks.fuzz` found them, made small."""

from __future__ import annotations

from typing import Any

FOUND: dict[str, tuple[str, Any]] = {
    "an attribute whose type is a list": (
        "misp",
        {"Event": {"info": "so", "Attribute": [{"type": [], "value": "v", "comment": ""}]}},
    ),
    "a relation that is an object": (
        "misp",
        {
            "Event": {
                "info": "so",
                "Object": [
                    {
                        "name": "news-agency",
                        "uuid": "00000000-0000-4000-8000-000000000000",
                        "Attribute": [{"type": "text", "value": "v", "object_relation": {}}],
                    }
                ],
            }
        },
    ),
}
"""By what it is: the format it is given as, and the document."""
