"""Numbers, names and lists in plain words: one number has one form, of two figures at most."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime

__all__ = [
    "at_the_start",
    "chance_in_words",
    "counted",
    "day_in_words",
    "error_in_words",
    "in_a_sentence",
    "isolated",
    "listed",
    "named",
    "number_in_words",
    "percent",
    "points",
    "quoted",
    "sentence",
    "span_in_words",
    "with_id",
]

# Closer to each other towards the ends: there no chance may sound surer by more than a point.
_CHANCES = (
    (1, 25),
    (1, 20),
    (1, 15),
    (1, 12),
    (1, 10),
    (1, 8),
    (1, 7),
    (1, 6),
    (1, 5),
    (1, 4),
    (3, 10),
    (1, 3),
    (2, 5),
    (1, 2),
    (3, 5),
    (2, 3),
    (7, 10),
    (3, 4),
    (4, 5),
    (5, 6),
    (6, 7),
    (7, 8),
    (9, 10),
    (11, 12),
    (14, 15),
    (19, 20),
    (24, 25),
)


_WORDS = [
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]


def chance_in_words(probability: float) -> str:
    """A probability as a chance that can be pictured, rounded as far as judgement allows.

    Beyond one in a thousand there is no number any more: no judgement of people reaches so far.

    >>> chance_in_words(0.21), chance_in_words(0.003), chance_in_words(0.5)
    ('about 1 in 5', 'about 1 in 300', 'about even')
    >>> chance_in_words(0.98), chance_in_words(0.9999), chance_in_words(1e-9)
    ('about 49 in 50', 'nearly certain', 'nearly ruled out')
    >>> chance_in_words(0.133), chance_in_words(0.139)
    ('about 1 in 8', 'about 1 in 7')
    """
    if probability in (0.0, 1.0):
        return "certain" if probability else "impossible"
    if probability < 0.001 or probability > 0.999:
        return "nearly certain" if probability > 0.5 else "nearly ruled out"
    if probability < 0.04:
        return f"about 1 in {_rounded(1.0 / probability):,}"
    if probability > 0.96:
        whole = _rounded(1.0 / (1.0 - probability))
        return f"about {whole - 1} in {whole}" if whole <= 100 else "more than 99 in 100"
    odds = math.log(probability / (1.0 - probability))
    part, whole = min(_CHANCES, key=lambda c: abs(math.log(c[0] / (c[1] - c[0])) - odds))
    return "about even" if (part, whole) == (1, 2) else f"about {part} in {whole}"


def _rounded(number: float) -> int:
    """One significant digit."""
    scale: int = 10 ** math.floor(math.log10(number))
    return round(number / scale) * scale


def percent(probability: float, *, tenths: bool = False) -> str:
    """A probability in percent, in as many digits as judgement has.

    Args:
        tenths: to a tenth, to tell two apart that are near each other. What is not certain is never
            rounded to certainty.

    >>> percent(0.214), percent(0.0042), percent(0.995), percent(1e-6)
    ('21 %', '0.4 %', 'over 99 %', 'under 0.1 %')
    >>> percent(0.214, tenths=True), percent(0.9999, tenths=True), percent(1.0, tenths=True)
    ('21.4 %', 'over 99.9 %', '100.0 %')
    """
    if tenths:
        if 0.9995 <= probability < 1.0:
            return "over 99.9 %"
        return "under 0.1 %" if 0.0 < probability < 0.0005 else f"{100.0 * probability:.1f} %"
    if 0.01 <= probability <= 0.99 or probability in (0.0, 1.0):
        return f"{100.0 * probability:.0f} %"
    if probability > 0.99:
        return "over 99 %"
    return f"{100.0 * probability:.1g} %" if probability >= 0.001 else "under 0.1 %"


def span_in_words(low: float, high: float) -> str:
    """A range of probabilities, in percent.

    >>> span_in_words(0.03, 0.41), span_in_words(0.1, 0.104), span_in_words(0.9951, 0.9999)
    ('3 % to 41 %', '10 % throughout', 'over 99 % throughout')
    """
    ends = percent(low), percent(high)
    return f"{ends[0]} throughout" if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"


def points(change: float) -> str:
    """How far a probability moves, in points of a hundred.

    >>> points(0.21), points(0.0042), points(0.0101), points(0.0001)
    ('21 points', '0.4 points', '1 point', 'less than 0.1 points')
    """
    size = abs(change)
    if 0.0 < size < 0.001:
        return "less than 0.1 points"
    shown = f"{100.0 * size:.0f}" if size >= 0.0095 or size == 0.0 else f"{100.0 * size:.1g}"
    return f"{shown} {'point' if shown == '1' else 'points'}"


def error_in_words(error: float) -> str:
    """A standard error of a probability, in points of a hundred.

    >>> error_in_words(0.0123), error_in_words(8e-6)
    ('1.2 points', 'less than 0.1 points')
    """
    return f"{100.0 * error:.1f} points" if error >= 0.0005 else "less than 0.1 points"


def number_in_words(count: int) -> str:
    """A count in a word up to twelve, in digits beyond.

    >>> number_in_words(3), number_in_words(1200)
    ('three', '1,200')
    """
    return _WORDS[count] if count < len(_WORDS) else f"{count:,}"


def counted(count: int, noun: str, nouns: str | None = None) -> str:
    """How many there are of something, in a word up to twelve.

    >>> counted(3, "origin"), counted(1, "reply", "replies"), counted(1200, "mention")
    ('three origins', 'one reply', '1,200 mentions')
    """
    number = number_in_words(count)
    return f"{number} {noun}" if count == 1 else f"{number} {nouns or noun + 's'}"


def named(ids: Sequence[str], most: int = 4) -> str:
    """Some ids as a phrase, the rest counted.

    >>> named(["a", "b"])
    "'a' and 'b'"
    >>> named(list("abcdef"), most=2)
    "'a', 'b' and 4 more"
    """
    return listed([repr(each) for each in ids], most)


def with_id(name: str | None, record: str, what: str = "") -> str:
    """A record in an error: what people call it, with the id by which its entry is found.

    Args:
        name: its name or its text; `None` where it has none, and is called by its id alone.
        record: its id.
        what: what it is of the one who is named.

    >>> with_id("Al-Akhbar", "akhbar"), with_id(None, "akhbar"), with_id("MSF", "m1", "a statement of")
    ("“Al-Akhbar” (id 'akhbar')", "'akhbar'", "a statement of “MSF” (id 'm1')")
    """
    if name is None or name == record:
        return repr(record)
    return f"{what} {quoted(name, 80)} (id {record!r})".lstrip()


def listed(words: Sequence[str], most: int = 6) -> str:
    """Some words as a phrase, the rest counted.

    >>> listed(["a", "b", "c"]), listed(["a", "b", "c"], most=1), listed([])
    ('a, b and c', 'a and 2 more', '')
    """
    shown = list(words[:most])
    if len(words) > most:
        shown.append(f"{len(words) - most} more")
    return f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else "".join(shown)


def sentence(words: str) -> str:
    """Words as a sentence: with a capital in front and a full stop behind.

    >>> sentence("nobody is heard on it"), sentence("Who said so?")
    ('Nobody is heard on it.', 'Who said so?')
    """
    return words[:1].upper() + words[1:] + ("" if words[-1:] in ".?!" else ".")


# What people wrote, inside of a sentence of ours: on one line, cut where it is too long, and with
# a direction of its own, so that an Arabic name does not turn the words around it.

_REORDERING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_STEERING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_ISOLATE, _END = "\u2068", "\u2069"
_ARTICLE = re.compile(r"The \w|(?:An?|His|Her|Its|Their|My|Our|Your) [a-z]")
_SMALL_ARTICLE = re.compile(r"(?:the|an?|his|her|its|their|my|our|your) ")


def day_in_words(day: date) -> str:
    """A day as ISO has it, with hours and minutes only where they are known.

    >>> day_in_words(date(2015, 8, 28)), day_in_words(datetime(2015, 8, 28, 13, 7))
    ('2015-08-28', '2015-08-28 13:07')
    """
    if isinstance(day, datetime) and (day.hour or day.minute):
        return day.isoformat(" ", "minutes")
    return f"{day:%Y-%m-%d}"


def isolated(text: str, most: int = 120) -> str:
    """Text of a case as a sentence may hold it; set apart where it is read from right to left.

    >>> isolated("Al-Quds\\nal-Arabi"), isolated("x" * 200, most=4)
    ('Al-Quds al-Arabi', 'xxxx…')
    >>> isolated("\u0627\u0644\u0642\u062f\u0633") == "\u2068\u0627\u0644\u0642\u062f\u0633\u2069"
    True
    """
    kept = _STEERING.sub("\N{REPLACEMENT CHARACTER}", _REORDERING.sub("", text[: 10 * most]))
    kept = " ".join(kept.split())
    if len(kept) > most:
        kept = kept[:most].rstrip() + "…"
    if kept.isascii():
        return kept
    if any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in kept):
        return f"{_ISOLATE}{kept}{_END}"
    return kept


def in_a_sentence(name: str) -> str:
    """A name as it stands within a sentence: an article in front of it begins no sentence there.

    `A` and `An` are articles where a small letter follows; elsewhere they belong to the name. So do
    `His` and `Her`.

    >>> in_a_sentence("The reporters"), in_a_sentence("A veteran"), in_a_sentence("A Bola")
    ('the reporters', 'a veteran', 'A Bola')
    >>> in_a_sentence("His neighbour"), in_a_sentence("Her Majesty")
    ('his neighbour', 'Her Majesty')
    """
    return f"{name[:1].lower()}{name[1:]}" if _ARTICLE.match(name) else name


def at_the_start(name: str) -> str:
    """A name as a line begins with it: an article has a capital there, and nothing else gets one.

    >>> at_the_start("the reporters"), at_the_start("a veteran"), at_the_start("weather.example")
    ('The reporters', 'A veteran', 'weather.example')
    """
    return f"{name[:1].upper()}{name[1:]}" if _SMALL_ARTICLE.match(name) else name


def quoted(text: str, most: int = 300) -> str:
    """Text of a case in quotation marks.

    >>> quoted("The ship sailed")
    '“The ship sailed”'
    """
    return f"“{isolated(text, most)}”"
