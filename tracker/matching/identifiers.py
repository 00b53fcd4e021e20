"""Links, pictures and accounts that belong to a student: what comes nearest to proof of who wrote.

Tested in tests/matching/test_evidence.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from tracker.domain.linkage import NO_PARAMS, EvidenceKind
from tracker.domain.reason import Param
from tracker.domain.roster import BlogProfile, HandleKind, HandleOrigin, HandleState
from tracker.matching import weights
from tracker.matching.candidates import Holder, RosterIndex
from tracker.matching.evidence_kinds import Clue, Fact, Topic, clue_for
from tracker.matching.reading import Reading
from tracker.matching.text_links import TextLink, Whose
from tracker.text.addresses import is_repaired

ANOTHER_TIME: Mapping[str, Param] = {"held": "another-time"}
SHARED: Mapping[str, Param] = {"held": "shared"}
PROVISIONAL: Mapping[str, Param] = {"held": "provisional"}
MISSPELLED: Mapping[str, Param] = {"held": "misspelled"}
LEARNED: Mapping[str, Param] = {"origin": "decision"}
OWN: Mapping[str, Param] = {"own": True}
OWN_BY_AGREEMENT: Mapping[str, Param] = {"own": True, "agrees": True}


_WEAK = frozenset(
    {EvidenceKind.FIRST_NAME, EvidenceKind.HALF_NAME, EvidenceKind.SURNAME, EvidenceKind.BUILT_HANDLE}
)


def link_clues(reading: Reading, index: RosterIndex) -> Iterator[Clue]:
    """Author link and plugin tails to a class blog."""
    if reading.author_key and reading.author_key != index.course_blog_key:
        author = TextLink(reading.author_link, reading.author_key, Whose.OWN)
        yield from _proving_link(author, EvidenceKind.AUTHOR_LINK, reading, index)
    for link in reading.tails:
        if link.key and link.key != index.course_blog_key:
            yield from _proving_link(link, EvidenceKind.TAIL, reading, index)


def text_link_clues(reading: Reading, index: RosterIndex, found: Iterable[Clue]) -> Iterator[Clue]:
    """Links in the text to class blogs. A link is its student's own where the author name, an account,
    a signature or an introduction agrees, in whatever words; `found` is that evidence."""
    agreeing: dict[int, bool] = {}
    for clue in found:
        is_whole = clue.evidence.kind not in _WEAK and "given" not in clue.evidence.params
        agreeing[clue.enrollment_id] = is_whole or agreeing.get(clue.enrollment_id, False)
    for link in reading.links:
        if link.key != index.course_blog_key:
            yield from _text_link(link, reading, index, agreeing)


def account_clues(reading: Reading, blog: BlogProfile, index: RosterIndex) -> Iterator[Clue]:
    """The picture of a known email address, and accounts known to be a student's."""
    if reading.avatar:
        holders = index.holders(HandleKind.AVATAR, reading.avatar, reading.at)
        yield from _proving_accounts(holders, EvidenceKind.AVATAR, reading.avatar[:12], index)
    for key in reading.accounts:
        if not key.startswith("twitter:"):
            holders = index.holders(HandleKind.ACCOUNT, key, reading.at, blog.blog_id)
            yield from _proving_accounts(holders, EvidenceKind.ACCOUNT, key, index)


def twitter_clues(reading: Reading, index: RosterIndex) -> Iterator[Clue]:
    """A twitter name given as the author link or in a plugin's line."""
    for name in dict.fromkeys(reading.twitter):
        holders = index.holders(HandleKind.TWITTER, name, reading.at)
        fact = Fact.REGISTERED_HANDLE if len(_people(holders)) == 1 else Fact.HINT
        for holder in holders:
            who, known = holder.enrollment_id, holder.handle.shown or holder.handle.key
            yield clue_for(
                who, Topic.NAME, fact,
                kind=EvidenceKind.TWITTER, where="author-link", bits=weights.TWITTER, seen=name, known=known,
            )  # fmt: skip


def _proving_link(link: TextLink, kind: EvidenceKind, reading: Reading, index: RosterIndex) -> Iterator[Clue]:
    ever = index.ever_held(HandleKind.BLOG, link.key)
    holders = index.holders(HandleKind.BLOG, link.key, reading.at) if ever else []
    contested = len(ever) > 1 and (len(_people(holders)) > 1 or _was_taken_over(holders, ever))
    for holder in holders or ever:
        who = holder.enrollment_id
        if index.is_denied(HandleKind.BLOG, link.key, who):
            continue
        fact, bits, params = Fact.HINT, weights.FORMER_LINK, NO_PARAMS
        if not holders:
            params = ANOTHER_TIME
        elif contested:
            params = SHARED
        elif holder.handle.state is HandleState.PROVISIONAL:
            bits, params = weights.PROVISIONAL, PROVISIONAL
        elif is_repaired(link.url):
            fact, bits, params = Fact.NEAR_LINK, weights.NEAR_LINK, MISSPELLED
        else:
            params = _origin_params(holder)
            fact = Fact.LEARNED_LINK if params else Fact.PROOF_BY_LINK
            bits = weights.AUTHOR_LINK if kind is EvidenceKind.AUTHOR_LINK else weights.TAIL
        yield clue_for(
            who, Topic.LINK, fact,
            kind=kind, where=kind.value, bits=bits, seen=link.url, known=holder.handle.shown or link.key,
            params=params,
        )  # fmt: skip
    if not ever:
        yield from _near_link(link, kind.value, index)


