"""The ids by which a comment or post is recognized: number, aliases, permalink, text (MODEL §4).

Keys hold within one blog, so scheme and host are left out of them. Whether two entries that share a key are
the same comment is decided in `feeds.sameness`; storing keys is left to `jobs`.
"""

from __future__ import annotations

import hashlib
import html as html_module
import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from selectolax.lexbor import LexborHTMLParser

from tracker.domain.feed import AliasKey, Document, Entry, EntryKind, FeedKind, Identity
from tracker.feeds.documents.clean import MAX_GUID
from tracker.feeds.platforms.registry import post_number_in

_DROPPED_QUERY = re.compile(
    r"^(?:showcomment|cpage|replytocom|unapproved|moderation-hash|m|source|fbclid|gclid|utm_\w+)$",
    re.IGNORECASE,
)
_COMMENT_PAGE = re.compile(r"/comment-page-\d+(?=/|$)")
_FEED_ANCHOR = re.compile(
    r"^comment-?\d+$|^c\d+$|^isso-\d+$|^cmt_?\d+$|^[\w-]*[ck]om+ent[\w-]*\d[\w-]*$", re.IGNORECASE
)
_NOT_TEXT = re.compile(r"[\W_]+")
_IMAGE = re.compile(r"""<img\b[^>]*?\bclass=["'][^"']*\b(?:emoji|wp-smiley)\b[^>]*>""", re.IGNORECASE)
_ALT = re.compile(r"""\balt=["']([^"']*)["']""")


def identify_all(entries: Sequence[Entry]) -> list[Identity]:
    """The identities of a document's comments, in their order.

    The key is the comment's own number, else its guid, else what it says, whichever first
    identifies it alone: an alias carried by two different entries is ambiguous and identifies
    neither. The text alias is always there, so that a comment whose guid changes, or whose number
    is learned later, is still the same comment.
    """
    known = [(entry.native_number, _comment_aliases(entry)) for entry in entries]
    bearers: defaultdict[AliasKey, set[tuple[str, str]]] = defaultdict(set)
    for number, aliases in known:
        for alias in aliases:
            bearers[alias].add((number, aliases[-1].key))
    identities = []
    for _number, aliases in known:
        ambiguous = tuple(alias for alias in aliases if len(bearers[alias]) > 1)
        usable = [alias for alias in aliases if alias not in ambiguous and alias.kind != "link"]
        key = usable[0] if usable else aliases[-1]
        identities.append(Identity(f"{key.kind}:{key.key}", aliases, ambiguous))
    return identities


def identify_post(entry: Entry) -> Identity:
    """A post's identity: its number, else its guid, else its permalink, else title and time."""
    aliases = _post_aliases(entry)
    return Identity(f"{aliases[0].kind}:{aliases[0].key}", aliases)


def post_keys(address_or_id: str) -> tuple[AliasKey, ...]:
    """The aliases under which a post is known, from any id or address a comment names it by."""
    text = address_or_id.strip()
    if not text:
        return ()
    number = post_number_in(text)
    keys = [AliasKey("number", number)] if number else []
    keys.append(AliasKey("guid", strip_host(text)))
    if not text.startswith("tag:"):
        keys.append(AliasKey("link", clean_link(text)))
    return tuple(dict.fromkeys(key for key in keys if key.key))


def keys_of_its_post(entry: Entry) -> frozenset[str]:
    """Every key ("kind:key") by which a comment names the post it belongs to."""
    return frozenset(f"{key.kind}:{key.key}" for name in entry.reply_to for key in post_keys(name))


def canonical_text(html: str) -> str:
    """What a body says, free of markup, blanks, punctuation and case.

    The same comment by RSS, Atom, REST and page gives the same text: curly or straight quotes,
    emoji as characters or images, links made or not, and the line that newer CommentLuv adds to
    pages only, make no difference.
    """
    text = _IMAGE.sub(lambda image: _alt_of(image.group(0)), html)
    if "<" in text:
        tree = LexborHTMLParser(text)
        for node in tree.css("script, style, .cluv"):
            node.decompose()
        text = tree.text() if tree.body is None else tree.body.text()
    else:
        text = html_module.unescape(text)
    folded = unicodedata.normalize("NFKC", text).casefold()
    kept = _NOT_TEXT.sub("", folded)
    # A body of signs only ("?!", "👍") still says something.
    return kept or "".join(folded.split())


