"""The scenarios of matching as the product was described by them, with its own numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from tests.support.canonical import DECISION_LOG, canonical
from tests.support.databases import SECRET
from tests.support.factories import DUE, add_assignment, allocate, terms
from tests.support.term import add_course, add_students
from tests.support.written import add_blog, add_comment, add_post
from tracker.demo.records import RosterFileRow
from tracker.domain.act import Act
from tracker.domain.assignment import REQUIRED, Condition
from tracker.domain.traits import Trait
from tracker.exports.roster_file import read_roster
from tracker.extensions import db
from tracker.jobs.dependencies import hash_key
from tracker.jobs.matching.rematch import rematch_course
from tracker.jobs.people.import_roster import apply
from tracker.jobs.review import decisions
from tracker.jobs.review.claims import claim, load_claimable
from tracker.jobs.review.split_comments import join, suggest_joins
from tracker.jobs.transaction import write_transaction
from tracker.jobs.verdicts.store_verdicts import store_verdicts
from tracker.models import Blog, Comment, Course, Enrollment, FeedState, Linkage, RequirementVerdict
from tracker.queries.people.preview_roster import preview_roster
from tracker.queries.review.preview_decision import preview_decision

SUNNY = "https://www.blogger.com/profile/1111"
KARIM = "https://www.blogger.com/profile/2222"


def course_with(rows: Sequence[RosterFileRow], now: datetime) -> tuple[int, list[int], Blog]:
    """A course, its students, and a blog that it follows."""
    course_id = add_course(now)
    ids = add_students(course_id, rows, SECRET, now)
    return course_id, ids, add_blog(course_id, "http://room.example/", now, title="Room Fourteen")


def give(course_id: int, blog: Blog, *students: int, rule: Any = None) -> None:
    assignment = add_assignment(db.session.get_one(Course, course_id), rule=rule)
    for who in students:
        allocate(assignment, db.session.get_one(Enrollment, who), blog)
    db.session.commit()


def matched(course_id: int, now: datetime) -> None:
    rematch_course(course_id, now)
    with write_transaction() as session:
        store_verdicts(session, course_id, now)


def linkage(comment: Comment | int) -> Linkage:
    number = comment if isinstance(comment, int) else comment.id
    return db.session.scalars(
        select(Linkage).where(Linkage.comment_id == number).execution_options(populate_existing=True)
    ).one()


def answer(comment: Comment | int) -> tuple[str, int | None]:
    row = linkage(comment)
    return row.verdict, row.enrollment_id


def stored() -> list[str]:
    return canonical(db.session, without=DECISION_LOG)


def october(day: int) -> datetime:
    return datetime(2026, 10, day, 18, 0, tzinfo=UTC)


HEADER = "student_id,given_name,family_name,blog_url\n"


def put(course_id: int, text: str, now: datetime, **how: Any) -> None:
    apply(course_id, read_roster(HEADER + text), Act(now), hash_key=hash_key(SECRET), **how)


def test_s5_comments_before_and_after_a_move_are_the_students(context: Flask, now: datetime) -> None:
    course_id, _, blog = course_with([], now)
    old, new = "http://noorreads.blogspot.com/", "http://noorwrites.blogspot.com/"
    put(course_id, f"s1,Noor,Haddad,{old}\n", october(1))
    put(course_id, f"s1,Noor,Haddad,{new}\n", october(20), moved_at=october(18))
    before = add_comment(blog, "Noor", "<p>Hm.</p>", october(14), number=1, author_url=old)
    after = add_comment(blog, "Noor", "<p>Hm.</p>", october(21), number=2, author_url=new)
    matched(course_id, now)
    assert (answer(before), answer(after)) == (("accept", 1), ("accept", 1))
    handles = db.session.get_one(Enrollment, 1).handles
    assert [(one.valid_from, one.valid_to) for one in handles] == [(None, october(18)), (october(18), None)]


def test_s5_an_abandoned_address_is_a_conflict_once_a_classmate_took_it(
    context: Flask, now: datetime
) -> None:
    course_id, _, blog = course_with([], now)
    old, new = "http://noorreads.blogspot.com/", "http://noorwrites.blogspot.com/"
    put(course_id, f"s1,Noor,Haddad,{old}\ns2,Ida,Vale,\n", october(1))
    put(course_id, f"s1,Noor,Haddad,{new}\ns2,Ida,Vale,\n", october(18))
    put(course_id, f"s1,Noor,Haddad,{new}\ns2,Ida,Vale,{old}\n", october(22))
    before = add_comment(blog, "chalkfan", "<p>Hm.</p>", october(14), number=1, author_url=old)
    after = add_comment(blog, "chalkfan", "<p>Hm.</p>", october(23), number=2, author_url=old)
    matched(course_id, now)
    assert answer(before) == ("accept", 1)
    assert linkage(after).verdict == "review"
    decisions.confirm(course_id, after.id, 2, Act(now))
    assert (answer(before), answer(after)) == (("accept", 1), ("accept", 2))


def test_s5_importing_the_moved_address_again_changes_nothing(context: Flask, now: datetime) -> None:
    course_id, _, _ = course_with([], now)
    put(course_id, "s1,Noor,Haddad,http://noorreads.blogspot.com/\n", october(1))
    text = "s1,Noor,Haddad,http://noorwrites.blogspot.com/\n"
    put(course_id, text, october(18))
    before = stored()
    assert preview_roster(db.session(), course_id, read_roster(HEADER + text)).unchanged == 1
    put(course_id, text, october(19))
    assert stored() == before


TWINS = [
    RosterFileRow("s1", "Ida", "Vale", blog_url="http://idareads.blogspot.com/"),
    RosterFileRow("s5", "Ida", "Vale", blog_url="http://idavale5.blogspot.com/"),
]


def test_s6_a_shared_name_is_never_accepted_and_the_assigned_blog_makes_one_likely(
    context: Flask, now: datetime
) -> None:
    course_id, [one, five], blog = course_with(TWINS, now)
    give(course_id, blog, five)
    bare = add_comment(blog, "Ida Vale", "<p>Hm.</p>", DUE - timedelta(days=3), number=1)
    linked = add_comment(
        blog, "Ida Vale", "<p>Hm.</p>", DUE - timedelta(days=3), number=2, author_url=TWINS[0].blog_url
    )
    matched(course_id, now)
    row = linkage(bare)
    assert (row.verdict, row.enrollment_id) == ("review", None)
    assert [(each["enrollment_id"], each["level"]) for each in row.candidates] == [
        (five, "likely"),
        (one, "possible"),
    ]
    assert all(each["evidence"] for each in row.candidates)
    assert answer(linked) == ("accept", one)


def test_s6_the_first_claim_of_two_namesakes_does_not_win(context: Flask, now: datetime) -> None:
    course_id, [one, five], blog = course_with(TWINS, now)
    give(course_id, blog, one, five)
    bare = add_comment(blog, "Ida Vale", "<p>Hm.</p>", DUE - timedelta(days=3), number=1)
    matched(course_id, now)
    assert [len(load_claimable(db.session(), who)) for who in (one, five)] == [1, 1]
    claim(one, bare.id, Act(now))
    assert linkage(bare).verdict == "review"
    claim(five, bare.id, Act(now))
    assert (linkage(bare).verdict, linkage(bare).reason) == ("review", "claims")


@pytest.fixture
def s7(context: Flask, now: datetime) -> tuple[int, int, Blog, list[int]]:
    """Eleven comments under a handle: ten of Noor's, one that somebody else signed."""
    names = (("Noor", "Haddad"), ("Ida", "Vale"), ("Noor", "Berg"))
    rows = [RosterFileRow(f"s{n}", *name) for n, name in enumerate(names)]
    course_id, [noor, *_], blog = course_with(rows, now)
    numbers = []
    for n in range(11):
        body = f"<p>Thought {n}. I am in EDT 320; my summary will be at</p><p>Noor</p>"
        if n == 4:
            body = "<p>A quite different thought about it.</p><p>Ida Vale</p>"
        at = DUE - timedelta(days=60 - n)
        numbers.append(add_comment(blog, "sunnyside", body, at, number=n, account=SUNNY).id)
    matched(course_id, now)
    return course_id, noor, blog, numbers


