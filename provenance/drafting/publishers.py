"""Who publishes a page: by its address, by the account on a platform, or by what its text says."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

import attrs

from provenance.drafting.cues import OUTLET_NAMES, OUTLET_WORDS, PERSON_NOUNS
from provenance.errors import MissingExtra

__all__ = [
    "PublisherTold",
    "WebAddress",
    "domain_of",
    "publisher_of_domain",
    "publisher_told",
    "web_address",
]

# Where many people publish: the account is who speaks, and it stands in the address.
_ACCOUNT_IN_PATH = {
    "x.com": r"/(?P<account>\w+)/",
    "twitter.com": r"/(?P<account>\w+)/",
    "bsky.app": r"/profile/(?P<account>[\w.:-]+)",
    "threads.net": r"/@(?P<account>[\w.]+)",
    "instagram.com": r"/(?P<account>[\w.]+)/",
    "facebook.com": r"/(?P<account>[\w.]{3,})/(?:posts|videos|photos)",
    "tiktok.com": r"/@(?P<account>[\w.]+)",
    "youtube.com": r"/(?:@|channel/|c/|user/)(?P<account>[\w.-]+)",
    "medium.com": r"/@(?P<account>[\w.-]+)",
    "substack.com": r"/@(?P<account>[\w.-]+)",
    "github.com": r"/(?P<account>[\w.-]+)",
    "gitlab.com": r"/(?P<account>[\w.-]+)",
    "huggingface.co": r"/(?:datasets/|spaces/)?(?P<account>[\w.-]+)",
    "reddit.com": r"/(?:user|u)/(?P<account>[\w-]+)",
    "linkedin.com": r"/(?:in|company|posts)/(?P<account>[\w%-]+?)(?:_|/|\Z)",
    "t.me": r"/(?:s/)?(?P<account>\w+)",
    "telegram.me": r"/(?:s/)?(?P<account>\w+)",
    "vk.com": r"/(?P<account>[\w.]+)",
    "weibo.com": r"/(?P<account>\w+)/",
    "dev.to": r"/(?P<account>\w+)/",
    "archive.org": r"/details/(?P<account>[\w.-]+)",
}
# Where what others wrote is collected: no page there is the word of the platform itself.
_COLLECTIONS = frozenset(
    {"msn.com", "yahoo.com", "google.com", "flipboard.com", "smartnews.com", "newsbreak.com",
     "apple.news", "ycombinator.com", "wikipedia.org", "youtu.be", "news360.com", "feedly.com",
     "pressreader.com", "scribd.com", "slideshare.net", "archive.ph", "archive.is", "archive.today"}
)  # fmt: skip
# Under which everybody may have a name of their own.
_HOSTS_OF_MANY = frozenset(
    {"substack.com", "medium.com", "wordpress.com", "blogspot.com", "tumblr.com", "github.io",
     "gitlab.io", "netlify.app", "vercel.app", "pages.dev", "herokuapp.com", "weebly.com",
     "wixsite.com", "ghost.io", "beehiiv.com", "livejournal.com", "typepad.com", "notion.site"}
)  # fmt: skip
_KEPT = re.compile(
    r"/web/\d{1,14}(?:[a-z]{2}_)?/(?P<there>https?:?/.{1,2000})|/amp/s/(?P<amp>.{1,2000})", re.I
)
_AMP = re.compile(r"\A/[a-z]/(?:s/)?(?P<there>.{1,2000})", re.I)
_TRACKING = re.compile(r"\A(?:utm_\w+|fbclid|gclid|mc_[ce]id|ref|ref_src|cmpid|igshid|amp)\Z", re.I)
_MIRRORS = ("www", "m", "amp", "mobile")
_LONGEST = 4_000
_OTHER_SCHEME = re.compile(r"\A[A-Za-z][\w+.-]*:(?!//|\d)")


def domain_of(url: str) -> str | None:
    """The registrable domain of an address: `bbc.co.uk` of `https://www.bbc.co.uk/news/1`.

    Needs the extra `drafting`, which carries the public suffix list.

    >>> domain_of("https://news.example.co.uk/a"), domain_of("mailto:a@b")
    ('example.co.uk', None)
    """
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname
    except ValueError:
        return None
    if not host or "." not in host:
        return None
    try:
        from publicsuffixlist import PublicSuffixList
    except ImportError as error:
        raise MissingExtra("drafting", "publicsuffixlist") from error
    global _suffixes
    if _suffixes is None:
        _suffixes = PublicSuffixList()
    found = _suffixes.privatesuffix(host.lower().rstrip("."))
    return str(found) if found else None


_suffixes: Any = None


@attrs.frozen
class WebAddress:
    """An address, without what does not tell pages or publishers apart."""

    plain: str
    """The page: without scheme, tracking and mirrors, out of archives."""
    domain: str
    """Its registrable domain; on hosts of many people the name under it."""
    account: str | None = None
    """On a platform the account that speaks, where the address shows it."""
    of_many: bool = False
    """Whether many people publish under the domain, so that it names none of them."""

    @property
    def publisher(self) -> str | None:
        """What tells its publisher from others; `None` where the address does not show it."""
        if self.account is not None:
            return f"{self.domain}/{self.account.casefold()}"
        return None if self.of_many else self.domain


def web_address(url: str) -> WebAddress | None:
    """What an address says of the page and of who publishes it; `None` where it is none.

    Pages in web archives and of the AMP caches are those of who published them. On platforms the
    account speaks and not the platform. Needs the extra `drafting`. Nothing is fetched.

    >>> web_address("https://amp.news.example.co.uk/a?utm_source=x").publisher
    'example.co.uk'
    >>> web_address("https://x.com/Watchman/status/1").publisher
    'x.com/watchman'
    >>> web_address("https://web.archive.org/web/2026/https://example.org/a/").plain
    'example.org/a'
    """
    inner = _kept(url.strip()[:_LONGEST])
    if _OTHER_SCHEME.match(inner):
        return None
    try:
        parts = urlsplit(inner if "://" in inner else f"https://{inner}")
        host = (parts.hostname or "").rstrip(".")
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https"):
        return None
    domain = host if re.fullmatch(r"[\d.]+", host) else domain_of(f"https://{host}")
    if domain is None:
        return None
    labels = host.split(".")
    while len(labels) > 2 and labels[0] in _MIRRORS:
        labels.pop(0)
    query = [pair for pair in parse_qsl(parts.query) if not _TRACKING.match(pair[0])]
    path = re.sub(r"(?:/amp)?/*\Z", "", parts.path)
    plain = ".".join(labels) + (f":{port}" if port not in (None, 80, 443) else "") + path
    plain += f"?{urlencode(sorted(query))}" if query else ""
    return _of(plain, domain, host, parts.path)


def _kept(url: str) -> str:
    """The address that is kept in an archive or a cache."""
    for _ in range(3):
        found = _KEPT.search(url)
        if found is not None:
            inner = found["there"] or f"https://{found['amp']}"
            url = re.sub(r"\A(https?):?/+", r"\1://", inner)
            continue
        host, _, path = url.partition("://")[2].partition("/")
        cached = _AMP.match(f"/{path}") if host.endswith(".cdn.ampproject.org") else None
        if cached is None:
            return url
        url = f"https://{cached['there']}"
    return url


def _of(plain: str, domain: str, host: str, path: str) -> WebAddress:
    parent = domain.split(".", 1)[1] if "." in domain else ""
    own = host.removesuffix(f".{domain}") if host != domain else ""
    if domain in _HOSTS_OF_MANY and own and own not in _MIRRORS:
        return WebAddress(plain, f"{own.rsplit('.', 1)[-1]}.{domain}")
    if parent in _HOSTS_OF_MANY:  # which the list of suffixes knows already
        return WebAddress(plain, domain)
    pattern = _ACCOUNT_IN_PATH.get(domain)
    if pattern is not None:
        found = re.match(pattern, f"{unquote(path)}/")
        account = found["account"] if found else None
        return WebAddress(plain, domain, account, True)
    return WebAddress(plain, domain, None, domain in _COLLECTIONS | _HOSTS_OF_MANY)


def publisher_of_domain(domain: str) -> str:
    """The name in a domain, without its endings: what people may call its publisher.

    >>> publisher_of_domain("velm-gazette.co.uk")
    'velm-gazette'
    """
    return domain.split("/")[-1].split(".")[0]


# Who published a text of which nobody says so.

_NAME = r"(?:The\s|the\s)?[A-Z][\w'’&-]*(?:\s(?:of\s|the\s|and\s)?[A-Z][\w'’&-]*){0,4}"
_OWN_WORD = re.compile(
    rf"(?P<name>\b{_NAME})\s(?:can\s(?:now\s|exclusively\s){{0,2}}(?:reveal|disclose|report)"
    r"|ha[sd]\slearn(?:ed|t)\b(?!\sto\b))"
)
"""What a paper says of its own: "The Courier can reveal"."""
_BYLINE = re.compile(
    rf"^By\s[^\n,|–—-]{{3,60}}(?:,|\s[|–—-]|\s(?:for|of|in))\s(?P<name>{_NAME})\s*$", re.MULTILINE
)
_DATELINE = re.compile(
    r"^[A-Z][\w .,'’/-]{1,60}?\s\((?P<name>[A-Z][\w.&'’-]*(?:\s[A-Z][\w.&'’-]*){0,3})\)\s?[-–—:]",
    re.MULTILINE,
)
_HEAD = 800  # characters in which a byline or a dateline stands
_SHORTEST_NAME = 5


@attrs.frozen
class PublisherTold:
    """Who published a text, as far as something tells it that is not the publisher's name."""

    name: str
    """What they are called."""
    remark: str
    """What tells it, for whoever reads the draft."""


