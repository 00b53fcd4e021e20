"""Why a comment is not here, in words for staff: the answer, what it rests on, and what can be done.

Tested in tests/queries/blogs/test_explain.py.
"""

from __future__ import annotations

from collections.abc import Iterator

from tracker.domain.locale import CourseLocale
from tracker.domain.missing_comment import (
    BlogFacts,
    CommentFacts,
    Finding,
    PostFacts,
    Question,
    ReceiptFacts,
    StoredFacts,
)
from tracker.wording.arrival import WAYS
from tracker.wording.blogs import say_health
from tracker.wording.check_history import say_gap
from tracker.wording.numbers import say_count
from tracker.wording.times import say_instant

NOT_A_STUDENTS = "not by a student in this course"
IGNORED = {
    "owner": "it is by the blog’s owner",
    "staff": "it is signed by staff of the course",
    "outsider": "a person decided that this writer is not a student",
    "nobody": "nothing in it points to a student in this course",
    "course-named": "it names the course, but nothing in it points to a student on the roster",
    "weak": "there is too little evidence for any student",
    "rejected": "a person decided whose it is not, and there is no evidence for anyone else",
    "former-student": "it points to a student who has left the course",
    "pingback": "it is a pingback, a note that another page links there",
    "tombstone": "it is only a note that a comment was removed",
}


def say_ignored(reason: str) -> str:
    """Completes "It is …" for a comment that the rules matched to nobody. One that names the course may
    be a student's all the same."""
    answer = "not matched to anyone" if reason == "course-named" else NOT_A_STUDENTS
    return f"{answer}: {IGNORED.get(reason, 'the rules say so')}"


RECEIPT = (
    "Ask the student to save a receipt, with link and text, on their status page. Every check then reads "
    "that post until the comment is found."
)
CHECK_NOW = "Check this blog now, then look here again."

_FINDINGS = {
    Finding.NOT_AN_ADDRESS: "This is not the address of a comment or a post.",
    Finding.NOT_FOLLOWED: "This course follows no blog at this address.",
    Finding.NO_LONGER_FOLLOWED: "The course no longer follows “{blog}”.",
    Finding.BLOG: "This is the blog “{blog}” itself.",
    Finding.POST: "We know this post; {held}.",
    Finding.HERE: "We have this comment. {whose}",
    Finding.GONE: "We have this comment. It has been gone from its blog since {gone}. {whose}",
    Finding.NOT_A_COMMENT: "We have this entry, but it doesn’t count: {ignored}.",
    Finding.OPTED_OUT: "The owner of “{blog}” asked us not to read it, so we don’t check it.",
    Finding.CLASS_BLOG: "We follow “{blog}” as a class blog, for its posts. We don’t check its comments.",
    Finding.NO_COMMENT_FEED: "“{blog}” has no comment feed, so we can’t find {what} automatically.",
    Finding.NEVER_CHECKED: "“{blog}” has not been checked yet.",
    Finding.BLOG_GONE: "“{blog}” says it is gone for good, {health}.",
    Finding.NO_ANSWER: "“{blog}” hasn’t responded {health}, so we can’t see anything newer.",
    Finding.HELD: "This link is shown only to the writer while the comment is awaiting moderation.",
    Finding.GAP: "We never saw {what}. It may be among the comments we missed on “{blog}”.",
    Finding.UNKNOWN_POST: "We know this blog, but not this post.",
    Finding.NOT_SHOWN: "The blog has never shown us a {such}. {likely}",
}

