"""Roster files as colleges write them, compared with what is there and applied."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.support.term import add_course
from tests.support.written import add_blog, add_comment
from tracker.domain.act import Act
from tracker.domain.errors import FileError
from tracker.exports.roster_file import read_roster
from tracker.extensions import db
from tracker.jobs.people.import_roster import RosterReport, apply
from tracker.models import Enrollment, EnrollmentEvent, Handle, Linkage
from tracker.queries.people.preview_roster import preview_roster

KEY = b"only for tests"

PLAIN = """student_id,given_name,family_name,email,blog_url,section
s1,Noor,Haddad,noor@harlan.example,http://noorreads.blogspot.com/,1
s2,Ida,Vale,ida@harlan.example,,2
"""


def put(
    course_id: int, text: str | bytes, now: datetime, *, drop: tuple[int, ...] = (), preview: bool = False
) -> RosterReport:
    return apply(course_id, read_roster(text), Act(now, preview=preview), hash_key=KEY, drop=drop)


def students(course_id: int) -> list[Enrollment]:
    db.session.expire_all()
    return list(
        db.session.scalars(
            select(Enrollment).where(Enrollment.course_id == course_id).order_by(Enrollment.id)
        )
    )


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(PLAIN, ("s1", "Noor", "Haddad"), id="plain"),
        pytest.param(b"\xef\xbb\xbf" + PLAIN.encode(), ("s1", "Noor", "Haddad"), id="byte-order-mark"),
        pytest.param(PLAIN.encode("utf-16"), ("s1", "Noor", "Haddad"), id="utf-16"),
        pytest.param(PLAIN.replace(",", ";"), ("s1", "Noor", "Haddad"), id="semicolons"),
        pytest.param(PLAIN.replace(",", "\t"), ("s1", "Noor", "Haddad"), id="tabs"),
        pytest.param(PLAIN.replace("\n", "\r\n"), ("s1", "Noor", "Haddad"), id="windows-line-ends"),
        pytest.param('Student,SIS User ID\n"Haddad, Noor",s1\n', ("s1", "Noor", "Haddad"), id="last-first"),
        pytest.param("Name;ID\nNoor Haddad;s1\n", ("s1", "Noor", "Haddad"), id="one-name-column"),
        pytest.param("Name\nNoor\n", ("", "Noor", ""), id="one-word"),
        pytest.param(
            'Student,ID\n"Haddad-Lindström, Noor Āisha",s1\n',
            ("s1", "Noor Āisha", "Haddad-Lindström"),
            id="letters-beyond-ascii",
        ),
        pytest.param(
            "First Name,Last Name,Student Number\nZoë,Brontë,s1\n".encode("cp1252"),
            ("s1", "Zoë", "Brontë"),
            id="old-windows-letters",
        ),
    ],
)
def test_rosters_are_read_however_they_were_saved(
    content: str | bytes, expected: tuple[str, str, str]
) -> None:
    row = read_roster(content)[0]
    assert (row.student_id, row.given_name, row.family_name) == expected


@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        pytest.param("id,name\ns1,Noor\n\ns1,Ida\n", 4, "is already on line 2", id="student-id-twice"),
        pytest.param("id,name\ns1,\n", 2, "has no name", id="no-name"),
        pytest.param("colour,taste\nred,sweet\n", 1, "must have column names", id="unknown-headers"),
        pytest.param("id,name\n", 0, "no students", id="header-only"),
        pytest.param("", 0, "empty", id="empty-file"),
        pytest.param("id,name\ns1," + "x" * 300 + "\n", 2, "300 characters", id="cell-too-long"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_the_line(content: str, line: int, says: str) -> None:
    with pytest.raises(FileError, match=says) as caught:
        read_roster(content)
    assert caught.value.line == line


def test_a_roster_enrolls_students_with_sections_and_handles(context: Flask, now: datetime) -> None:
    course_id = add_course(now)
    report = put(course_id, PLAIN, now)
    assert (report.added, report.changed, report.unchanged, report.dropped) == (2, 0, 0, 0)
    noor, ida = students(course_id)
    assert (noor.external_id, noor.section.name if noor.section else "") == ("s1", "1")
    assert {handle.kind for handle in noor.handles} == {"blog", "avatar"}
    assert report.blogs_to_follow == ("http://noorreads.blogspot.com/",)
    assert ida.section_id != noor.section_id


def test_importing_the_same_roster_again_changes_nothing(context: Flask, now: datetime) -> None:
    course_id = add_course(now)
    put(course_id, PLAIN, now)
    handles = db.session.scalars(select(Handle.id)).all()
    report = put(course_id, PLAIN, now + timedelta(days=1))
    assert (report.added, report.changed, report.unchanged) == (0, 0, 2)
    assert db.session.scalars(select(Handle.id)).all() == handles
    assert len(db.session.scalars(select(EnrollmentEvent.id)).all()) == 2


def test_rows_in_another_order_change_nothing(context: Flask, now: datetime) -> None:
    course_id = add_course(now)
    put(course_id, PLAIN, now)
    header, first, second = PLAIN.splitlines()
    diff = preview_roster(db.session(), course_id, read_roster("\n".join((header, second, first))))
    assert (diff.added, diff.changed, diff.unchanged, diff.missing) == ((), (), 2, ())


def test_a_preview_names_what_changes_and_writes_nothing(context: Flask, now: datetime) -> None:
    course_id = add_course(now)
    put(course_id, PLAIN, now)
    diff = preview_roster(db.session(), course_id, read_roster(PLAIN.replace("Vale", "Vale-Ortiz")))
    assert [(one.row.line, one.changes) for one in diff.changed] == [
        (3, (("family_name", "Vale", "Vale-Ortiz"),))
    ]
    assert students(course_id)[1].family_name == "Vale"


def test_a_preview_writes_nothing(context: Flask, now: datetime) -> None:
    course_id = add_course(now)
    assert put(course_id, PLAIN, now, preview=True).added == 2
    assert students(course_id) == []


def test_who_is_missing_is_asked_about_and_stays(context: Flask, now: datetime) -> None:
    course_id = add_course(now)
    put(course_id, PLAIN, now)
    report = put(course_id, "id,name\ns1,Noor Haddad\n", now)
    assert [(one.student_id, one.name) for one in report.missing] == [("s2", "Ida Vale")]
    assert [one.is_active for one in students(course_id)] == [True, True]


def test_only_a_missing_student_can_be_dropped(context: Flask, now: datetime) -> None:
    course_id = add_course(now)
    put(course_id, PLAIN, now)
    noor, ida = students(course_id)
    report = put(course_id, "id,name\ns1,Noor Haddad\n", now, drop=(noor.id, ida.id))
    assert report.dropped == 1
    assert [one.is_active for one in students(course_id)] == [True, False]


def test_a_student_who_comes_back_is_the_same_enrollment_with_what_was_found(
    context: Flask, now: datetime
) -> None:
    course_id = add_course(now)
    put(course_id, PLAIN, now)
    noor, _ = students(course_id)
    before = noor.id
    put(course_id, "id,name\ns2,Ida Vale\n", now, drop=(noor.id,))
    blog = add_blog(course_id, "http://room.example/", now)
    add_comment(
        blog, "Noor Haddad", "<p>A kind thought.</p>", now, author_url="http://noorreads.blogspot.com/"
    )
    put(course_id, PLAIN, now + timedelta(days=3))
    returned = students(course_id)[0]
    assert (returned.id, returned.is_active) == (before, True)
    assert db.session.scalars(select(Linkage.enrollment_id)).all() == [before]
    kinds = db.session.scalars(
        select(EnrollmentEvent.kind)
        .where(EnrollmentEvent.enrollment_id == before)
        .order_by(EnrollmentEvent.id)
    ).all()
    assert kinds == ["added", "dropped", "readded"]


def test_two_students_of_one_name_are_two(context: Flask, now: datetime) -> None:
    course_id = add_course(now)
    text = "id,name,section\ns1,Marcus Bell,1\ns2,Marcus Bell,5\n"
    assert put(course_id, text, now).added == 2
    assert put(course_id, text, now).unchanged == 2


def test_two_of_one_name_without_ids_stay_two(context: Flask, now: datetime) -> None:
    course_id = add_course(now)
    text = "name,email\nMarcus Bell,m1@harlan.example\nMarcus Bell,m2@harlan.example\n"
    assert put(course_id, text, now).added == 2
    assert put(course_id, text, now).unchanged == 2
    assert len(students(course_id)) == 2


def test_a_student_number_given_later_finds_who_had_none(context: Flask, now: datetime) -> None:
    course_id = add_course(now)
    put(course_id, "name\nNoor Haddad\n", now)
    report = put(course_id, PLAIN, now)
    assert (report.added, report.changed) == (1, 1)
    assert [one.external_id for one in students(course_id)] == ["s1", "s2"]


def test_an_empty_cell_takes_nothing_away(context: Flask, now: datetime) -> None:
    course_id = add_course(now)
    put(course_id, PLAIN, now)
    put(course_id, "id,name,email\ns1,Noor Haddad,\ns2,Ida Vale,\n", now)
    assert [one.email for one in students(course_id)] == ["noor@harlan.example", "ida@harlan.example"]


def test_a_second_blog_address_is_added_and_the_first_one_kept(context: Flask, now: datetime) -> None:
    course_id = add_course(now)
    put(course_id, PLAIN, now)
    put(course_id, PLAIN.replace("noorreads", "noorwrites"), now)
    noor = students(course_id)[0]
    keys = {handle.key for handle in noor.handles if handle.kind == "blog"}
    assert keys == {"noorreads.blogspot.com", "noorwrites.blogspot.com"}


def test_a_class_blog_that_is_followed_is_not_offered_again(context: Flask, now: datetime) -> None:
    course_id = add_course(now)
    add_blog(course_id, "http://noorreads.blogspot.com/", now, role="class-blog")
    assert put(course_id, PLAIN, now).blogs_to_follow == ()