def publisher_told(
    text: str, url: str | None = None, file: str | None = None
) -> PublisherTold | None:
    """Who published a text of which that is not given: by what it says, its address, its file.

    Args:
        text: the text.
        url: its address.
        file: the name of its file, without its ending.

    >>> publisher_told("The mine was shut for months, the Courier can reveal.").name
    'The Courier'
    """
    domain = domain_of(url) if url else None
    begins = "its publisher was not given: taken to be"
    for pattern, within, what in (
        (_OWN_WORD, len(text), "as it says"),
        (_BYLINE, _HEAD, "as its byline says"),
        (_DATELINE, _HEAD, "as its dateline says"),
    ):
        found = pattern.search(text, 0, within)
        if found is not None and (name := _outlet(found["name"], pattern is _DATELINE)):
            words = " ".join(found.group().split())
            return PublisherTold(name, f"{begins} {name}, {what}, “{words}”")
    label = publisher_of_domain(domain) if domain else file
    written = _written(text, label, is_file=domain is None) if label else None
    if written is not None and domain is not None:
        return PublisherTold(written, f"{begins} {written}, of whose name {domain} has the letters")
    if written is not None:
        return PublisherTold(written, f"{begins} {written}, as its file is called")
    if domain is not None:
        remark = f"its publisher was not given: called by the domain of its address, {domain}"
        return PublisherTold(domain, remark)
    return None