_TODO: dict[Finding, tuple[str, ...]] = {
    Finding.NOT_AN_ADDRESS: ("Copy the link of the comment’s date on its blog, or the address of the post.",),
    Finding.NOT_FOLLOWED: (
        "If students comment there, follow the blog. We read whatever it still shows right away.",
    ),
    Finding.NO_LONGER_FOLLOWED: ("If students still comment there, follow it again.",),
    Finding.POST: (
        "To ask about one comment, paste its own link (on most blogs, its date).",
        CHECK_NOW,
    ),
    Finding.GONE: ("Nothing. If it was on time, it keeps its credit, and we keep its text.",),
    Finding.OPTED_OUT: ("Assign its students another blog. Their receipts are kept.",),
    Finding.CLASS_BLOG: ("If comments there should count, follow it as a blog to comment on.",),
    Finding.NO_COMMENT_FEED: (RECEIPT,),
    Finding.NEVER_CHECKED: (CHECK_NOW,),
    Finding.BLOG_GONE: ("Assign its students another blog. Comments found there keep their credit.", RECEIPT),
    Finding.NO_ANSWER: (
        CHECK_NOW,
        RECEIPT,
        "Until it responds, requirements that depend on it show “Can’t see”.",
    ),
    Finding.HELD: (
        RECEIPT,
        "Nothing else. Once the owner approves it, we find it with its original time.",
    ),
    Finding.GAP: (CHECK_NOW, RECEIPT),
    Finding.UNKNOWN_POST: (
        "Check the address. If the post is new, we will know it after the next check.",
        CHECK_NOW,
        RECEIPT,
    ),
    Finding.NOT_SHOWN: (CHECK_NOW, RECEIPT),
}


def say_finding(finding: Finding, question: Question, held: StoredFacts, locale: CourseLocale) -> str:
    blog, comment, post = held.blog, held.comment, held.post
    said = _FINDINGS[finding].format(
        blog=blog.title if blog else "",
        health=say_health(blog.health, locale).says if blog else "",
        likely=_say_likely(blog, held) if blog else "",
        held=_say_held(post) if post else "",
        whose=_say_whose(comment) if comment else "",
        ignored=IGNORED.get(comment.kind.value, "") if comment else "",
        gone=say_instant(comment.gone_since, locale) if comment and comment.gone_since else "",
        what="this comment" if question.names_comment else "this post",
        such="comment with this number" if question.number else "comment with this link",
    )
    return said.strip()


def say_facts(finding: Finding, question: Question, held: StoredFacts, locale: CourseLocale) -> Iterator[str]:
    """What the answer rests on, in the order of doubt."""
    if held.blog is None:
        if finding is Finding.NOT_FOLLOWED:
            yield "We don’t check that blog, so we haven’t seen its comments."
    elif held.comment is not None:
        yield from _comment_facts(held.blog, held.comment, locale)
    else:
        yield from _place_facts(question, held.blog, held, locale)


def say_todo(finding: Finding, held: StoredFacts, *, can_check: bool) -> Iterator[str]:
    """What can be done, the nearest first."""
    verdict = held.comment.verdict if held.comment else ""
    if verdict == "review":
        yield "Decide in Review who wrote it."
    elif verdict == "ignore" and finding is Finding.HERE:
        yield "If a student wrote it after all, match it to them in Review."
    elif verdict == "accept" and finding is not Finding.GONE:
        yield "If it doesn’t count as expected, see why on the student’s page."
    else:
        yield from (one for one in _TODO.get(finding, ()) if can_check or one is not CHECK_NOW)
        if finding is Finding.POST and held.post is not None and held.post.is_incomplete:
            yield RECEIPT


def _say_likely(blog: BlogFacts, held: StoredFacts) -> str:
    if any(receipt.state != "found" for receipt in held.receipts):
        return "It is probably awaiting moderation. The student saved a receipt for it."
    if blog.later_held:
        return "It has shown later ones, so its owner has probably not approved this one, or removed it."
    if blog.holds_comments:
        return "This blog’s owner approves comments by hand, so it is probably awaiting moderation."
    return "It is probably awaiting moderation, or was posted after our last check."


def _say_whose(comment: CommentFacts) -> str:
    if comment.verdict == "accept":
        who = comment.student.name if comment.student else "a student of another section"
        return f"It is matched to {who}{', by a person’s decision' if comment.decided else ''}."
    if comment.verdict == "review":
        return f"It is in Review: {say_count(comment.candidates, 'student')} could have written it."
    if comment.verdict == "ignore":
        return f"It is {say_ignored(comment.reason)}."
    return "This course has not matched it yet."


