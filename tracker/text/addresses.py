"""URLs as written -> comparable keys; which blog an address belongs to, whose profile it is.

Opening an address is left to `feeds`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from html import unescape
from itertools import groupby
from threading import Lock
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urljoin, urlsplit

import tldextract
from url_normalize import url_normalize

from tracker.text import hosts
from tracker.text.markup import TextRun, read_runs, squeeze

_one_at_a_time = Lock()
_split_host = tldextract.TLDExtract(
    suffix_list_urls=(), cache_dir=None, extra_suffixes=hosts.HOST_PER_BLOG, include_psl_private_domains=True
)

_SCHEME = re.compile(r"^(?:(?:h+t+p+s?|htp|hhtp|ttp|feed)\s*[:;.,]*\s*/+\s*|h+t+ps?:)+", re.IGNORECASE)
_OTHER_SCHEME = re.compile(
    r"^(?:mailto|javascript|data|tel|sms|ftp|file|about|xmpp|skype|urn|tag|blob):", re.IGNORECASE
)
_HOST = re.compile(
    r"^(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)+[a-z0-9-]{2,}$|^localhost$|^(?:\d{1,3}\.){3}\d{1,3}$|^[0-9a-f.]*:[0-9a-f:.]+$"
)
_PLAIN = re.compile(
    r"(?P<host>(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,})(?P<path>(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*/?)"
    r"(?:\?(?P<query>[A-Za-z]+=[A-Za-z0-9]+))?(?:#[A-Za-z0-9]*)?"
)
"""An address that normalising leaves as it is, but for its fragment; nearly all are (for speed)."""
_YEAR = re.compile(r"^(?:19|20)\d\d$")
_NOT_A_BLOG_PART = re.compile(
    r"^(?:feeds?|rss2?|atom|comments|index\.\w+|category|tag|author|archives?|page|p|wp-json|wp-content|ncr"
    r"|.*\.(?:xml|rdf|html?|php|aspx?))$"
)
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


@lru_cache(maxsize=16384)
def blog_key(url: str, *, shared_hosts: frozenset[str] = frozenset()) -> str:
    """The comparable key of the blog an address (home, post, feed) belongs to; "" when of none.

    `shared_hosts` are hosts, as `host_of` spells them, whose blogs differ in the first path part.
    """
    parts = _split(url)
    if parts is None or _is_nobodys(parts):
        return ""
    host = _host_key(parts)
    path = [unquote(part).lower() for part in parts.path.split("/") if part]
    if host == "blogger.com":
        return _blogger_com_key(path, parts.query)
    if host.endswith(".livejournal.com") or host == "livejournal.com":
        return _livejournal_key(host, path)
    kept = _kept_path(host, path, shared_hosts)
    return "/".join([host, *kept])


def home_key(url: str) -> str:
    """The key of a blog by its own home address: a first path part belongs to it, whatever the host."""
    return blog_key(url, shared_hosts=frozenset({host_of(url)}))


def blog_keys(url: str) -> tuple[str, ...]:
    """The keys of the blogs an address may lie on, the closest first: `x.edu/jane`, then `x.edu`."""
    return tuple(dict.fromkeys(key for key in (home_key(url), blog_key(url)) if key))


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
    return _host_key(parts) + path + ("?" + urlencode(query) if query else "")


@lru_cache(maxsize=16384)
def account_key(url: str) -> str:
    """The comparable key of a profile ("blogger:123", "twitter:name"); "" when it is no profile.

    The number of a Google+ profile and that of a Blogger profile are different keys.
    """
    written = _SCHEME.sub("", unescape(url).strip()).lstrip("/")
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
            is_relative = "//" not in href and href != text
            url = urljoin(base, href) if base and is_relative else href
            links.append(BodyLink(url, squeeze(text), in_quote, squeeze(before)[-120:]))
        before += text
    others = "".join(run.text for run in line if not run.href)
    if len(links) == 1 and not others.strip(" .-–—:|"):
        links = [replace(links[0], alone=True)]
    return links, before


def is_shortener(url: str) -> bool:
    """Whether an address only leads to another one; such an address says nothing until followed."""
    return host_of(url) in hosts.SHORTENERS


@lru_cache(maxsize=4096)
def is_repaired(url: str) -> bool:
    """Whether the host itself was misspelled ("jane.blogspot.con"): what was meant is then a guess."""
    rest = _SCHEME.sub("", unescape(url).strip()).lstrip("/:")
    return _repair_host(rest) != _lower_host(rest)


def host_of(url: str) -> str:
    """The comparable host of an address: lower case, no "www.", a port only when unusual; "" for none."""
    parts = _split(url)
    return _host_key(parts) if parts is not None else ""


def shared_hosts_of(urls: Iterable[str]) -> frozenset[str]:
    """The hosts on which the given blog addresses differ by the first part of their path only."""
    firsts: dict[str, set[str]] = {}
    for url in urls:
        parts = _split(url)
        if parts is None:
            continue
        path = [part for part in parts.path.lower().split("/") if part]
        if path and not _is_page(path[0]):
            firsts.setdefault(_host_key(parts), set()).add(path[0])
    return frozenset(host for host, parts_seen in firsts.items() if len(parts_seen) > 1)


@lru_cache(maxsize=16384)
def _split(url: str) -> SplitResult | None:
    """The address repaired and normalized, its host in ASCII; None when there is no address in it."""
    written = unescape(url).strip().strip("<>\"'")
    if not written or len(written) > 2000 or _OTHER_SCHEME.match(written):
        return None
    rest = _SCHEME.sub("", written).lstrip("/:")
    authority, _, path = rest.partition("/")
    if "@" in authority.split("?")[0]:
        if ":" not in authority.split("@")[0] and not path:
            return None
        rest = authority.rpartition("@")[2] + "/" + path
    rest = _repair_host(rest)
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


def _lower_host(rest: str) -> str:
    host = re.split(r"[/?#:]", rest, maxsplit=1)[0]
    return host.lower().strip() + rest[len(host) :]


def _repair_host(rest: str) -> str:
    host = re.split(r"[/?#:]", rest, maxsplit=1)[0]
    repaired = host.lower().strip()
    for pattern, right in hosts.MISTYPED_HOSTS:
        repaired = pattern.sub(right, repaired)
    return repaired + rest[len(host) :]


@lru_cache(maxsize=16384)
def _host_key(parts: SplitResult) -> str:
    """The host without "www." or "m.", which are dropped from a subdomain only, never from a blog's name."""
    host, colon, port = parts.netloc.partition(":")
    if host.startswith("["):
        return parts.netloc
    with _one_at_a_time:  # the list is read when first needed, for a tenth of a second of each who finds none
        split = _split_host(host)
    labels = [label for label in split.subdomain.split(".") if label]
    while labels and labels[0] in {"www", "m", "www2"}:
        labels.pop(0)
    platform = _platform_of(host)
    if platform and split.domain:
        labels = []
    return ".".join([*labels, *(part for part in (split.domain, split.suffix) if part)]) + colon + port


