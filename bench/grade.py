"""What grading costs: a whole course judged, one rule tried on a class, and what a poll makes us judge again;
beside loading the same facts without judging them, and reading them without making facts of them.

    .venv/bin/python -m bench.grade [--students 100 200 400] [--assignments 30] [--rounds 3]
"""

from __future__ import annotations

import argparse
import gc
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from random import Random
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from tests.support import factories as make
from tests.support.databases import settings_for
from tracker.app import create_app
from tracker.domain.assignment import Condition, Window
from tracker.domain.traits import Trait
from tracker.extensions import db
from tracker.grading.judging.credit import judge_student
from tracker.grading.rules.document import terms_from_document
from tracker.grading.score import propose
from tracker.jobs.verdicts.affected import Since
from tracker.jobs.verdicts.store_verdicts import store_touched, store_verdicts
from tracker.models import (
    Allocation,
    Assignment,
    BlogAddress,
    Comment,
    CommentVersion,
    Course,
    Feed,
    FeedState,
    Handle,
    Linkage,
    Poll,
    Post,
    RequirementVerdict,
    Run,
)
from tracker.queries import coursework
from tracker.queries.verdicts.facts import load_course_facts
from tracker.text.addresses import home_key

ZONE = ZoneInfo("America/Chicago")
BEGIN = datetime(2026, 8, 24, 5, tzinfo=UTC)
AS_OF = datetime(2026, 12, 7, 6, tzinfo=UTC)
BLOGS = 90
TRIED = 150
"""Students of the class on which one rule is tried (PRODUCT §6)."""
SENTENCE = (
    "what struck me in this post is how the children explain the table to each other before anybody asks and "
    "I wonder whether mine would do the same with the map that we drew in the first week of the term"
)
WORDS = tuple(SENTENCE.split())
POST = "<p>" + " ".join(WORDS * 6) + "</p>"


def main() -> None:
    options = _options()
    print(f"{options.assignments} assignments of 2 comments and a summary, {options.rounds} rounds, medians")
    whole = {}
    for students in options.students:
        with tempfile.TemporaryDirectory() as folder:
            whole[students] = _measure(Path(folder), students, options.assignments, options.rounds)
    first, last = options.students[0], options.students[-1]
    if first != last:
        grown = (whole[last] / whole[first]) / (last / first)
        print(f"growth: {last / first:g} times the evidence cost {grown:.2f} times as much for each piece")


def _measure(folder: Path, students: int, assignments: int, rounds: int) -> float:
    app = create_app(settings_for(f"sqlite:///{folder}/grade.sqlite", folder))
    with app.app_context():
        db.create_all()
        course_id = _fill(students, assignments)
        session: Session = db.session()
        ids = [row.id for row in coursework.load_assignments(session, course_id)]
        print(f"\n{students} students: {_count(Comment)} comments, {_count(Post)} posts")
        first = _timed(lambda: store_verdicts(session, course_id, AS_OF), 1)
        session.commit()
        verdicts = _count(RequirementVerdict)
        again = _timed(lambda: store_verdicts(session, course_id, AS_OF), rounds)
        facts = _timed(lambda: load_course_facts(session, course_id, ids), rounds)
        rows = _timed(lambda: coursework.load_comments(session, course_id), rounds)
        print(f"  regrade, nothing stored yet   {first:6.2f} s for {verdicts} verdicts")
        print(f"  regrade, nothing changed      {again:6.2f} s, {verdicts / again:,.0f} verdicts a second")
        print(f"  floor: loading the facts      {facts:6.2f} s, regrade / floor {again / facts:.1f}")
        print(f"  floor: reading comments only  {rows:6.2f} s, regrade / floor {again / rows:.1f}")
        _try_rule(session, course_id, min(students, TRIED), rounds)
        for blogs in (1, 12, BLOGS):
            _after_a_poll(session, course_id, blogs, again)
        return again


def _try_rule(session: Session, course_id: int, students: int, rounds: int) -> None:
    """The newest assignment by other terms, on stored facts, as a dry run does it."""
    row = coursework.load_assignments(session, course_id)[-1]
    terms = terms_from_document(row.document)
    whom = coursework.load_student_ids(session, course_id)[:students]

    def tried() -> int:
        facts = load_course_facts(session, course_id, [row.id], whom)
        scores = [
            propose(
                terms,
                judge_student(
                    terms, facts.of_student(row.id, terms, who), facts.sights, facts.class_sights, AS_OF, ZONE
                ).verdicts,
            )
            for who in facts.student_ids
        ]
        return len(scores)

    floor = _timed(lambda: load_course_facts(session, course_id, [row.id], whom), rounds)
    took = _timed(tried, rounds)
    tried()
    begun = time.process_time()
    tried()
    again = time.process_time() - begun
    print(
        f"  dry run on {students} students       {took:6.2f} s, floor of its facts x {took / floor:.1f}; "
        f"tried again {again:.2f} s"
    )


def _after_a_poll(session: Session, course_id: int, blogs: int, whole: float) -> None:
    """The end of a run that checked so many blogs and found nothing new."""
    run = Run(trigger="bench", started_at=AS_OF, owner="")
    session.add(run)
    session.flush()
    some = select(Feed.id).where(Feed.kind == "comments").order_by(Feed.id).limit(blogs)
    feeds = session.scalars(some).all()
    session.add_all(Poll(run_id=run.id, feed_id=feed_id, at=AS_OF, outcome="unchanged") for feed_id in feeds)
    session.execute(update(FeedState).where(FeedState.feed_id.in_(feeds)).values(fully_checked_at=AS_OF))
    session.flush()
    _forget()
    gc.collect()  # what went before leaves much to collect, and this takes a tenth of a second
    begun = time.perf_counter()
    stored = store_touched(session, course_id, Since(run.id, AS_OF - timedelta(minutes=30)), AS_OF)
    took = time.perf_counter() - begun
    every = _count(RequirementVerdict)
    session.rollback()
    print(
        f"  after a check of {blogs:2} blogs     {took:6.3f} s, {stored.judged} of {every} verdicts "
        f"judged, {stored.changed} changed, whole / this {whole / took:.0f}"
    )


