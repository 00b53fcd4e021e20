"""One awkward case a student (PRODUCT §6), each laid down together with its truth."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tracker.demo.blogosphere.addresses import post_url
from tracker.demo.blogosphere.blogs import Comment, Serves
from tracker.demo.crowd import add_passer_by, add_pingback
from tracker.demo.doubtful import doubtful_comment
from tracker.demo.forms import Form, comment_by
from tracker.demo.output import Receipts
from tracker.demo.scenario import Stage, Student
from tracker.demo.summaries import write_summary
from tracker.demo.to_settle import break_off
from tracker.domain.grade import State

NUMBER = 1
DUE_DAY = 13
SUMMARY_DUE_DAY = 20
PACIFIC = ZoneInfo("America/Los_Angeles")

Play = Callable[[Stage, Student, Receipts], None]


@dataclass(frozen=True, slots=True)
class Role:
    """`blog` is one of `course.BLOGS`."""

    name: str
    blog: str
    play: Play


def play_plain(stage: Stage, student: Student, receipts: Receipts, *, form: Form | None = None) -> None:
    """Everything as asked."""
    first, second = _comments(stage, student, form)
    _both_and_summary(stage, student, first, second)


def _comments(stage: Stage, student: Student, form: Form | None = None) -> tuple[Comment, Comment]:
    first = comment_by(stage, student, stage.post_of_day(student.allocated, 0), stage.some_time(1, 5), form)
    second = comment_by(stage, student, stage.post_of_day(student.allocated, 5), stage.some_time(7, 12), form)
    return first, second


def _both_and_summary(
    stage: Stage,
    student: Student,
    first: Comment,
    second: Comment,
    *,
    second_state: State = State.MET,
    title: str | None = None,
    at: datetime | None = None,
    why: str = "",
) -> None:
    """Both comments and a summary of them; dated `at`, else some day of the third week."""
    due = stage.at(SUMMARY_DUE_DAY + 1, 0)
    at = at or stage.some_time(15, 19)
    summary = write_summary(stage, student, (first, second), at, number=NUMBER, title=title)
    stage.find(student, "comment-1", State.MET, first, why=why)
    stage.find(student, "comment-2", second_state, second, why=why)
    state = State.MET if at < due else State.LATE
    stage.find(student, "summary", state, first, second, companion=summary, why=why)
    if student.allocated.serves is Serves.WORDPRESS and not student.allocated.gone_from:
        add_pingback(stage, student, summary, second.post)


def _without_summary(
    stage: Stage, student: Student, first: Comment | None, second: State, why: str, *found: Comment
) -> None:
    """At most one comment is certain, the second stands as told, and no summary was written."""
    state = State.MET if first else second
    stage.find(student, "comment-1", state, *([first] if first else found[:1]), why=why)
    stage.find(student, "comment-2", second, *(found if first else found[1:]), why=why)
    stage.find(student, "summary", State.NOT_FOUND_YET, why="never written")


def _approved_late(stage: Stage, student: Student, receipts: Receipts) -> None:
    """S2: held on Sunday evening with a receipt, approved on Wednesday behind ten newer comments."""
    first = comment_by(stage, student, stage.post_of_day(student.allocated, 0), stage.at(3, 19, 5), Form.LINK)
    post = stage.post_of_day(student.allocated, 5)
    at = stage.at(DUE_DAY, 22, 10)
    second = comment_by(stage, student, post, at, Form.LINK)
    second.held, second.approved_at = True, stage.at(DUE_DAY + 3, 14)
    receipts.append((student, second, at + timedelta(minutes=1)))
    for n in range(14):
        day, hour = DUE_DAY + 1 + n // 7, 8 + 2 * (n % 7)
        add_passer_by(
            stage, student.allocated, stage.post_of_day(student.allocated, 9), stage.at(day, hour, n)
        )
    _both_and_summary(
        stage, student, first, second, at=stage.at(18, 20, 3), why="approved late, receipt on time"
    )


def _twin_with_links(stage: Stage, student: Student, receipts: Receipts) -> None:
    play_plain(stage, student, receipts, form=Form.LINK)


def _doubtful(n: int) -> Play:
    """The first comment is certain, the second is the n-th kind of doubt."""

    def play(stage: Stage, student: Student, receipts: Receipts) -> None:
        first = comment_by(
            stage, student, stage.post_of_day(student.allocated, 0), stage.some_time(1, 5), Form.LINK
        )
        post = stage.post_of_day(student.allocated, 5)
        second, why = doubtful_comment(stage, student, post, stage.some_time(7, 12), n)
        _without_summary(stage, student, first, State.IN_REVIEW, why, second)

    return play


def _alias(stage: Stage, student: Student, receipts: Receipts) -> None:
    """S7, registered: a nickname that stands on the roster, with the class blog's link."""
    student.aliases = "nightowl_ed;Owl"
    first, second = _comments(stage, student, Form.LINK)
    first.author = second.author = "nightowl_ed"
    _both_and_summary(stage, student, first, second, why="registered nickname")


