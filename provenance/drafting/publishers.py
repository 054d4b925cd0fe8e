"""Who publishes a page: its registrable domain, the account on a platform, and its plain address."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

import attrs

from provenance.drafting.articles import domain_of

__all__ = ["WebAddress", "publisher_of_domain", "web_address"]

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
