"""Pasted text -> the addresses meant, or what looks mistyped in it.

Asking them is left to `discover`.
"""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from tracker.text.hosts import BLOGSPOT_COUNTRY
from tracker.text.mistyped import repair_host

_LINK = re.compile(r"(?:https?|feed|itpc)://[^\s<>\"“”«»]+", re.IGNORECASE)
_HREF = re.compile(r"""href\s*=\s*["']([^"']+)["']""", re.IGNORECASE)
_ADDRESS = re.compile(r"[^\s<>\"“”«»()\[\]]*\w[.,][a-z]{2,}[^\s<>\"“”«»]*", re.IGNORECASE)
_AROUND = "<>\"'“”‘’«»`*_,;"
_BEHIND = ".,;:!?…"
_PAIRS = {")": "(", "]": "[", "}": "{"}
_SCHEME = re.compile(r"^([a-z][a-z0-9+.-]*):(?!\d)", re.IGNORECASE)
_MISTYPED_SCHEME = re.compile(r"^(h*[tp]+s?|h+[a-z]{0,4}s?)\s*([:;.,]*)\s*([/\\]+)", re.IGNORECASE)
_HTTP_LETTERS = re.compile(r"^[htps]{3,7}$", re.IGNORECASE)
_FEED_SCHEME = re.compile(r"^(?:feed|itpc):(?://)?", re.IGNORECASE)

# What mail programs wrap a link in to check it, and the parameter that holds the link itself.
_WRAPPERS = (
    (re.compile(r"(?:^|\.)safelinks\.protection\.outlook\.com$"), ("url",)),
    (re.compile(r"(?:^|\.)google\.[a-z.]{2,6}$"), ("q", "url")),
    (re.compile(r"(?:^|\.)facebook\.com$"), ("u",)),
    (re.compile(r"^urldefense\.(?:com|proofpoint\.com)$"), ("u",)),
)
_URLDEFENSE = re.compile(r"/v3/__(.+?)__;")
_TRACKING = re.compile(
    r"^(?:utm_\w+|fbclid|gclid|igshid|mc_[ce]id|spref|unapproved|moderation-hash)$", re.IGNORECASE
)

# Only where the host was not found: exampleblogspot.com may be a site of its own.
_FORGOTTEN_DOT = (
    (re.compile(r"^(?:www\.)?([a-z0-9-]{2,}?)(blogspot\.com|wordpress\.com|edublogs\.org)$"), r"\1.\2"),
    (re.compile(r"^www([a-z0-9-]+\..+)$"), r"www.\1"),
)


def read_pasted(text: str) -> tuple[str, ...]:
    """The addresses to try, the likeliest first; () when there is none in the text.

    Taken away are quotes, brackets and full stops around it, line breaks a mail program put in,
    what a mail program wrapped it in, and parameters that only say where the link was found.
    Without a scheme https is tried first; with one, the other is tried where it does not answer.
    """
    address = _tidy(_pick(text))
    if not address:
        return ()
    scheme = _SCHEME.match(address)
    if scheme is None:
        rest = address.lstrip("/")
        return (f"https://{rest}", f"http://{rest}")
    if scheme.group(1).lower() not in ("http", "https"):
        return (address,)
    other = "http" if scheme.group(1).lower() == "https" else "https"
    return (address, other + address[address.index(":") :])


def has_written_https(text: str) -> bool:
    """Whether the address in the text asks for a secure connection in so many words."""
    return _tidy(_pick(text)).lower().startswith("https:")


def pasted_link(text: str) -> str:
    """The one address in the text, unwrapped, with all that tells which comment it names; "" if none."""
    return _unwrap(_FEED_SCHEME.sub("", _pick(text)))


