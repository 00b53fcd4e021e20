"""What a student is known to post under: from the roster's columns, and from a confirmed comment.

Keeping handles, and asking which to learn, is left to `jobs`.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable

from tracker.domain.feed import Entry
from tracker.domain.linkage import OF_OTHERS, Candidate, Evidence, EvidenceKind, Match, MatchVerdict
from tracker.domain.roster import HandleKind, HandleOrigin, HandleState, KnownHandle
from tracker.matching.names import name_key, read_name
from tracker.text.addresses import account_key, home_key

_ACCOUNTS = frozenset({EvidenceKind.ACCOUNT, EvidenceKind.AVATAR})
_OF_STRANGERS = frozenset({EvidenceKind.STRANGER})
_OF_ADDRESSES = frozenset({EvidenceKind.AUTHOR_LINK, EvidenceKind.NEAR_LINK})
_WHOLE_NAMES = frozenset({EvidenceKind.NAME, EvidenceKind.INTRODUCTION, EvidenceKind.SIGNATURE})
_KNOWN_BY = {
    HandleKind.ACCOUNT: EvidenceKind.ACCOUNT,
    HandleKind.AVATAR: EvidenceKind.AVATAR,
    HandleKind.NAME: EvidenceKind.HANDLE,
}
"""By which evidence a handle shows that is known already."""
_ACCOUNT_HANDLES = frozenset({HandleKind.ACCOUNT, HandleKind.AVATAR})
_ADDRESSES_OF_NOBODY = (
    "",
    "none@none.com",
    "no@no.com",
    "a@a.com",
    "test@test.com",
    "nobody@nowhere.com",
    "none@example.com",
    "noreply@blogger.com",
    "anonymous@anonymous.com",
    "anon@anon.com",
)
PICTURES_OF_NOBODY = frozenset(
    make(address.encode(), usedforsecurity=False).hexdigest()
    for address in _ADDRESSES_OF_NOBODY
    for make in (hashlib.md5, hashlib.sha256)
)
"""Hashes of email addresses that people type who give none, "" among them."""
PROOF_KINDS = _ACCOUNTS | {EvidenceKind.AUTHOR_LINK, EvidenceKind.TAIL}


def handles_from_roster(
    *,
    blog_url: str = "",
    email: str = "",
    aliases: str | Iterable[str] = (),
    twitter: str = "",
    hash_key: bytes | None = None,
) -> tuple[KnownHandle, ...]:
    """The handles one roster row gives. `aliases` may be one string, separated by semicolons.

    An email address becomes the two hashes gravatar may show for it, never kept bare when
    `hash_key` is given. Cells that hold nothing usable give no handle.
    """
    written = aliases.split(";") if isinstance(aliases, str) else list(aliases)
    handles = [_address_handle(blog_url)]
    handles += [KnownHandle(HandleKind.AVATAR, avatar_key(each, hash_key)) for each in gravatar_hashes(email)]
    handles += [_alias_handle(alias.strip()) for alias in written]
    name = twitter_name(twitter)
    handles.append(KnownHandle(HandleKind.TWITTER, name, shown=twitter.strip()) if name else None)
    return tuple(dict.fromkeys(handle for handle in handles if handle is not None))


def gravatar_hashes(email: str) -> tuple[str, ...]:
    """The hashes gravatar addresses carry for an email address: MD5, and SHA-256 since WordPress 6.8."""
    address = email.strip().lower().encode()
    if b"@" not in address:
        return ()
    return (hashlib.md5(address, usedforsecurity=False).hexdigest(), hashlib.sha256(address).hexdigest())


def avatar_key(hash_hex: str, hash_key: bytes | None) -> str:
    """The key an avatar hash is kept and compared under: keyed, so that no address can be tried against it.

    "" for none and for a picture that is nobody's. Without a key (files compared in one go, nothing kept)
    the hash itself.
    """
    bare = hash_hex.strip().lower()
    if not bare or bare in PICTURES_OF_NOBODY:
        return ""
    if hash_key is None:
        return bare
    return hmac.new(hash_key, bare.encode(), hashlib.sha256).hexdigest()


def twitter_name(written: str) -> str:
    """A twitter name however written: "@Jane", "jane", "https://twitter.com/jane"; "" for none."""
    key = account_key(written)
    if key.startswith("twitter:"):
        return key.removeprefix("twitter:")
    name = written.strip().lstrip("@").lower()
    return name if name.replace("_", "").isalnum() else ""


def account_handle_from(entry: Entry) -> KnownHandle | None:
    """What confirming an entry teaches unless asked for more: the profile it was posted under, else the
    avatar. None when the entry tells neither. `entry.avatar_hash` is taken as it is keyed already."""
    for address in (entry.account, entry.author_url):
        key = account_key(address)
        if key and not key.startswith("avatar:") and not _is_blog(key, address, entry):
            return KnownHandle(HandleKind.ACCOUNT, key, shown=address.strip(), origin=HandleOrigin.DECISION)
    if entry.avatar_hash:
        return KnownHandle(HandleKind.AVATAR, entry.avatar_hash, origin=HandleOrigin.DECISION)
    return None


def _is_blog(key: str, address: str, entry: Entry) -> bool:
    """Whether an author link is a blog, which belongs to whom the roster says, and no account."""
    return key.startswith("wordpress:") and address != entry.account


def may_teach(kind: HandleKind, match: Match, enrollment_id: int | None) -> bool:
    """Whether an answer (None: no student wrote it) may teach a handle that a comment stood under.

    Not where another student's name, link or signature stood in it, since a shared computer may have
    filled in the form; no name that was somebody else's on the face of it, as a husband's; and an
    address only if nobody registered it. An account known as another's already is taught all the same:
    the two make a conflict.
    """
    if kind is HandleKind.BLOG and not _may_teach_address(match, enrollment_id):
        return False
    if enrollment_id is None:
        return kind is not HandleKind.NAME or not _shows(match.candidates, OF_OTHERS)
    mine = [one for one in match.candidates if one.enrollment_id == enrollment_id]
    if kind is HandleKind.NAME and any(_names_another(piece) for one in mine for piece in one.evidence):
        return False
    # Whoever wrote may be none of those whom the form speaks for.
    is_anothers = not mine and any(_is_on_form(piece) for one in match.candidates for piece in one.evidence)
    if not is_anothers and not _shows(mine, OF_OTHERS):
        return True
    others = [one for one in match.candidates if one.enrollment_id != enrollment_id]
    known_kind = _KNOWN_BY.get(kind)
    may_contest = kind in _ACCOUNT_HANDLES or is_anothers
    return may_contest and any(
        piece.kind is known_kind and piece.bits > 0 for one in others for piece in one.evidence
    )


def _may_teach_address(match: Match, enrollment_id: int | None) -> bool:
    """Whether an author link is nobody's yet, and stood beside a name that fits whoever wrote (None: it
    need fit nobody)."""
    if _shows(match.candidates, _OF_ADDRESSES):
        return False
    mine = [one for one in match.candidates if one.enrollment_id == enrollment_id]
    is_named = any(piece.where == "author" and piece.bits > 0 for one in mine for piece in one.evidence)
    return enrollment_id is None or (is_named and not _shows(mine, _OF_STRANGERS))


def handle_taught_by(entry: Entry, match: Match) -> KnownHandle | None:
    """What an automatic accept may teach: the account, provisionally, and only if it rested on proof."""
    if match.verdict is not MatchVerdict.ACCEPT or not match.candidates:
        return None
    evidence = match.candidates[0].evidence
    if not (any(_proves(piece) for piece in evidence) or _says_all(evidence)):
        return None
    handle = account_handle_from(entry)
    if handle is None:
        return None
    return KnownHandle(handle.kind, handle.key, handle.shown, HandleOrigin.DECISION, HandleState.PROVISIONAL)


def _proves(piece: Evidence) -> bool:
    """Whether an accept that rests on a piece may teach: on proof, or on a class blog called one's own."""
    is_own_link = piece.kind is EvidenceKind.TEXT_LINK and piece.params.get("own") is True
    return piece.bits > 0 and (piece.kind in PROOF_KINDS or is_own_link)


