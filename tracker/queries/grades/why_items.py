"""What a verdict points at: an item with its three times, and what links it to its student."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from tracker.domain.linkage import MatchVerdict
from tracker.domain.locale import CourseLocale
from tracker.models import Comment, CommentVersion, Linkage, LinkageDecision, Post
from tracker.queries.matching.names import load_names
from tracker.wording.arrival import say_stated
from tracker.wording.evidence import EvidenceLine, Names, say_candidate
from tracker.wording.times import say_instant, say_when


@dataclass(frozen=True, slots=True)
class Link:
    """Why a comment is taken to be the student's. `decided` names the person who said so, with
    the time; `level` is the rules' own standing (certain, likely, possible; "" without one)."""

    verdict: str
    level: str
    evidence: tuple[EvidenceLine, ...]
    decided: str = ""
    others: int = 0


@dataclass(frozen=True, slots=True)
class Item:
    """A comment or a post with its times: (what, when) in the order of DESIGN §3, course time."""

    comment_id: int | None
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
    link: Link | None = None


def load_items(
    session: Session,
    course_id: int,
    enrollment_id: int,
    comment_ids: Collection[int],
    post_ids: Collection[int],
    locale: CourseLocale,
) -> tuple[dict[int, Item], dict[int, Item]]:
    """(comment -> item, post -> item) of what one student's verdicts name; four questions."""
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
    comments = session.execute(
        select(Comment, CommentVersion.n)
        .outerjoin(CommentVersion, CommentVersion.comment_id == Comment.id)
        .where(Comment.id.in_(sorted(comment_ids)))
        .options(joinedload(Comment.post), joinedload(Comment.blog))
        .order_by(Comment.id, CommentVersion.n)
    )
    found: dict[int, Item] = {}
    versions: dict[int, int] = {}
    for comment, _ in (rows := comments.all()):
        versions[comment.id] = versions.get(comment.id, 0) + 1
    for comment, _ in rows:
        linkage = linkages.get(comment.id)
        link = _link(linkage, enrollment_id, names, locale) if linkage else None
        found[comment.id] = _comment(comment, versions[comment.id], link, locale)
    posts = session.scalars(select(Post).where(Post.id.in_(sorted(post_ids))).options(joinedload(Post.blog)))
    return found, {post.id: _post(post, locale) for post in posts}


def _comment(comment: Comment, versions: int, link: Link | None, locale: CourseLocale) -> Item:
    post = comment.post
    title = (post.title or post.url) if post is not None else comment.title
    return Item(
        comment_id=comment.id,
        post_id=comment.post_id,
        title=title,
        url=comment.permalink or (post.url if post is not None else ""),
        blog_id=comment.blog_id,
        blog=comment.blog.title or comment.blog.home_url,
        author=comment.author or "Anonymous",
        times=_times(comment, versions, locale),
        first_seen_at=comment.first_seen_at,
        edited_at=comment.edited_at,
        gone_since=comment.gone_since,
        link=link,
    )


def _post(post: Post, locale: CourseLocale) -> Item:
    return Item(
        comment_id=None,
        post_id=post.id,
        title=post.title or post.url,
        url=post.url,
        blog_id=post.blog_id,
        blog=post.blog.title or post.blog.home_url,
        author=post.author,
        times=_times(post, 1, locale),
        first_seen_at=post.first_seen_at,
        edited_at=post.edited_at,
        gone_since=post.gone_since,
    )


def _times(item: Comment | Post, versions: int, locale: CourseLocale) -> tuple[tuple[str, str], ...]:
    seen = say_instant(item.first_seen_at, locale)
    if item.last_check_before is not None:
        seen += f"; not there {say_when(item.last_check_before, item.first_seen_at, locale)}"
    changed = "Not since"
    if item.edited_at is not None:
        changed = f"Edited; we saw it {say_instant(item.edited_at, locale)}"
        if versions > 1:
            changed += f". {versions} versions kept"
    if item.gone_since is not None:
        changed = f"Not shown any more since {say_instant(item.gone_since, locale)}"
    stated = say_stated(item.posted_at, item.posted_raw, item.posted_basis, locale)
    return (("Blog says", stated), ("First seen", seen), ("Changed", changed))


def _link(linkage: Linkage, enrollment_id: int, names: Names, locale: CourseLocale) -> Link:
    match, decision = linkage.as_match(), linkage.decision
    mine = match.candidate(enrollment_id)
    decided = ""
    if decision is not None:
        who = decision.by.name if decision.by is not None else "A person"
        decided = f"{who} said so, {say_instant(decision.at, locale)}."
    return Link(
        verdict=linkage.verdict,
        level=mine.level.value if mine else "",
        evidence=say_candidate(mine, names),
        decided=decided,
        others=len(match.candidates) - bool(mine) if match.verdict is MatchVerdict.REVIEW else 0,
    )
