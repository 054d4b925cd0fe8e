"""Shared passages: what planted rewrites leave to be found, and how the search grows.

    python -m benchmarks.text_reuse

Two hundred invented reports on five matters, of which every fourth is a rewrite of an earlier one; a
pair counts as found from a probability of .8 on. Then as many documents as stated, half of the
sentences of every fourth rewritten: the processor time of reading and shingling them all, that of
the whole search, and how many times as long it takes.
"""

from __future__ import annotations

import time

from provenance.drafting import shared_texts
from provenance.drafting.page_links import SURE
from provenance.drafting.reuse import _fingerprint, _shingles
from tests.drafting.planted_rewrites import How, collection

SHARES = (0.1, 0.3, 0.5, 0.7, 0.9)
SIZES = (500, 1_000, 2_500, 5_000)
HOWS: tuple[How, ...] = ("sentences", "words")


def main() -> None:
    """Print both tables."""
    print("| rewritten | share | precision | recall |\n| --- | --- | --- | --- |")
    for how in HOWS:
        for share in SHARES:
            documents, true = collection(200, share, how)
            original = {rewrite: first for first, rewrite in true}
            found = {
                (each.first, each.other)
                for each in shared_texts(documents)
                if each.probability >= SURE
            }
            # Two rewrites of one report share what is left of it, too.
            right = sum(len({original.get(name, name) for name in pair}) == 1 for pair in found)
            precision = right / len(found) if found else 1.0
            recall = len(found & true) / len(true)
            print(f"| {how} | {share:.0%} | {precision:.2f} | {recall:.2f} |", flush=True)
    print("\n| documents | reading, s | all, s | times |\n| --- | --- | --- | --- |")
    for size in SIZES:
        documents, _ = collection(size, 0.5, "sentences")
        start = time.process_time()
        stems: dict[str, int] = {}
        for document in documents:
            _shingles(_fingerprint(document, stems, ()))
        reading = time.process_time() - start
        start = time.process_time()
        shared_texts(documents)
        whole = time.process_time() - start
        print(f"| {size:,} | {reading:.2f} | {whole:.2f} | {whole / reading:.1f} |", flush=True)


if __name__ == "__main__":
    main()
