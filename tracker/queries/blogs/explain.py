"""Why is this comment not here? Found from what is stored, the surest reason first, and said for staff.

The facts are loaded by `explain_rows`; `missing_comment` reads what was pasted.
"""

from __future__ import annotations

from dataclasses import dataclass

from tracker.domain.blog import HealthCode, HealthLevel
from tracker.domain.feed import EntryKind
from tracker.domain.locale import CourseLocale
from tracker.domain.missing_comment import BlogFacts, CommentFacts, Finding, Question, StoredFacts
from tracker.wording.missing_comment import say_facts, say_finding, say_todo


@dataclass(frozen=True, slots=True)
class Explanation:
    """`says` is the answer in a sentence, `facts` what it rests on in the order of doubt, `todo` what
    can be done. The ids are of what was found, to be linked to."""

    answer: str
    says: str
    facts: tuple[str, ...] = ()
    todo: tuple[str, ...] = ()
    url: str = ""
    blog_id: int | None = None
    blog: str = ""
    comment_id: int | None = None
    enrollment_id: int | None = None
    in_review: bool = False
    has_page: bool = False
    """Review shows this comment to the reader."""
    can_check: bool = False


def explain(question: Question, held: StoredFacts, locale: CourseLocale) -> Explanation:
    """The answer to a question about one comment, post or blog, from what is held about it."""
    finding = find_reason(question, held)
    blog, comment = held.blog, held.comment
    student = comment.student if comment else None
    can_check = _can_check(finding, held)
    return Explanation(
        finding.answer,
        say_finding(finding, question, held, locale),
        facts=tuple(say_facts(finding, question, held, locale)),
        todo=tuple(say_todo(finding, held, can_check=can_check)),
        url=(comment.permalink if comment else "") or question.url,
        blog_id=blog.blog_id if blog else None,
        blog=blog.title if blog else "",
        comment_id=comment.comment_id if comment else None,
        enrollment_id=student.enrollment_id if student else None,
        in_review=comment is not None and comment.verdict == "review",
        has_page=comment is not None and (comment.verdict in ("review", "ignore") or student is not None),
        can_check=can_check,
    )


def find_reason(question: Question, held: StoredFacts) -> Finding:
    """What became of it, or the surest reason why it may not have been seen."""
    if not question.url and not question.comment_keys:
        return Finding.NOT_AN_ADDRESS
    if held.blog is None:
        return Finding.NOT_FOLLOWED
    if held.comment is not None:
        return _held_comment(held.comment)
    if held.post is not None and not question.names_comment:
        return Finding.POST
    if question.is_home and not question.names_comment:
        return Finding.BLOG
    return _missing(question, held.blog)


def _held_comment(comment: CommentFacts) -> Finding:
    if comment.kind is not EntryKind.COMMENT:
        return Finding.NOT_A_COMMENT
    return Finding.HERE if comment.gone_since is None else Finding.GONE


def _missing(question: Question, blog: BlogFacts) -> Finding:
    reasons = (
        (not blog.roles, Finding.NO_LONGER_FOLLOWED),
        (blog.opted_out_at is not None, Finding.OPTED_OUT),
        ("followed" not in blog.roles, Finding.CLASS_BLOG),
        (not blog.has_comment_feed, Finding.NO_COMMENT_FEED),
        (blog.health.level is HealthLevel.WAITING, Finding.NEVER_CHECKED),
        (blog.health.code is HealthCode.GONE, Finding.BLOG_GONE),
        (blog.health.is_silent, Finding.NO_ANSWER),
        (question.is_held, Finding.HELD),
        (bool(blog.gaps), Finding.GAP),
        (not question.names_comment, Finding.UNKNOWN_POST),
    )
    return next((finding for holds, finding in reasons if holds), Finding.NOT_SHOWN)


def _can_check(finding: Finding, held: StoredFacts) -> bool:
    """Whether checking the blog now may bring the answer."""
    if held.blog is None or not held.blog.is_checked:
        return False
    is_short = finding is Finding.POST and held.post is not None and held.post.is_incomplete
    return is_short or finding in _CHECKING_HELPS


_CHECKING_HELPS = {
    Finding.NEVER_CHECKED,
    Finding.NO_ANSWER,
    Finding.GAP,
    Finding.UNKNOWN_POST,
    Finding.NOT_SHOWN,
}
