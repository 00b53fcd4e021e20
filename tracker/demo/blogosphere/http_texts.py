"""What goes over the wire between a client and an invented blog, and the texts of dates and markup."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from html import escape, unescape

RSS = "application/rss+xml; charset=UTF-8"
ATOM = "application/atom+xml; charset=UTF-8"
HTML = "text/html; charset=UTF-8"
JSON = "application/json; charset=UTF-8"


@dataclass(frozen=True, slots=True)
class Request:
    """A GET. `path` is below the blog's folder and starts with a slash; header names are lower-case."""

    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Response:
    status: int
    content_type: str = HTML
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


def redirect(location: str, status: int = 301) -> Response:
    return Response(status, headers={"Location": location})


def deflate(request_headers: Mapping[str, str], response: Response) -> Response:
    """What Apache's mod_deflate makes of an answer, for a client that takes gzip."""
    if response.status != 200 or "gzip" not in request_headers.get("accept-encoding", ""):
        return response
    headers = {"Content-Encoding": "gzip", "Vary": "Accept-Encoding", **response.headers}
    if "ETag" in headers:
        headers["ETag"] = headers["ETag"].removesuffix('"') + '-gzip"'
    return Response(200, response.content_type, gzip.compress(response.body, mtime=0), headers)


def page(title: str, body: str, *, head: str = "", status: int = 200, body_class: str = "") -> Response:
    """A whole HTML document; `head` and `body` are markup, `title` is text."""
    document = (
        "<!DOCTYPE html>\n"
        '<html lang="en-US">\n<head>\n<meta charset="UTF-8" />\n'
        f"<title>{escape(title)}</title>\n{head}</head>\n"
        f'<body class="{body_class}">\n{body}\n</body>\n</html>\n'
    )
    return Response(status, HTML, document.encode())


def http_date(at: datetime) -> str:
    return format_datetime(at.astimezone(UTC).replace(microsecond=0), usegmt=True)


def rss_date(at: datetime) -> str:
    return format_datetime(at.astimezone(UTC).replace(microsecond=0))


def zulu(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def plain_text(markup: str) -> str:
    """Markup without its tags, paragraphs apart by a blank line."""
    text = re.sub(r"</p>\s*<p>|<br\s*/?>", "\n\n", markup)
    return unescape(re.sub(r"<[^>]+>", "", text)).strip()


def avatar_url(email: str, *, sha256: bool, size: int = 96) -> str:
    """Gravatar's address of an email's avatar: MD5 of its lower-case form, SHA-256 since core 6.8."""
    address = email.strip().lower().encode()
    digest = hashlib.sha256(address) if sha256 else hashlib.md5(address, usedforsecurity=False)
    name = digest.hexdigest() if address else ""
    return f"https://secure.gravatar.com/avatar/{name}?s={size}&d=mm&r=g"


def is_fresh(request: Request, etag: str, changed_at: datetime) -> bool:
    """Would WordPress answer 304? With both headers both must match (`WP::send_headers`)."""
    client_etag = request.headers.get("if-none-match", "")
    since = request.headers.get("if-modified-since", "")
    etag_fits = client_etag == etag
    time_fits = bool(since) and _not_older(since, changed_at)
    if client_etag and since:
        return etag_fits and time_fits
    return etag_fits or time_fits


def _not_older(since: str, changed_at: datetime) -> bool:
    try:
        stated = parsedate_to_datetime(since)
    except ValueError:
        return False
    if stated.tzinfo is None:
        stated = stated.replace(tzinfo=UTC)
    return stated >= changed_at.astimezone(UTC).replace(microsecond=0)