def test_s7_nine_would_move_and_one_would_not_and_undo_restores_all(
    s7: tuple[int, int, Blog, list[int]], now: datetime
) -> None:
    course_id, noor, _, numbers = s7
    row = linkage(numbers[-1])
    assert (row.verdict, row.candidates[0]["level"]) == ("review", "possible")
    before = stored()
    told = preview_decision(db.session(), course_id, db.session.get_one(Comment, numbers[-1]), [noor])[noor]
    assert (len(told.effects.answers), told.decided) == (9, 0)
    [staying] = told.staying
    assert (staying.comment_id, staying.why) == (numbers[4], "Signed with another student’s name.")
    assert stored() == before
    report = decisions.confirm(course_id, numbers[-1], noor, Act(now))
    assert sum(answer(one) == ("accept", noor) for one in numbers) == 10
    assert answer(numbers[4])[1] is None
    decisions.undo(course_id, report.decision_id, Act(now + timedelta(hours=2)))
    assert stored() == before


def test_s7_an_account_in_somebody_elses_name_is_only_likely_without_her_signature(
    s7: tuple[int, int, Blog, list[int]], now: datetime
) -> None:
    course_id, noor, blog, _ = s7
    signed = add_comment(
        blog, "Karim Osei", "<p>For EDT 320.</p><p>Noor</p>", DUE - timedelta(days=5), number=20,
        account=KARIM,
    )  # fmt: skip
    matched(course_id, now)
    decisions.confirm(course_id, signed.id, noor, Act(now))
    later = add_comment(blog, "Karim Osei", "<p>Nice.</p>", DUE - timedelta(days=2), number=21, account=KARIM)
    matched(course_id, now)
    row = linkage(later)
    assert (row.verdict, row.candidates[0]["enrollment_id"], row.candidates[0]["level"]) == (
        "review", noor, "likely",
    )  # fmt: skip