def _fill(students: int, assignments: int) -> int:
    """A term: two comments and a summary a round; one comment in ten is forgotten, one in twenty late."""
    rng = Random(5)  # noqa: S311 - invented people
    course = make.add_course(words=["EDT 320", "Harlan State"])
    people = [make.add_enrollment(course, name=f"Student Number{n}") for n in range(students)]
    blogs = [make.add_blog(f"Blog {n}") for n in range(BLOGS)]
    own = [make.add_blog(f"Class blog {n}") for n in range(students)]
    for blog in blogs:
        make.follow(course, blog)
        make.add_feed(blog, "comments", fully_checked_at=AS_OF)
    for who, blog in zip(people, own, strict=True):
        make.follow(course, blog, "class-blog")
        make.add_feed(blog, "posts", fully_checked_at=AS_OF)
        db.session.add(Handle(enrollment_id=who.id, kind="blog", key=home_key(blog.home_url), state="active"))
    db.session.add_all(BlogAddress(blog_id=blog.id, key=home_key(blog.home_url)) for blog in (*blogs, *own))
    step = (AS_OF - BEGIN - timedelta(days=16)) / assignments
    for n in range(assignments):
        opens = BEGIN + step * n
        due = opens + timedelta(days=7)
        rule = make.terms(
            f"C4T #{n}",
            Window(due, opens),
            Window(due + timedelta(days=7), opens),
            conditions=(Condition(Trait.WORDS, 30),),
        )
        made = make.add_assignment(course, f"c4t-{n}", rule)
        _live_a_week(rng, course, made, [one.id for one in people], blogs, own, opens, due)
    db.session.commit()
    return course.id


def _live_a_week(
    rng: Random,
    course: Course,
    made: Assignment,
    people: list[int],
    blogs: Any,
    own: Any,
    opens: Any,
    due: Any,
) -> None:
    posts = [make.add_post(blog, "The table", html=POST, posted_at=opens) for blog in blogs for _ in range(2)]
    comments: list[dict[str, Any]] = []
    versions: list[dict[str, Any]] = []
    linkages: list[dict[str, Any]] = []
    summaries: list[dict[str, Any]] = []
    number = (db.session.scalar(select(func.max(Comment.id))) or 0) + 1
    for n, who in enumerate(people):
        place = rng.randrange(BLOGS)
        db.session.add(
            Allocation(assignment_id=made.id, enrollment_id=who, blog_id=blogs[place].id, created_at=opens)
        )
        mine = posts[place * 2 : place * 2 + 2]
        for post in mine:
            if rng.random() < 0.1:
                continue
            at = (
                due + timedelta(hours=5)
                if rng.random() < 0.05
                else opens + timedelta(hours=rng.randrange(160))
            )
            text = " ".join(rng.choices(WORDS, k=60))
            comments.append(
                {
                    "id": number, "blog_id": post.blog_id, "post_id": post.id, "kind": "comment",
                    "identity": f"number:{number}", "native_number": str(number), "source": "atom",
                    "permalink": f"{post.url}#comment-{number}", "author": "Noor", "posted_at": at,
                    "posted_basis": "offset", "first_seen_at": at + timedelta(hours=2), "current_version": 1,
                }
            )  # fmt: skip
            versions.append(
                {
                    "comment_id": number, "n": 1, "source": "atom", "seen_at": at,
                    "text": f"<p>I am in EDT 320 at Harlan State.</p><p>{text}.</p>",
                    "hash": f"{number:064x}",
                }
            )  # fmt: skip
            linkages.append(
                {
                    "course_id": course.id, "comment_id": number, "enrollment_id": who, "verdict": "accept",
                    "reason": "accepted", "candidates": [], "rules_version": "bench",
                }
            )  # fmt: skip
            number += 1
        links = " ".join(f'<a href="{post.url}">this</a>' for post in mine)
        summaries.append(
            {
                "blog_id": own[n].id, "identity": f"number:{made.id}", "title": made.title, "labels": [],
                "url": f"{own[n].home_url}{made.id}/", "html": f"<p>{links} {' '.join(WORDS)}</p>",
                "posted_at": due, "posted_basis": "offset", "first_seen_at": due + timedelta(hours=2),
            }
        )  # fmt: skip
    db.session.flush()
    for model, rows in (
        (Comment, comments),
        (CommentVersion, versions),
        (Linkage, linkages),
        (Post, summaries),
    ):
        db.session.execute(insert(model), rows)


def _timed(work: Callable[[], object], rounds: int) -> float:
    """The median of processor seconds, each round as in a new process, as a night's job is one."""
    took = []
    for _ in range(rounds):
        _forget()
        begun = time.process_time()
        work()
        took.append(time.process_time() - begun)
        if rounds > 1:
            db.session.rollback()
    return median(took)


def _forget() -> None:
    """Empty whatever this process remembers of texts, names and addresses."""
    for one in gc.get_objects():
        if isinstance(one, type(_remembers)) and one.__module__.startswith("tracker."):
            one.cache_clear()


@lru_cache
def _remembers() -> None:
    """Only for its type, which functools does not name."""


def _count(model: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--students", type=int, nargs="+", default=[100, 200, 400])
    parser.add_argument("--assignments", type=int, default=30)
    parser.add_argument("--rounds", type=int, default=3)
    return parser.parse_args()


if __name__ == "__main__":
    main()
