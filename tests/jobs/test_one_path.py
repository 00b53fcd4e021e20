"""The figures of matching come from the code that a poll uses: the labelled comments, stored and linked
by the jobs, are decided as `match-file` decides them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import insert, select

from tests.support.databases import SECRET
from tests.support.term import add_course
from tracker.extensions import db
from tracker.jobs.match_file import match_file
from tracker.jobs.match_tables import (
    FileComment,
    read_allocations,
    read_blogs,
    read_comments,
    read_roster,
)
from tracker.jobs.rematch import rematch_course
from tracker.jobs.tools import hash_key
from tracker.matching.handles import avatar_key, handles_from_roster, shared_hosts_in
from tracker.models import (
    Allocation,
    Assignment,
    Blog,
    BlogAddress,
    Comment,
    CommentVersion,
    Enrollment,
    Handle,
    Linkage,
    Subscription,
)

SET = Path(__file__).parents[2] / ".." / "shared" / "matching" / "dev"
WORDS, STAFF, COURSE_BLOG = "EDT 320;EDT320;Harlan State", "Dr. Pennock", "http://edt320.blogspot.com/"
LATER = datetime(2030, 1, 1, tzinfo=UTC)

pytestmark = [
    pytest.mark.real_input,
    pytest.mark.one_database,
    pytest.mark.skipif(not SET.is_dir(), reason="the labelled comments are not here"),
]


def store_people(course_id: int) -> dict[str, int]:
    """The roster with its handles; student id -> enrollment."""
    people = read_roster(SET / "roster.csv")
    shared = shared_hosts_in(row.get("blog_url", "") for row in people.values())
    numbers = {}
    for student_id in sorted(people):
        row = people[student_id]
        student = Enrollment(
            course_id=course_id, role="student", external_id=student_id, given_name=row["given_name"],
            family_name=row["family_name"], preferred_name=row.get("preferred_name", ""), created_at=LATER,
        )  # fmt: skip
        db.session.add(student)
        db.session.flush()
        numbers[student_id] = student.id
        for handle in handles_from_roster(
            blog_url=row.get("blog_url", ""), email=row.get("email", ""), aliases=row.get("aliases", ""),
            twitter=row.get("twitter", ""), hash_key=hash_key(SECRET), shared_hosts=shared,
        ):  # fmt: skip
            db.session.add(
                Handle(enrollment_id=student.id, kind=handle.kind.value, key=handle.key, shown=handle.shown)
            )
    return numbers


def store_blogs(course_id: int, students: dict[str, int]) -> dict[str, int]:
    """The followed blogs, and who was given which and when; address key -> blog."""
    profiles = read_blogs(SET / "blogs.csv")
    numbers = {}
    by_profile = {}
    for key, profile in profiles.items():
        blog = Blog(
            platform=profile.platform.value, home_url=f"http://{key}/",
            owner_names=list(profile.owner_names), created_at=LATER,
        )  # fmt: skip
        db.session.add(blog)
        db.session.flush()
        numbers[key] = by_profile[profile.blog_id] = blog.id
        db.session.add(BlogAddress(blog_id=blog.id, key=key))
        db.session.add(Subscription(course_id=course_id, blog_id=blog.id, role="followed", created_at=LATER))
    rounds: list[Assignment] = []
    for student_id, given in read_allocations(SET / "assignments.csv", students, profiles).items():
        for place, one in enumerate(given):
            if place == len(rounds):
                rounds.append(
                    Assignment(course_id=course_id, key=f"round-{place}", title="Round", created_at=LATER)
                )
                db.session.add(rounds[-1])
                db.session.flush()
            db.session.add(
                Allocation(
                    assignment_id=rounds[place].id,
                    enrollment_id=students[student_id],
                    blog_id=by_profile[one.blog_id],
                    opens_at=one.opens_at,
                    due_at=one.due_at,
                    created_at=LATER,
                )
            )
    db.session.flush()
    return numbers


def store_comments(rows: list[FileComment], blogs: dict[str, int]) -> None:
    comments, versions = [], []
    for number, row in enumerate(rows, 1):
        entry = row.entry
        comments.append(
            {
                "id": number,
                "blog_id": blogs[row.blog_key],
                "kind": "comment",
                "identity": row.comment_id,
                "author": entry.author,
                "author_url": entry.author_url,
                "account": entry.account,
                "avatar_key": avatar_key(entry.avatar_hash, hash_key(SECRET)),
                "title": entry.title,
                "permalink": entry.link,
                "posted_at": entry.posted.at,
                "posted_raw": entry.posted.raw,
                "posted_basis": entry.posted.basis.value,
                "source": entry.source.value,
                "first_seen_at": LATER,
            }
        )
        versions.append(
            {
                "comment_id": number,
                "n": 1,
                "source": entry.source.value,
                "seen_at": LATER,
                "text": entry.html,
                "hash": "",
            }
        )
    db.session.execute(insert(Comment), comments)
    db.session.execute(insert(CommentVersion), versions)
    db.session.commit()


def store_course(now: datetime, **settings: object) -> int:
    course_id = add_course(now, settings=settings)
    blogs = store_blogs(course_id, store_people(course_id))
    store_comments(read_comments(SET / "comments.jsonl"), blogs)
    return course_id


def decided_by_file(out: Path) -> dict[str, tuple[str, str | None]]:
    match_file(
        roster=SET / "roster.csv", blogs=SET / "blogs.csv", allocations=SET / "assignments.csv",
        comments=SET / "comments.jsonl", words=WORDS, staff=STAFF, course_blog=COURSE_BLOG, out=out,
    )  # fmt: skip
    rows = [json.loads(line) for line in out.read_text().splitlines()]
    return {row["id"]: (row["decision"], row["student_id"]) for row in rows}


def decided_by_jobs() -> dict[str, tuple[str, str | None]]:
    names = {row.id: row.external_id for row in db.session.scalars(select(Enrollment))}
    rows = db.session.execute(
        select(Comment.identity, Linkage).join(Linkage, Linkage.comment_id == Comment.id)
    )
    found = {}
    for key, row in rows:
        first = row.candidates[0]["enrollment_id"] if row.verdict == "review" and row.candidates else None
        found[key] = (row.verdict, names.get(row.enrollment_id or first))
    return found


def test_stored_comments_are_decided_as_the_file_of_them_is(
    context: Flask, now: datetime, tmp_path: Path
) -> None:
    course_id = store_course(now, learn_from_accepts=False)
    report = rematch_course(course_id, now)
    assert report.judged == 3000
    assert decided_by_jobs() == decided_by_file(tmp_path / "out.jsonl")


@pytest.mark.only_in_full
def test_what_automatic_answers_teach_makes_none_of_them_wrong(context: Flask, now: datetime) -> None:
    truth = {
        row["id"]: row["student_id"]
        for row in map(json.loads, (SET / "truth.jsonl").read_text().splitlines())
    }
    course_id = store_course(now)
    rematch_course(course_id, now)
    accepted = {key: who for key, (verdict, who) in decided_by_jobs().items() if verdict == "accept"}
    assert [key for key, who in accepted.items() if truth[key] not in (who, None)] == []
    assert sum(truth[key] != who for key, who in accepted.items()) <= 2