def test_s8_an_anonymous_comment_is_shown_to_the_assigned_student_and_a_claim_goes_to_a_person(
    context: Flask, now: datetime
) -> None:
    names = ("Haddad", "Berg", "Vale", "Reed")
    rows = [RosterFileRow(f"s{n}", "Noor", name) for n, name in enumerate(names)]
    course_id, [noor, *others], blog = course_with(rows, now)
    give(course_id, blog, noor)
    body = "<p>" + " ".join(["chalk"] * 59) + " dust.</p><p>Noor</p>"
    comment = add_comment(blog, "Anonymous", body, DUE - timedelta(days=3))
    matched(course_id, now)
    row = linkage(comment)
    assert (row.verdict, row.candidates[0]["enrollment_id"]) == ("review", noor)
    counted = select(RequirementVerdict.state).where(RequirementVerdict.state == "met")
    assert db.session.scalars(counted).all() == []
    [shown] = load_claimable(db.session(), noor)
    assert len(" ".join(shown.paragraphs).split()) == 60
    assert [load_claimable(db.session(), who) for who in others] == [[], [], []]
    before = stored()
    said = claim(noor, comment.id, Act(now))
    assert (linkage(comment).verdict, linkage(comment).reason) == ("review", "claimed")
    decisions.undo(course_id, said.decision_id, Act(now + timedelta(hours=1)))
    assert stored() == before


