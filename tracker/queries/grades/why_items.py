"""What a verdict points at: an item with its three times, and what links it to its student.

Tested in tests/queries/grades/test_why.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from tracker.domain.linkage import MatchVerdict
from tracker.domain.locale import CourseLocale
from tracker.models import Comment, CommentVersion, Linkage, LinkageDecision, Post, RequirementVerdict
from tracker.queries.matching.names import load_names
from tracker.wording.arrival import say_stated
from tracker.wording.evidence import EvidenceLine, Names, say_candidate
from tracker.wording.times import say_instant, say_when


@dataclass(frozen=True, slots=True)
class WriterMatch:
    """Why a comment is taken to be the student's. `decided` names the person who said so, with
    the time; `level` is the rules' own standing (certain, likely, possible; "" without one)."""

    verdict: str
    level: str
    evidence: tuple[EvidenceLine, ...]
    decided: str = ""
    others: int = 0


@dataclass(frozen=True, slots=True)
class WhyItem:
    """A comment or a post with its times: (what, when) in the order of DESIGN §3, course time."""

    post_id: int | None
    title: str
    url: str
    blog_id: int
    blog: str
    author: str
    times: tuple[tuple[str, str], ...]
    first_seen_at: datetime
    edited_at: datetime | None
    gone_since: datetime | None
    comment_id: int | None = None
    link: WriterMatch | None = None


def load_items(
    session: Session,
    course_id: int,
    enrollment_id: int,
    verdicts: Sequence[RequirementVerdict],
    locale: CourseLocale,
) -> dict[str, WhyItem]:
    """requirement -> the item that one student's verdict of it names; four questions."""
    comment_ids = {row.comment_id for row in verdicts if row.comment_id is not None}
    post_ids = {row.post_id for row in verdicts if row.post_id is not None}
    linkages = {
        row.comment_id: row
        for row in session.scalars(
            select(Linkage)
            .where(Linkage.course_id == course_id, Linkage.comment_id.in_(sorted(comment_ids)))
            .options(joinedload(Linkage.decision).joinedload(LinkageDecision.by))
        )
    }
    people = {who for row in linkages.values() for who in row.as_match().people}
    names = load_names(session, course_id, people)
    kept = select(func.count()).where(CommentVersion.comment_id == Comment.id).scalar_subquery()
    comments = session.execute(
        select(Comment, kept)
        .where(Comment.id.in_(sorted(comment_ids)))
        .options(joinedload(Comment.post), joinedload(Comment.blog))
    )
    posts = session.scalars(select(Post).where(Post.id.in_(sorted(post_ids))).options(joinedload(Post.blog)))
    of_posts = {post.id: _item(post, post, 1, locale) for post in posts}
    of_comments = {}
    for comment, versions in comments:
        linkage = linkages.get(comment.id)
        item = _item(comment, comment.post, versions, locale)
        of_comments[comment.id] = replace(
            item,
            comment_id=comment.id,
            title=item.title if comment.post else comment.title,
            url=comment.permalink or item.url,
            author=comment.author or "Anonymous",
            link=_link(linkage, enrollment_id, names, locale) if linkage else None,
        )
    found = {
        row.requirement: of_comments.get(row.comment_id or 0) or of_posts.get(row.post_id or 0)
        for row in verdicts
    }
    return {key: item for key, item in found.items() if item is not None}


def _item(row: Comment | Post, post: Post | None, versions: int, locale: CourseLocale) -> WhyItem:
    """What comments and posts have alike; `post` is the one that a comment is on, or itself."""
    return WhyItem(
        post_id=post.id if post else None,
        title=(post.title or post.url) if post else "",
        url=post.url if post else "",
        blog_id=row.blog_id,
        blog=row.blog.shown_title,
        author=row.author,
        times=_times(row, versions, locale),
        first_seen_at=row.first_seen_at,
        edited_at=row.edited_at,
        gone_since=row.gone_since,
    )


def _times(item: Comment | Post, versions: int, locale: CourseLocale) -> tuple[tuple[str, str], ...]:
    seen = say_instant(item.first_seen_at, locale)
    if item.last_check_before is not None:
        seen += f"; not there {say_when(item.last_check_before, item.first_seen_at, locale)}"
    changed = "not since we first saw it"
    if item.edited_at is not None:
        changed = f"seen {say_instant(item.edited_at, locale)}"
        if versions > 1:
            changed += f", {versions} versions kept"
    stated = say_stated(item.posted_at, item.posted_raw, item.posted_basis, locale)
    rows = (("Blog says", stated), ("First seen", seen), ("Edited", changed))
    if item.gone_since is None:
        return rows
    return (*rows, ("Gone", f"no longer shown since {say_instant(item.gone_since, locale)}"))


def _link(linkage: Linkage, enrollment_id: int, names: Names, locale: CourseLocale) -> WriterMatch:
    match, decision = linkage.as_match(), linkage.decision
    mine = match.candidate(enrollment_id)
    decided = ""
    if decision is not None:
        who = decision.by.name if decision.by is not None else "A person"
        decided = f"{who} said so, {say_instant(decision.at, locale)}."
    return WriterMatch(
        verdict=linkage.verdict,
        level=mine.level.value if mine else "",
        evidence=say_candidate(mine, names),
        decided=decided,
        others=len(match.candidates) - bool(mine) if match.verdict is MatchVerdict.REVIEW else 0,
    )
