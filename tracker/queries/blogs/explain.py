"""Why is this comment not here? Answered from what is stored: facts, ending in what can be done.

The decision is a function of plain facts, which `explain_rows` loads; `missing_comment` reads what
was pasted.
"""

from __future__ import annotations

from collections.abc import Iterator

from tracker.domain.blog import HealthCode, HealthLevel
from tracker.domain.feed import EntryKind
from tracker.domain.locale import CourseLocale
from tracker.queries.blogs.explain_facts import Answer, BlogFacts, CommentFacts, Explanation, Held, Question
from tracker.queries.blogs.explain_words import IGNORED, comment_facts, held_there, place_facts, say_whose
from tracker.wording.blogs import say_health
from tracker.wording.times import say_instant

RECEIPT = (
    "The student saves a receipt with link and text on their own page; every look then reads that post "
    "until the comment is found."
)
LOOK_NOW = "Look at this blog now, and ask again."


def explain(question: Question, held: Held, locale: CourseLocale) -> Explanation:
    """The answer to a question about one comment, post or blog, from what is held about it."""
    if not question.url and not question.comment_keys:
        return Explanation(
            Answer.NOT_AN_ADDRESS,
            "This is no address of a comment or a post.",
            todo=("Copy the link of the comment’s date on its blog, or the address of the post.",),
            url=question.url,
        )
    blog = held.blog
    if blog is None:
        return _not_followed(question)
    if held.comment is not None:
        return _here(question, blog, held.comment, locale)
    if question.is_home and held.post is None and not question.names_comment:
        return _answer(Answer.BLOG, blog, question, f"This is the blog “{blog.title}” itself.", locale, held)
    if held.post is not None and not question.names_comment:
        return _post(question, blog, held, locale)
    return _missing(question, blog, held, locale)


def _not_followed(question: Question) -> Explanation:
    return Explanation(
        Answer.NOT_FOLLOWED,
        "This address lies on none of the blogs that the course looks at.",
        facts=("So nothing written there can have been seen.",),
        todo=("Follow the blog, if students are to comment there; what it still shows is read at once.",),
        url=question.url,
        can_follow=True,
    )


def _here(question: Question, blog: BlogFacts, comment: CommentFacts, locale: CourseLocale) -> Explanation:
    answer, says = Answer.HERE, "It is here. " + say_whose(comment)
    if comment.kind is not EntryKind.COMMENT:
        answer = Answer.NOT_A_COMMENT
        says = f"It is here, and not counted: {IGNORED[comment.kind.value]}."
    elif comment.gone_since is not None:
        answer = Answer.GONE
        says = f"It was here, and is gone from its blog since {say_instant(comment.gone_since, locale)}. "
        says += say_whose(comment)
    todo = []
    if comment.verdict == "review":
        todo.append("Decide in Review whose it is.")
    elif comment.verdict == "ignore" and answer is Answer.HERE:
        todo.append("If it is a student’s all the same, give it to them on its page in Review.")
    elif answer is Answer.GONE:
        todo.append("Nothing: what was seen in time keeps its credit, and its text is kept.")
    elif comment.verdict == "accept":
        todo.append("If it does not count as expected, its student’s page says why.")
    return Explanation(
        answer,
        says.strip(),
        facts=tuple(comment_facts(blog, comment, locale)),
        todo=tuple(todo),
        url=comment.permalink or question.url,
        blog_id=blog.blog_id,
        blog=blog.title,
        comment_id=comment.comment_id,
        enrollment_id=comment.student.enrollment_id if comment.student else None,
        in_review=comment.verdict == "review",
        has_page=comment.verdict in ("review", "ignore") or comment.student is not None,
    )


def _post(question: Question, blog: BlogFacts, held: Held, locale: CourseLocale) -> Explanation:
    post = held.post
    assert post is not None  # noqa: S101 - the caller has looked
    says = f"This is a post we know; {held_there(post)}."
    short = post.total is not None and post.total > post.held
    todo: tuple[str, ...] = (
        "Paste the link of the comment itself (its date on the blog) to ask about it alone.",
    )
    if short:
        todo = (*todo, LOOK_NOW, RECEIPT)
    return _answer(Answer.POST, blog, question, says, locale, held, todo=todo)


