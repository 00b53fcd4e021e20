"""One edge case a student (PRODUCT §6), each written down together with its truth."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tracker.demo.blogosphere.addresses import post_url
from tracker.demo.blogosphere.blogs import DemoComment, Failure, Outage, Serves
from tracker.demo.blogosphere.events import BlogChange
from tracker.demo.conflicts import break_off
from tracker.demo.crowd import add_passer_by, add_pingback
from tracker.demo.doubtful import doubtful_comment
from tracker.demo.forms import Form, comment_by
from tracker.demo.output import Receipts
from tracker.demo.scenario import DemoStudent, Scenario
from tracker.demo.summaries import write_summary
from tracker.domain.states import State

NUMBER = 1
DUE_DAY = 13
SUMMARY_DUE_DAY = 20
PACIFIC = ZoneInfo("America/Los_Angeles")

Writer = Callable[[Scenario, DemoStudent, Receipts], None]


@dataclass(frozen=True, slots=True)
class EdgeCase:
    """`blog` is one of `course.BLOGS`."""

    name: str
    blog: str
    write: Writer


def write_plain(
    scenario: Scenario, student: DemoStudent, receipts: Receipts, *, form: Form | None = None
) -> None:
    """Everything as asked."""
    first, second = _comments(scenario, student, form)
    _both_and_summary(scenario, student, first, second)


def _comments(
    scenario: Scenario, student: DemoStudent, form: Form | None = None
) -> tuple[DemoComment, DemoComment]:
    first = comment_by(
        scenario, student, scenario.post_of_day(student.allocated, 0), scenario.some_time(1, 5), form
    )
    second = comment_by(
        scenario, student, scenario.post_of_day(student.allocated, 5), scenario.some_time(7, 12), form
    )
    return first, second


def _both_and_summary(
    scenario: Scenario,
    student: DemoStudent,
    first: DemoComment,
    second: DemoComment,
    *,
    second_state: State = State.MET,
    title: str | None = None,
    at: datetime | None = None,
    why: str = "",
) -> None:
    """Both comments and a summary of them; dated `at`, else some day of the third week."""
    due = scenario.at(SUMMARY_DUE_DAY + 1, 0)
    at = at or scenario.some_time(15, 19)
    summary = write_summary(scenario, student, (first, second), at, number=NUMBER, title=title)
    scenario.find(student, "comment-1", State.MET, first, why=why)
    scenario.find(student, "comment-2", second_state, second, why=why)
    state = State.MET if at < due else State.LATE
    scenario.find(student, "summary", state, first, second, companion=summary, why=why)
    if student.allocated.serves is Serves.WORDPRESS and not student.allocated.outages:
        add_pingback(scenario, student, summary, second.post)


def _without_summary(
    scenario: Scenario,
    student: DemoStudent,
    first: DemoComment | None,
    second: State,
    why: str,
    *found: DemoComment,
) -> None:
    """At most one comment is certain, the second stands as told, and no summary was written."""
    state = State.MET if first else second
    scenario.find(student, "comment-1", state, *([first] if first else found[:1]), why=why)
    scenario.find(student, "comment-2", second, *(found if first else found[1:]), why=why)
    scenario.find(student, "summary", State.NOT_FOUND_YET, why="never written")


def _approved_late(scenario: Scenario, student: DemoStudent, receipts: Receipts) -> None:
    """S2: held on Sunday evening with a receipt, approved on Wednesday behind ten newer comments."""
    first = comment_by(
        scenario, student, scenario.post_of_day(student.allocated, 0), scenario.at(3, 19, 5), Form.LINK
    )
    post = scenario.post_of_day(student.allocated, 5)
    at = scenario.at(DUE_DAY, 22, 10)
    second = comment_by(scenario, student, post, at, Form.LINK, held=True)
    second.record(scenario.at(DUE_DAY + 3, 14), BlogChange.APPROVED)
    receipts.append((student, second, at + timedelta(minutes=1)))
    for n in range(14):
        day, hour = DUE_DAY + 1 + n // 7, 8 + 2 * (n % 7)
        add_passer_by(
            scenario, student.allocated, scenario.post_of_day(student.allocated, 9), scenario.at(day, hour, n)
        )
    _both_and_summary(
        scenario, student, first, second, at=scenario.at(18, 20, 3), why="approved late, receipt on time"
    )


def _twin_with_links(scenario: Scenario, student: DemoStudent, receipts: Receipts) -> None:
    write_plain(scenario, student, receipts, form=Form.LINK)


def _doubtful(n: int) -> Writer:
    """The first comment is certain, the second is the n-th kind of doubt."""

    def write(scenario: Scenario, student: DemoStudent, receipts: Receipts) -> None:
        first = comment_by(
            scenario, student, scenario.post_of_day(student.allocated, 0), scenario.some_time(1, 5), Form.LINK
        )
        post = scenario.post_of_day(student.allocated, 5)
        second, why = doubtful_comment(scenario, student, post, scenario.some_time(7, 12), n)
        _without_summary(scenario, student, first, State.IN_REVIEW, why, second)

    return write


def _alias(scenario: Scenario, student: DemoStudent, receipts: Receipts) -> None:
    """S7, registered: a nickname that stands on the roster, with the class blog's link."""
    student.aliases = "nightowl_ed;Owl"
    first, second = _comments(scenario, student, Form.LINK)
    first.author = second.author = "nightowl_ed"
    _both_and_summary(scenario, student, first, second, why="registered nickname")


