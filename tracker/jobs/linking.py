"""Comments find their students: rosters become indexes, matches become linkages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from tracker.domain.linkage import Candidate, Match, MatchVerdict
from tracker.domain.roster import BlogProfile, Enrollee, Handle, HandleKind, HandleOrigin, HandleState
from tracker.jobs.keep_rows import insert_plain
from tracker.matching.candidates import RosterIndex, index_roster
from tracker.matching.decide import RULES_VERSION, match_entry
from tracker.models import Linkage, LinkageDecision
from tracker.queries import matching as queries
from tracker.text.addresses import account_key


@dataclass(frozen=True)
class CourseMatcher:
    """A course's roster, indexed. Built once a run and used for many comments."""

    roster: queries.CourseRoster
    index: RosterIndex
    blogs: dict[int, BlogProfile]


@dataclass(frozen=True)
class LinkingReport:
    """How many linkages changed, and whose: the students whose verdicts may change with them.
    `moved` of the changed ones have another answer now; the others only other reasons."""

    judged: int = 0
    changed: int = 0
    enrollment_ids: frozenset[int] = frozenset()
    moved: int = 0

    def __add__(self, other: LinkingReport) -> LinkingReport:
        return LinkingReport(
            self.judged + other.judged,
            self.changed + other.changed,
            self.enrollment_ids | other.enrollment_ids,
            self.moved + other.moved,
        )


def load_roster(session: Session, course_id: int) -> queries.CourseRoster:
    """The course as matching sees it, with what the class blogs' own feeds teach about accounts.

    Those accounts are read from the posts each time and stored nowhere: they are a function of
    facts. A class blog with two writers teaches nothing.
    """
    signs = queries.load_signs(session, course_id)
    enrollees = queries.load_enrollees(session, course_id)
    profiles = queries.load_blog_profiles(session, course_id)
    owners = _owners_by_blog(enrollees, profiles)
    accounts: dict[int, dict[str, str]] = {}
    for author in queries.load_class_blog_authors(session, course_id):
        key = account_key(author.account)
        if key:
            accounts.setdefault(author.blog_id, {})[key] = author.author
    learnt: dict[int, list[Handle]] = {}
    for blog_id, found in accounts.items():
        if len(found) == 1 and len(owners.get(blog_id, ())) == 1:
            [(key, shown)] = found.items()
            learnt.setdefault(owners[blog_id][0], []).append(
                Handle(HandleKind.ACCOUNT, key, shown, HandleOrigin.CLASS_BLOG, HandleState.PROVISIONAL)
            )
    return queries.CourseRoster(
        course_id=course_id,
        signs=signs,
        enrollees=tuple(
            replace(one, handles=(*one.handles, *learnt.get(one.enrollment_id, ()))) for one in enrollees
        ),
        blogs=tuple(profiles),
        denials=tuple(queries.load_denials(session, course_id)),
    )


def _owners_by_blog(enrollees: Iterable[Enrollee], profiles: Iterable[BlogProfile]) -> dict[int, list[int]]:
    by_key: dict[str, set[int]] = {}
    for enrollee in enrollees:
        for handle in enrollee.handles:
            if handle.kind is HandleKind.BLOG:
                by_key.setdefault(handle.key, set()).add(enrollee.enrollment_id)
    return {
        profile.blog_id: sorted({owner for key in profile.address_keys for owner in by_key.get(key, ())})
        for profile in profiles
    }


def build_matcher(session: Session, course_id: int) -> CourseMatcher:
    roster = load_roster(session, course_id)
    index = index_roster(roster.enrollees, roster.signs, roster.denials, roster.blogs)
    return CourseMatcher(roster, index, {blog.blog_id: blog for blog in roster.blogs})


def link_comments(
    session: Session, matcher: CourseMatcher, comment_ids: Iterable[int] | None = None
) -> LinkingReport:
    """Match comments (None: all of the course) and bring their linkages up to date.

    A linkage follows the person who decided, else the rules. Rows that come out the same are
    not touched, so doing this twice changes nothing. In a course without students a comment that
    nobody decided about needs no linkage. Does not commit.
    """
    course_id = matcher.roster.course_id
    ids = None if comment_ids is None else set(comment_ids)
    if ids is not None and not ids:
        return LinkingReport()
    decisions = queries.load_standing_decisions(session, course_id, ids)
    judged = changed = moved = 0
    touched: set[int] = set()
    new: list[dict[str, Any]] = []
    for comment in queries.load_comments(session, course_id, comment_ids=ids):
        blog = matcher.blogs.get(comment.row.blog_id) or BlogProfile(comment.row.blog_id)
        match = match_entry(comment.row.as_entry(comment.html), blog, matcher.index)
        decision = decisions.get(comment.row.id)
        values = _values(match, decision)
        judged += 1
        linkage = comment.linkage
        if linkage is None and decision is None and not matcher.roster.enrollees:
            continue
        before = {name: getattr(linkage, name) for name in values} if linkage is not None else {}
        if before == values:
            continue
        if linkage is None:
            new.append({"course_id": course_id, "comment_id": comment.row.id, **values})
        else:
            for name, value in values.items():
                setattr(linkage, name, value)
        changed += 1
        moved += any(before.get(name) != values[name] for name in ("verdict", "enrollment_id")) or not before
        touched.update(_people(before), _people(values))
    session.flush()
    insert_plain(session, Linkage, new)
    return LinkingReport(judged, changed, frozenset(touched), moved)


def _people(linkage: Mapping[str, Any]) -> Iterable[int]:
    """Everybody whose verdict a linkage can bear on; nobody where there is none."""
    if linkage.get("enrollment_id") is not None:
        yield linkage["enrollment_id"]
    if linkage.get("verdict") == MatchVerdict.REVIEW:
        yield from (candidate["enrollment_id"] for candidate in linkage["candidates"])


def _values(match: Match, decision: LinkageDecision | None) -> dict[str, Any]:
    values: dict[str, Any] = {
        "enrollment_id": match.enrollment_id,
        "verdict": match.verdict.value,
        "reason": match.reason[:40],
        "candidates": [_as_json(candidate) for candidate in match.candidates],
        "rules_version": RULES_VERSION,
        "decision_id": None,
    }
    if decision is not None:
        confirmed = decision.kind == "confirm"
        values |= {
            "enrollment_id": decision.enrollment_id if confirmed else None,
            "verdict": (MatchVerdict.ACCEPT if confirmed else MatchVerdict.IGNORE).value,
            "reason": "decided",
            "decision_id": decision.id,
        }
    return values


def _as_json(candidate: Candidate) -> dict[str, Any]:
    """A candidate as it is stored; figures rounded so that both databases give them back alike."""
    found = asdict(candidate)
    found["bits"] = round(candidate.bits, 3)
    found["probability"] = round(candidate.probability, 6)
    found["level"] = candidate.level.value
    found["evidence"] = [{**asdict(one), "bits": round(one.bits, 3)} for one in candidate.evidence]
    return found
