"""What a course knows of its students' handles when comments are matched: the roster, people's
decisions, the class blogs' own feeds, and what automatic answers proved.

Tested in tests/jobs/matching/test_learning.py.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from sqlalchemy.orm import Session

from tracker.domain.grouping import grouped
from tracker.domain.linkage import SETTLED_AS_SHARED
from tracker.domain.roster import BlogProfile, Enrollee, HandleKind, HandleOrigin, HandleState, KnownHandle
from tracker.matching.decide import RULES_VERSION
from tracker.models import Course
from tracker.queries.matching import decisions
from tracker.queries.matching import match_inputs as queries
from tracker.queries.matching.account_keys import CAN_BE_CONTESTED
from tracker.queries.matching.class_posts import load_class_posts
from tracker.queries.matching.decisions import TaughtByAccept
from tracker.text.addresses import account_key

Key = tuple[HandleKind, str]
Settled = Mapping[Key, int | None]
"""Whose a person said a key is; None: no student's, or not to be used."""

BY_THESE_RULES = f"{RULES_VERSION}:"
"""How the digest of what a course was matched by begins."""
LONGEST_DIGEST = 64

LEARN_FROM_ACCEPTS = "learn_from_accepts"
"""The course setting that says whether automatic answers teach accounts; they do unless it is False."""


def load_roster(session: Session, course_id: int) -> queries.CourseRoster:
    """The course as matching sees it, with everything that is known."""
    return complete(load_base(session, course_id), load_taught(session, course_id))


def load_base(session: Session, course_id: int) -> queries.CourseRoster:
    """The course without what automatic answers taught.

    Accounts that class blogs' own feeds show are read from the posts each time and stored nowhere:
    they are a function of facts. A class blog with two writers teaches nothing.
    """
    signs = queries.load_signs(session, course_id)
    enrollees = queries.load_enrollees(session, course_id)
    profiles = queries.load_blog_profiles(session, course_id)
    learned = _from_class_blogs(session, course_id, enrollees, profiles)
    settled = load_settled(session, course_id)
    known = (replace(one, handles=(*one.handles, *learned.get(one.enrollment_id, ()))) for one in enrollees)
    here = {one.enrollment_id for one in enrollees}
    uses = decisions.load_account_uses(session, course_id)
    return queries.CourseRoster(
        course_id=course_id,
        signs=signs,
        enrollees=tuple(_as_settled(one, settled) for one in known),
        blogs=tuple(profiles),
        denials=tuple(queries.load_denials(session, course_id)),
        posts=load_class_posts(session, course_id),
        uses=tuple(one for one in uses if one.enrollment_id in here and (one.kind, one.key) not in settled),
    )


def load_taught(session: Session, course_id: int) -> list[TaughtByAccept]:
    """What automatic answers proved, where the course wants to learn from them; settled keys are left
    out, since a person has said whose they are."""
    if not learns_from_accepts(session, course_id):
        return []
    settled = load_settled(session, course_id)
    taught = decisions.load_taught_by_accepts(session, course_id)
    return [one for one in taught if (HandleKind(one.kind), one.key) not in settled]


def learns_from_accepts(session: Session, course_id: int) -> bool:
    return session.get_one(Course, course_id).settings.get(LEARN_FROM_ACCEPTS, True) is not False


def load_settled(session: Session, course_id: int) -> dict[Key, int | None]:
    """key -> whose a person said it is, the last word about it; not of those that several share."""
    rows = decisions.load_settling(session, course_id)
    return {
        (HandleKind(kind), key): row.enrollment_id
        for (kind, key), row in rows.items()
        if row.note != SETTLED_AS_SHARED
    }


def complete(base: queries.CourseRoster, taught: Iterable[TaughtByAccept]) -> queries.CourseRoster:
    """The base with what automatic answers taught: provisional until a second one agrees.

    A key that was seen with two students, or with a student and an outsider, is suspended for all
    of them, unless the roster alone says so twice; and with it the names that were taught beside it,
    since whoever shares an account shares the name that it shows.
    """
    learned = grouped((one.enrollment_id, _taught_handle(one)) for one in taught)
    enrollees = tuple(_with_new(one, learned.get(one.enrollment_id, ())) for one in base.enrollees)
    roster = replace(base, enrollees=enrollees)
    contested = find_contested(roster)
    return replace(roster, enrollees=tuple(_suspend(one, contested) for one in enrollees))


def _taught_handle(taught: TaughtByAccept) -> KnownHandle:
    state = HandleState.ACTIVE if taught.comments > 1 else HandleState.PROVISIONAL
    return KnownHandle(HandleKind(taught.kind), taught.key, taught.shown, HandleOrigin.DECISION, state)


