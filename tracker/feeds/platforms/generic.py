"""What holds for any blog: where feeds usually are, and the signs of a comment in an entry."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

# Tried in this order when a page names no feed; the site answers 404 or HTML to most of them.
USUAL_POST_FEEDS = ("feed/", "atom.xml", "rss.xml", "index.xml", "feed.xml", "rss")
USUAL_COMMENT_FEEDS = ("comments/feed/", "crss", "comments.xml", "comments/feed")

_COMMENT_ANCHOR = re.compile(r"#(?:comment-?|isso-|cmt_?|c)\d+$", re.IGNORECASE)
_COMMENT_FEED_ADDRESS = re.compile(
    r"/comments/(?:feed|default|full|summary|atom)|/comments(?:\.rss|\.xml)?/?$|/crss/?$"
    r"|[?&]feed=(?:comments|comments-\w+)(?:&|$)|wp-commentsrss2\.php|/comments/feed",
    re.IGNORECASE,
)
_DRUPAL_GUID = re.compile(r"^comment (\d+) at ", re.IGNORECASE)


def is_comment_feed_address(url: str) -> bool:
    """True when an address says by itself that comments are there."""
    return bool(_COMMENT_FEED_ADDRESS.search(url))


def points_at_comment(url: str) -> bool:
    """True for a link or id that names one comment: an anchor, or Blogger's showComment."""
    return bool(_COMMENT_ANCHOR.search(url)) or "showComment=" in url or bool(_DRUPAL_GUID.match(url))


def comment_number(guid: str) -> str:
    """Drupal's own number of a comment ("comment 104 at https://…"), "" elsewhere.

    An anchor alone is no number of the blog: many programs count each post's comments from 1.
    """
    found = _DRUPAL_GUID.match(guid)
    return found.group(1) if found else ""


def root_of(url: str) -> str:
    """Scheme and host with a closing slash."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/"


def here_of(url: str) -> str:
    """The directory an address lies in, with a closing slash."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}{parts.path[: parts.path.rfind('/') + 1] or '/'}"
