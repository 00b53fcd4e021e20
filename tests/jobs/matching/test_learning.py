"""What decisions teach, what keys seen with several people come to, and that an undo leaves no trace."""

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
from tracker.domain.errors import ConflictError
from tracker.extensions import db
from tracker.jobs.matching.rematch import rematch_course
from tracker.jobs.review import decisions
from tracker.jobs.transaction import write_transaction
from tracker.jobs.verdicts.store_verdicts import store_verdicts
from tracker.models import Assignment, Blog, Comment, Course, Enrollment, Handle, Linkage
from tracker.queries.matching.lessons import load_teachable
from tracker.queries.review.account_conflicts import load_conflicts
from tracker.wording.handles import say_handle

NOOR = RosterFileRow("s1", "Noor", "Haddad", blog_url="http://noorreads.blogspot.com/")
IDA = RosterFileRow("s2", "Ida", "Vale", blog_url="http://idavale.blogspot.com/")
ACCOUNT = "https://www.blogger.com/profile/1111"
KEY = "blogger:1111"


@dataclass
class Story:
    """Three comments under an account nobody knows; the students were given the blog to comment on."""

    course_id: int
    noor: int
    ida: int
    blog: Blog
    comments: list[int]


@pytest.fixture
def story(context: Flask, now: datetime) -> Story:
    course_id = add_course(now)
    noor, ida = add_students(course_id, [NOOR, IDA], SECRET, now)
    blog = add_blog(course_id, "http://room.example/", now, title="Room Fourteen")
    assignment = add_assignment(db.session.get_one(Course, course_id))
    for who in (noor, ida):
        allocate(assignment, db.session.get_one(Enrollment, who), blog)
    posts = [add_post(blog, now, number=n, title=f"Post {n}") for n in (1, 2, 3)]
    comments = [
        add_comment(
            blog, "sunny", f"<p>Thought {n}.</p>", now - timedelta(days=9 - n),
            number=n, account=ACCOUNT, post=posts[n - 1],
        ).id
        for n in (1, 2, 3)
    ]  # fmt: skip
    rematch_course(course_id, now)
    with write_transaction() as session:
        store_verdicts(session, course_id, now)
    return Story(course_id, noor, ida, blog, comments)


def stored() -> list[str]:
    return canonical(db.session, without=DECISION_LOG)


def linkage(comment_id: int) -> Linkage:
    return db.session.scalars(
        select(Linkage).where(Linkage.comment_id == comment_id).execution_options(populate_existing=True)
    ).one()


def answer(comment_id: int) -> tuple[str, int | None]:
    row = linkage(comment_id)
    return row.verdict, row.enrollment_id


def handles(*, kind: str = "account") -> list[tuple[int, str]]:
    rows = db.session.scalars(select(Handle).where(Handle.kind == kind).order_by(Handle.id))
    return [(row.enrollment_id, row.state) for row in rows]


def test_the_account_is_offered_first_and_with_the_name_by_default(story: Story) -> None:
    comment = db.session.get_one(Comment, story.comments[0])
    lessons = load_teachable(db.session(), story.course_id, comment).for_answer(story.noor)
    assert [(one.handle.kind, one.by_default) for one in lessons] == [("account", True), ("name", True)]
    assert say_handle(lessons[0].handle) == "the Blogger account"
    assert lessons[1].handle.blog_id == story.blog.id


@pytest.mark.parametrize("days", [0, 3])
def test_after_an_undo_nothing_but_the_log_tells_of_the_decision(
    story: Story, now: datetime, days: int
) -> None:
    before = stored()
    report = decisions.confirm(story.course_id, story.comments[0], story.noor, Act(now))
    assert report.moved == 2
    assert stored() != before
    decisions.undo(story.course_id, report.decision_id, Act(now + timedelta(days=days)))
    assert stored() == before


def test_undoing_a_change_of_mind_leaves_exactly_the_first_decision(story: Story, now: datetime) -> None:
    first = decisions.confirm(story.course_id, story.comments[0], story.noor, Act(now))
    before = stored()
    second = decisions.confirm(
        story.course_id, story.comments[0], story.ida, Act(now, seen=first.decision_id)
    )
    decisions.undo(story.course_id, second.decision_id, Act(now + timedelta(hours=1)))
    assert stored() == before