def _missing(question: Question, blog: BlogFacts, held: Held, locale: CourseLocale) -> Explanation:
    """No such comment is held: why, by the surest reason first."""
    for answer, says, todo in _reasons(question, blog, held, locale):
        return _answer(answer, blog, question, says, locale, held, todo=todo)
    raise AssertionError("there is always a reason")


def _reasons(
    question: Question, blog: BlogFacts, held: Held, locale: CourseLocale
) -> Iterator[tuple[Answer, str, tuple[str, ...]]]:
    what = "this comment" if question.names_comment else "this post"
    if not blog.roles:
        yield (
            Answer.NOT_FOLLOWED,
            f"The course does not look at “{blog.title}” any more.",
            ("Follow it again, if students still comment there.",),
        )
    if blog.opted_out_at is not None:
        yield (
            Answer.OPTED_OUT,
            f"The owner of “{blog.title}” asked us not to look at it, so nothing there is read.",
            ("Give its students another blog. Receipts are kept as their own word.",),
        )
    if "followed" not in blog.roles:
        yield (
            Answer.CANNOT_SEE,
            f"“{blog.title}” is followed as a class blog, for its posts; comments there are not looked for.",
            ("Follow it as a blog to comment on, if comments there are to count.",),
        )
    if not blog.has_comment_feed:
        yield (
            Answer.CANNOT_SEE,
            f"“{blog.title}” has no feed of its comments, so {what} cannot be seen by itself.",
            (RECEIPT,),
        )
    since = say_health(blog.health, locale).says
    if blog.health.level is HealthLevel.WAITING:
        yield Answer.NEVER_LOOKED, f"“{blog.title}” has not been looked at yet.", (LOOK_NOW,)
    if blog.health.code is HealthCode.GONE:
        yield (
            Answer.CANNOT_SEE,
            f"“{blog.title}” answers that it is gone for good, {since}.",
            ("Give its students another blog; what was seen there keeps its credit.", RECEIPT),
        )
    if blog.health.is_silent:
        yield (
            Answer.CANNOT_SEE,
            f"“{blog.title}” does not answer, {since}; nothing newer can be seen.",
            (LOOK_NOW, RECEIPT, "Until it answers, what rests on it says “Cannot see”."),
        )
    if question.is_held:
        yield (
            Answer.HELD,
            "Only its writer is shown this link, while the blog’s owner has not let the comment through.",
            (RECEIPT, "Nothing else: when the owner lets it through, it is found with its own time."),
        )
    if blog.gaps:
        yield (
            Answer.GAP,
            f"We never saw {what}; it may lie in what “{blog.title}” showed while we did not see it.",
            (LOOK_NOW, RECEIPT),
        )
    if not question.names_comment:
        yield (
            Answer.NOT_SHOWN,
            "We know this blog, but no such post of it.",
            ("Check the address; a post that is new is known after the next look.", LOOK_NOW, RECEIPT),
        )
    says = (
        "No comment with this number was ever shown to us."
        if question.number
        else ("No such comment was ever shown to us.")
    )
    yield Answer.NOT_SHOWN, f"{says} {_likely(blog, held)}", (LOOK_NOW, RECEIPT)


def _likely(blog: BlogFacts, held: Held) -> str:
    if any(receipt.state != "found" for receipt in held.receipts):
        return "It is probably still in moderation; a receipt is kept for it."
    if blog.later_held:
        return "Later ones were, so its owner has probably not let it through, or has removed it."
    if blog.holds_comments:
        return "This owner lets comments through by hand: it is probably still in moderation."
    return "It is probably still in moderation, or came after our last look."


def _answer(
    answer: Answer,
    blog: BlogFacts,
    question: Question,
    says: str,
    locale: CourseLocale,
    held: Held,
    todo: tuple[str, ...] = (),
) -> Explanation:
    is_looked_at = bool(blog.roles) and blog.opted_out_at is None
    return Explanation(
        answer,
        says,
        facts=tuple(place_facts(question, blog, held, locale)),
        todo=todo if is_looked_at else tuple(one for one in todo if one != LOOK_NOW),
        url=question.url,
        blog_id=blog.blog_id,
        blog=blog.title,
        can_look=is_looked_at and LOOK_NOW in todo,
    )
