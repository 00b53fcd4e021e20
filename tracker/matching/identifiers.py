"""Links, pictures and accounts that belong to a student: what comes nearest to proof of who wrote."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracker.domain.roster import BlogProfile, HandleKind, HandleOrigin, HandleState
from tracker.matching import weights
from tracker.matching.candidates import Holder, RosterIndex
from tracker.matching.evidence_kinds import Clue, Fact, Group, first_name, genitive, speak
from tracker.matching.reading import Reading, TextLink
from tracker.text.addresses import is_repaired

_SUBJECTS = {"author-link": "Author link", "tail": "Link to a last blog post", "text": "Link in the text"}


def link_clues(reading: Reading, index: RosterIndex) -> Iterator[Clue]:
    """Author link and plugin tails to a class blog, and links in the text called the writer's own."""
    if reading.author_key and reading.author_key != index.course_blog_key:
        author = TextLink(reading.author_link, reading.author_key, is_own=True)
        yield from _proving_link(author, "author-link", reading, index)
    for link in reading.tails:
        if link.key and link.key != index.course_blog_key:
            yield from _proving_link(link, "tail", reading, index)
    for link in reading.links:
        if link.key != index.course_blog_key:
            yield from _text_link(link, reading, index)


def account_clues(reading: Reading, blog: BlogProfile, index: RosterIndex) -> Iterator[Clue]:
    """The picture of a known e-mail address, and accounts known to be a student's."""
    if reading.avatar:
        holders = index.holders(HandleKind.AVATAR, reading.avatar, reading.at)
        yield from _proving_accounts(holders, "avatar", reading.avatar[:12], index)
    for key in reading.accounts:
        if not key.startswith("twitter:"):
            holders = index.holders(HandleKind.ACCOUNT, key, reading.at, blog.blog_id)
            yield from _proving_accounts(holders, "account", key, index)


def twitter_clues(reading: Reading, index: RosterIndex) -> Iterator[Clue]:
    """A twitter name given as the author link or in a plugin's line."""
    for name in dict.fromkeys(reading.twitter):
        holders = index.holders(HandleKind.TWITTER, name, reading.at)
        fact = Fact.REGISTERED_HANDLE if len(_people(holders)) == 1 else Fact.HINT
        for holder in holders:
            who, known = holder.enrollment_id, holder.handle.shown or holder.handle.key
            says, bits = f"Twitter name is {genitive(index.enrollees[who])}", weights.TWITTER
            yield speak(
                who,
                Group.NAME,
                fact,
                kind="twitter",
                where="author-link",
                bits=bits,
                says=says,
                seen=name,
                known=known,
            )


def _proving_link(link: TextLink, where: str, reading: Reading, index: RosterIndex) -> Iterator[Clue]:
    ever = index.ever_held(HandleKind.BLOG, link.key)
    holders = index.holders(HandleKind.BLOG, link.key, reading.at) if ever else []
    contested = len(ever) > 1 and (len(_people(holders)) > 1 or _was_taken_over(holders, ever))
    for holder in holders or ever:
        who = holder.enrollment_id
        if index.is_denied(HandleKind.BLOG, link.key, who):
            continue
        fact, bits, ending = Fact.HINT, weights.FORMER_LINK, ""
        if not holders:
            ending = ", as it was at another time"
        elif contested:
            ending = ", an address more than one student has held"
        elif holder.handle.state is HandleState.PROVISIONAL:
            bits, ending = weights.PROVISIONAL, ", as far as one earlier comment shows"
        elif is_repaired(link.url):
            fact, bits, ending = Fact.NEAR_LINK, weights.NEAR_LINK, ", with its host misspelt"
        else:
            fact, bits = Fact.PROOF_BY_LINK, weights.AUTHOR_LINK if where == "author-link" else weights.TAIL
        says = f"{_SUBJECTS[where]} goes to {genitive(index.enrollees[who])} class blog{ending}"
        known = holder.handle.shown or link.key
        yield speak(
            who, Group.LINK, fact, kind=where, where=where, bits=bits, says=says, seen=link.url, known=known
        )
    if not ever:
        yield from _near_link(link, where, index)


