"""What is stored about a comment, its post and its blog, in sentences for staff."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.domain.feed import FeedKind
from tracker.domain.locale import CourseLocale
from tracker.queries.blogs.explain_facts import (
    BlogFacts,
    CommentFacts,
    Held,
    PostFacts,
    Question,
    ReceiptFacts,
)
from tracker.wording.numbers import say_count
from tracker.wording.times import say_instant

WAYS = {
    FeedKind.COMMENTS: "its feed of all comments",
    FeedKind.POST_COMMENTS: "the post’s own feed",
    FeedKind.POSTS: "a look at its posts",
    FeedKind.REST: "REST",
    FeedKind.PAGE: "the post’s page",
}
"""The way by which a comment first came, by the kind of feed that was looked at."""

IGNORED = {
    "owner": "it is by the blog’s owner",
    "staff": "it is signed by staff of the course",
    "outsider": "a person said that whoever writes under this name is no student",
    "nobody": "nothing in it points to a student of this course",
    "weak": "what points to a student is too little",
    "rejected": "a person said whose it is not, and nothing points to anybody else",
    "former-student": "it points to somebody who has left the course",
    "pingback": "it is a pingback, the note that another page links there",
    "tombstone": "it is only the note that a comment was removed",
}


def say_whose(comment: CommentFacts) -> str:
    if comment.verdict == "accept":
        who = comment.student.name if comment.student else "a student of another section"
        return f"It is linked to {who}{', because a person said so' if comment.decided else ''}."
    if comment.verdict == "review":
        return f"It waits in Review: {say_count(comment.candidates, 'student')} could have written it."
    if comment.verdict == "ignore":
        return f"It is nobody’s, because {IGNORED.get(comment.reason, 'the rules say so')}."
    return "This course has not linked it to anybody."


def comment_facts(blog: BlogFacts, comment: CommentFacts, locale: CourseLocale) -> Iterator[str]:
    where = f"on “{comment.post_title}”, " if comment.post_title else ""
    signed = f"Signed “{comment.author}”, " if comment.author else "Not signed, "
    yield f"{signed}{where}at “{blog.title}”."
    stated = f"Its blog dates it {say_instant(comment.posted_at, locale)}; " if comment.posted_at else ""
    feed = f", in {comment.feed}" if comment.feed else ""
    yield f"{stated}first seen {say_instant(comment.first_seen_at, locale)}{feed}."
    if comment.other_ids:
        yield ("It came in under more than one id; these proved to be one comment, and are held as one.")
    if comment.edited_at is not None:
        when = say_instant(comment.edited_at, locale)
        yield f"Edited, the last time seen {when}; {say_count(comment.versions, 'version')} are kept."
    if comment.missed_at is not None and comment.gone_since is None:
        when = say_instant(comment.missed_at, locale)
        yield f"Its place was read without it on {when}; the next whole look decides."
    if comment.is_purged:
        yield "Its text was erased on request; what it counted for stays."


def place_facts(question: Question, blog: BlogFacts, held: Held, locale: CourseLocale) -> Iterator[str]:
    """What we know of the place, from the blog down to the post and the looks at it."""
    if blog.is_other:
        yield f"It lies on another blog than this one: “{blog.title}”."
    if blog.ended_at is not None and not blog.roles:
        yield f"“{blog.title}” was followed until {say_instant(blog.ended_at, locale)}."
    elif blog.followed_since is not None:
        yield f"“{blog.title}” is followed since {say_instant(blog.followed_since, locale)}."
    post = held.post
    if post is not None:
        since = say_instant(post.first_seen_at, locale)
        yield f"We know the post “{post.title or post.url}” since {since}; {held_there(post)}."
        if post.takes_comments is False:
            yield "As far as the blog says, the post takes no comments."
    elif question.names_comment and question.post_keys:
        yield "We do not know the post, either: no feed showed it, and no comment on it came in."
    yield from _look_facts(blog, post, locale)
    for gap in blog.gaps:
        some = f"{say_count(gap.expected, 'comment')}" if gap.expected else "some comments"
        since = say_instant(gap.after_at, locale) if gap.after_at else "the beginning"
        until = say_instant(gap.before_at, locale)
        yield f"A gap is open: between {since} and {until} {some} may have come unseen."
    for receipt in held.receipts:
        yield _receipt_fact(receipt, locale)


def held_there(post: PostFacts) -> str:
    said = f"we hold {say_count(post.held, 'comment')} of it" if post.held else "we hold no comment of it"
    if post.total is None:
        return said
    return f"{said}, and its blog counts {post.total}"


def _look_facts(blog: BlogFacts, post: PostFacts | None, locale: CourseLocale) -> Iterator[str]:
    if blog.looked_at is not None:
        yield f"All its comments: last complete look {say_instant(blog.looked_at, locale)}."
    elif blog.has_comment_feed:
        yield "There was no complete look at its comments yet."
    if blog.rest_at is not None:
        yield f"By REST, everything since the term began: {say_instant(blog.rest_at, locale)}."
    if post is not None and post.looked_at is not None:
        yield f"The post’s own feed: {say_instant(post.looked_at, locale)}."
    if blog.next_at is not None and blog.roles and blog.opted_out_at is None:
        yield f"Next look: {say_instant(blog.next_at, locale)}."


def _receipt_fact(receipt: ReceiptFacts, locale: CourseLocale) -> str:
    saved = f"{receipt.person.name} saved a receipt for this post on {say_instant(receipt.saved_at, locale)}"
    if receipt.state == "found":
        return f"{saved}; that comment was found."
    if receipt.state == "unreadable":
        return f"{saved}; the post could not be read: {receipt.trouble}"
    return f"{saved}; its comment has not been found yet."
