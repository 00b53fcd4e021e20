"""URLs as written -> comparable keys; which blog an address belongs to, whose profile it is.

Opening an address is left to `feeds`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from html import unescape
from itertools import groupby
from threading import Lock
from typing import NamedTuple
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urljoin, urlsplit

import tldextract
from url_normalize import url_normalize

from tracker.text import hosts
from tracker.text.markup import TextRun, read_runs, squeeze
from tracker.text.mistyped import SCHEME, repair_host, tidy_host

_PLATFORMS = frozenset(hosts.HOST_PER_BLOG)
_NO_BLOGS = _PLATFORMS | hosts.NO_BLOG_HOSTS | hosts.SHORTENERS
_NO_NAME = re.compile(r"(?:w{2,6}|www2|m)$")
"""The first label of a host that names nobody."""
_HOST_END = re.compile(r"[/?#:]")
_one_at_a_time = Lock()
_split_host = tldextract.TLDExtract(
    suffix_list_urls=(), cache_dir=None, extra_suffixes=hosts.HOST_PER_BLOG, include_psl_private_domains=True
)

_OTHER_SCHEME = re.compile(
    r"^(?:mailto|javascript|data|tel|sms|ftp|file|about|xmpp|skype|urn|tag|blob):", re.IGNORECASE
)
_HOST = re.compile(
    r"^(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)+[a-z0-9-]{2,}$|^localhost$|^(?:\d{1,3}\.){3}\d{1,3}$|^[0-9a-f.]*:[0-9a-f:.]+$"
)
_PLAIN = re.compile(
    r"(?P<host>(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,})(?P<path>(?:/[A-Za-z0-9_~@-][A-Za-z0-9._~-]*)*/?)"
    r"(?:\?(?P<query>[A-Za-z]+=[A-Za-z0-9]+))?(?:#[A-Za-z0-9]*)?"
)
"""An address that normalising leaves as it is, but for its fragment; nearly all are (for speed)."""
_YEAR = re.compile(r"^(?:19|20)\d\d$")
_NOT_A_BLOG_PART = re.compile(
    r"^(?:feeds?|rss2?|atom|comments|index(?:\.\w+)?|category|tag|author|archives?|page|p|wp-json|wp-content|ncr"
    r"|post|single-post|\.*|.*\.(?:xml|rdf))$"
)
_FILE_ENDING = re.compile(r"(?:\.(?:html?|php|aspx?))+$")
_MOST_PARTS = 8
# An ampersand that was escaped once more than its document asks for, as often as it was.
_ESCAPED_AMPERSAND = re.compile(r"&(?:(?:amp|#0*38|#x0*26);)+", re.IGNORECASE)
_ESCAPED_START = re.compile(r"https?(?:%3a%2f%2f|:\\/\\/)", re.IGNORECASE)
_KEPT_IN_PATH = "~@!$()*+,=:-._"
_FEED_END = re.compile(
    r"/(?:comments/)?feed(?:/(?:atom|rss2?|rdf))?$|/comment-page-\d+$|/trackback$|/amp$|/index\.(?:html?|php)$"
)
_DROPPED_QUERY = re.compile(
    r"^(?:utm_\w+|showcomment|commentpage|cpage|replytocom|unapproved|moderation-hash|m|spref|fbclid|gclid|source"
    r"|share|nb|like_comment|_wpnonce|igshid|mc_[ce]id)$"
)


@dataclass(frozen=True, slots=True)
class BodyLink:
    """A link in a body. `text` is what it is shown as, `before` the words leading up to it.

    `in_quote` is True inside a quotation, `alone` when nothing else stands on its line. A bare
    address in the text is a link shown as itself.
    """

    url: str
    text: str
    in_quote: bool = False
    before: str = ""
    alone: bool = False


class Place(NamedTuple):
    """Where an address leads: the comparable host, and the parts of the path up to the first that is a
    page of any blog (a year, a feed, "category")."""

    host: str
    parts: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return "/".join((self.host, *self.parts))


@lru_cache(maxsize=16384)
def find_place(url: str) -> Place | None:
    """The place of an address; None where nobody has a blog: no address, a profile, a shortener."""
    parts = _split(url)
    if parts is None:
        return None
    host = _host_key(parts.netloc)
    if host == "blogger.com":
        return _find_blogger_com(parts.path, parts.query)
    found = _blog_parts(parts.path)
    if host in hosts.NAMED_BY_PATH:
        pattern, platform = hosts.NAMED_BY_PATH[host]
        if named := pattern.match("/" + "/".join(found)):
            return Place(f"{named.group(1).replace('_', '-')}.{platform}")
    place = Place(host, found)
    return None if _is_nobodys(host) or len(found) < _shared_depth(place) else place


def _blog_parts(path: str) -> tuple[str, ...]:
    found: list[str] = []
    for part in path.split("/"):
        plain = _FILE_ENDING.sub("", unquote(part).strip().lower()).strip()
        plain = quote(plain, safe=_KEPT_IN_PATH)
        if plain and (_is_page(plain) or len(found) == _MOST_PARTS):
            break
        if plain:
            found.append(plain)
    return tuple(found)


@lru_cache(maxsize=16384)
def blog_key(url: str) -> str:
    """The comparable key of the blog an address (home, post, feed) belongs to, as far as its host tells
    where a blog ends; "" when of none. Which of a course's blogs it lies on, `KnownBlogs` knows."""
    place = find_place(url)
    return Place(place.host, told_parts(place) or ()).key if place else ""


