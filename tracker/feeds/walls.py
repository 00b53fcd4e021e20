"""What stands in front of a blog: a sign-in, an owner's invitation, a password, a question for consent.

Recognized by where an address leads and by what a page asks for, in any language.
"""

from __future__ import annotations

import re
from enum import StrEnum
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from tracker.domain.feed import FetchResult
from tracker.feeds.documents.clean import decode_body
from tracker.feeds.platforms.base import attribute

ASKS_OWNER = "Ask the blog’s owner to make it public, or follow another blog."


class Wall(StrEnum):
    """What a visitor has to do before a blog opens."""

    INVITED = "invited"
    SIGN_IN = "sign-in"
    PASSWORD = "password"  # noqa: S105 - no password, the name of a wall
    CONSENT = "consent"


_SENTENCES = {
    Wall.INVITED: "Only readers whom its owner has invited may open this blog ({host} asks them to sign in), "
    f"so we can’t read it. {ASKS_OWNER}",
    Wall.SIGN_IN: "This blog opens only to people who sign in at {host}, so we can’t read it. " + ASKS_OWNER,
    Wall.PASSWORD: f"This blog asks for a password before it opens, so we can’t read it. {ASKS_OWNER}",
    Wall.CONSENT: "This blog asks visitors for their consent at {host} before it opens, and we can’t answer "
    "for you. Paste the address of the blog’s feed, or follow another blog.",
}

# By the page that an address leads to, the most telling first.
_PAGES = (
    (Wall.INVITED, re.compile(r"/blogin\.g$|[?&]privacy=\d|[?&]action=(?:privacy|request-?access)", re.I)),
    (Wall.PASSWORD, re.compile(r"[?&]password[-_]protected=|/password/?$|[?&]password$", re.I)),
    (
        Wall.CONSENT,
        re.compile(
            r"/(?:[\w-]+[-_])?(?:consent|interstitial|cookie-?wall|age-?(?:gate|check|verification)"
            r"|content-?warning)"
            r"(?:\.\w+)?(?:/|$)|[?&]interstitial=",
            re.I,
        ),
    ),
    (
        Wall.SIGN_IN,
        re.compile(
            r"/(?:wp-login\.php|(?:user-?|account-?)?(?:log|sign)[-_]?[io]n(?:\.\w+)?|servicelogin|sessions?/new"
            r"|sso|saml2?|cas|oauth2?|adfs|idp|shibboleth(?:\.sso)?)(?:/|$)",
            re.I,
        ),
    ),
)
_HOSTS = (
    (Wall.CONSENT, re.compile(r"^(?:consent|guce)\.")),
    (Wall.SIGN_IN, re.compile(r"^(?:accounts?|log-?in|sign-?in|sso|idp|auth|cas|adfs|shibboleth)\d*\.")),
)
_REFRESH = re.compile(r"url\s*=\s*['\"]?\s*([^'\"\s>]+)", re.IGNORECASE)
_NAME_FIELDS = (
    'input[type=email], input[name*=user i], input[name*=login i], input[name*=mail i], input[name="log"]'
)


def wall_led_to(result: FetchResult) -> Wall | None:
    """The wall that an address has led to; None where it led to none, or is one by its own name."""
    moved = _place(result.url) != _place(result.final_url)
    return _wall_at(result.final_url) if moved or _wall_at(result.url) is Wall.INVITED else None


def wall_shown(result: FetchResult) -> Wall | None:
    """The wall that a page itself seems to be: it asks for a password, or goes on to such a page by itself.

    A blog may ask the same at its edge, so it counts only where no feed is named or found.
    """
    tree = LexborHTMLParser(decode_body(result.body, result.headers))
    refresh = _REFRESH.search(attribute(tree.css_first("meta[http-equiv=refresh i]"), "content"))
    there = _wall_at(urljoin(result.final_url, refresh.group(1))) if refresh else None
    if there is not None:
        return there
    for form in tree.css("form"):
        if form.css_first("input[type=password]"):
            return Wall.SIGN_IN if form.css_first(_NAME_FIELDS) else Wall.PASSWORD
        action = urljoin(result.final_url, attribute(form, "action"))
        if _wall_at(action) is Wall.CONSENT:
            return Wall.CONSENT
    return None


def say_wall(wall: Wall, url: str) -> str:
    """The sentence for a person; `url` is where the wall was met."""
    return _SENTENCES[wall].format(host=urlsplit(url).hostname or "another site")


def _wall_at(url: str) -> Wall | None:
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    place = parts.path + (f"?{parts.query}" if parts.query else "")
    host = (parts.hostname or "").lower()
    found = (wall for wall, pattern in _PAGES if pattern.search(parts.path) or pattern.search(place))
    return next(found, next((wall for wall, pattern in _HOSTS if pattern.search(host)), None))


def _place(url: str) -> tuple[str, str, str]:
    parts = urlsplit(url)
    return parts.netloc.lower().removeprefix("www."), parts.path.rstrip("/"), parts.query
