""" "Mine" and "not mine": what a student may see and say, and what it is worth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.support.canonical import DECISION_LOG, canonical
from tests.support.databases import SECRET
from tests.support.factories import add_assignment, allocate
from tests.support.term import add_course, add_students
from tests.support.written import add_blog, add_comment, add_post
from tracker.demo.records import RosterFileRow
from tracker.domain.act import Act
from tracker.domain.errors import ConflictError, NotFoundError, TrackerError
from tracker.extensions import db
from tracker.jobs.matching.rematch import rematch_course
from tracker.jobs.review import decisions
from tracker.jobs.review.claims import MOST_A_DAY, claim, disclaim, load_claimable, take_back
from tracker.jobs.transaction import write_transaction
from tracker.jobs.verdicts.store_verdicts import store_verdicts
from tracker.models import Blog, Comment, Course, Enrollment, Linkage, LinkageDecision

ROWS = [
    RosterFileRow("s1", "Noor", "Haddad", blog_url="http://noorreads.blogspot.com/"),
    RosterFileRow("s2", "Ida", "Vale", blog_url="http://idavale.blogspot.com/"),
    RosterFileRow("s3", "Sol", "Reed"),
]
SIGNED = "<p>We sang the seasons, too, and it stayed with them.</p><p>Somebody</p>"


@dataclass
class Scene:
    """Noor and Ida were given the blog, Sol another one. Nobody knows who wrote `open`."""

    course_id: int
    noor: int
    ida: int
    sol: int
    blog: Blog
    open: int


@pytest.fixture
def scene(context: Flask, now: datetime) -> Scene:
    course_id = add_course(now)
    noor, ida, sol = add_students(course_id, ROWS, SECRET, now)
    blog, other = (add_blog(course_id, f"http://room{n}.example/", now) for n in (1, 2))
    assignment = add_assignment(db.session.get_one(Course, course_id))
    for who, given in ((noor, blog), (ida, blog), (sol, other)):
        allocate(assignment, db.session.get_one(Enrollment, who), given)
    post = add_post(blog, now, title="Songs")
    comment = add_comment(blog, "Anonymous", SIGNED, now - timedelta(days=5), post=post)
    rematch_course(course_id, now)
    with write_transaction() as session:
        store_verdicts(session, course_id, now)
    return Scene(course_id, noor, ida, sol, blog, comment.id)


def linkage(comment_id: int) -> Linkage:
    return db.session.scalars(
        select(Linkage).where(Linkage.comment_id == comment_id).execution_options(populate_existing=True)
    ).one()


def say_of(scene: Scene, author: str, html: str, now: datetime, number: int = 2) -> int:
    made: Comment = add_comment(scene.blog, author, html, now - timedelta(days=4), number=number)
    rematch_course(scene.course_id, now)
    return made.id


def shown_to(who: int) -> list[int]:
    return [one.comment_id for one in load_claimable(db.session(), who)]


def test_an_unmatched_comment_is_shown_where_the_blog_was_given(scene: Scene) -> None:
    [one] = load_claimable(db.session(), scene.noor)
    assert (one.comment_id, one.post_title) == (scene.open, "Songs")
    assert one.paragraphs == ("We sang the seasons, too, and it stayed with them.",)
    assert shown_to(scene.sol) == []


def test_a_comment_with_another_students_name_is_shown_to_that_student_alone(
    scene: Scene, now: datetime
) -> None:
    other = say_of(scene, "Anonymous", "<p>A fine song.</p><p>Ida Vale</p>", now)
    assert linkage(other).verdict == "review"
    assert other not in shown_to(scene.noor)
    assert other in shown_to(scene.ida)


@pytest.mark.one_database
@pytest.mark.parametrize(("days", "is_shown"), [(-4, False), (-2, True), (10, True), (29, False)])
def test_only_comments_around_the_window_are_shown(
    scene: Scene, now: datetime, days: int, is_shown: bool
) -> None:
    opens = datetime.fromisoformat("2026-10-12T05:00:00+00:00")
    made = add_comment(scene.blog, "Anonymous", "<p>Hm.</p>", opens + timedelta(days=days), number=5)
    rematch_course(scene.course_id, now)
    assert (made.id in shown_to(scene.noor)) is is_shown


def test_a_claim_alone_goes_to_a_person(scene: Scene, now: datetime) -> None:
    before = canonical(db.session, without=DECISION_LOG)
    claim(scene.noor, scene.open, Act(now))
    row = linkage(scene.open)
    assert (row.verdict, row.reason) == ("review", "claimed")
    assert row.candidates[0]["evidence"][0]["kind"] == "claim"
    assert load_claimable(db.session(), scene.noor)[0].is_claimed
    take_back(scene.noor, scene.open, Act(now + timedelta(hours=1)))
    assert canonical(db.session, without=DECISION_LOG) == before


def test_a_claim_with_a_name_that_fits_is_accepted(scene: Scene, now: datetime) -> None:
    signed = say_of(scene, "Anonymous", "<p>A fine song.</p><p>Noor Haddad</p>", now)
    assert linkage(signed).verdict == "review"
    claim(scene.noor, signed, Act(now))
    row = linkage(signed)
    assert (row.verdict, row.reason, row.enrollment_id) == ("accept", "claimed", scene.noor)


def test_two_claims_are_a_conflict_that_neither_wins(scene: Scene, now: datetime) -> None:
    signed = say_of(scene, "Anonymous", "<p>A fine song.</p><p>Noor Haddad</p>", now)
    claim(scene.noor, signed, Act(now))
    claim(scene.ida, signed, Act(now))
    row = linkage(signed)
    assert (row.verdict, row.reason) == ("review", "claims")
    assert {one["enrollment_id"] for one in row.candidates} == {scene.noor, scene.ida}


def test_a_claim_on_somebody_elses_comment_changes_nothing_but_a_flag(scene: Scene, now: datetime) -> None:
    hers = say_of(scene, "Ida Vale", "<p>For EDT 320: a fine song.</p>", now)
    assert linkage(hers).enrollment_id == scene.ida
    said = claim(scene.noor, hers, Act(now))
    row = linkage(hers)
    assert (row.verdict, row.enrollment_id, row.flag) == ("accept", scene.ida, "claimed")
    assert said.says == claim(scene.noor, scene.open, Act(now)).says


def test_a_claim_on_a_decided_comment_is_a_flag_until_somebody_decides_again(
    scene: Scene, now: datetime
) -> None:
    report = decisions.confirm(scene.course_id, scene.open, scene.ida, Act(now))
    claim(scene.noor, scene.open, Act(now))
    row = linkage(scene.open)
    assert (row.enrollment_id, row.flag) == (scene.ida, "claimed")
    decisions.confirm(scene.course_id, scene.open, scene.ida, Act(now, seen=report.decision_id))
    assert linkage(scene.open).flag == ""


def test_not_mine_sends_an_automatic_answer_to_review(scene: Scene, now: datetime) -> None:
    hers = say_of(scene, "Ida Vale", "<p>For EDT 320: a fine song.</p>", now)
    disclaim(scene.ida, hers, Act(now))
    row = linkage(hers)
    assert (row.verdict, row.reason, row.enrollment_id) == ("review", "disclaimed", None)
    assert row.candidates[0]["evidence"][0]["kind"] == "disclaim"


def test_mine_taken_back_by_not_mine_leaves_what_was_nobodys(scene: Scene, now: datetime) -> None:
    claim(scene.noor, scene.open, Act(now))
    disclaim(scene.noor, scene.open, Act(now))
    assert linkage(scene.open).verdict == "ignore"


def test_not_mine_of_a_comment_that_is_not_credited_to_her_is_refused(scene: Scene, now: datetime) -> None:
    hers = say_of(scene, "Ida Vale", "<p>For EDT 320: a fine song.</p>", now)
    with pytest.raises(NotFoundError):
        disclaim(scene.noor, hers, Act(now))


def test_a_comment_on_a_blog_given_to_others_cannot_be_claimed(scene: Scene, now: datetime) -> None:
    with pytest.raises(NotFoundError):
        claim(scene.sol, scene.open, Act(now))


def test_saying_it_twice_is_said_once(scene: Scene, now: datetime) -> None:
    first = claim(scene.noor, scene.open, Act(now))
    assert claim(scene.noor, scene.open, Act(now)) == first
    assert len(db.session.scalars(select(LinkageDecision)).all()) == 1


@pytest.mark.one_database
def test_the_thirty_first_word_of_a_day_is_refused_and_loses_nothing(scene: Scene, now: datetime) -> None:
    for n in range(MOST_A_DAY):
        db.session.add(
            LinkageDecision(
                course_id=scene.course_id, comment_id=scene.open, enrollment_id=scene.noor,
                kind="claim" if n % 2 else "disclaim", at=now - timedelta(minutes=n), taught=[],
            )
        )  # fmt: skip
    db.session.commit()
    before = linkage(scene.open).verdict
    with pytest.raises(TrackerError, match="about 30 comments a day"):
        claim(scene.noor, say_of(scene, "Anonymous", "<p>Hm.</p>", now), Act(now))
    assert linkage(scene.open).verdict == before or before == "ignore"
    claim(scene.noor, say_of(scene, "Anonymous", "<p>Hm.</p>", now, 3), Act(now + timedelta(days=1)))


def test_nothing_is_claimed_in_a_course_that_is_over(scene: Scene, now: datetime) -> None:
    db.session.get_one(Course, scene.course_id).archived_at = now
    db.session.commit()
    with pytest.raises(ConflictError):
        claim(scene.noor, scene.open, Act(now))
