"""A full-sized course (PRODUCT S1) in which every student's state is known by construction."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from tracker.demo.blogosphere.blogs import DemoBlog, DemoComment, DemoPost, Outage, Permalinks, Serves, Theme
from tracker.demo.blogosphere.events import BlogChange
from tracker.demo.blogosphere.wordpress_feeds import OWNERS_SLIP
from tracker.demo.crowd import (
    add_owner_replies,
    add_passer_by,
    add_passers_by,
    add_pingback,
    add_spam,
    add_staff_comment,
)
from tracker.demo.doubtful import doubtful_comment
from tracker.demo.forms import Form, comment_by
from tracker.demo.names import Name
from tracker.demo.output import Receipts, write_course
from tracker.demo.people import cast_students, pick_names, with_given_name_of
from tracker.demo.records import DemoCourse
from tracker.demo.scenario import DemoStudent, Scenario, make_scenario
from tracker.demo.summaries import write_summary
from tracker.domain.states import State

OPENS = date(2026, 10, 12)
SECTIONS = 6
NUMBER = 2  # C4T #2
DUE_DAY = 13  # Sunday of the second week
OUTAGE_DAY = 12  # that Saturday
BARE_AMPERSANDS, OWNERS_SLIPS = 13, 14
"""The blogs, by their place among the followed ones, with the two faults that real WordPress feeds have."""


def make_big_course(
    *,
    students: int = 150,
    blogs: int = 90,
    seed: int = 1,
    port: int = 0,
    certain: int = 124,
    one_found: int = 9,
    none: int = 6,
    review: int = 4,
    cannot_see: int = 6,
    in_moderation: int = 1,
) -> DemoCourse:
    """C4T #2 as of Monday, Oct 26 2026, 02:15 in Chicago, with exactly these numbers of students.

    The truth of summaries: those written by then are met, all others are not due yet. Of those
    who cannot be seen one is on a blog that stopped answering on Saturday, the rest on three
    blogs without a comment feed.
    """
    counts = {
        "review": review,
        "in_moderation": in_moderation,
        "cannot_see": cannot_see,
        "one_found": one_found,
        "none": none,
        "certain": certain,
    }
    if sum(counts.values()) != students:
        raise ValueError(f"The classes add up to {sum(counts.values())} students, not {students}.")
    scenario = make_scenario(seed=seed, start=OPENS, port=port)
    cast = _cast(scenario, counts)
    _make_blogs(scenario, blogs)
    _allocate(scenario, cast)
    receipts: Receipts = []
    for student in cast:
        _ACTS[student.klass](scenario, student, cast, receipts)
    _add_crowd(scenario, cast)
    return write_course(
        scenario,
        cast,
        receipts,
        key="edt320-fall-2026",
        assignment=f"c4t-{NUMBER}",
        number=NUMBER,
        nights=range(15),
        sections=SECTIONS,
    )


def _cast(scenario: Scenario, counts: dict[str, int]) -> list[DemoStudent]:
    """Students in trouble share no name with anybody, so that no doubt about one touches another.

    But the first in review has a namesake among the certain ones, if there are both.
    """
    troubled = [klass for klass, count in counts.items() for _ in range(count) if klass != "certain"]
    alone, others = pick_names(scenario.rng, alone=len(troubled), others=counts["certain"])
    if counts["review"] and counts["certain"]:
        others[-1] = Name(alone[0].given, alone[0].family)
    if counts["review"] > 2 and counts["certain"] > 1:
        others[-2] = with_given_name_of(scenario.rng, alone[2], [*alone, *others])
    classes = [*troubled, *["certain"] * counts["certain"]]
    return cast_students(scenario, [*alone, *others], classes, sections=SECTIONS)


def _make_blogs(scenario: Scenario, count: int) -> None:
    """46 WordPress, 31 Blogger, 6 like Edublogs, 4 plain and 3 without comment feed among 90."""
    if count < 30:
        raise ValueError(f"A big course needs at least 30 blogs, not {count}.")
    plain, mute, edublogs = 4, 3, 6
    at_blogger = round((count - plain - mute - edublogs) * 31 / 77)
    at_wordpress = count - plain - mute - edublogs - at_blogger
    for n in range(at_wordpress):
        blog = scenario.educators_blog(Serves.WORDPRESS, theme=Theme.BLOCK if n % 2 else Theme.CLASSIC)
        blog.sha256_avatars = n % 3 != 0
        if n % 9 == 4:
            blog.permalinks = Permalinks.DEFAULT
        if n == BARE_AMPERSANDS:
            blog.page_size = 50
    for _ in range(at_blogger):
        scenario.educators_blog(Serves.BLOGGER)
    for _ in range(edublogs):
        scenario.educators_blog(Serves.WORDPRESS, generator="Edublogs 6.8.2", sha256_avatars=False)
    for _ in range(plain):
        scenario.educators_blog(Serves.GENERIC, window=20)
    for _ in range(mute):
        scenario.educators_blog(Serves.NONE)


def _allocate(scenario: Scenario, cast: list[DemoStudent]) -> None:
    """Students in review, in moderation and on the failing blog have a blog to themselves."""
    by_platform = {serves: [b for b in scenario.followed if b.serves is serves] for serves in Serves}
    wordpress, blogger = by_platform[Serves.WORDPRESS], by_platform[Serves.BLOGGER]
    by_class = {klass: [s for s in cast if s.klass == klass] for klass in _ACTS}
    kept: set[int] = set()

    def reserve(student: DemoStudent, pool: list[DemoBlog]) -> DemoBlog:
        student.blog = next(b for b in pool if id(b) not in kept and b.permalinks is Permalinks.PRETTY)
        kept.add(id(student.blog))
        return student.blog

    for n, student in enumerate(by_class["review"]):
        reserve(student, blogger if n % 2 else wordpress)
    for student in by_class["in_moderation"]:
        reserve(student, wordpress).moderated = True
    for n, student in enumerate(by_class["cannot_see"]):
        if n == 0:
            failing = reserve(student, wordpress)
            failing.outages.append(Outage(scenario.at(OUTAGE_DAY, 9, 20)))
        else:
            student.blog = by_platform[Serves.NONE][(n - 1) % 3]
    free = [b for b in scenario.followed if id(b) not in kept and b.serves is not Serves.NONE]
    scenario.rng.shuffle(free)
    quiet = free[: max(1, len(free) // 9)]
    for n, student in enumerate([*by_class["one_found"], *by_class["none"]]):
        student.blog = quiet[n % len(quiet)]
    busy = free[len(quiet) :]
    for n, student in enumerate(by_class["certain"]):
        student.blog = busy[n % len(busy)]


def _first_week(scenario: Scenario, student: DemoStudent, form: Form | None = None) -> DemoComment:
    post = scenario.post_of_day(student.allocated, scenario.rng.choice((-6, 0)))
    return comment_by(scenario, student, post, scenario.some_time(0, 5), form)


def _second_week(scenario: Scenario, student: DemoStudent, form: Form | None = None) -> DemoComment:
    post = scenario.post_of_day(student.allocated, 5)
    return comment_by(scenario, student, post, scenario.some_time(7, DUE_DAY), form)


def _act_certain(
    scenario: Scenario, student: DemoStudent, cast: list[DemoStudent], receipts: Receipts
) -> None:
    namesakes = any(s is not student and s.name.full == student.name.full for s in cast)
    form = Form.LINK if namesakes and student.allocated.serves is not Serves.GENERIC else None
    if namesakes and form is None:
        form = Form.TAIL
    first, second = _first_week(scenario, student, form), _second_week(scenario, student, form)
    if student is cast[-3]:
        second.posted_at = scenario.at(DUE_DAY, 23, 59, 40)  # the last minute is still in time
    scenario.find(student, "comment-1", State.MET, first)
    scenario.find(student, "comment-2", State.MET, second)
    # About a third write the summary before the comments are judged, the others in its own week.
    if scenario.rng.random() < 0.35:
        at = max(second.posted_at + timedelta(minutes=35), scenario.some_time(11, DUE_DAY))
        summary = write_summary(scenario, student, (first, second), at, number=NUMBER)
        if at < scenario.at(DUE_DAY + 1, 2):
            scenario.find(student, "summary", State.MET, first, second, companion=summary)
            _maybe_ping(scenario, student, summary, first)
            return
    else:
        write_summary(scenario, student, (first, second), scenario.some_time(15, 20), number=NUMBER)
    scenario.find(student, "summary", State.NOT_DUE, why="written later, if at all")


def _maybe_ping(scenario: Scenario, student: DemoStudent, summary: DemoPost, comment: DemoComment) -> None:
    if student.allocated.serves is Serves.WORDPRESS and scenario.rng.random() < 0.5:
        add_pingback(scenario, student, summary, comment.post)


def _act_one_found(
    scenario: Scenario, student: DemoStudent, cast: list[DemoStudent], receipts: Receipts
) -> None:
    first = _first_week(scenario, student)
    why = "only one comment"
    if scenario.rng.random() < 0.3:
        comment_by(scenario, student, first.post, first.posted_at + timedelta(days=3, minutes=7))
        why = "two comments on one post"
    scenario.find(student, "comment-1", State.MET, first)
    scenario.find(student, "comment-2", State.NOT_FOUND_YET, why=why)
    scenario.find(student, "summary", State.NOT_DUE)


def _act_none(scenario: Scenario, student: DemoStudent, cast: list[DemoStudent], receipts: Receipts) -> None:
    scenario.find(student, "comment-1", State.NOT_FOUND_YET, why="never commented")
    scenario.find(student, "comment-2", State.NOT_FOUND_YET, why="never commented")
    scenario.find(student, "summary", State.NOT_DUE)


def _act_review(
    scenario: Scenario, student: DemoStudent, cast: list[DemoStudent], receipts: Receipts
) -> None:
    first = _first_week(scenario, student, _sure_form(student))
    n = [s for s in cast if s.klass == "review"].index(student)
    at = scenario.some_time(7, DUE_DAY)
    second, why = doubtful_comment(scenario, student, scenario.post_of_day(student.allocated, 5), at, n)
    scenario.find(student, "comment-1", State.MET, first)
    scenario.find(student, "comment-2", State.IN_REVIEW, second, why=why)
    scenario.find(student, "summary", State.NOT_DUE)


def _act_cannot_see(
    scenario: Scenario, student: DemoStudent, cast: list[DemoStudent], receipts: Receipts
) -> None:
    first = _first_week(scenario, student, _sure_form(student))
    if student.allocated.outages:
        post = scenario.post_of_day(student.allocated, 5)
        second = comment_by(scenario, student, post, scenario.at(OUTAGE_DAY, 20, 12), Form.LINK)
        scenario.find(student, "comment-1", State.MET, first)
        scenario.find(student, "comment-2", State.CANNOT_SEE, second, why="the blog does not answer")
    else:
        second = _second_week(scenario, student)
        scenario.find(student, "comment-1", State.CANNOT_SEE, first, why="no comment feed")
        scenario.find(student, "comment-2", State.CANNOT_SEE, second, why="no comment feed")
    scenario.find(student, "summary", State.NOT_DUE)


def _act_in_moderation(
    scenario: Scenario, student: DemoStudent, cast: list[DemoStudent], receipts: Receipts
) -> None:
    first = _first_week(scenario, student, Form.LINK)
    post = scenario.post_of_day(student.allocated, 5)
    at: datetime = scenario.at(DUE_DAY, 22, 10)
    second = comment_by(scenario, student, post, at, Form.LINK, held=True)
    second.record(scenario.at(DUE_DAY + 3, 14), BlogChange.APPROVED)
    receipts.append((student, second, at + timedelta(minutes=1)))
    scenario.find(student, "comment-1", State.MET, first)
    scenario.find(student, "comment-2", State.IN_MODERATION, second, why="held by the owner, receipt on time")
    scenario.find(student, "summary", State.NOT_DUE)


def _sure_form(student: DemoStudent) -> Form:
    """Beyond doubt on every platform, whatever the name."""
    return Form.TAIL if student.allocated.serves is Serves.GENERIC else Form.LINK


_ACTS = {
    "certain": _act_certain,
    "one_found": _act_one_found,
    "none": _act_none,
    "review": _act_review,
    "cannot_see": _act_cannot_see,
    "in_moderation": _act_in_moderation,
}


def _add_crowd(scenario: Scenario, cast: list[DemoStudent]) -> None:
    """Passers-by before and during the round, owners' replies, a little spam, staff, a namesake by half."""
    for n, blog in enumerate(scenario.followed):
        add_passers_by(scenario, blog, first_day=-19, last_day=-1, count=scenario.rng.randint(2, 7))
        add_passers_by(scenario, blog, first_day=0, last_day=DUE_DAY, count=scenario.rng.randint(0, 4))
        add_owner_replies(scenario, blog, until=scenario.at(DUE_DAY + 1, 1), share=0.2)
        if n == OWNERS_SLIPS:
            for comment in blog.comments:
                comment.html += f"\n{OWNERS_SLIP}" if comment.by_owner else ""
        if n % 11 == 3:
            add_spam(scenario, blog, scenario.some_time(1, DUE_DAY))
    certain = [student for student in cast if student.klass == "certain"]
    for n, student in enumerate(certain[:3]):
        post = scenario.post_of_day(student.allocated, 0)
        name = f"{student.name.given} Frobisher"
        add_passer_by(scenario, student.allocated, post, scenario.at(3 + n, 16, 5), author=name)
    if certain:
        add_staff_comment(scenario, certain[0].allocated, scenario.at(1, 10, 30))