def home_key(url: str) -> str:
    """The key that a blog is stored under, by its own home address: the host, and the whole path wherever
    a path may tell two blogs apart."""
    place = find_place(url)
    return _home_of(place).key if place else ""


def blog_keys(url: str) -> tuple[str, ...]:
    """The stored keys of the blogs an address may lie on, the closest first: `x.org/a/b`, `x.org/a`,
    `x.org`. None is shorter than what its host says a blog's address is."""
    place = find_place(url)
    if place is None:
        return ()
    host, parts = _home_of(place)
    least = least_depth(place)
    return tuple(Place(host, parts[:depth]).key for depth in range(len(parts), least - 1, -1))


def told_parts(place: Place) -> tuple[str, ...] | None:
    """The parts of the path that belong to the blog's address, where the host tells; None where it may be
    anybody's: a college's, a school's, or a student's own."""
    host, parts = place
    if host == "blogger.com":
        return parts
    if depth := _shared_depth(place):
        return parts[:depth]
    platform = platform_of(host)
    if platform in hosts.PAGES_ONLY:
        return ()
    for n, part in enumerate(parts):
        if part.startswith("~"):
            return parts[: n + 1]
    if platform:
        return parts[:1] if platform in hosts.SITES_BELOW else ()
    first, _, rest = host.partition(".")
    is_shared = first in hosts.SHARED_FIRST_LABELS and hosts.CAMPUS_SUFFIX.search(host)
    return parts[:1] if is_shared or (first in hosts.SHARED_ANYWHERE and "." in rest) else None


def least_depth(place: Place) -> int:
    """How many parts of its path an address at least shares with any other of the same blog."""
    told = told_parts(place) or ()
    return 0 if platform_of(place.host) in hosts.SITES_BELOW else len(told)


def platform_of(host: str) -> str:
    """The entry of `hosts.HOST_PER_BLOG` that a host lies below, "" for none."""
    labels = host.split(".")
    for n in range(1, len(labels) - 1):
        below = ".".join(labels[n:])
        if below in _PLATFORMS:
            return below
    return ""


def _home_of(place: Place) -> Place:
    if place.host in hosts.PATH_PER_BLOG:
        return Place(place.host, told_parts(place) or ())
    return Place(place.host) if platform_of(place.host) in hosts.PAGES_ONLY else place


def post_key(url: str) -> str:
    """The comparable key of a post's or page's address; "" when it is no address."""
    parts = _split(url)
    if parts is None:
        return ""
    path = parts.path.rstrip("/")
    if ".blogspot." in parts.netloc:
        path = re.sub(r"^/ncr(?=/|$)", "", path)
    while (shorter := _FEED_END.sub("", path).rstrip("/")) != path:
        path = shorter
    query = sorted(
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not _DROPPED_QUERY.match(name.lower())
    )
    path = quote(unquote(path), safe="/:@!$&'()*+,;=~-._")
    return _host_key(parts.netloc) + path + ("?" + urlencode(query) if query else "")


@lru_cache(maxsize=16384)
def account_key(url: str) -> str:
    """The comparable key of a profile ("blogger:123", "twitter:name"); "" when it is no profile.

    The number of a Google+ profile and that of a Blogger profile are different keys.
    """
    written = tidy_start(url)
    for kind, pattern in hosts.ACCOUNTS:
        found = pattern.match(written)
        if found:
            return f"{kind}:{found.group(1).lower()}"
    return ""


def links_in(html: str, base: str = "") -> tuple[BodyLink, ...]:
    """Every link and bare address of a body, in reading order, relative ones resolved against `base`."""
    links: list[BodyLink] = []
    before = ""
    line: list[TextRun] = []
    for run in (*read_runs(html), TextRun("", breaks=2)):
        if not run.breaks:
            line.append(run)
            continue
        found, before = _links_of_line(line, before, base)
        links += found
        before = "" if run.breaks == 2 else before + " "
        line = []
    return tuple(links)


def _links_of_line(line: list[TextRun], before: str, base: str) -> tuple[list[BodyLink], str]:
    """The links of one line, and the words up to its end; `before` are the paragraph's words so far."""
    links: list[BodyLink] = []
    for (href, in_quote), runs in groupby(line, key=lambda run: (run.href, run.in_quote)):
        text = "".join(run.text for run in runs)
        if href:
            mended = mend_escapes(href)
            is_relative = "//" not in mended and href != text
            url = urljoin(base, mended) if base and is_relative else mended
            links.append(BodyLink(url, squeeze(text), in_quote, squeeze(before)[-120:]))
        before += text
    others = "".join(run.text for run in line if not run.href)
    if len(links) == 1 and not others.strip(" .-–—:|"):
        links = [replace(links[0], alone=True)]
    return links, before


