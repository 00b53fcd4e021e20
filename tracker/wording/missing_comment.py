"""Why a comment is not here, in words for staff: the answer, what it rests on, and what can be done.

Tested with the decision, in tests/queries/blogs/test_explain.py.
"""

from __future__ import annotations

from collections.abc import Iterator

from tracker.domain.locale import CourseLocale
from tracker.domain.missing_comment import (
    BlogFacts,
    CommentFacts,
    Finding,
    Held,
    PostFacts,
    Question,
    ReceiptFacts,
)
from tracker.wording.arrival import WAYS
from tracker.wording.blogs import say_health
from tracker.wording.numbers import say_count
from tracker.wording.times import say_instant

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


RECEIPT = (
    "The student saves a receipt with link and text on their own page; every check then reads that post "
    "until the comment is found."
)
CHECK_NOW = "Check this blog now, and ask again."

_FINDINGS = {
    Finding.NOT_AN_ADDRESS: "This is not the address of a comment or a post.",
    Finding.NOT_FOLLOWED: "This address is on none of the blogs that the course follows.",
    Finding.NO_LONGER_FOLLOWED: "The course does not follow “{blog}” any more.",
    Finding.BLOG: "This is the blog “{blog}” itself.",
    Finding.POST: "This is a post we know; {held}.",
    Finding.HERE: "It is here. {whose}",
    Finding.GONE: "It was here, and is gone from its blog since {gone}. {whose}",
    Finding.NOT_A_COMMENT: "It is here, and not counted: {ignored}.",
    Finding.OPTED_OUT: "The owner of “{blog}” asked us not to check it, so nothing there is read.",
    Finding.CLASS_BLOG: "“{blog}” is followed as a class blog, for its posts; its comments are not checked.",
    Finding.NO_COMMENT_FEED: "“{blog}” has no feed of its comments, so {what} cannot be found automatically.",
    Finding.NEVER_LOOKED: "“{blog}” has not been checked yet.",
    Finding.BLOG_GONE: "“{blog}” answers that it is gone for good, {health}.",
    Finding.NO_ANSWER: "“{blog}” hasn’t responded {health}; nothing newer can be seen.",
    Finding.HELD: "Only its writer is shown this link, while the blog’s owner has not approved the comment.",
    Finding.GAP: "We never saw {what}; it may lie in what “{blog}” showed while we did not see it.",
    Finding.UNKNOWN_POST: "We know this blog, but no such post of it.",
    Finding.NOT_SHOWN: "No {such} was ever shown to us. {likely}",
}

_TODO: dict[Finding, tuple[str, ...]] = {
    Finding.NOT_AN_ADDRESS: ("Copy the link of the comment’s date on its blog, or the address of the post.",),
    Finding.NOT_FOLLOWED: (
        "Follow the blog, if students are to comment there; what it still shows is read at once.",
    ),
    Finding.NO_LONGER_FOLLOWED: ("Follow it again, if students still comment there.",),
    Finding.POST: (
        "Paste the link of the comment itself (its date on the blog) to ask about it alone.",
        CHECK_NOW,
    ),
    Finding.GONE: ("Nothing: what was seen in time keeps its credit, and its text is kept.",),
    Finding.OPTED_OUT: ("Assign its students another blog. Receipts are kept as their own word.",),
    Finding.CLASS_BLOG: ("Follow it as a blog to comment on, if comments there are to count.",),
    Finding.NO_COMMENT_FEED: (RECEIPT,),
    Finding.NEVER_LOOKED: (CHECK_NOW,),
    Finding.BLOG_GONE: ("Assign its students another blog; what was seen there keeps its credit.", RECEIPT),
    Finding.NO_ANSWER: (CHECK_NOW, RECEIPT, "Until it answers, what rests on it says “Cannot see”."),
    Finding.HELD: (
        RECEIPT,
        "Nothing else: when the owner approves it, it is found with its own time.",
    ),
    Finding.GAP: (CHECK_NOW, RECEIPT),
    Finding.UNKNOWN_POST: (
        "Check the address; a new post is known after the next check.",
        CHECK_NOW,
        RECEIPT,
    ),
    Finding.NOT_SHOWN: (CHECK_NOW, RECEIPT),
}


def say_finding(finding: Finding, question: Question, held: Held, locale: CourseLocale) -> str:
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
        such="comment with this number" if question.number else "such comment",
    )
    return said.strip()


def say_facts(finding: Finding, question: Question, held: Held, locale: CourseLocale) -> Iterator[str]:
    """What the answer rests on, in the order of doubt."""
    if held.blog is None:
        if finding is Finding.NOT_FOLLOWED:
            yield "Nothing written there can have been seen."
    elif held.comment is not None:
        yield from _comment_facts(held.blog, held.comment, locale)
    else:
        yield from _place_facts(question, held.blog, held, locale)


def say_todo(finding: Finding, held: Held, *, can_check: bool) -> Iterator[str]:
    """What can be done, the nearest first."""
    verdict = held.comment.verdict if held.comment else ""
    if verdict == "review":
        yield "Decide in Review whose it is."
    elif verdict == "ignore" and finding is Finding.HERE:
        yield "If it is a student’s all the same, give it to them on its page in Review."
    elif verdict == "accept" and finding is not Finding.GONE:
        yield "If it does not count as expected, its student’s page says why."
    else:
        yield from (one for one in _TODO.get(finding, ()) if can_check or one is not CHECK_NOW)
        if finding is Finding.POST and held.post is not None and held.post.is_incomplete:
            yield RECEIPT


