"""A text that was erased for the blog's owner stays erased, whatever the blog shows of it later."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.support import factories as make
from tests.support.evidence import stored
from tests.support.shown import BO, IDA, NOW, Nights, held, nights, run
from tracker.domain.act import Act
from tracker.domain.assignment import REQUIRED, Condition
from tracker.domain.errors import ConflictError
from tracker.domain.feed import Source
from tracker.domain.linkage import EvidenceKind
from tracker.domain.traits import Trait
from tracker.extensions import db
from tracker.jobs.blogs.purge import purge_comment
from tracker.jobs.polling.merging import merge_comments
from tracker.jobs.transaction import write_transaction
from tracker.jobs.verdicts.store_verdicts import regrade_course
from tracker.models import Comment, CommentVersion, Linkage, RequirementVerdict
from tracker.wording.evidence import say_candidate

__all__ = ["nights", "run"]  # fixtures

pytestmark = pytest.mark.one_database

LATER = NOW + timedelta(days=9)


def versions() -> list[CommentVersion]:
    db.session.expire_all()
    return list(db.session.scalars(select(CommentVersion).order_by(CommentVersion.id)))


@pytest.mark.parametrize("source", [Source.RSS, Source.REST, Source.PAGE])
def test_later_forms_and_edits_of_an_erased_comment_are_only_counted(nights: Nights, source: Source) -> None:
    nights.show(IDA)
    assert purge_comment(IDA.link, Act(LATER)).versions == 1
    shown = replace(IDA, html="<p>My favourite map, said anew.</p>", account="ida-7", raw="<p>My map</p>")
    nights.show(replace(shown, source=source), source=source)
    nights.show(replace(shown, source=source), source=source)
    kept = versions()
    assert [row.words for row in kept] == [9, 5]
    assert all(row.text is None and row.raw is None and row.purged_at is not None for row in kept)
    assert [row.account for row in held()] == [""]
    assert nights.show(BO).new == 1, "what is another comment is kept as ever"
    assert versions()[-1].text == BO.html


def two_with_one_link(nights: Nights) -> list[Comment]:
    nights.show(IDA)
    nights.show(BO)
    return held()


def test_merging_with_an_erased_comment_erases_both(nights: Nights) -> None:
    one, other = two_with_one_link(nights)
    purge_comment(str(one.id), Act(LATER))
    with write_transaction() as session:
        merge_comments(session, *(session.get_one(Comment, row) for row in (other.id, one.id)))
    assert [row.text for row in versions()] == [None, None]


def test_erasing_reaches_the_rows_that_were_merged_into_the_comment(nights: Nights) -> None:
    one, other = two_with_one_link(nights)
    with write_transaction() as session:
        merge_comments(session, *(session.get_one(Comment, row) for row in (other.id, one.id)))
    assert purge_comment(IDA.link, Act(LATER)).versions == 2
    assert [row.text for row in versions()] == [None, None]


def test_address_of_two_comments_erases_neither_and_says_which_they_are(nights: Nights) -> None:
    one, other = two_with_one_link(nights)
    with pytest.raises(ConflictError, match=f"{one.id} is by Ida Vale.*; {other.id} is by Bo Stone"):
        purge_comment(IDA.link, Act(LATER))
    assert purge_comment(str(other.id), Act(LATER)).comment_id == other.id
    assert [row.text for row in versions()] == [IDA.html, None]


def test_quotes_of_an_erased_text_leave_the_evidence_and_the_verdict_stays(nights: Nights) -> None:
    nights.show(IDA)
    name = EvidenceKind.FIRST_NAME
    pieces = [
        stored(name, 3.0, where, seen="Ida", given="Ida", holders=1) for where in ("text", "tail", "author")
    ]
    candidate = {"enrollment_id": 1, "bits": 0.0, "probability": 0.5, "level": "likely", "evidence": pieces}
    with write_transaction() as session:
        session.add(
            Linkage(
                course_id=1,
                comment_id=held()[0].id,
                verdict="review",
                reason="undecided",
                candidates=[candidate],
                rules_version="1",
            )
        )
    purge_comment(IDA.link, Act(LATER))
    db.session.expire_all()
    linkage = db.session.scalars(select(Linkage)).one()
    [shown] = linkage.as_match().candidates
    lines = [line.says for line in say_candidate(shown, {})]
    assert [one.seen for one in shown.evidence] == ["", "", "Ida"]
    assert lines == [
        "Something in the text, which was erased at the request of the blog’s owner",
        "Author name is Ida, which fits only one student",
    ]
    assert linkage.verdict == "review"


INTRODUCED = (
    "<p>Hello, my name is Ida Vale and I am a student in EDT 320 at Harlan State.</p>"
    "<p>We drew maps of our street. Did yours get lost?</p><p>The second took a week</p>"
    "<p>Ida</p>"
)
PARAGRAPHS = Condition(Trait.PARAGRAPHS, 2, REQUIRED)
SIXTEEN = Condition(Trait.WORDS, 16, REQUIRED)
"""Words without the introduction and the signature: 14; 31 and more if they counted."""


@pytest.fixture
def graded(context: Flask) -> tuple[int, list[Comment]]:
    """A student with an introduced comment, the same said again on another post, one in two parts."""
    course = make.add_course(words=["EDT 320", "Harlan State"], settings={"join_parts": True})
    student, blog = make.add_enrollment(course, name="Ida Vale"), make.add_blog()
    make.follow(course, blog)
    make.add_feed(blog)
    posts = [make.add_post(blog) for _ in range(3)]
    at = make.DUE - timedelta(days=3)
    texts = (INTRODUCED, INTRODUCED, "<p>So we tried it with</p>", "<p>clay, glue.</p><p>It held.</p>")
    comments = [
        make.add_comment(posts[min(n, 2)], "Ida", text, posted_at=at + timedelta(minutes=n))
        for n, text in enumerate(texts)
    ]
    for comment in comments:
        make.add_linkage(course, comment, student)
    for key, condition in (("words", SIXTEEN), ("paragraphs", PARAGRAPHS)):
        rule = make.terms(key, summary=None, count=3, conditions=(condition,))
        make.allocate(make.add_assignment(course, key, rule), student, blog)
    db.session.commit()
    regrade_course(course.id, make.NOW)
    return course.id, comments


def told() -> list[tuple[object, ...]]:
    db.session.expire_all()
    rows = db.session.scalars(select(RequirementVerdict).order_by(RequirementVerdict.id))
    return [(row.requirement, row.state, row.reason, row.params, row.evidence, row.credit) for row in rows]


def test_erasing_every_text_changes_no_verdict(graded: tuple[int, list[Comment]]) -> None:
    course_id, comments = graded
    before = told()
    assert [(row[1], row[2]) for row in before] == [
        ("does_not_count", "too-short"), ("does_not_count", "too-short"), ("does_not_count", "too-short"),
        ("met", "on-time"), ("met", "on-time"), ("not_found_yet", "not-found"),
    ]  # fmt: skip
    for comment in comments:
        purge_comment(str(comment.id), Act(make.NOW))
    assert regrade_course(course_id, make.NOW) == 0
    assert told() == before
    assert all("map" not in str(row.counts) and row.text is None for row in versions())
