"""A case in which every text that a person may write is an attempt to break the page it is shown on."""

from __future__ import annotations

from typing import Any

PAYLOADS: dict[str, str] = {
    "a script": "<script>window.pwned=1;alert(1)</script>",
    "an image": '"><img src=x onerror="window.pwned=1"><a href="https://example.org/track">',
    "an attribute": "' onmouseover='window.pwned=1' style='position:fixed;inset:0' x='",
    "an svg": "</title></desc></text></svg><svg onload=window.pwned=1><animate onbegin=alert(1)>",
    "a style": "</style><style>@import url(https://example.org/x.css);*{display:none!important}</style>",
    "css values": "red;background:url(https://example.org/pixel.png);}body{display:none}",
    "a comment": "--><!--<script>window.pwned=1</script> ]]><![CDATA[<script>window.pwned=1</script>",
    "raw text": "</pre></details></template></textarea><base href='https://example.org/'>",
    "a frame": '<iframe srcdoc="<script>parent.pwned=1</script>"></iframe><object data=x>',
    "a redirect": '<meta http-equiv=refresh content="0;url=https://example.org/">',
    "entities": "&lt;script&gt;&#60;script&#62;window.pwned=1&#60;/script&#62;&quot;&apos;&amp;",
    "a template": "{{7*7}}${window.pwned=1}{%raw%}<%=1%>`",
    "directions": "\u202egnp.exe\u202d \u2066\u2067\u2068 abc\u2069 \u200f\u200e\u061c",
    "stacked accents": "Z" + "\u0300\u0316\u0334" * 200 + "!",
    "one long word": "W" * 30_000,
    "wide letters": "\u6f22\u5b57" * 3_000,
    "unseen letters": "\u200b\ufeff\u2060a\U000e0041\U000e0042\u00ad",
}
"""What is tried, by what it is."""

ADDRESSES = (
    "javascript:window.pwned=1",
    "data:text/html,<script>window.pwned=1</script>",
    "JaVaScRiPt:alert(1)//https://example.org",
    "https://good.example@evil.example/",
    'https://example.org/"onmouseover="window.pwned=1',
    "https://example.org/<script>",
    "//example.org/x",
    "vbscript:msgbox(1)",
    "https://example.org/\u202egnp",
)
"""Addresses that may not become links."""


def hostile_case(text: str, address: str = ADDRESSES[0]) -> dict[str, Any]:
    """A case with a text in every field that takes any, ids included where they take it."""
    short = text[:90] if text.isprintable() else "a plain id"
    name = short if short.strip() else "a plain id"
    note = {"note": text, "refs": [{"scheme": text, "id": text}]}

    def called(kind: str) -> str:
        return f"{kind} {name}"

    sources = [
        {
            "id": called("s"),
            "name": text,
            "kind": "person",
            "described_as": text,
            "reliability": "C",
            "graded_by": text,
            "graded_on": "2015",
            "interests": [{"claims": [called("c")], "stake": "gains", **note}],
            **note,
        },
        {"id": called("r"), "described_as": text, "kind": "unnamed", **note},
        {"id": called("p"), "name": text, "kind": "outlet", "reliability": "B", **note},
    ]
    locator = {"paragraph": 1, "exact": text, "prefix": text, "suffix": text, "url": address}
    attributions = [
        {"id": called("a"), "source": called("s"), "claim": [called("c"), called("d")],
         "verb": text, "said_on": "2015-08", **note},
        {"id": called("b"), "source": called("r"), "cites": called("a"), "verb": text, **note},
        {"id": called("e"), "source": called("p"), "cites": called("b"), "verb": text,
         "document": called("doc"), "locators": [{**locator, **note}, {"page": text, **note}], **note},
        {"id": called("f"), "source": called("p"), "claim": called("c"), "stance": "denies",
         "verb": text, "basis": "firsthand", **note},
        {"id": called("g"), "source": called("p"), "claim": called("c"), "basis": "inference", **note},
        {"id": called("h"), "source": called("r"), "claim": called("c"), **note,
         "same_voice_as": {"attribution": called("a") + "/" + called("c"), "probability": 0.4}},
    ]  # fmt: skip
    return {
        "version": 1,
        "title": text,
        "summary": text,
        "claims": [
            {"id": called("c"), "text": text, "prior": 0.2, **note},
            {"id": called("d"), "text": text, **note,
             "resolved": {"value": True, "on": "2016", "by": text}},
        ],
        "sources": sources,
        "documents": [
            {"id": called("doc"), "publisher": called("p"), "title": text, "url": address,
             "published_on": "2015-09-04", "sha256": text, "language": text, **note}
        ],
        "attributions": attributions,
        "links": [
            {"kind": "evidence", "claim": called("c"), "sign": called("d"), "if_true": 0.6,
             "if_false": 0.1, **note}
        ],
        **note,
    }  # fmt: skip


def claim_of(case: dict[str, Any]) -> str:
    """The id of the claim to weigh."""
    return str(case["claims"][0]["id"])