def _with_form(form: Form) -> Play:
    def play(stage: Stage, student: Student, receipts: Receipts) -> None:
        play_plain(stage, student, receipts, form=form)

    return play


def _mistyped(stage: Stage, student: Student, receipts: Receipts) -> None:
    """Two letters of the class blog's address changed places; the full name and the course are there."""
    first, second = _comments(stage, student, Form.NAMED)
    mistyped = swap_letters(student.class_blog.home_url)
    first.author_url = second.author_url = mistyped
    _both_and_summary(stage, student, first, second, why="mistyped class-blog address")


def swap_letters(url: str) -> str:
    """The address with two neighbouring letters of its host, the first that differ, swapped."""
    start = len("http://") + 2
    n = next(n for n in range(start, len(url)) if url[n] != url[n + 1])
    return url[:n] + url[n + 1] + url[n] + url[n + 2 :]


def _mute(stage: Stage, student: Student, receipts: Receipts) -> None:
    """S3: no comment feed."""
    first, second = _comments(stage, student, Form.LINK)
    _without_summary(stage, student, None, State.CANNOT_SEE, "no comment feed", first, second)


def _gone_finished(stage: Stage, student: Student, receipts: Receipts) -> None:
    """S15: the blog goes for good after both comments were seen."""
    student.allocated.gone_from = stage.at(8, 12)
    blog = student.allocated
    first = comment_by(stage, student, stage.post_of_day(blog, 0), stage.at(2, 18, 40), Form.LINK)
    second = comment_by(stage, student, stage.post_of_day(blog, 5), stage.at(6, 20, 15), Form.LINK)
    _both_and_summary(stage, student, first, second, why="finished before the blog went")


def _gone_halfway(stage: Stage, student: Student, receipts: Receipts) -> None:
    blog = student.allocated
    first = comment_by(stage, student, stage.post_of_day(blog, 0), stage.at(3, 17, 30), Form.LINK)
    _without_summary(stage, student, first, State.CANNOT_SEE, "the blog went after one comment")


def _same_post(stage: Stage, student: Student, receipts: Receipts) -> None:
    """S0's lesson: two comments on one post are one."""
    post = stage.post_of_day(student.allocated, 0)
    first = comment_by(stage, student, post, stage.at(3, 18, 2), Form.LINK)
    comment_by(stage, student, post, stage.at(9, 21, 44), Form.LINK)
    _without_summary(stage, student, first, State.NOT_FOUND_YET, "two comments on one post")


def _late(stage: Stage, student: Student, receipts: Receipts) -> None:
    """S11: a blog in Pacific time shows 10:30 PM on the due Sunday, which is 00:30 in the course."""
    blog = student.allocated
    blog.zone = PACIFIC
    first = comment_by(stage, student, stage.post_of_day(blog, 0), stage.at(4, 20, 20), Form.LINK)
    at = stage.at(DUE_DAY, 22, 30, zone=PACIFIC)
    second = comment_by(stage, student, stage.post_of_day(blog, 5), at, Form.LINK)
    why = "half an hour past the bound, in another zone"
    _both_and_summary(stage, student, first, second, second_state=State.LATE, why=why)


def _deleted(stage: Stage, student: Student, receipts: Receipts) -> None:
    """S4: seen and credited, deleted by the owner later."""
    first, second = _comments(stage, student, Form.LINK)
    first.deleted_at = stage.at(15, 11)
    _both_and_summary(stage, student, first, second, why="deleted after it was seen")


def _nothing(stage: Stage, student: Student, receipts: Receipts) -> None:
    _without_summary(stage, student, None, State.NOT_FOUND_YET, "did nothing")