def test_a_name_is_learnt_only_when_it_is_chosen(story: Story, now: datetime) -> None:
    decisions.confirm(story.course_id, story.comments[0], story.noor, Act(now), teach=["name"])
    assert (handles(), handles(kind="name")) == ([], [(story.noor, "active")])
    assert answer(story.comments[1]) == ("accept", story.noor)


def test_nobody_learns_from_a_comment_by_anonymous(story: Story, now: datetime) -> None:
    comment = add_comment(story.blog, "Anonymous", "<p>A thought.</p>", now, number=9)
    rematch_course(story.course_id, now)
    assert load_teachable(db.session(), story.course_id, comment).offered == ()
    report = decisions.confirm(story.course_id, comment.id, story.noor, Act(now), teach=["name", "account"])
    assert report.taught == ()


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("http://bit.ly/abc", id="a shortener"),
        pytest.param("http://edt320.blogspot.com/", id="the course's blog"),
        pytest.param("http://room.example/", id="a followed blog"),
        pytest.param("http://", id="no address"),
    ],
)
@pytest.mark.one_database
def test_an_address_that_is_nobodys_own_is_never_offered(story: Story, now: datetime, url: str) -> None:
    comment = add_comment(story.blog, "Anonymous", "<p>A thought.</p>", now, number=9, author_url=url)
    assert load_teachable(db.session(), story.course_id, comment).offered == ()


def default_keys(story: Story, comment: Comment, who: int) -> list[str]:
    """What confirming a comment for a student teaches by default."""
    lessons = load_teachable(db.session(), story.course_id, comment).for_answer(who)
    return [one.handle.key for one in lessons if one.by_default]


def at_a_shared_computer(story: Story, now: datetime, **form: str) -> Comment:
    """Noor signs under a form that was filled in for Ida."""
    filled = {"account": "https://www.blogger.com/profile/3333", **form}
    comment = add_comment(
        story.blog, "Ida Vale", "<p>A thought.</p><p>Noor Haddad</p>", now, number=9, **filled
    )
    rematch_course(story.course_id, now)
    assert linkage(comment.id).candidates[0]["enrollment_id"] == story.noor
    return comment


@pytest.mark.parametrize(
    ("form", "kinds"),
    [
        pytest.param({}, {"account"}, id="the account"),
        pytest.param({"account": "", "avatar_key": "ab12"}, {"avatar"}, id="the picture"),
        pytest.param(
            {"account": "", "author_url": "https://twitter.com/idareads"}, {"twitter"}, id="Twitter"
        ),
        pytest.param({"avatar_key": "ab12"}, {"account", "avatar"}, id="the account before the picture"),
    ],
)
@pytest.mark.one_database
def test_a_form_filled_in_for_another_student_teaches_nothing_by_default(
    story: Story, now: datetime, form: dict[str, str], kinds: set[str]
) -> None:
    comment = at_a_shared_computer(story, now, **form)
    offered = load_teachable(db.session(), story.course_id, comment).for_answer(story.noor)
    assert kinds <= {one.handle.kind.value for one in offered}
    assert not any(one.by_default for one in offered)
    assert default_keys(story, comment, story.noor) == []
    report = decisions.confirm(story.course_id, comment.id, story.noor, Act(now))
    assert (report.taught, [handles(kind=one) for one in kinds]) == ((), [[] for _ in kinds])


@pytest.mark.one_database
def test_the_account_under_a_form_filled_in_for_another_is_taught_when_it_is_chosen(
    story: Story, now: datetime
) -> None:
    comment = at_a_shared_computer(story, now)
    report = decisions.confirm(story.course_id, comment.id, story.noor, Act(now), teach=["account"])
    assert report.taught == ("https://www.blogger.com/profile/3333",)
    assert handles() == [(story.noor, "active")]


@pytest.mark.one_database
def test_whom_the_form_names_is_taught_nothing_where_somebody_else_signs(story: Story, now: datetime) -> None:
    comment = at_a_shared_computer(story, now)
    assert default_keys(story, comment, story.ida) == []
    decisions.confirm(story.course_id, comment.id, story.ida, Act(now))
    assert handles() == []


