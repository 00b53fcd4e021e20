"""The round that works (PRODUCT S1): a full-sized course with every standing known by construction."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from tracker.demo.blogosphere.blogs import Blog, Comment, Outage, Permalinks, Post, Serves, Theme
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
from tracker.demo.output import Receipts, finish
from tracker.demo.people import cast_students, pick_names, with_given_name_of
from tracker.demo.records import DemoCourse
from tracker.demo.scenario import Stage, Student, make_stage
from tracker.demo.summaries import write_summary
from tracker.domain.grade import State

OPENS = date(2026, 10, 12)
SECTIONS = 6
NUMBER = 2  # C4T #2
DUE_DAY = 13  # Sunday of the second week
OUTAGE_DAY = 12  # that Saturday


def make_round(
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
    stage = make_stage(seed=seed, start=OPENS, port=port)
    cast = _cast(stage, counts)
    _make_blogs(stage, blogs)
    _allocate(stage, cast)
    receipts: Receipts = []
    for student in cast:
        _ACTS[student.klass](stage, student, cast, receipts)
    _add_crowd(stage, cast)
    return finish(
        stage,
        cast,
        receipts,
        key="edt320-fall-2026",
        assignment=f"c4t-{NUMBER}",
        number=NUMBER,
        nights=range(15),
        sections=SECTIONS,
    )


def _cast(stage: Stage, counts: dict[str, int]) -> list[Student]:
    """Students in trouble share no name with anybody, so that no doubt about one touches another.

    But the first in review has a namesake among the certain ones, if there are both.
    """
    troubled = [klass for klass, count in counts.items() for _ in range(count) if klass != "certain"]
    alone, others = pick_names(stage.rng, alone=len(troubled), others=counts["certain"])
    if counts["review"] and counts["certain"]:
        others[-1] = Name(alone[0].given, alone[0].family)
    if counts["review"] > 2 and counts["certain"] > 1:
        others[-2] = with_given_name_of(stage.rng, alone[2], [*alone, *others])
    classes = [*troubled, *["certain"] * counts["certain"]]
    return cast_students(stage, [*alone, *others], classes, sections=SECTIONS)


def _make_blogs(stage: Stage, count: int) -> None:
    """46 WordPress, 31 Blogger, 6 like Edublogs, 4 plain and 3 without comment feed among 90."""
    if count < 30:
        raise ValueError(f"A round needs at least 30 blogs, not {count}.")
    plain, mute, edublogs = 4, 3, 6
    at_blogger = round((count - plain - mute - edublogs) * 31 / 77)
    at_wordpress = count - plain - mute - edublogs - at_blogger
    for n in range(at_wordpress):
        blog = stage.educators_blog(Serves.WORDPRESS, theme=Theme.BLOCK if n % 2 else Theme.CLASSIC)
        blog.sha256_avatars = n % 3 != 0
        if n % 9 == 4:
            blog.permalinks = Permalinks.DEFAULT
        blog.bare_ampersand = n == 13
        blog.breaks_cdata = n == 14
    for _ in range(at_blogger):
        stage.educators_blog(Serves.BLOGGER)
    for _ in range(edublogs):
        stage.educators_blog(Serves.WORDPRESS, generator="Edublogs 6.8.2", sha256_avatars=False)
    for _ in range(plain):
        stage.educators_blog(Serves.GENERIC, window=20)
    for _ in range(mute):
        stage.educators_blog(Serves.NONE)


def _allocate(stage: Stage, cast: list[Student]) -> None:
    """Students in review, in moderation and on the failing blog have a blog to themselves."""
    by_platform = {serves: [b for b in stage.followed if b.serves is serves] for serves in Serves}
    wordpress, blogger = by_platform[Serves.WORDPRESS], by_platform[Serves.BLOGGER]
    by_class = {klass: [s for s in cast if s.klass == klass] for klass in _ACTS}
    kept: set[int] = set()

    def reserve(student: Student, pool: list[Blog]) -> Blog:
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
            failing.outages.append(Outage(stage.at(OUTAGE_DAY, 9, 20)))
        else:
            student.blog = by_platform[Serves.NONE][(n - 1) % 3]
    free = [b for b in stage.followed if id(b) not in kept and b.serves is not Serves.NONE]
    stage.rng.shuffle(free)
    quiet = free[: max(1, len(free) // 9)]
    for n, student in enumerate([*by_class["one_found"], *by_class["none"]]):
        student.blog = quiet[n % len(quiet)]
    busy = free[len(quiet) :]
    for n, student in enumerate(by_class["certain"]):
        student.blog = busy[n % len(busy)]


def _first_week(stage: Stage, student: Student, form: Form | None = None) -> Comment:
    post = stage.post_of_day(student.allocated, stage.rng.choice((-6, 0)))
    return comment_by(stage, student, post, stage.some_time(0, 5), form)


def _second_week(stage: Stage, student: Student, form: Form | None = None) -> Comment:
    post = stage.post_of_day(student.allocated, 5)
    return comment_by(stage, student, post, stage.some_time(7, DUE_DAY), form)


def _act_certain(stage: Stage, student: Student, cast: list[Student], receipts: Receipts) -> None:
    namesakes = any(s is not student and s.name.full == student.name.full for s in cast)
    form = Form.LINK if namesakes and student.allocated.serves is not Serves.GENERIC else None
    if namesakes and form is None:
        form = Form.TAIL
    first, second = _first_week(stage, student, form), _second_week(stage, student, form)
    if student is cast[-3]:
        second.posted_at = stage.at(DUE_DAY, 23, 59, 40)  # the last minute is still in time
    stage.find(student, "comment-1", State.MET, first)
    stage.find(student, "comment-2", State.MET, second)
    # About a third write the summary before the comments are judged, the others in its own week.
    if stage.rng.random() < 0.35:
        at = max(second.posted_at + timedelta(minutes=35), stage.some_time(11, DUE_DAY))
        summary = write_summary(stage, student, (first, second), at, number=NUMBER)
        if at < stage.at(DUE_DAY + 1, 2):
            stage.find(student, "summary", State.MET, first, second, companion=summary)
            _maybe_ping(stage, student, summary, first)
            return
    else:
        write_summary(stage, student, (first, second), stage.some_time(15, 20), number=NUMBER)
    stage.find(student, "summary", State.NOT_DUE, why="written later, if at all")


def _maybe_ping(stage: Stage, student: Student, summary: Post, comment: Comment) -> None:
    if student.allocated.serves is Serves.WORDPRESS and stage.rng.random() < 0.5:
        add_pingback(stage, student, summary, comment.post)


def _act_one_found(stage: Stage, student: Student, cast: list[Student], receipts: Receipts) -> None:
    first = _first_week(stage, student)
    why = "only one comment"
    if stage.rng.random() < 0.3:
        comment_by(stage, student, first.post, first.posted_at + timedelta(days=3, minutes=7))
        why = "two comments on one post"
    stage.find(student, "comment-1", State.MET, first)
    stage.find(student, "comment-2", State.NOT_FOUND_YET, why=why)
    stage.find(student, "summary", State.NOT_DUE)


def _act_none(stage: Stage, student: Student, cast: list[Student], receipts: Receipts) -> None:
    stage.find(student, "comment-1", State.NOT_FOUND_YET, why="never commented")
    stage.find(student, "comment-2", State.NOT_FOUND_YET, why="never commented")
    stage.find(student, "summary", State.NOT_DUE)


def _act_review(stage: Stage, student: Student, cast: list[Student], receipts: Receipts) -> None:
    first = _first_week(stage, student, _sure_form(student))
    n = [s for s in cast if s.klass == "review"].index(student)
    at = stage.some_time(7, DUE_DAY)
    second, why = doubtful_comment(stage, student, stage.post_of_day(student.allocated, 5), at, n)
    stage.find(student, "comment-1", State.MET, first)
    stage.find(student, "comment-2", State.IN_REVIEW, second, why=why)
    stage.find(student, "summary", State.NOT_DUE)


def _act_cannot_see(stage: Stage, student: Student, cast: list[Student], receipts: Receipts) -> None:
    first = _first_week(stage, student, _sure_form(student))
    if student.allocated.outages:
        post = stage.post_of_day(student.allocated, 5)
        second = comment_by(stage, student, post, stage.at(OUTAGE_DAY, 20, 12), Form.LINK)
        stage.find(student, "comment-1", State.MET, first)
        stage.find(student, "comment-2", State.CANNOT_SEE, second, why="the blog does not answer")
    else:
        second = _second_week(stage, student)
        stage.find(student, "comment-1", State.CANNOT_SEE, first, why="no comment feed")
        stage.find(student, "comment-2", State.CANNOT_SEE, second, why="no comment feed")
    stage.find(student, "summary", State.NOT_DUE)


def _act_in_moderation(stage: Stage, student: Student, cast: list[Student], receipts: Receipts) -> None:
    first = _first_week(stage, student, Form.LINK)
    post = stage.post_of_day(student.allocated, 5)
    at: datetime = stage.at(DUE_DAY, 22, 10)
    second = comment_by(stage, student, post, at, Form.LINK)
    second.held, second.approved_at = True, stage.at(DUE_DAY + 3, 14)
    receipts.append((student, second, at + timedelta(minutes=1)))
    stage.find(student, "comment-1", State.MET, first)
    stage.find(student, "comment-2", State.IN_MODERATION, second, why="held by the owner, receipt on time")
    stage.find(student, "summary", State.NOT_DUE)


def _sure_form(student: Student) -> Form:
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


def _add_crowd(stage: Stage, cast: list[Student]) -> None:
    """Passers-by before and during the round, owners' replies, a little spam, staff, a namesake by half."""
    for n, blog in enumerate(stage.followed):
        add_passers_by(stage, blog, first_day=-19, last_day=-1, count=stage.rng.randint(2, 7))
        add_passers_by(stage, blog, first_day=0, last_day=DUE_DAY, count=stage.rng.randint(0, 4))
        add_owner_replies(stage, blog, until=stage.at(DUE_DAY + 1, 1), share=0.2)
        if n % 11 == 3:
            add_spam(stage, blog, stage.some_time(1, DUE_DAY))
    certain = [student for student in cast if student.klass == "certain"]
    for n, student in enumerate(certain[:3]):
        post = stage.post_of_day(student.allocated, 0)
        name = f"{student.name.given} Frobisher"
        add_passer_by(stage, student.allocated, post, stage.at(3 + n, 16, 5), author=name)
    if certain:
        add_staff_comment(stage, certain[0].allocated, stage.at(1, 10, 30))