def _text_link(
    link: TextLink, reading: Reading, index: RosterIndex, agreeing: Mapping[int, bool]
) -> Iterator[Clue]:
    ever = index.ever_held(HandleKind.BLOG, link.key)
    for holder in index.holders(HandleKind.BLOG, link.key, reading.at) or ever:
        who, known = holder.enrollment_id, holder.handle.shown or holder.handle.key
        if not _may_be_own(who, link, reading, agreeing):
            continue
        is_own = who in agreeing or link.whose is Whose.OWN
        fact, bits = Fact.UNCLAIMED_LINK, weights.LONE_LINK if link.stands_alone else weights.PLAIN_LINK
        if is_own:
            fact, bits = Fact.OWN_LINK, weights.OWN_LINK
        yield clue_for(
            who, Topic.LINK, fact,
            kind=EvidenceKind.TEXT_LINK, where="text", bits=bits, seen=link.url, known=known,
            params={**_own_params(link, is_own=is_own), **_origin_params(holder)},
        )  # fmt: skip
    if not ever and link.whose is not Whose.OTHERS:
        yield from _near_text_link(link, reading, index, agreeing)


def _own_params(link: TextLink, *, is_own: bool) -> Mapping[str, Param]:
    if not is_own:
        return NO_PARAMS
    return OWN if link.whose is Whose.OWN else OWN_BY_AGREEMENT


def _origin_params(holder: Holder) -> Mapping[str, Param]:
    return LEARNED if holder.handle.origin is HandleOrigin.DECISION else NO_PARAMS


def _may_be_own(who: int, link: TextLink, reading: Reading, agreeing: Mapping[int, bool]) -> bool:
    """Whether a student's address may be the writer's own: not where the text speaks of the student or
    of "your", "her" blog, unless a whole name or an account agrees."""
    if agreeing.get(who):
        return True
    if link.whose is Whose.OTHERS:
        return False
    # "Jane blogged ADDRESS" on the last line of a comment with the name of the only Jane: a plugin's words
    is_plugins = link.stands_last and set(agreeing) == {who}
    return is_plugins or who not in reading.spoken_of


def _near_text_link(
    link: TextLink, reading: Reading, index: RosterIndex, agreeing: Mapping[int, bool]
) -> Iterator[Clue]:
    for clue in _near_link(link, "text", index):
        if clue.enrollment_id in agreeing or link.whose is Whose.OWN:
            yield clue


def _near_link(link: TextLink, where: str, index: RosterIndex) -> Iterator[Clue]:
    near = index.near_blog(link.key)
    if len(near) != 1:
        return
    (who,) = near
    known = ", ".join(
        handle.shown
        for handle in index.enrollees[who].handles
        if handle.kind is HandleKind.BLOG and handle.shown
    )
    yield clue_for(
        who, Topic.LINK, Fact.NEAR_LINK,
        kind=EvidenceKind.NEAR_LINK, where=where, bits=weights.NEAR_LINK, seen=link.url, known=known,
    )  # fmt: skip


def _was_taken_over(holders: Sequence[Holder], ever: Sequence[Holder]) -> bool:
    """Whether somebody else held an address before its present holder did."""
    starts = [holder.handle.valid_from for holder in holders if holder.handle.valid_from is not None]
    return bool(starts) and any(
        other.enrollment_id not in _people(holders)
        and (other.handle.valid_from is None or other.handle.valid_from < max(starts))
        for other in ever
    )


def _proving_accounts(
    holders: Sequence[Holder], kind: EvidenceKind, seen: str, index: RosterIndex
) -> Iterator[Clue]:
    """Nothing once a person said the key is nobody's; half the weight once two students hold it."""
    is_picture = kind is EvidenceKind.AVATAR
    group = Topic.AVATAR if is_picture else Topic.ACCOUNT
    contested = len(_people(holders)) > 1
    for holder in holders:
        who, handle = holder.enrollment_id, holder.handle
        if index.is_denied(handle.kind, handle.key, who) or index.is_denied(handle.kind, handle.key, None):
            continue
        fact, bits = Fact.PROOF_BY_ACCOUNT, weights.AVATAR if is_picture else weights.ACCOUNT
        params: dict[str, Param] = {"origin": handle.origin.value}
        if contested:
            fact, bits, params = Fact.HINT, bits / 2, {**params, **SHARED}
        elif handle.state is HandleState.PROVISIONAL:
            fact, bits, params = Fact.HINT, weights.PROVISIONAL, {**params, **PROVISIONAL}
        known = "" if is_picture else handle.shown or handle.key
        yield clue_for(
            who, group, fact, kind=kind, where=kind.value, bits=bits, seen=seen, known=known, params=params
        )


def _people(holders: Sequence[Holder]) -> frozenset[int]:
    return frozenset(holder.enrollment_id for holder in holders)