def _outlet(name: str, is_agency: bool) -> str | None:
    """The name of an outlet; `None` for a ministry that has learned something, and for a place."""
    plain = " ".join(name.split())
    bare = plain.removeprefix("the ").removeprefix("The ")
    words = bare.casefold().split()
    if not bare[:1].isupper() or words[-1] in PERSON_NOUNS | OUTLET_WORDS:
        return None
    has_article = bare != plain
    if is_agency or has_article or OUTLET_NAMES.intersection(words):
        return f"The {bare}" if has_article else bare
    return None


def _written(text: str, label: str, *, is_file: bool) -> str | None:
    """The name in a text that has the letters of a domain or of the name of a file."""
    words = [each for each in re.split(r"[\W_]+", label.casefold().removeprefix("the")) if each]
    letters = "".join(words)
    if not letters.isascii() or len(letters) > 60 or (is_file and len(words) < 2):
        return None
    pattern = r"[\s.&'’-]?".join(map(re.escape, letters))
    for found in re.finditer(rf"\b(?P<article>the\s)?(?P<name>{pattern})\b", text, re.IGNORECASE):
        name = found["name"]
        if name.isupper() or (name[0].isupper() and len(letters) >= _SHORTEST_NAME):
            return f"The {name}" if found["article"] else name
    return None