@pytest.mark.one_database
def test_saying_that_no_student_wrote_it_refuses_the_account_whatever_name_it_stood_under(
    story: Story, now: datetime
) -> None:
    comment = at_a_shared_computer(story, now)
    assert load_teachable(db.session(), story.course_id, comment).for_answer(None)[0].by_default
    report = decisions.mark_outsider(story.course_id, comment.id, Act(now))
    assert report.taught == ("https://www.blogger.com/profile/3333",)


@pytest.mark.one_database
def test_an_account_known_as_anothers_is_not_taught_but_contested(story: Story, now: datetime) -> None:
    decisions.confirm(story.course_id, story.comments[0], story.ida, Act(now))
    comment = at_a_shared_computer(story, now, account=ACCOUNT)
    assert default_keys(story, comment, story.noor) == []
    report = decisions.confirm(story.course_id, comment.id, story.noor, Act(now))
    assert (report.taught, handles()) == ((), [(story.ida, "suspended")])
    [conflict] = load_conflicts(db.session(), story.course_id)
    assert conflict.enrollment_ids == (story.noor, story.ida)


def test_not_this_student_teaches_that_the_account_is_not_hers(story: Story, now: datetime) -> None:
    comment = add_comment(story.blog, "Noor Haddad", "<p>A thought.</p>", now, number=8, account=ACCOUNT)
    rematch_course(story.course_id, now)
    before = stored()
    report = decisions.reject(story.course_id, comment.id, story.noor, Act(now))
    assert linkage(comment.id).verdict != "accept"
    decisions.confirm(story.course_id, story.comments[0], story.ida, Act(now))
    assert answer(story.comments[1]) == ("accept", story.ida)
    assert load_conflicts(db.session(), story.course_id) == []
    [confirmed] = [one for one in review_decisions() if one != report.decision_id]
    decisions.undo(story.course_id, confirmed, Act(now))
    decisions.undo(story.course_id, report.decision_id, Act(now))
    assert stored() == before


def review_decisions() -> list[int]:
    return [
        one
        for (one,) in db.session.execute(select(Linkage.decision_id).where(Linkage.decision_id.is_not(None)))
    ]


def test_an_account_confirmed_for_two_students_is_suspended_and_both_are_asked_about(
    story: Story, now: datetime
) -> None:
    decisions.confirm(story.course_id, story.comments[0], story.noor, Act(now))
    before = stored()
    second = decisions.confirm(story.course_id, story.comments[1], story.ida, Act(now))
    assert handles() == [(story.noor, "suspended")]
    [conflict] = load_conflicts(db.session(), story.course_id)
    assert (conflict.key, conflict.enrollment_ids) == (KEY, (story.noor, story.ida))
    third = linkage(story.comments[2])
    assert (third.verdict, third.reason) == ("review", "contested")
    assert {one["enrollment_id"] for one in third.candidates} == {story.noor, story.ida}
    assert answer(story.comments[0]) == ("accept", story.noor)
    decisions.undo(story.course_id, second.decision_id, Act(now + timedelta(hours=1)))
    assert stored() == before


def test_an_account_of_a_student_and_an_outsider_is_suspended_too(story: Story, now: datetime) -> None:
    decisions.confirm(story.course_id, story.comments[0], story.noor, Act(now))
    decisions.mark_outsider(story.course_id, story.comments[1], Act(now))
    [conflict] = load_conflicts(db.session(), story.course_id)
    assert (conflict.enrollment_ids, conflict.nobodys) == ((story.noor,), True)
    assert linkage(story.comments[2]).reason == "contested"


def test_a_person_settles_whose_a_contested_account_is(story: Story, now: datetime) -> None:
    decisions.confirm(story.course_id, story.comments[0], story.noor, Act(now))
    decisions.confirm(story.course_id, story.comments[1], story.ida, Act(now))
    before = stored()
    report = decisions.settle_handle(story.course_id, "account", KEY, story.noor, Act(now))
    assert load_conflicts(db.session(), story.course_id) == []
    assert answer(story.comments[2]) == ("accept", story.noor)
    assert answer(story.comments[1]) == ("accept", story.ida)
    with pytest.raises(ConflictError):
        decisions.settle_handle(story.course_id, "account", KEY, story.ida, Act(now))
    decisions.undo(story.course_id, report.decision_id, Act(now))
    assert stored() == before