def text_hash(html: str) -> str:
    """A hash over the canonical text: equal hashes are one text, whatever form it came in."""
    return hashlib.sha256(canonical_text(html).encode("utf-8", "replace")).hexdigest()[:32]


def strip_host(address: str) -> str:
    """An id or address without scheme and host; ids that are no addresses stay as they are."""
    text = address.strip()
    if not text.lower().startswith(("http://", "https://")):
        return text if not text.startswith("?") else "/" + text
    return "/" + re.sub(r"^https?://[^/?#]*/?", "", text, flags=re.IGNORECASE)


def clean_link(address: str) -> str:
    """Path, query and comment anchor of an address: no host, comment page, tracking or slash at the end."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    path = _COMMENT_PAGE.sub("", unquote(parts.path)).removeprefix("/index.php").rstrip("/") or "/"
    query = sorted((k, v) for k, v in parse_qsl(parts.query) if not _DROPPED_QUERY.match(k))
    anchor = f"#{parts.fragment}" if _FEED_ANCHOR.match(parts.fragment) else ""
    key = path + (f"?{urlencode(query)}" if query else "") + anchor
    return key if len(key) <= MAX_GUID else "sha256:" + hashlib.sha256(key.encode()).hexdigest() + anchor


def keys_of(identity: Identity) -> tuple[str, ...]:
    """Every key an item goes by that is its own, written "kind:key", the identity's first."""
    own = [f"{alias.kind}:{alias.key}" for alias in identity.aliases if alias not in identity.ambiguous]
    return tuple(dict.fromkeys([identity.key, *own]))


def with_identities(document: Document) -> Document:
    """The document with its entries' identities worked out, to be read from it later."""
    return replace(document, identities=tuple(document_identities(document)))


def document_identities(document: Document) -> Sequence[Identity]:
    """The identities of a document's entries, posts or comments, in their order."""
    if document.identities:
        return document.identities
    if document.kind is FeedKind.POSTS:
        return [identify_post(entry) for entry in document.entries]
    return identify_all(document.entries)


def keys_in(documents: Sequence[Document]) -> frozenset[str]:
    """Every key of every entry."""
    return frozenset(
        key
        for document in documents
        for identity in document_identities(document)
        for key in keys_of(identity)
    )


def count_new(documents: Sequence[Document], known: frozenset[str]) -> int:
    """How many different comments and pingbacks of these documents are not known yet."""
    group_of: dict[str, int] = {}
    merged: dict[int, int] = {}
    groups = 0

    def root(group: int) -> int:
        while group in merged:
            group = merged[group]
        return group

    for document in documents:
        if document.kind is FeedKind.POSTS:
            continue
        for entry, identity in zip(document.entries, document_identities(document), strict=True):
            keys = keys_of(identity)
            if entry.kind is EntryKind.POST or not known.isdisjoint(keys):
                continue
            same = {root(group_of[key]) for key in keys if key in group_of}
            groups += 1
            merged.update((other, groups) for other in same)
            group_of.update((key, groups) for key in keys)
    return groups - len(merged)


def _comment_aliases(entry: Entry) -> tuple[AliasKey, ...]:
    link = clean_link(entry.link) if entry.link else ""
    # A link without an anchor is the post's: every comment on it has it.
    text = AliasKey("text", _what_it_says(entry, link.partition("#")[0]))
    return (*_given_aliases(entry, link if "#" in link else ""), text)


def _post_aliases(entry: Entry) -> tuple[AliasKey, ...]:
    known = _given_aliases(entry, clean_link(entry.link) if entry.link else "")
    return known or (AliasKey("text", _what_it_says(entry, "")),)


def _given_aliases(entry: Entry, link: str) -> tuple[AliasKey, ...]:
    pairs = (("number", entry.native_number), ("guid", strip_host(entry.guid)), ("link", link))
    return tuple(AliasKey(kind, key) for kind, key in pairs if key)


def _what_it_says(entry: Entry, post_link: str) -> str:
    """A hash over place, writer, stated second and words: the last thing an entry can be known by."""
    stated = entry.posted
    when = stated.at.astimezone(UTC).strftime("%Y%m%dT%H%M%S") if stated.at else stated.raw
    author = "".join(unicodedata.normalize("NFKC", entry.author).casefold().split())
    said = canonical_text(entry.html) or canonical_text(entry.title)
    parts = (post_link, author, when, said)
    return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:32]


def _alt_of(image: str) -> str:
    found = _ALT.search(image)
    return html_module.escape(html_module.unescape(found.group(1))) if found else ""