def _with_form(form: Form) -> Writer:
    def write(scenario: Scenario, student: DemoStudent, receipts: Receipts) -> None:
        write_plain(scenario, student, receipts, form=form)

    return write


def _mistyped(scenario: Scenario, student: DemoStudent, receipts: Receipts) -> None:
    """Two letters of the class blog's address changed places; the full name and the course are there."""
    first, second = _comments(scenario, student, Form.NAMED)
    mistyped = swap_letters(student.class_blog.home_url)
    first.author_url = second.author_url = mistyped
    _both_and_summary(scenario, student, first, second, why="mistyped class-blog address")


def swap_letters(url: str) -> str:
    """The address with two neighboring letters of its host, the first that differ, swapped."""
    start = len("http://") + 2
    n = next(n for n in range(start, len(url)) if url[n] != url[n + 1])
    return url[:n] + url[n + 1] + url[n] + url[n + 2 :]


def _mute(scenario: Scenario, student: DemoStudent, receipts: Receipts) -> None:
    """S3: no comment feed."""
    first, second = _comments(scenario, student, Form.LINK)
    _without_summary(scenario, student, None, State.CANNOT_SEE, "no comment feed", first, second)


def _gone_finished(scenario: Scenario, student: DemoStudent, receipts: Receipts) -> None:
    """S15: the blog goes for good after both comments were seen."""
    student.allocated.outages.append(Outage(scenario.at(8, 12), failure=Failure.GONE))
    blog = student.allocated
    first = comment_by(scenario, student, scenario.post_of_day(blog, 0), scenario.at(2, 18, 40), Form.LINK)
    second = comment_by(scenario, student, scenario.post_of_day(blog, 5), scenario.at(6, 20, 15), Form.LINK)
    _both_and_summary(scenario, student, first, second, why="finished before the blog went")


def _gone_halfway(scenario: Scenario, student: DemoStudent, receipts: Receipts) -> None:
    blog = student.allocated
    first = comment_by(scenario, student, scenario.post_of_day(blog, 0), scenario.at(3, 17, 30), Form.LINK)
    _without_summary(scenario, student, first, State.CANNOT_SEE, "the blog went after one comment")


def _same_post(scenario: Scenario, student: DemoStudent, receipts: Receipts) -> None:
    """S0's lesson: two comments on one post are one."""
    post = scenario.post_of_day(student.allocated, 0)
    first = comment_by(scenario, student, post, scenario.at(3, 18, 2), Form.LINK)
    comment_by(scenario, student, post, scenario.at(9, 21, 44), Form.LINK)
    _without_summary(scenario, student, first, State.NOT_FOUND_YET, "two comments on one post")


def _late(scenario: Scenario, student: DemoStudent, receipts: Receipts) -> None:
    """S11: a blog in Pacific time shows 10:30 PM on the due Sunday, which is 00:30 in the course."""
    blog = student.allocated
    blog.zone = PACIFIC
    first = comment_by(scenario, student, scenario.post_of_day(blog, 0), scenario.at(4, 20, 20), Form.LINK)
    at = scenario.at(DUE_DAY, 22, 30, zone=PACIFIC)
    second = comment_by(scenario, student, scenario.post_of_day(blog, 5), at, Form.LINK)
    why = "half an hour past the bound, in another zone"
    _both_and_summary(scenario, student, first, second, second_state=State.LATE, why=why)


def _deleted(scenario: Scenario, student: DemoStudent, receipts: Receipts) -> None:
    """S4: seen and credited, deleted by the owner later."""
    first, second = _comments(scenario, student, Form.LINK)
    first.record(scenario.at(15, 11), BlogChange.REMOVED)
    _both_and_summary(scenario, student, first, second, why="deleted after it was seen")


def _nothing(scenario: Scenario, student: DemoStudent, receipts: Receipts) -> None:
    _without_summary(scenario, student, None, State.NOT_FOUND_YET, "did nothing")