def _say_likely(blog: BlogFacts, held: Held) -> str:
    if any(receipt.state != "found" for receipt in held.receipts):
        return "It is probably still in moderation; a receipt is kept for it."
    if blog.later_held:
        return "Later ones were, so its owner has probably not approved it, or has removed it."
    if blog.holds_comments:
        return "This owner approves comments by hand: it is probably still in moderation."
    return "It is probably still in moderation, or came after our last check."


def _say_whose(comment: CommentFacts) -> str:
    if comment.verdict == "accept":
        who = comment.student.name if comment.student else "a student of another section"
        return f"It is linked to {who}{', because a person said so' if comment.decided else ''}."
    if comment.verdict == "review":
        return f"It waits in Review: {say_count(comment.candidates, 'student')} could have written it."
    if comment.verdict == "ignore":
        return f"It is nobody’s, because {IGNORED.get(comment.reason, 'the rules say so')}."
    return "This course has not linked it to anybody."


def _comment_facts(blog: BlogFacts, comment: CommentFacts, locale: CourseLocale) -> Iterator[str]:
    where = f"on “{comment.post_title}”, " if comment.post_title else ""
    signed = f"Signed “{comment.author}”, " if comment.author else "Not signed, "
    yield f"{signed}{where}at “{blog.title}”."
    stated = f"Its blog dates it {say_instant(comment.posted_at, locale)}; " if comment.posted_at else ""
    feed = f", in {WAYS[comment.feed]}" if comment.feed else ""
    yield f"{stated}first seen {say_instant(comment.first_seen_at, locale)}{feed}."
    if comment.other_ids:
        yield ("It came in under more than one id; these proved to be one comment, and are held as one.")
    if comment.edited_at is not None:
        when = say_instant(comment.edited_at, locale)
        yield f"Edited, the last time seen {when}; {say_count(comment.versions, 'version')} are kept."
    if comment.missed_at is not None and comment.gone_since is None:
        when = say_instant(comment.missed_at, locale)
        yield f"Its place was read without it on {when}; the next full check decides."
    if comment.is_purged:
        yield "Its text was erased on request; what it counted for stays."


def _place_facts(question: Question, blog: BlogFacts, held: Held, locale: CourseLocale) -> Iterator[str]:
    """What we know of the place, from the blog down to the post and the checks of it."""
    if blog.is_other:
        yield f"It lies on another blog than this one: “{blog.title}”."
    if blog.ended_at is not None and not blog.roles:
        yield f"“{blog.title}” was followed until {say_instant(blog.ended_at, locale)}."
    elif blog.followed_since is not None:
        yield f"“{blog.title}” is followed since {say_instant(blog.followed_since, locale)}."
    post = held.post
    if post is not None:
        since = say_instant(post.first_seen_at, locale)
        yield f"We know the post “{post.title or post.url}” since {since}; {_say_held(post)}."
        if post.takes_comments is False:
            yield "As far as the blog says, the post takes no comments."
    elif question.names_comment and question.post_keys:
        yield "We do not know the post, either: no feed showed it, and no comment on it came in."
    yield from _check_facts(blog, post, locale)
    for gap in blog.gaps:
        some = f"{say_count(gap.expected, 'comment')}" if gap.expected else "some comments"
        since = say_instant(gap.after_at, locale) if gap.after_at else "the beginning"
        until = say_instant(gap.before_at, locale)
        yield f"A gap is open: between {since} and {until} {some} may have come unseen."
    for receipt in held.receipts:
        yield _receipt_fact(receipt, locale)


def _say_held(post: PostFacts) -> str:
    said = f"we hold {say_count(post.held, 'comment')} of it" if post.held else "we hold no comment of it"
    if post.total is None:
        return said
    return f"{said}, and its blog counts {post.total}"


def _check_facts(blog: BlogFacts, post: PostFacts | None, locale: CourseLocale) -> Iterator[str]:
    if blog.looked_at is not None:
        yield f"All its comments: last full check {say_instant(blog.looked_at, locale)}."
    elif blog.has_comment_feed:
        yield "Its comments have not been checked in full yet."
    if blog.rest_at is not None:
        yield f"By REST, everything since the term began: {say_instant(blog.rest_at, locale)}."
    if post is not None and post.looked_at is not None:
        yield f"The post’s own feed: {say_instant(post.looked_at, locale)}."
    if blog.next_at is not None and blog.roles and blog.opted_out_at is None:
        yield f"Next check: {say_instant(blog.next_at, locale)}."


def _receipt_fact(receipt: ReceiptFacts, locale: CourseLocale) -> str:
    saved = f"{receipt.person.name} saved a receipt for this post on {say_instant(receipt.saved_at, locale)}"
    if receipt.state == "found":
        return f"{saved}; that comment was found."
    if receipt.state == "unreadable":
        return f"{saved}; the post could not be read: {receipt.trouble}"
    return f"{saved}; its comment has not been found yet."
