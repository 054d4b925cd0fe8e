"""Photographs the report page for the documentation; run it when the page or its numbers change.

    python -m tests.docs.shots

A photograph cannot be compared dot by dot, since browsers draw differently. So each carries, in the
place that PNG has for texts, the digest of the page that it shows.
"""

from __future__ import annotations

import hashlib
import re
import struct
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from provenance import load_seed, report_html
from tests.cases.browsers import Opened, launched

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "figures"
SHOTS = {
    "report-page-light": ("light", 768, 560),
    "report-page-dark": ("dark", 768, 560),
    "report-page-phone-light": ("light", 390, 560),
    "report-page-phone-dark": ("dark", 390, 560),
}
"""The photographs by their names, with the setting of the reader, the width and the height."""


def page() -> str:
    """The page that is photographed."""
    return report_html(load_seed("egypt-arms-2015"), "armed")


def digest_of(page: str) -> str:
    """What tells the top of one page from another's: its words, as far as they are in the picture."""
    body = re.sub(r"<style.*?</style>|<script.*?</script>|<[^>]*>", " ", page, flags=re.DOTALL)
    shown = body.partition("Be careful")[0]
    return hashlib.sha256(" ".join(shown.split()).encode()).hexdigest()


def chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The parts of a PNG file, each with its name."""
    place = 8
    while place < len(png):
        (length,) = struct.unpack(">I", png[place : place + 4])
        yield png[place + 4 : place + 8], png[place + 8 : place + 8 + length]
        place += 12 + length


def told(png: bytes) -> str:
    """The digest that a photograph carries."""
    texts = (body.partition(b"\0") for name, body in chunks(png) if name == b"tEXt")
    return next(text.decode("ascii") for key, _, text in texts if key == b"page")


def telling(png: bytes, digest: str) -> bytes:
    """A photograph that carries a digest."""
    body = b"tEXt" + b"page\0" + digest.encode("ascii")
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    return png[:33] + chunk + png[33:]  # after the header, which comes first and has 25 bytes


def main() -> None:
    """Photograph the page by day and by night."""
    shown = page()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.html"
        path.write_text(shown, encoding="utf-8")
        for browser in launched():
            for name, (scheme, width, height) in SHOTS.items():
                with Opened(browser, path, width, scheme) as opened:
                    clip = {"x": 0, "y": 0, "width": width, "height": height}
                    png = opened.page.screenshot(clip=clip)
                (FOLDER / f"{name}.png").write_bytes(telling(png, digest_of(shown)))


if __name__ == "__main__":
    main()