def _untitled(scenario: Scenario, student: DemoStudent, receipts: Receipts) -> None:
    first, second = _comments(scenario, student, Form.PROFILE)
    _both_and_summary(scenario, student, first, second, title="", why="untitled summary, known by its links")


def _summary_late(scenario: Scenario, student: DemoStudent, receipts: Receipts) -> None:
    first, second = _comments(scenario, student, Form.PROFILE)
    at = scenario.at(SUMMARY_DUE_DAY + 1, 0, 40)
    _both_and_summary(scenario, student, first, second, at=at, why="summary forty minutes late")


def _summary_missing(scenario: Scenario, student: DemoStudent, receipts: Receipts) -> None:
    """S9 beside it: the second comment was sent in two parts."""
    first, second = _comments(scenario, student, Form.LINK)
    break_off(scenario, student, second)
    scenario.find(student, "comment-1", State.MET, first)
    scenario.find(student, "comment-2", State.MET, second)
    scenario.find(student, "summary", State.NOT_FOUND_YET, why="never written")


def _link_too_general(scenario: Scenario, student: DemoStudent, receipts: Receipts) -> None:
    """S18: the summary links the blog and none of its posts."""
    blog = student.allocated
    _doubtful_summary(scenario, student, [(blog.title, blog.home_url)], "summary links the blog only")


def _links_other_posts(scenario: Scenario, student: DemoStudent, receipts: Receipts) -> None:
    """S18: the summary links two posts that were not commented on."""
    blog = student.allocated
    posts = [scenario.post_of_day(blog, day) for day in (-6, 9)]
    links = [(post.title, post_url(blog, post)) for post in posts]
    _doubtful_summary(scenario, student, links, "summary links other posts")


def _doubtful_summary(
    scenario: Scenario, student: DemoStudent, links: list[tuple[str, str]], why: str
) -> None:
    first, second = _comments(scenario, student, Form.PROFILE)
    html = scenario.scribe.summary(student.allocated.owner_name, links)
    at = scenario.some_time(15, 19)
    summary = scenario.write_post(student.class_blog, f"C4T #{NUMBER} Summary Post", html, at)
    scenario.find(student, "comment-1", State.MET, first)
    scenario.find(student, "comment-2", State.MET, second)
    scenario.find(student, "summary", State.IN_REVIEW, first, second, companion=summary, why=why)


def _redated(scenario: Scenario, student: DemoStudent, receipts: Receipts) -> None:
    """S18: dated Friday, shown from Sunday afternoon on; two nightly polls between did not see it."""
    first, second = _comments(scenario, student, Form.PROFILE)
    summary = write_summary(scenario, student, (first, second), scenario.at(18, 16, 0), number=NUMBER)
    summary.appears_at = scenario.at(SUMMARY_DUE_DAY, 15)
    scenario.find(student, "comment-1", State.MET, first)
    scenario.find(student, "comment-2", State.MET, second)
    why = "summary dated before nights that did not show it"
    scenario.find(student, "summary", State.DATE_QUESTIONABLE, first, second, companion=summary, why=why)


EDGE_CASES = (
    EdgeCase("approved late", "moderated", _approved_late),
    EdgeCase("twin with links", "classic", _twin_with_links),
    EdgeCase("twin without a link", "pacific", _doubtful(0)),
    EdgeCase("nickname on the roster", "classic", _alias),
    EdgeCase("first name and link", "default", _with_form(Form.FIRST_LINK)),
    EdgeCase("first name only", "default", _doubtful(2)),
    EdgeCase("anonymous", "blogger", _doubtful(0)),
    EdgeCase("husband's account", "blogger-2", _doubtful(2)),
    EdgeCase("names without links", "plain", _with_form(Form.NAMED)),
    EdgeCase("CommentLuv tails", "classic", _with_form(Form.TAIL)),
    EdgeCase("mistyped address", "default", _mistyped),
    EdgeCase("no comment feed", "mute", _mute),
    EdgeCase("blog gone, finished", "gone", _gone_finished),
    EdgeCase("blog gone, halfway", "gone", _gone_halfway),
    EdgeCase("same post twice", "blogger-3", _same_post),
    EdgeCase("late by half an hour", "pacific", _late),
    EdgeCase("deleted later", "classic", _deleted),
    EdgeCase("nothing at all", "plain", _nothing),
    EdgeCase("untitled summary", "blogger-3", _untitled),
    EdgeCase("late summary", "blogger", _summary_late),
    EdgeCase("no summary", "default", _summary_missing),
    EdgeCase("summary links the blog", "blogger", _link_too_general),
    EdgeCase("summary links other posts", "blogger-2", _links_other_posts),
    EdgeCase("re-dated summary", "blogger-3", _redated),
)
"""Each with the blog it happens on, in the order of the students."""