def _says_all(evidence: Iterable[Evidence]) -> bool:
    """Whether a whole name that one student has, the blog assigned to her and the course named agree."""
    kinds = {piece.kind for piece in evidence if piece.bits > 0}
    is_whole = any(
        piece.kind in _WHOLE_NAMES
        and piece.bits > 0
        and piece.params.get("holders") == 1
        and "given" not in piece.params
        for piece in evidence
    )
    return is_whole and kinds >= {EvidenceKind.ALLOCATED, EvidenceKind.COURSE}


def _is_on_form(piece: Evidence) -> bool:
    return piece.bits > 0 and piece.where not in {"text", "blog"}


def _names_another(piece: Evidence) -> bool:
    """Whether a piece shows another person's whole name, as a husband's; a pen name with a title is none."""
    if piece.kind is not EvidenceKind.STRANGER:
        return False
    name = read_name(piece.seen)
    return name.is_full and not name.titled


def _shows(candidates: Iterable[Candidate], kinds: frozenset[EvidenceKind]) -> bool:
    return any(piece.kind in kinds for one in candidates for piece in one.evidence)


def _address_handle(url: str) -> KnownHandle | None:
    """What an address is to matching: an account, or a blog. Some students register their profile."""
    account = account_key(url)
    if account and not account.startswith(("wordpress:", "avatar:", "twitter:")):
        return KnownHandle(HandleKind.ACCOUNT, account, shown=url.strip())
    key = home_key(url)
    return KnownHandle(HandleKind.BLOG, key, shown=url.strip()) if key else None


def _alias_handle(alias: str) -> KnownHandle | None:
    """An alias may be a name, or an account's or another blog's address."""
    if "/" in alias or alias.startswith("www."):
        return _address_handle(alias)
    key = name_key(alias)
    return KnownHandle(HandleKind.NAME, key, shown=alias) if key else None