def _text_link(link: TextLink, reading: Reading, index: RosterIndex) -> Iterator[Clue]:
    if link.is_others:
        return
    ever = index.ever_held(HandleKind.BLOG, link.key)
    for holder in index.holders(HandleKind.BLOG, link.key, reading.at) or ever:
        who, known = holder.enrollment_id, holder.handle.shown or link.key
        whose = genitive(index.enrollees[who])
        if link.is_own:
            fact, bits, says = Fact.OWN_LINK, weights.OWN_LINK, f"Calls {whose} class blog their own"
        else:
            fact, bits = Fact.HINT, weights.LONE_LINK if link.stands_alone else weights.PLAIN_LINK
            says = f"The text links {whose} class blog"
        yield speak(
            who,
            Group.LINK,
            fact,
            kind="text-link",
            where="text",
            bits=bits,
            says=says,
            seen=link.url,
            known=known,
        )
    if not ever and link.is_own:
        yield from _near_link(link, "text", index)


def _near_link(link: TextLink, where: str, index: RosterIndex) -> Iterator[Clue]:
    near = index.near_blog(link.key)
    if len(near) != 1:
        return
    (who,) = near
    says = f"{_SUBJECTS[where]} is almost the address of {genitive(index.enrollees[who])} class blog"
    known = ", ".join(
        handle.shown
        for handle in index.enrollees[who].handles
        if handle.kind is HandleKind.BLOG and handle.shown
    )
    yield speak(
        who, Group.LINK, Fact.NEAR_LINK,
        kind="near-link", where=where, bits=weights.NEAR_LINK, says=says, seen=link.url, known=known,
    )  # fmt: skip


def _was_taken_over(holders: Sequence[Holder], ever: Sequence[Holder]) -> bool:
    """Whether somebody else held an address before its present holder did."""
    starts = [holder.handle.valid_from for holder in holders if holder.handle.valid_from is not None]
    return bool(starts) and any(
        other.enrollment_id not in _people(holders)
        and (other.handle.valid_from is None or other.handle.valid_from < max(starts))
        for other in ever
    )


def _proving_accounts(holders: Sequence[Holder], kind: str, seen: str, index: RosterIndex) -> Iterator[Clue]:
    """Nothing once a person said the key is nobody's; half the weight once two students hold it."""
    group = Group.AVATAR if kind == "avatar" else Group.ACCOUNT
    contested = len(_people(holders)) > 1
    for holder in holders:
        who, handle = holder.enrollment_id, holder.handle
        if index.is_denied(handle.kind, handle.key, who) or index.is_denied(handle.kind, handle.key, None):
            continue
        fact, bits = Fact.PROOF_BY_ACCOUNT, weights.AVATAR if kind == "avatar" else weights.ACCOUNT
        says = _whose_account(holder, kind, index)
        if contested:
            fact, bits, says = Fact.HINT, bits / 2, f"{says}, and another student’s too"
        elif handle.state is HandleState.PROVISIONAL:
            fact, bits, says = Fact.HINT, weights.PROVISIONAL, f"{says}, once so far"
        known = "e-mail address, kept as a hash" if kind == "avatar" else handle.shown or handle.key
        yield speak(who, group, fact, kind=kind, where=kind, bits=bits, says=says, seen=seen, known=known)


def _whose_account(holder: Holder, kind: str, index: RosterIndex) -> str:
    owner = index.enrollees[holder.enrollment_id]
    what = "Picture" if kind == "avatar" else "Account"
    if holder.handle.origin is HandleOrigin.CLASS_BLOG:
        return f"{what} is the one that writes {genitive(owner)} class blog"
    if holder.handle.origin is HandleOrigin.DECISION:
        return f"{what} was {genitive(owner)} in earlier comments"
    belongs = "belongs to the e-mail address" if kind == "avatar" else "is the one"
    return f"{what} {belongs} on the roster for {first_name(owner)}"


def _people(holders: Sequence[Holder]) -> frozenset[int]:
    return frozenset(holder.enrollment_id for holder in holders)
