"""Giving blogs, and giving others when one has died (PRODUCT S3, S15)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from tests.support import factories as make
from tests.support.databases import SECRET
from tests.support.term import add_course, add_students
from tests.support.written import add_blog, add_comment, add_post
from tracker.demo.records import RosterFileRow
from tracker.domain.act import Act
from tracker.domain.errors import ConflictError, TrackerError
from tracker.domain.rota import Method
from tracker.extensions import db
from tracker.jobs.assignments.assign_blogs import AllotReport, allot_blogs, give_blog
from tracker.jobs.assignments.replace_blog import replace_blog, undo_replace
from tracker.jobs.matching.rematch import rematch_course
from tracker.jobs.verdicts.store_verdicts import store_verdicts
from tracker.models import Allocation, Blog, Course, Feed, FeedState, Post, RequirementVerdict

OCT_20 = make.DUE - timedelta(days=6)
NAMES = ("Noor Haddad", "Ida Vale", "Bo Lindqvist", "Parisa Ahmadi")


@dataclass
class Room:
    course_id: int
    students: list[int]
    dead: Blog
    healthy: list[Blog]
    assignment_id: int


def choice(course_id: int, title: str) -> Blog:
    """A followed blog that answers, with two open posts of late."""
    blog = add_blog(course_id, f"http://{title.casefold()}.example/", OCT_20, title=title)
    for n in (1, 2):
        post = add_post(blog, OCT_20, number=n)
        post.posted_at, post.comments_url = OCT_20 - timedelta(days=n), f"{post.url}feed/"
    return blog


def comment(room: Room, place: int, blog: Blog, number: int) -> None:
    """A student's comment on the blog's post of this number, with the link of the class blog."""
    given = NAMES[place].split()[0]
    posts = db.session.scalars(select(Post).where(Post.blog_id == blog.id).order_by(Post.id)).all()
    add_comment(
        blog,
        given,
        f"<p>What struck me here is the thing number {number}, dear reader {place}.</p>",
        OCT_20 - timedelta(days=1),
        number=place * 10 + number,
        post=posts[number - 1],
        author_url=f"http://{given.casefold()}reads.blogspot.com/",
    )


@pytest.fixture
def room(context: Flask) -> Room:
    """S15: blog #37 answers 410 on Oct 20; of its four students one has two comments, one has one. Delta
    has two students of its own already, so that it is not among the three with the fewest."""
    course_id = add_course(OCT_20)
    rows = [
        RosterFileRow(
            f"s{n}", *name.split(), blog_url=f"http://{name.split()[0].casefold()}reads.blogspot.com/"
        )
        for n, name in enumerate(NAMES)
    ]
    students = add_students(course_id, rows, SECRET, OCT_20)
    more = [RosterFileRow("x1", "Sol", "Ray"), RosterFileRow("x2", "Ada", "Bly")]
    others = add_students(course_id, more, SECRET, OCT_20)
    dead = choice(course_id, "Blog37")
    healthy = [choice(course_id, title) for title in ("Alpha", "Beta", "Gamma", "Delta")]
    assignment = make.add_assignment(db.session.get_one(Course, course_id), rule=make.terms(summary=None))
    for who, blog in [*((one, dead) for one in students), *((one, healthy[3]) for one in others)]:
        db.session.add(
            Allocation(assignment_id=assignment.id, enrollment_id=who, blog_id=blog.id, created_at=OCT_20)
        )
    db.session.execute(update(FeedState).values(fully_checked_at=OCT_20))
    made = Room(course_id, students, dead, healthy, assignment.id)
    comment(made, 0, dead, 1)
    comment(made, 0, dead, 2)
    comment(made, 1, dead, 1)
    db.session.commit()
    rematch_course(course_id, OCT_20)
    store_verdicts(db.session(), course_id, OCT_20)
    db.session.commit()
    return made


def states(room: Room, place: int) -> list[str]:
    db.session.expire_all()
    found = select(RequirementVerdict.state).where(RequirementVerdict.enrollment_id == room.students[place])
    return list(db.session.scalars(found.order_by(RequirementVerdict.requirement)))


def test_s15_the_unfinished_move_keep_their_comment_and_have_five_days_more(room: Room) -> None:
    assert [states(room, n) for n in range(4)] == [
        ["met", "met"], ["met", "not_due"], ["not_due", "not_due"], ["not_due", "not_due"],
    ]  # fmt: skip
    planned = replace_blog(room.course_id, "c4t-2", room.dead.id, Act(OCT_20, preview=True))
    assert [one.title for one in planned.offered] == ["Alpha", "Beta", "Gamma"]
    assert planned.untouched == (room.students[0],)
    assert [one.kept for one in planned.moved] == [1, 0, 0]
    assert {one.due_at for one in planned.moved} == {make.DUE + timedelta(days=5)}
    assert len({one.blog_id for one in planned.moved}) == 3
    assert db.session.scalars(select(Allocation.id).where(Allocation.keeps_credit)).all() == []

    saved = replace_blog(
        room.course_id,
        "c4t-2",
        room.dead.id,
        Act(OCT_20),
        expected={one.enrollment_id: one.blog_id for one in planned.moved},
    )
    assert saved.moved == planned.moved
    assert states(room, 0) == ["met", "met"]
    assert states(room, 1) == ["met", "not_due"]
    comment(room, 1, db.session.get_one(Blog, saved.moved[0].blog_id), 2)
    rematch_course(room.course_id, OCT_20)
    assert states(room, 1) == ["met", "met"]


@pytest.mark.parametrize(
    ("days_after", "extra", "expected"), [(2, 0, 3), (2, 5, 8), (-1, 0, 0), (40, 1, 42)], ids=str
)
def test_new_due_time_never_lies_in_the_past(room: Room, days_after: int, extra: int, expected: int) -> None:
    now = make.DUE + timedelta(days=days_after, hours=3)
    db.session.execute(update(FeedState).values(fully_checked_at=now))
    store_verdicts(db.session(), room.course_id, now)
    db.session.commit()
    planned = replace_blog(room.course_id, "c4t-2", room.dead.id, Act(now, preview=True), extra_days=extra)
    [due_at] = {one.due_at for one in planned.moved}
    assert due_at > now
    assert round((due_at - make.DUE) / timedelta(days=1)) == expected


def test_an_undo_gives_the_old_blog_back(room: Room) -> None:
    before = allocations(room)
    replace_blog(room.course_id, "c4t-2", room.dead.id, Act(OCT_20))
    assert allocations(room) != before
    assert undo_replace(room.course_id, "c4t-2", room.dead.id, Act(OCT_20)) == 3
    assert allocations(room) == before
    assert states(room, 1) == ["met", "not_due"]


def allocations(room: Room) -> list[tuple[int, int, bool]]:
    db.session.expire_all()
    rows = db.session.scalars(select(Allocation).order_by(Allocation.id))
    return [(row.enrollment_id, row.blog_id, row.keeps_credit) for row in rows]


def test_what_a_person_saw_before_is_what_is_saved_or_nothing(room: Room) -> None:
    with pytest.raises(ConflictError, match="in the meantime"):
        replace_blog(room.course_id, "c4t-2", room.dead.id, Act(OCT_20), expected={1: 2})
    with pytest.raises(ConflictError, match="in the meantime"):
        allot_blogs(
            room.course_id, "c4t-2", Act(OCT_20), method=Method.ROTATION, cap=None, seed=0, expected={1: 2}
        )
    assert db.session.scalars(select(Allocation.id).where(Allocation.keeps_credit)).all() == []


def test_s3_a_blog_without_a_comment_feed_is_warned_of_before_it_is_given(room: Room) -> None:
    blind = choice(room.course_id, "Blind")
    feeds = update(Feed).where(Feed.blog_id == blind.id, Feed.kind == "comments")
    db.session.execute(feeds.values(kind="posts"))
    make.add_assignment(db.session.get_one(Course, room.course_id), "c4t-3", make.terms("C4T #3"))
    db.session.execute(update(FeedState).values(fully_checked_at=OCT_20))
    db.session.commit()

    def tried(*, with_blind: bool) -> AllotReport:
        return allot_blogs(
            room.course_id,
            "c4t-3",
            Act(OCT_20, preview=True),
            method=Method.ROTATION,
            cap=2,
            seed=0,
            with_blind=with_blind,
        )

    careful, all_of_them = tried(with_blind=False), tried(with_blind=True)
    assert blind.id not in careful.given.values()
    assert blind.id not in careful.loads
    warned = {one.blog_id: one.report.why for one in all_of_them.warned}
    assert warned[blind.id][0].startswith("No feed shows its comments. Students need")


def test_a_new_round_repeats_no_blog_and_keeps_to_the_cap(room: Room) -> None:
    make.add_assignment(db.session.get_one(Course, room.course_id), "c4t-3", make.terms("C4T #3"))
    db.session.commit()
    report = allot_blogs(room.course_id, "c4t-3", Act(OCT_20), method=Method.RANDOM, cap=2, seed=7)
    assert len(report.given) == 6
    assert max(report.loads.values()) == 2
    assert not any(report.given[who] == room.dead.id for who in room.students)
    again = allot_blogs(room.course_id, "c4t-3", Act(OCT_20), method=Method.RANDOM, cap=2, seed=8)
    assert again.given == {}


def test_by_hand_one_author_of_a_shared_blog_is_given_once(room: Room) -> None:
    made = make.add_assignment(db.session.get_one(Course, room.course_id), "c4k-1", make.terms("C4K #1"))
    db.session.commit()
    who, blog_id = room.students[0], room.healthy[0].id
    give_blog(room.course_id, "c4k-1", who, blog_id, Act(OCT_20), author=" Ada ")
    row = db.session.scalars(select(Allocation).where(Allocation.assignment_id == made.id)).one()
    assert (row.author, row.blog_id) == ("Ada", blog_id)
    with pytest.raises(ConflictError, match="Replace it instead"):
        give_blog(room.course_id, "c4k-1", who, room.healthy[1].id, Act(OCT_20))
    with pytest.raises(TrackerError, match="not enrolled"):
        give_blog(room.course_id, "c4k-1", 10_000, blog_id, Act(OCT_20))