def _untitled(stage: Stage, student: Student, receipts: Receipts) -> None:
    first, second = _comments(stage, student, Form.PROFILE)
    _both_and_summary(stage, student, first, second, title="", why="untitled summary, known by its links")


def _summary_late(stage: Stage, student: Student, receipts: Receipts) -> None:
    first, second = _comments(stage, student, Form.PROFILE)
    at = stage.at(SUMMARY_DUE_DAY + 1, 0, 40)
    _both_and_summary(stage, student, first, second, at=at, why="summary forty minutes late")


def _summary_missing(stage: Stage, student: Student, receipts: Receipts) -> None:
    """S9 beside it: the second comment was sent in two parts."""
    first, second = _comments(stage, student, Form.LINK)
    break_off(stage, student, second)
    stage.find(student, "comment-1", State.MET, first)
    stage.find(student, "comment-2", State.MET, second)
    stage.find(student, "summary", State.NOT_FOUND_YET, why="never written")


def _link_too_general(stage: Stage, student: Student, receipts: Receipts) -> None:
    """S18: the summary links the blog and none of its posts."""
    blog = student.allocated
    _doubtful_summary(stage, student, [(blog.title, blog.home_url)], "summary links the blog only")


def _links_other_posts(stage: Stage, student: Student, receipts: Receipts) -> None:
    """S18: the summary links two posts that were not commented on."""
    blog = student.allocated
    posts = [stage.post_of_day(blog, day) for day in (-6, 9)]
    links = [(post.title, post_url(blog, post)) for post in posts]
    _doubtful_summary(stage, student, links, "summary links other posts")


def _doubtful_summary(stage: Stage, student: Student, links: list[tuple[str, str]], why: str) -> None:
    first, second = _comments(stage, student, Form.PROFILE)
    html = stage.scribe.summary(student.allocated.owner_name, links)
    at = stage.some_time(15, 19)
    summary = stage.write_post(student.class_blog, f"C4T #{NUMBER} Summary Post", html, at)
    stage.find(student, "comment-1", State.MET, first)
    stage.find(student, "comment-2", State.MET, second)
    stage.find(student, "summary", State.IN_REVIEW, first, second, companion=summary, why=why)


def _redated(stage: Stage, student: Student, receipts: Receipts) -> None:
    """S18: dated Friday, shown from Sunday afternoon on; two nightly looks between did not see it."""
    first, second = _comments(stage, student, Form.PROFILE)
    summary = write_summary(stage, student, (first, second), stage.at(18, 16, 0), number=NUMBER)
    summary.appears_at = stage.at(SUMMARY_DUE_DAY, 15)
    stage.find(student, "comment-1", State.MET, first)
    stage.find(student, "comment-2", State.MET, second)
    why = "summary dated before nights that did not show it"
    stage.find(student, "summary", State.DATE_QUESTIONABLE, first, second, companion=summary, why=why)


ROLES = (
    Role("approved late", "moderated", _approved_late),
    Role("twin with links", "classic", _twin_with_links),
    Role("twin without a link", "pacific", _doubtful(0)),
    Role("nickname on the roster", "classic", _alias),
    Role("first name and link", "default", _with_form(Form.FIRST_LINK)),
    Role("first name only", "default", _doubtful(2)),
    Role("anonymous", "blogger", _doubtful(0)),
    Role("husband's account", "blogger-2", _doubtful(2)),
    Role("names without links", "plain", _with_form(Form.NAMED)),
    Role("CommentLuv tails", "classic", _with_form(Form.TAIL)),
    Role("mistyped address", "default", _mistyped),
    Role("no comment feed", "mute", _mute),
    Role("blog gone, finished", "gone", _gone_finished),
    Role("blog gone, halfway", "gone", _gone_halfway),
    Role("same post twice", "blogger-3", _same_post),
    Role("late by half an hour", "pacific", _late),
    Role("deleted later", "classic", _deleted),
    Role("nothing at all", "plain", _nothing),
    Role("untitled summary", "blogger-3", _untitled),
    Role("late summary", "blogger", _summary_late),
    Role("no summary", "default", _summary_missing),
    Role("summary links the blog", "blogger", _link_too_general),
    Role("summary links other posts", "blogger-2", _links_other_posts),
    Role("re-dated summary", "blogger-3", _redated),
)
"""Who plays what, in the order of the cast."""