def _comment_facts(blog: BlogFacts, comment: CommentFacts, locale: CourseLocale) -> Iterator[str]:
    where = f"on “{comment.post_title}”, " if comment.post_title else ""
    signed = f"Signed “{comment.author}”, " if comment.author else "Not signed, "
    yield f"{signed}{where}at “{blog.title}”."
    stated = f"The blog says {say_instant(comment.posted_at, locale)}; " if comment.posted_at else ""
    feed = f", in {WAYS[comment.feed]}" if comment.feed else ""
    yield f"{stated}first seen {say_instant(comment.first_seen_at, locale)}{feed}."
    if comment.other_ids:
        yield "It came under more than one ID. We treat them as one comment."
    if comment.edited_at is not None:
        when = say_instant(comment.edited_at, locale)
        yield f"Edited, seen {when}. Versions kept: {comment.versions}."
    if comment.missed_at is not None and comment.gone_since is None:
        when = say_instant(comment.missed_at, locale)
        yield f"A full check on {when} did not show it. The next full check decides."
    if comment.is_purged:
        yield "Its text was erased on request. It keeps its credit."


def _place_facts(
    question: Question, blog: BlogFacts, held: StoredFacts, locale: CourseLocale
) -> Iterator[str]:
    """What we know of the place, from the blog down to the post and the checks of it."""
    if blog.is_other:
        yield f"It is on another blog: “{blog.title}”."
    if blog.ended_at is not None and not blog.roles:
        yield f"We followed “{blog.title}” until {say_instant(blog.ended_at, locale)}."
    elif blog.followed_since is not None:
        yield f"We have followed “{blog.title}” since {say_instant(blog.followed_since, locale)}."
    post = held.post
    if post is not None:
        since = say_instant(post.first_seen_at, locale)
        yield f"We have known the post “{post.title or post.url}” since {since}; {_say_held(post)}."
        if post.takes_comments is False:
            yield "The blog says that comments on this post are closed."
    elif question.names_comment and question.post_keys:
        yield "We don’t know the post either: no feed has shown it or a comment on it."
    yield from _check_facts(blog, post, locale)
    for gap in blog.gaps:
        yield say_gap(gap, locale)
    for receipt in held.receipts:
        yield _receipt_fact(receipt, locale)


def _say_held(post: PostFacts) -> str:
    said = f"we have {say_count(post.held, 'comment') if post.held else 'no comments'} on it"
    return said if post.total is None else f"{said}, and the blog counts {post.total}"


def _check_facts(blog: BlogFacts, post: PostFacts | None, locale: CourseLocale) -> Iterator[str]:
    if blog.fully_checked_at is not None:
        yield f"Last full check of its comments: {say_instant(blog.fully_checked_at, locale)}."
    elif blog.has_comment_feed:
        yield "Its comments have not been checked in full yet."
    if blog.rest_at is not None:
        yield f"Last check by REST, back to the start of the term: {say_instant(blog.rest_at, locale)}."
    if post is not None and post.fully_checked_at is not None:
        yield f"Last check of the post’s own feed: {say_instant(post.fully_checked_at, locale)}."
    if blog.next_at is not None and blog.roles and blog.opted_out_at is None:
        yield f"Next check: {say_instant(blog.next_at, locale)}."


def _receipt_fact(receipt: ReceiptFacts, locale: CourseLocale) -> str:
    saved = f"{receipt.person.name} saved a receipt for this post on {say_instant(receipt.saved_at, locale)}"
    if receipt.state == "found":
        return f"{saved}. That comment was found."
    if receipt.state == "unreadable":
        return f"{saved}. We couldn’t read the post: {receipt.trouble}"
    return f"{saved}. The comment has not been found yet."
