"""Which language a text is in, by its script and its most frequent words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType

from provenance.drafting.english import word_set

__all__ = ["language_of"]

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_NOT_LATIN = re.compile(r"[^\W\d_\u0000-\u024f\u1e00-\u1eff]")


def language_of(text: str) -> str:
    """The language that a text seems to be in, by its script and its most frequent words.

    >>> language_of("Der Minister sagte, das Schiff sei in der Nacht aus dem Hafen gelaufen.")
    'German'
    """
    plain = text[:1_200].casefold().split()
    if sum(map(STOPWORDS["English"].__contains__, plain)) > 0.2 * max(1, len(plain)):
        return "English"  # no other language has so many of these
    sample = text[:4_000]
    other = [] if sample.isascii() else _NOT_LATIN.findall(sample)
    words = _WORD.findall(sample.casefold())
    if 2 * len(other) > sum(map(len, words)):
        script = Counter(unicodedata.name(each, "?").split()[0] for each in other)
        return f"a language in {script.most_common(1)[0][0].capitalize()} script"
    if not words:
        return "no language"
    counts = Counter(words)
    shares = {
        name: sum(counts[each] for each in stops & counts.keys()) / len(words)
        for name, stops in STOPWORDS.items()
    }
    best = max(shares, key=lambda name: shares[name])
    enough = shares[best] >= 0.12 and shares[best] > 1.25 * shares["English"]
    if enough and len(words) >= 8:
        return best
    return "English" if shares["English"] >= 0.12 or len(words) < 30 else "an unknown language"


STOPWORDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "English": word_set(
            "the of and to in that is was for on with as it by at from be this have are an had not "
            "were has but or which their they he she his her who will would"
        ),
        "German": word_set(
            "der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als auch "
            "es an werden aus er hat dass sie nach wird bei einer um am sind noch wie"
        ),
        "French": word_set(
            "le la les de des et en un une du que est pour qui dans par plus pas au sur ne se il ce "
            "avec sont aux son ont été elle cette mais ses"
        ),
        "Spanish": word_set(
            "el la los las de que y en un una por con no se del su para al lo es como más pero sus "
            "le ha este sobre entre fue son"
        ),
        "Italian": word_set(
            "il la di che e un una per non del della in con si da dei le al sono più ha lo nel come "
            "gli alla anche ma dal delle"
        ),
        "Portuguese": word_set(
            "o os de que e do da em um uma para com não no na se por mais as dos como mas ao das à "
            "foi ele ela são sua seu"
        ),
        "Dutch": word_set(
            "de het een en van in is dat op te zijn met voor niet aan er om ook als bij dan maar "
            "door over hij ze werd naar uit wordt"
        ),
        "Swedish": word_set(
            "och i att det som en på är av för med till den har de inte om ett han var men sig från "
            "vi så kan hon när"
        ),
        "Polish": word_set(
            "i w nie na z do się że to jest o jak po co za od ale przez przy jego dla tym był oraz "
            "są które"
        ),
        "Turkish": word_set(
            "ve bir bu da de için ile çok olarak daha ne kadar sonra olan gibi ancak her olduğu en "
            "ise"
        ),
    }
)
"""The most frequent words of some languages that share the Latin script."""
