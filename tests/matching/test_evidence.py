"""Each kind of evidence for a student: seen, known, where, and a plain sentence."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.matching.cast import (
    ANN,
    BLOG,
    JANE,
    MARIA,
    OCT_20,
    SAM_K,
    TOM,
    comment,
    confirmed,
    decide,
    index,
    kinds,
    student,
)
from tracker.domain.feed import Entry
from tracker.domain.linkage import Evidence
from tracker.domain.roster import HandleKind, HandleOrigin, HandleState, KnownHandle
from tracker.matching.handles import gravatar_hashes

JANES = "http://okonedojaneedt320.blogspot.com"


def piece(entry: Entry, kind: str, who: int = JANE) -> Evidence:
    (candidate,) = [each for each in decide(entry).candidates if each.enrollment_id == who]
    (found,) = [each for each in candidate.evidence if each.kind == kind]
    return found


def test_author_link_to_the_class_blog_is_told_with_what_was_seen_and_known() -> None:
    found = piece(comment(author="jj", author_url=f"{JANES}/2026/10/x.html"), "author-link")
    assert found.seen == f"{JANES}/2026/10/x.html"
    assert found.known == "http://okonedojaneedt320.blogspot.com/"
    assert (found.where, found.bits, dict(found.params)) == ("author-link", 15.0, {})


@pytest.mark.parametrize(
    ("entry", "kind", "bits"),
    [
        pytest.param(
            comment(author="x", avatar_hash=gravatar_hashes("jane@harlan.example")[0]),
            "avatar",
            15.0,
            id="md5",
        ),
        pytest.param(
            comment(author="x", avatar_hash=gravatar_hashes("jane@harlan.example")[1]),
            "avatar",
            15.0,
            id="sha",
        ),
        pytest.param(
            comment(f"Hi\n\nJ´s last blog post ..<a href='{JANES}/p'>P</a>"), "tail", 14.5, id="tail"
        ),
        pytest.param(comment(f"Come to my blog at {JANES} please"), "text-link", 9.5, id="own link"),
        pytest.param(comment(f"Good.<br>{JANES}/", author="x"), "text-link", 4.0, id="link on its own line"),
        pytest.param(
            comment(f"Good as in {JANES}/ you know", author="x"),
            "text-link",
            1.0,
            id="link without a word",
        ),
        pytest.param(
            comment(f"Good as in {JANES}/ you know", author="Jane"),
            "text-link",
            9.5,
            id="link of the student whose name the author gives",
        ),
        pytest.param(
            comment(author="x", author_url="http://okonedojanedt320.blogspot.com"),
            "near-link",
            6.0,
            id="slip",
        ),
        pytest.param(
            comment(author="x", author_url="http://okonedojaneedt320.blogspot.con"),
            "author-link",
            6.0,
            id="con",
        ),
        pytest.param(comment(author="sunnyjane"), "handle", 10.0, id="registered handle"),
        pytest.param(
            comment(author="x", author_url="https://twitter.com/janeok"), "twitter", 9.0, id="twitter link"
        ),
        pytest.param(
            comment("<p>Twitter: JaneOk</p><p>Good.</p>", author="x"), "twitter", 9.0, id="twitter line"
        ),
        pytest.param(comment(author="janeok"), "handle", 7.0, id="twitter name as author"),
        pytest.param(comment(author="Jane O."), "name-initial", 9.0, id="initial"),
        pytest.param(comment(author="J. Okonedo"), "name-initial", 9.0, id="initial first"),
        pytest.param(comment(author="Jane"), "first-name", 4.5, id="first name"),
        pytest.param(comment(author="okonedo"), "surname", 3.5, id="surname"),
        pytest.param(comment(author="jokonedo3"), "built-handle", 5.5, id="login"),
        pytest.param(
            comment("Hi, I'm Jane and new here. Good.", author="x"), "introduction", 3.5, id="introduction"
        ),
        pytest.param(comment("Good.<br>Jane", author="x"), "signature", 3.5, id="signature"),
    ],
)
def test_evidence_weighs_what_the_table_says(entry: Entry, kind: str, bits: float) -> None:
    found = piece(entry, kind)
    assert found.bits == bits
    assert found.seen
    assert found.where
    assert not found.veto


@pytest.mark.parametrize(
    ("author", "who"),
    [
        pytest.param("Jane Okonedo", JANE, id="plain"),
        pytest.param("OKONEDO, Jane", JANE, id="last first"),
        pytest.param("okonedo jane", JANE, id="other order"),
        pytest.param("Jane Q. Okonedo", JANE, id="middle initial"),
        pytest.param("JaneOkonedo", JANE, id="joined"),
        pytest.param("janeokonedo", JANE, id="joined, small"),
        pytest.param("janeokonedoEDT320", JANE, id="joined with the course"),
        pytest.param("Jane Whitlock", JANE, id="registered other surname"),
        pytest.param("Annmarie de la Cruz", ANN, id="joined given name"),
        pytest.param("Ann Cruz", ANN, id="halves"),
        pytest.param("Tom OShea", TOM, id="preferred name, no apostrophe"),
        pytest.param("Tommy O’Shea", TOM, id="nickname"),
        pytest.param("Maria Pena", MARIA, id="no marks, half of surname"),
        pytest.param("Maria Holt", MARIA, id="other half"),
        pytest.param("Sam Kerrigan", SAM_K, id="nickname of Samantha"),
    ],
)
def test_full_name_is_recognised_in_every_registered_form(author: str, who: int) -> None:
    best = decide(comment(author=author)).candidates[0]
    assert best.enrollment_id == who
    name = max((each for each in best.evidence if each.bits > 0), key=lambda each: each.bits)
    assert name.kind in {"name", "handle"}
    assert name.bits >= 8


def test_name_shared_by_several_is_worth_less_to_each() -> None:
    match = decide(comment("I am in EDT 320.", author="Sam"))
    sams = {each.enrollment_id: each for each in match.candidates}
    assert {SAM_K, SAM_K + 1} == set(sams)
    (shared,) = [each for each in sams[SAM_K].evidence if each.kind == "first-name"]
    assert shared.bits == 3.5
    assert shared.params == {"given": "Sam", "holders": 2}


def test_a_signature_that_several_have_is_evidence_against_none_of_them() -> None:
    match = decide(comment("I am in EDT 320.<br>Sam", author="Sam"))
    (signed,) = [each for each in match.candidates[0].evidence if each.kind == "signature"]
    assert not signed.is_against


def test_an_address_learned_from_a_decision_is_told_as_such() -> None:
    learned = student(20, "Noor", "Marsh", confirmed("noorwrites.blogspot.com", HandleKind.BLOG))
    entry = comment(author="Noor Marsh", author_url="http://noorwrites.blogspot.com/")
    (link,) = [
        each for each in decide(entry, index(learned)).candidates[0].evidence if each.kind == "author-link"
    ]
    assert link.params == {"origin": "decision"}


def test_name_and_signature_are_not_added_up() -> None:
    best = decide(comment("Good.<br>Jane Okonedo", author="Jane Okonedo")).candidates[0]
    bits = sorted(each.bits for each in best.evidence if each.kind in {"name", "signature"})
    assert bits[0] == 2.0


def test_link_in_the_text_of_somebody_else_says_nothing() -> None:
    for html in (
        f"<blockquote>see my blog {JANES}</blockquote> Good.",
        f"@Jane I read your post at {JANES} too.",
        f"Jane said so on her blog {JANES} yesterday.",
        f"The best student blog is {JANES}",
        f"My friend wrote on her blog {JANES} too.",
        f"Like my classmate Jane’s page {JANES}",
    ):
        assert decide(comment(html, author="Priscilla Ng")).reason == "nobody"


@pytest.mark.parametrize(
    ("day", "kind", "bits"),
    [
        pytest.param(10, "allocated", 4.0, id="two days early"),
        pytest.param(8, "allocated", -0.5, id="four days early"),
        pytest.param(26, "allocated", 4.0, id="on the last day"),
    ],
)
def test_allocation_counts_from_three_days_before(day: int, kind: str, bits: float) -> None:
    entry = comment(author="Jane Okonedo", at=datetime(2026, 10, day, 12, tzinfo=UTC))
    assert piece(entry, kind).bits == bits


def test_allocation_counts_until_fourteen_days_after() -> None:
    assert (
        piece(comment(author="Jane Okonedo", at=datetime(2026, 11, 8, tzinfo=UTC)), "allocated").bits == 4.0
    )
    assert (
        piece(comment(author="Jane Okonedo", at=datetime(2026, 11, 10, tzinfo=UTC)), "allocated").bits == -0.5
    )
    assert piece(comment(author="Tom O'Shea"), "not-allocated", TOM).bits == -1.5


@pytest.mark.parametrize(
    "words", ["EDT 320", "edt320", "EDT-320", "at Harlan State University", "Dr. Pennock's class"]
)
def test_course_is_recognised_however_spaced_and_by_its_instructor(words: str) -> None:
    assert "course" in kinds(decide(comment(f"I write for {words} today.", author="Jane Okonedo")))


def test_course_blog_is_the_courses_and_nobodys_own() -> None:
    match = decide(comment(author="Jane", author_url="http://edt320.blogspot.com/"))
    assert "course-blog" in kinds(match)
    assert "other-site" not in kinds(match)


@pytest.mark.parametrize(
    ("handle", "origin"),
    [
        pytest.param(confirmed("blogger:9"), "decision", id="confirmed"),
        pytest.param(
            KnownHandle(HandleKind.ACCOUNT, "blogger:9", origin=HandleOrigin.CLASS_BLOG),
            "class-blog",
            id="from the feed",
        ),
        pytest.param(KnownHandle(HandleKind.ACCOUNT, "blogger:9"), "roster", id="registered"),
    ],
)
def test_known_account_proves_whatever_the_name(handle: KnownHandle, origin: str) -> None:
    among = index(student(20, "Priya", "Raman", handle))
    match = decide(comment(author="p_r", account="http://www.blogger.com/profile/9"), among)
    assert match.enrollment_id == 20
    assert any(each.params.get("origin") == origin for each in match.candidates[0].evidence)


def test_account_of_two_students_proves_neither() -> None:
    among = index(
        student(20, "Priya", "Raman", confirmed("blogger:9")),
        student(21, "Ola", "Berg", confirmed("blogger:9")),
    )
    match = decide(comment(author="p_r", account="http://www.blogger.com/profile/9"), among)
    assert match.enrollment_id is None


def test_suspended_handle_is_no_evidence_and_provisional_one_no_proof() -> None:
    for state, verdict in ((HandleState.SUSPENDED, "ignore"), (HandleState.PROVISIONAL, "review")):
        handle = KnownHandle(HandleKind.ACCOUNT, "blogger:9", origin=HandleOrigin.DECISION, state=state)
        match = decide(
            comment(author="p_r", account="http://blogger.com/profile/9"),
            index(student(20, "P", "Raman", handle)),
        )
        assert match.verdict.value == verdict


def test_nickname_learnt_for_one_blog_counts_there_only() -> None:
    handle = KnownHandle(HandleKind.NAME, "dee", origin=HandleOrigin.DECISION, blog_id=BLOG.blog_id)
    among = index(student(20, "Dana", "Reyes", handle))
    assert "handle" in kinds(decide(comment("For EDT 320.", author="Dee"), among))
    elsewhere = type(BLOG)(8, address_keys=("other.example",))
    assert "handle" not in {
        each.kind
        for candidate in decide(comment("For EDT 320.", author="Dee", at=OCT_20), among, elsewhere).candidates
        for each in candidate.evidence
    }