def _platform_of(host: str) -> str:
    for platform in hosts.HOST_PER_BLOG:
        if host.endswith("." + platform):
            return platform
    return ""


def _is_nobodys(parts: SplitResult) -> bool:
    host = _host_key(parts)
    bare_platform = host in hosts.HOST_PER_BLOG and (
        host not in hosts.PATH_PER_BLOG or not parts.path.strip("/")
    )
    return bare_platform or host in hosts.NO_BLOG_HOSTS or host in hosts.SHORTENERS


def _blogger_com_key(path: list[str], query: str) -> str:
    """Blogger's own host knows blogs by number: /feeds/N/posts/default, comment.g?blogID=N."""
    if len(path) > 1 and path[0] == "feeds" and path[1].isdigit():
        return f"blogger.com/feeds/{path[1]}"
    for name, value in parse_qsl(query):
        if name.lower() == "blogid":
            return f"blogger.com/feeds/{value}"
    return ""


def _livejournal_key(host: str, path: list[str]) -> str:
    if host in {"livejournal.com", "users.livejournal.com", "community.livejournal.com"}:
        names = path[1:] if path[:1] == ["users"] else path
        return f"{names[0].replace('_', '-')}.livejournal.com" if names else ""
    return host


def _kept_path(host: str, path: list[str], shared_hosts: frozenset[str]) -> list[str]:
    if host in shared_hosts:
        return _blog_part(path)
    if host in hosts.PATH_PER_BLOG:
        return path[: hosts.PATH_PER_BLOG[host]]
    if _platform_of(host):
        return path[:1] if host.endswith(".wixsite.com") else []
    if path and path[0].startswith("~"):
        return path[:1]
    is_campus = hosts.CAMPUS_SUFFIX.search(host) and host.partition(".")[0] in hosts.SHARED_FIRST_LABELS
    return _blog_part(path) if is_campus else []


def _blog_part(path: list[str]) -> list[str]:
    return path[:1] if path and not _is_page(path[0]) else []


def _is_page(part: str) -> bool:
    return bool(_YEAR.match(part) or _NOT_A_BLOG_PART.match(part))