def test_an_account_that_several_use_proves_nothing(story: Story, now: datetime) -> None:
    decisions.confirm(story.course_id, story.comments[0], story.noor, Act(now), teach=["account"])
    decisions.settle_handle(story.course_id, "account", KEY, None, Act(now))
    assert answer(story.comments[0]) == ("accept", story.noor)
    assert answer(story.comments[2])[0] != "accept"


def test_rules_that_come_to_contradict_a_person_are_a_flag_and_no_change(story: Story, now: datetime) -> None:
    decisions.confirm(story.course_id, story.comments[0], story.ida, Act(now), teach=False)
    assert linkage(story.comments[0]).flag == ""
    decisions.confirm(story.course_id, story.comments[1], story.noor, Act(now))
    row = linkage(story.comments[0])
    assert (row.verdict, row.enrollment_id, row.flag) == ("accept", story.ida, "rules-disagree")


def test_a_decision_against_the_rules_is_no_news_to_who_made_it(story: Story, now: datetime) -> None:
    decisions.confirm(story.course_id, story.comments[1], story.noor, Act(now))
    assert answer(story.comments[0]) == ("accept", story.noor)
    decisions.confirm(story.course_id, story.comments[0], story.ida, Act(now), teach=False)
    assert linkage(story.comments[0]).flag == ""


def test_the_student_who_is_asked_is_noted_and_nothing_is_decided(story: Story, now: datetime) -> None:
    before = stored()
    report = decisions.ask_student(
        story.course_id, story.comments[0], story.noor, Act(now), note="Is this yours?"
    )
    row = linkage(story.comments[0])
    assert (row.verdict, row.decision_id, row.flag) == ("ignore", None, "asked")
    decisions.undo(story.course_id, report.decision_id, Act(now))
    assert stored() == before


def proved(story: Story, author: str, number: int, now: datetime) -> Comment:
    """A comment under a new account with the student's class blog as its link."""
    url = {"Noor Haddad": NOOR.blog_url, "Ida Vale": IDA.blog_url}[author]
    return add_comment(
        story.blog, author, "<p>A thought.</p>", now - timedelta(days=4), number=number,
        account="https://www.blogger.com/profile/2222", author_url=url,
    )  # fmt: skip


def test_an_automatic_answer_with_proof_teaches_its_account_provisionally(
    story: Story, now: datetime
) -> None:
    unsigned = add_comment(
        story.blog, "sunny", "<p>More.</p>", now, number=7, account="https://www.blogger.com/profile/2222"
    )
    rematch_course(story.course_id, now)
    assert answer(unsigned.id)[0] == "ignore"
    proved(story, "Noor Haddad", 5, now)
    rematch_course(story.course_id, now)
    row = linkage(unsigned.id)
    assert (row.verdict, row.candidates[0]["enrollment_id"]) == ("review", story.noor)
    proved(story, "Noor Haddad", 6, now)
    rematch_course(story.course_id, now)
    assert answer(unsigned.id) == ("accept", story.noor)


def test_what_automatic_answers_taught_is_suspended_when_they_disagree(story: Story, now: datetime) -> None:
    unsigned = add_comment(
        story.blog, "sunny", "<p>More.</p>", now, number=7, account="https://www.blogger.com/profile/2222"
    )
    for number in (4, 5):
        proved(story, "Noor Haddad", number, now)
    proved(story, "Ida Vale", 6, now)
    rematch_course(story.course_id, now)
    assert (linkage(unsigned.id).verdict, linkage(unsigned.id).reason) == ("review", "contested")
    first = stored()
    rematch_course(story.course_id, now)
    assert stored() == first


def test_a_course_can_choose_not_to_learn_from_automatic_answers(story: Story, now: datetime) -> None:
    db.session.get_one(Course, story.course_id).settings = {"learn_from_accepts": False}
    db.session.commit()
    unsigned = add_comment(
        story.blog, "sunny", "<p>More.</p>", now, number=7, account="https://www.blogger.com/profile/2222"
    )
    for number in (4, 5):
        proved(story, "Noor Haddad", number, now)
    rematch_course(story.course_id, now)
    assert answer(unsigned.id)[0] == "ignore"


def test_verdicts_are_there_to_be_given_back(story: Story) -> None:
    assert db.session.scalars(select(Assignment)).one() is not None
    assert any('"verdicts"' in line for line in stored())