def mend_escapes(url: str) -> str:
    """An address that its program escaped twice, as it was meant: "?p=1&amp;feed=rss2", "https%3A%2F%2F…".
    No program means an ampersand's own name in a query."""
    if _ESCAPED_START.match(url):
        url = unquote(url).replace("\\/", "/")
    return _ESCAPED_AMPERSAND.sub("&", url)


def is_shortener(url: str) -> bool:
    """Whether an address only leads to another one; such an address says nothing until followed."""
    return host_of(url) in hosts.SHORTENERS


@lru_cache(maxsize=4096)
def is_repaired(url: str) -> bool:
    """Whether the host itself was misspelled ("jane.blogspot.con"): what was meant is then a guess."""
    host = _HOST_END.split(tidy_start(url), maxsplit=1)[0]
    return repair_host(host) != host


def host_of(url: str) -> str:
    """The comparable host of an address: lower case, no "www.", a port only when unusual; "" for none."""
    parts = _split(url)
    return _host_key(parts.netloc) if parts is not None else ""


@lru_cache(maxsize=16384)
def _split(url: str) -> SplitResult | None:
    """The address repaired and normalized, its host in ASCII; None when there is no address in it."""
    rest = _repair(url)
    if not rest:
        return None
    plain = _PLAIN.fullmatch(rest)
    if plain and max(map(len, plain["host"].split("."))) < 64:
        host = hosts.BLOGSPOT_COUNTRY.sub(".blogspot.com", plain["host"])
        return SplitResult("http", host, plain["path"] or "/", plain["query"] or "", "")
    try:
        parts = urlsplit(url_normalize("http://" + rest) or "")
        port = parts.port
    except (ValueError, UnicodeError):
        return None
    host = (parts.hostname or "").rstrip(".")
    if not _HOST.match(host):
        return None
    host = hosts.BLOGSPOT_COUNTRY.sub(".blogspot.com", host)
    netloc = f"[{host}]" if ":" in host else host
    if port not in (None, 80, 443):
        netloc += f":{port}"
    return parts._replace(netloc=netloc, fragment="")


def _repair(url: str) -> str:
    """An address as written, from its host on, which is put right; "" for none."""
    written = unescape(url).strip().strip("<>\"'")
    if not written or len(written) > 2000 or _OTHER_SCHEME.match(written):
        return ""
    rest = SCHEME.sub("", written).lstrip("/:")
    authority, _, path = rest.partition("/")
    if "@" in authority.split("?")[0]:
        if ":" not in authority.split("@")[0] and not path:
            return ""
        rest = authority.rpartition("@")[2] + "/" + path
    host = _HOST_END.split(rest, maxsplit=1)[0]
    meant = repair_host(host)
    return meant and meant + rest[len(host) :]


def tidy_start(url: str) -> str:
    """An address as written, from its host on; of the host, what can only be a slip is put right."""
    rest = SCHEME.sub("", unescape(url).strip().strip("<>\"'")).lstrip("/:")
    host = _HOST_END.split(rest, maxsplit=1)[0]
    return tidy_host(host) + rest[len(host) :]


@lru_cache(maxsize=16384)
def _host_key(netloc: str) -> str:
    """The host without "www." or "m.", which are dropped from a subdomain only, never from a blog's name."""
    host, colon, port = netloc.partition(":")
    if host.startswith("["):
        return netloc
    with _one_at_a_time:  # the list is read when first needed, for a tenth of a second of each who finds none
        split = _split_host(host)
    labels = [label for label in split.subdomain.split(".") if label]
    while labels and _NO_NAME.match(labels[0]) and (labels[1:] or split.suffix):
        labels.pop(0)
    if split.suffix in hosts.NAMED_BY_PATH and _NO_NAME.match(split.domain):
        return split.suffix + colon + port
    if (platform_of(host) and split.domain) or (split.domain, split.suffix) == ("blogger", "com"):
        labels = []
    return ".".join([*labels, *(part for part in (split.domain, split.suffix) if part)]) + colon + port


def _shared_depth(place: Place) -> int:
    """How many parts of the path name a blog on a host that many blogs share; 0 on any other."""
    host, parts = place
    return hosts.DEEPER_PATHS.get((host, parts[0] if parts else ""), hosts.PATH_PER_BLOG.get(host, 0))


def _is_nobodys(host: str) -> bool:
    if host in hosts.PATH_PER_BLOG:
        return False
    domain = ".".join(host.split(".")[-2:])
    return host in _NO_BLOGS or domain in hosts.NO_BLOG_HOSTS


def _find_blogger_com(path: str, query: str) -> Place | None:
    """Blogger's own host knows blogs by number: /feeds/N/posts/default, comment.g?blogID=N."""
    by_path = re.match(r"/feeds/(\d+)(?:/|$)", path)
    numbers = [by_path.group(1)] if by_path else []
    numbers += [value for name, value in parse_qsl(query) if name.lower() == "blogid"]
    return Place("blogger.com", ("feeds", numbers[0])) if numbers else None


def _is_page(part: str) -> bool:
    return bool(_YEAR.match(part) or _NOT_A_BLOG_PART.match(part))