def find_contested(roster: queries.CourseRoster) -> dict[Key, frozenset[int]]:
    """Keys seen with two students, or with one and an outsider -> the students. A student who used an
    account beside somebody else's name holds nothing, but shares what another one holds."""
    holders: dict[Key, set[int]] = defaultdict(set)
    learned: set[Key] = set()
    for enrollee in roster.enrollees:
        for handle in enrollee.handles:
            if handle.kind in CAN_BE_CONTESTED and handle.state is not HandleState.REVOKED:
                key = (handle.kind, handle.key)
                holders[key].add(enrollee.enrollment_id)
                if handle.origin is not HandleOrigin.ROSTER:
                    learned.add(key)
    for use in roster.uses:
        if (use.kind, use.key) in holders:
            holders[use.kind, use.key].add(use.enrollment_id)
            learned.add((use.kind, use.key))
    nobodys = {(one.kind, one.key) for one in roster.denials if one.enrollment_id is None}
    refused = grouped(((one.kind, one.key), one.enrollment_id) for one in roster.denials)
    return {
        key: frozenset(people)
        for key, people in holders.items()
        if key in nobodys or (key in learned and len(people.difference(refused.get(key, ()))) > 1)
    }


def digest(roster: queries.CourseRoster) -> str:
    """What a match depends on beside the comment and what was said about it, in one short word that
    begins with the version of the rules."""
    return f"{BY_THESE_RULES}{hashlib.sha256(repr(roster).encode()).hexdigest()}"[:LONGEST_DIGEST]


def _from_class_blogs(
    session: Session, course_id: int, enrollees: Iterable[Enrollee], profiles: Iterable[BlogProfile]
) -> dict[int, list[KnownHandle]]:
    owners = owners_by_blog(enrollees, profiles)
    accounts: dict[int, dict[str, str]] = {}
    for blog_id, account, author in queries.load_class_blog_authors(session, course_id):
        if key := account_key(account):
            accounts.setdefault(blog_id, {})[key] = author
    return grouped(
        (
            owners[blog_id][0],
            KnownHandle(HandleKind.ACCOUNT, key, shown, HandleOrigin.CLASS_BLOG, HandleState.PROVISIONAL),
        )
        for blog_id, found in accounts.items()
        if len(found) == 1 and len(owners.get(blog_id, ())) == 1
        for key, shown in found.items()
    )


def owners_by_blog(enrollees: Iterable[Enrollee], profiles: Iterable[BlogProfile]) -> dict[int, list[int]]:
    """blog -> the students whose class blog it is, now or at another time."""
    by_key = grouped(
        (handle.key, enrollee.enrollment_id)
        for enrollee in enrollees
        for handle in enrollee.handles
        if handle.kind is HandleKind.BLOG
    )
    return {
        profile.blog_id: sorted({owner for key in profile.address_keys for owner in by_key.get(key, ())})
        for profile in profiles
    }


def _with_new(enrollee: Enrollee, learned: Iterable[KnownHandle]) -> Enrollee:
    """A handle that is known already is not learned again; a provisional one is replaced."""
    known = {(one.kind, one.key) for one in enrollee.handles if one.state is HandleState.ACTIVE}
    new = [one for one in learned if (one.kind, one.key) not in known]
    if not new:
        return enrollee
    better = {(one.kind, one.key) for one in new if one.state is HandleState.ACTIVE}
    kept = [one for one in enrollee.handles if (one.kind, one.key) not in better]
    held = {(one.kind, one.key) for one in kept}
    return replace(enrollee, handles=(*kept, *(one for one in new if (one.kind, one.key) not in held)))


def _as_settled(enrollee: Enrollee, settled: Settled) -> Enrollee:
    """Only the handles that no person said to be another's, nor an account that a name was taught beside.
    Whether one is suspended follows from all that is known; the stored state only shows it."""
    who = enrollee.enrollment_id
    held = (
        one
        for one in enrollee.handles
        if all(settled.get(key, who) == who for key in ((one.kind, one.key), *one.beside))
    )
    handles = (
        replace(one, state=HandleState.ACTIVE) if one.state is HandleState.SUSPENDED else one for one in held
    )
    return replace(enrollee, handles=tuple(handles))


def _suspend(enrollee: Enrollee, contested: Mapping[Key, frozenset[int]]) -> Enrollee:
    """A name taught beside a contested account is left out: it counts as never taught."""
    if not contested or not any(_is_suspended(one, contested) for one in enrollee.handles):
        return enrollee
    handles = (
        replace(one, state=HandleState.SUSPENDED) if _is_suspended(one, contested) else one
        for one in enrollee.handles
        if one.kind is not HandleKind.NAME or not _is_suspended(one, contested)
    )
    return replace(enrollee, handles=tuple(handles))


def _is_suspended(handle: KnownHandle, contested: Mapping[Key, frozenset[int]]) -> bool:
    """Whether a handle, or an account that its name was taught beside, was seen with several people."""
    return (handle.kind, handle.key) in contested or any(key in contested for key in handle.beside)
