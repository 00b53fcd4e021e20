"""The figures of matching come from the code that a poll uses: comments stored and linked by the jobs
are decided as `match-file` decides them, all at once and one after another with a person's answers."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import insert, select

from tests.support.databases import SECRET, empty_tables
from tests.support.term import add_course
from tracker.domain.act import Act
from tracker.extensions import db
from tracker.jobs.dependencies import hash_key
from tracker.jobs.matching.rematch import rematch_course
from tracker.jobs.matching.store_linkages import link_comments
from tracker.jobs.review import decisions
from tracker.jobs.transaction import write_transaction
from tracker.matching.handles import avatar_key, handles_from_roster
from tracker.matching.match_tables import (
    FileComment,
    read_allocations,
    read_blogs,
    read_comments,
    read_roster,
)
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
from tracker.queries.matching.course_matcher import build_matcher
from tracker.queries.matching.match_file import match_file

SET = Path(__file__).parents[3] / ".." / "shared" / "matching" / "dev"
WORDS, STAFF, COURSE_BLOG = "EDT 320;EDT320;Harlan State", "Dr. Pennock", "http://edt320.blogspot.com/"
LATER = datetime(2030, 1, 1, tzinfo=UTC)

pytestmark = pytest.mark.one_database
needs_labels = pytest.mark.skipif(not SET.is_dir(), reason="the labelled comments are not here")


def store_people(course_id: int, folder: Path) -> dict[str, int]:
    """The roster with its handles; student id -> enrollment."""
    people = read_roster(folder / "roster.csv")
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
            twitter=row.get("twitter", ""), hash_key=hash_key(SECRET),
        ):  # fmt: skip
            db.session.add(
                Handle(enrollment_id=student.id, kind=handle.kind.value, key=handle.key, shown=handle.shown)
            )
    return numbers


def store_blogs(course_id: int, students: dict[str, int], folder: Path) -> dict[str, int]:
    """The followed blogs, and who was given which and when; address key -> blog."""
    profiles = read_blogs(folder / "blogs.csv")
    numbers = {}
    by_profile = {}
    for key, profile in profiles.items():
        blog = Blog(
            platform="generic", home_url=f"http://{key}/",
            owner_names=list(profile.owner_names), created_at=LATER,
        )  # fmt: skip
        db.session.add(blog)
        db.session.flush()
        numbers[key] = by_profile[profile.blog_id] = blog.id
        db.session.add(BlogAddress(blog_id=blog.id, key=key))
        db.session.add(Subscription(course_id=course_id, blog_id=blog.id, role="followed", created_at=LATER))
    rounds: list[Assignment] = []
    for student_id, given in read_allocations(folder / "assignments.csv", students, profiles).items():
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


def store_comments(rows: Sequence[FileComment], blogs: Mapping[str, int], first: int = 1) -> None:
    comments, versions = [], []
    for number, row in enumerate(rows, first):
        entry = row.entry
        comments.append(
            {
                "id": number,
                "blog_id": next(blogs[key] for key in row.blog_keys if key in blogs),
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
    blogs = store_blogs(course_id, store_people(course_id, SET), SET)
    store_comments(read_comments(SET / "comments.jsonl"), blogs)
    return course_id


Decided = dict[str, tuple[str, str | None]]
"""Comment -> the answer, and the student it names, or names first."""


def decided_by_file(out: Path, folder: Path = SET, *, learned: bool = False) -> Decided:
    match_file(
        roster=folder / "roster.csv", blogs=folder / "blogs.csv", allocations=folder / "assignments.csv",
        comments=folder / "comments.jsonl", words=WORDS, staff=STAFF, course_blog=COURSE_BLOG, out=out,
        answers=folder / "truth.jsonl" if learned else None,
    )  # fmt: skip
    rows = [json.loads(line) for line in out.read_text().splitlines()]
    return {row["id"]: (row["decision"], row["student_id"]) for row in rows}


def decided_by_jobs() -> Decided:
    names = {row.id: row.external_id for row in db.session.scalars(select(Enrollment))}
    rows = db.session.execute(
        select(Comment.identity, Linkage).join(Linkage, Linkage.comment_id == Comment.id)
    )
    found = {}
    for key, row in rows:
        first = row.candidates[0]["enrollment_id"] if row.verdict == "review" and row.candidates else None
        found[key] = (row.verdict, names.get(row.enrollment_id or first))
    return found


@needs_labels
@pytest.mark.real_input
def test_stored_comments_are_decided_as_the_file_of_them_is(
    context: Flask, now: datetime, tmp_path: Path
) -> None:
    course_id = store_course(now, learn_from_accepts=False)
    report = rematch_course(course_id, now)
    assert report.judged == 3000
    assert decided_by_jobs() == decided_by_file(tmp_path / "out.jsonl")


@needs_labels
@pytest.mark.real_input
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


# One after another, with a person's answers ------------------------------------------------------


def by_time(row: FileComment) -> tuple[bool, datetime]:
    """Order of publication, as `match-file` takes it."""
    return row.entry.posted.at is None, row.entry.posted.at or LATER


def decided_in_order(folder: Path, now: datetime, truth: Mapping[str, str | None]) -> Decided:
    """Each comment is stored, linked and read; what is to be reviewed is then decided by its truth."""
    course_id = add_course(now)
    students = store_people(course_id, folder)
    blogs = store_blogs(course_id, students, folder)
    db.session.commit()
    names = {number: key for key, number in students.items()}
    found: Decided = {}
    matcher = build_matcher(db.session(), course_id)
    for number, row in enumerate(sorted(read_comments(folder / "comments.jsonl"), key=by_time), 1):
        store_comments([row], blogs, number)
        with write_transaction() as session:
            link_comments(session, matcher, {number})
        linkage = db.session.scalars(select(Linkage).where(Linkage.comment_id == number)).one()
        verdict, teaches = linkage.verdict, linkage.teaches
        first = linkage.candidates[0]["enrollment_id"] if verdict == "review" else None
        found[row.comment_id] = (verdict, names.get(linkage.enrollment_id or first or 0))
        if verdict == "review":
            who = truth[row.comment_id]
            if who is None:
                decisions.mark_outsider(course_id, number, Act(now))
            else:
                decisions.confirm(course_id, number, students[who], Act(now))
        if verdict == "review" or teaches:
            matcher = build_matcher(db.session(), course_id)
    return found


ROSTER = """student_id,given_name,family_name,preferred_name,email,blog_url,aliases,twitter,section
s1,Noor,Haddad,,noor@harlan.example,http://noorreads.blogspot.com/,,,1
s2,Ida,Vale,,ida@harlan.example,http://idavale.blogspot.com/,,,1
s3,Tom,Berg,,tom@harlan.example,http://bergtom.blogspot.com/,,,1
s4,Priya,Raman,,,http://ramanpriya.blogspot.com/,,,1
"""
BLOGS = "blog_url,owner_name,platform\nhttp://room.example/,Margaret Ellery,wordpress\n"
GIVEN = "blog_url,student_id,round,start,end\n" + "".join(
    f"http://room.example/,s{n},1,2026-10-01,2026-10-28\n" for n in (1, 2, 3)
)
PLAIN = "<p>What a lesson.</p>"
STORY: tuple[tuple[str, str, str, str, str | None], ...] = (
    # who is written above it, account, author link, text, who it was
    ("Noor", "blogger:1", "", PLAIN, "s1"),  # reviewed: teaches the account,
    ("wildflower", "blogger:1", "", PLAIN, "s1"),  # which then tells
    ("Ida Vale", "blogger:2", "", f"{PLAIN}<p>Noor Haddad</p>", "s1"),  # a shared computer: teaches none
    ("chalk", "blogger:2", "", PLAIN, None),
    ("Ida", "blogger:2", "", PLAIN, "s2"),
    ("chalk", "blogger:2", "", PLAIN, "s2"),
    ("Tom", "blogger:3", "", PLAIN, None),  # nobody's: a denial,
    ("Tom", "blogger:3", "", PLAIN, None),  # and no further question
    ("Tom Berg", "blogger:4", "http://bergtom.blogspot.com/", PLAIN, "s3"),  # proof: provisional,
    ("birch", "blogger:4", "", PLAIN, "s3"),  # so a question,
    ("Tom Berg", "blogger:4", "http://bergtom.blogspot.com/", PLAIN, "s3"),
    ("birch", "blogger:4", "", PLAIN, "s3"),  # and now an answer
    ("Priya Raman", "blogger:1", "", PLAIN, "s4"),  # on an account known as another's: a conflict,
    ("wildflower", "blogger:1", "", PLAIN, "s1"),  # by which neither is told
    ("Ida", "", "https://twitter.com/idareads", PLAIN, "s2"),
    ("idle", "", "https://twitter.com/idareads", PLAIN, "s2"),
    ("Priya", "", "http://priya.example/", PLAIN, "s4"),  # no account: nothing to teach
    ("Priya", "", "http://priya.example/", PLAIN, "s4"),
    ("Anonymous", "", "", f"{PLAIN}<p>Noor Haddad, EDT 320</p>", "s1"),
    ("Margaret Ellery", "", "http://room.example/", PLAIN, None),
)


def write_story(folder: Path, answers: Mapping[int, str | None] | None = None) -> dict[str, str | None]:
    """The invented course in files; `answers` replaces what is true of some of its comments."""
    truth = {f"c{n}": (answers or {}).get(n, who) for n, (*_, who) in enumerate(STORY)}
    rows = [
        {
            "id": f"c{n}",
            "blog_url": "http://room.example/",
            "permalink": f"http://room.example/p/1/#comment-{n}",
            "published": f"2026-10-{n + 2:02d}T15:00:00Z",
            "source": "blogger-atom",
            "author_name": author,
            "author_profile_uri": account.replace("blogger:", "https://www.blogger.com/profile/"),
            "author_url": link,
            "body_html": body,
        }
        for n, (author, account, link, body, _) in enumerate(STORY)
    ]
    said = [{"id": key, "student_id": who} for key, who in truth.items()]
    for name, text in (
        ("roster.csv", ROSTER),
        ("blogs.csv", BLOGS),
        ("assignments.csv", GIVEN),
        ("comments.jsonl", "\n".join(map(json.dumps, rows))),
        ("truth.jsonl", "\n".join(map(json.dumps, said))),
    ):
        (folder / name).write_text(text, encoding="utf-8")
    return truth


def test_comments_answered_one_by_one_are_decided_as_the_file_of_them_is(
    context: Flask, now: datetime, tmp_path: Path
) -> None:
    truth = write_story(tmp_path)
    stored = decided_in_order(tmp_path, now, truth)
    assert {verdict for verdict, _ in stored.values()} == {"accept", "review", "ignore"}
    assert stored == decided_by_file(tmp_path / "out.jsonl", tmp_path, learned=True)


def answered_before(place: int, checks: Decided) -> list[tuple[str, int | None]]:
    """What stands at the end about the comments before a place that a person was asked about."""
    rows = db.session.scalars(select(Linkage).order_by(Linkage.comment_id)).all()
    asked = [verdict == "review" for verdict, _ in checks.values()]
    return [
        (row.verdict, row.enrollment_id) for row, was in zip(rows[:place], asked[:place], strict=True) if was
    ]


@pytest.mark.parametrize(
    ("place", "who", "moves"),
    [
        pytest.param(6, "s3", 7, id="a student after all"),
        pytest.param(12, "s1", 13, id="no conflict"),
    ],
)
def test_another_answer_about_a_later_comment_changes_no_earlier_decision(
    context: Flask, now: datetime, tmp_path: Path, place: int, who: str | None, moves: int
) -> None:
    checks = decided_in_order(tmp_path, now, write_story(tmp_path))
    first = list(checks.values())
    kept = answered_before(place, checks)
    db.session.remove()
    empty_tables()
    second = list(decided_in_order(tmp_path, now, write_story(tmp_path, {place: who})).values())
    assert first[place][0] == "review"
    assert second[: place + 1] == first[: place + 1]
    assert second[moves] != first[moves]
    assert answered_before(place, checks) == kept


def read_truth(folder: Path) -> dict[str, str | None]:
    rows = map(json.loads, (folder / "truth.jsonl").read_text().splitlines())
    return {row["id"]: row["student_id"] for row in rows}


def cut(folder: Path, count: int) -> None:
    """The labelled course with its first comments only."""
    for name in ("roster.csv", "blogs.csv", "assignments.csv", "truth.jsonl"):
        (folder / name).write_bytes((SET / name).read_bytes())
    lines = (SET / "comments.jsonl").read_text().splitlines(keepends=True)
    lines.sort(key=lambda line: json.loads(line).get("published") or "9")
    (folder / "comments.jsonl").write_text("".join(lines[:count]))


@needs_labels
@pytest.mark.real_input
def test_labelled_comments_answered_one_by_one_are_decided_as_the_file_of_them_is(
    context: Flask, now: datetime, tmp_path: Path, full: bool
) -> None:
    cut(tmp_path, 600 if full else 60)
    stored = decided_in_order(tmp_path, now, read_truth(tmp_path))
    assert stored == decided_by_file(tmp_path / "out.jsonl", tmp_path, learned=True)