def s9(now: datetime, **settings: object) -> tuple[int, int, list[int]]:
    """41 and 38 words, three minutes apart on one post, where 50 are asked."""
    row = RosterFileRow("s1", "Noor", "Haddad", blog_url="http://noorreads.blogspot.com/")
    course_id, [noor], blog = course_with([row], now)
    db.session.get_one(Course, course_id).settings = settings
    rule = terms(summary=None, conditions=(Condition(Trait.WORDS, 50, REQUIRED),))
    give(course_id, blog, noor, rule=rule)
    db.session.execute(update(FeedState).values(fully_checked_at=now))
    post, at = add_post(blog, now), DUE - timedelta(days=3)
    numbers = [
        add_comment(
            blog, "Noor Haddad", f"<p>{text}</p>", when, number=n, post=post, author_url=row.blog_url
        ).id
        for n, (text, when) in enumerate(
            (
                (" ".join(["chalk"] * 41), at),
                (" ".join(["dust"] * 38) + ".", at + timedelta(minutes=3)),
            )
        )
    ]
    matched(course_id, now)
    return course_id, noor, numbers


def states() -> dict[str, str]:
    rows = db.session.execute(select(RequirementVerdict.requirement, RequirementVerdict.state))
    return {row.requirement: row.state for row in rows}


def test_s9_two_parts_are_suggested_as_one_and_count_as_one_when_a_person_says_so(
    context: Flask, now: datetime
) -> None:
    course_id, noor, [first, second] = s9(now)
    [suggestion] = suggest_joins(db.session(), course_id)
    assert (suggestion.enrollment_id, suggestion.part.words) == (noor, 79)
    assert not suggestion.is_joined
    assert states()["comment-1"] == "does_not_count"
    row_id = join(course_id, first, second, Act(now))
    assert (states()["comment-1"], states()["comment-2"] == "met") == ("met", False)
    join(course_id, first, second, Act(now, seen=row_id), together=False)
    assert states()["comment-1"] == "does_not_count"
    assert not suggest_joins(db.session(), course_id)[0].is_joined


def test_s9_a_course_can_count_parts_as_one_by_itself(context: Flask, now: datetime) -> None:
    course_id, _, _ = s9(now, join_parts=True)
    assert suggest_joins(db.session(), course_id)[0].is_joined
    assert (states()["comment-1"], states()["comment-2"] == "met") == ("met", False)


def test_s13_a_late_add_is_found_and_a_drop_keeps_what_people_decided(context: Flask, now: datetime) -> None:
    course_id, _, blog = course_with([], now)
    ida = "s2,Ida,Vale,http://idavale.blogspot.com/\n"
    noor = "s1,Noor,Haddad,http://noorreads.blogspot.com/\n"
    put(course_id, ida, october(1))
    links = [("Noor", "http://noorreads.blogspot.com/"), ("Ida", "http://idavale.blogspot.com/")]
    comments = [
        add_comment(blog, name, "<p>Hm.</p>", october(5), number=n, author_url=url)
        for n, (name, url) in enumerate(links)
    ]
    odd = add_comment(blog, "reader", "<p>Hm.</p>", october(6), number=7)
    matched(course_id, now)
    assert answer(comments[0])[0] != "accept"
    decisions.confirm(course_id, odd.id, 1, Act(now), teach=False)
    put(course_id, ida + noor, october(14))
    assert [answer(one) for one in comments] == [("accept", 2), ("accept", 1)]
    missing = preview_roster(db.session(), course_id, read_roster(HEADER + noor)).missing
    assert [one.name for one in missing] == ["Ida Vale"]
    put(course_id, noor, october(30))
    assert answer(comments[1]) == ("accept", 1)
    put(course_id, noor, october(30), drop=[1])
    assert (answer(comments[1]), linkage(comments[1]).reason) == (("ignore", None), "former-student")
    assert (answer(odd), linkage(odd).flag) == (("accept", 1), "former-student")
    put(course_id, ida + noor, october(31))
    assert (answer(comments[1]), linkage(odd).flag) == (("accept", 1), "")