def with_other_host(address: str) -> str:
    """The same address with "www." put before its host, or taken away; many names exist one way only."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    host = parts.netloc
    if not host or "@" in host or re.fullmatch(r"[\d.:\[\]a-f]*", host):
        return ""
    return urlunsplit(parts._replace(netloc=host[4:] if host.startswith("www.") else "www." + host))


def suggest(text: str, *, not_found: bool = False) -> str:
    """The address that was obviously meant where it is mistyped, "" where nothing is obvious.

    `not_found`: no such host exists, so a dot that may have been forgotten is thought of, too.
    """
    written = _pick(text)
    scheme = _MISTYPED_SCHEME.match(written)
    prefix, rest = "https://", written
    if scheme and (_HTTP_LETTERS.match(scheme.group(1)) or scheme.group(1).lower() in ("http", "https")):
        rest = written[scheme.end() :].lstrip("/\\")
        prefix = "https://" if "s" in scheme.group(1).lower() else "http://"
        is_right = scheme.group(0).lower() in ("http://", "https://")
    else:
        is_right = _SCHEME.match(written) is None or "://" in written
        if "://" in written:
            prefix, rest = written[: written.index("://") + 3], written.partition("://")[2]
    host, tail = re.match(r"([^/?#\\]*)(.*)", rest, re.DOTALL).groups()  # type: ignore[union-attr]  # always matches
    repaired = _repair(host, not_found=not_found)
    if (is_right and repaired == host.lower()) or "." not in repaired:
        return ""
    return _tidy(prefix + repaired + tail.replace("\\", "/"))


def _pick(text: str) -> str:
    """The part of the text that is the address."""
    written = unescape(text).strip().lstrip("> ")
    href = _HREF.search(written)
    if href:
        return href.group(1).strip()
    lines = [line.strip().lstrip("> ") for line in written.splitlines()]
    joined = "".join(lines) if all(len(line.split()) <= 1 for line in lines) else written
    if len(joined.split()) > 1:
        found = _LINK.search(joined) or _ADDRESS.search(joined)
        # "my blog .example": blanks that crept in, if what they are taken out of looks like an address.
        joined = found.group(0) if found else joined
    return _strip(joined)


def _strip(text: str) -> str:
    """Without quotes and brackets around and punctuation behind; a bracket that is opened inside stays."""
    text = "".join(text.split())
    link = re.match(r"^\[[^\]]*\]\((.+)\)$", text)
    if link:
        return link.group(1)
    while True:
        shorter = text.strip(_AROUND).rstrip(_BEHIND).lstrip("([{")
        last = shorter[-1:]
        if last in _PAIRS and shorter.count(last) > shorter.count(_PAIRS[last]):
            shorter = shorter[:-1]
        if shorter == text:
            return text
        text = shorter


def _tidy(address: str) -> str:
    """The address itself: unwrapped, without anchor, tracking, country or mobile form."""
    if _FEED_SCHEME.match(address):
        address = _FEED_SCHEME.sub("", address)
        address = address if "://" in address else "http://" + address
    address = _unwrap(address).partition("#")[0]
    try:
        parts = urlsplit(address if "://" in address else "//" + address)
    except ValueError:
        return address
    host = parts.netloc.lower()
    is_blogspot = ".blogspot." in host
    dropped = {"m", "showcomment"} if is_blogspot else set()
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(k, v) for k, v in pairs if not _TRACKING.match(k) and k.lower() not in dropped]
    query = parts.query if len(kept) == len(pairs) else urlencode(kept)
    netloc = BLOGSPOT_COUNTRY.sub(".blogspot.com", host) if is_blogspot else parts.netloc
    return urlunsplit(parts._replace(netloc=netloc, query=query)).removeprefix("//")


def _unwrap(address: str) -> str:
    """The link inside what a mail program or a search made of it."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    host = (parts.hostname or "").lower()
    for pattern, names in _WRAPPERS:
        if not pattern.search(host):
            continue
        inner = _URLDEFENSE.search(address)
        if inner:
            return unquote(inner.group(1)).replace(":/", "://", 1).replace(":///", "://", 1)
        query = parse_qs(parts.query)
        for name in names:
            for value in query.get(name, ()):
                plain = unquote(value.replace("_", "/").replace("-", "%")) if "urldefense" in host else value
                if plain.lower().startswith(("http://", "https://")):
                    return plain
    return address


def _repair(host: str, *, not_found: bool) -> str:
    name = repair_host(host.replace(",", "."))
    if not not_found:
        return name
    return next((p.sub(right, name) for p, right in _FORGOTTEN_DOT if p.match(name)), name)
