"""The review pages: what is asked first, what a decision does, and how it is taken back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from tests.support import factories as make
from tests.support.cast import Cast, post, sign_in
from tests.support.evidence import stored
from tracker.domain.act import Act
from tracker.domain.linkage import EvidenceKind
from tracker.extensions import db
from tracker.jobs.review import decisions as jobs
from tracker.models import Comment, Course, Enrollment, Linkage, LinkageDecision, User

HERE = "/courses/edt320/review"
ACCOUNT = "https://www.blogger.com/profile/77"


@dataclass(frozen=True)
class Waiting:
    """Comment ids: two of one account between Noor and Bart, one that only Bart could have written."""

    pressing: int
    older: int
    barts: int


@pytest.fixture
def waiting(app: Flask, cast: Cast) -> Waiting:
    with app.app_context():
        course = db.session.get_one(Course, cast.course_id)
        noor, bart = (db.session.get_one(Enrollment, one) for one in (cast.student_id, cast.other_student_id))
        given, other = make.add_blog("Room Fourteen"), make.add_blog("Half Past Recess")
        make.follow(course, given)
        make.follow(course, other)
        first = make.add_comment(
            make.add_post(given, "Why I stopped"),
            "mrs_d_reads",
            "<p>A <b>kind</b> thought.</p><script>alert(1)</script>",
            account=ACCOUNT,
        )
        older = make.add_comment(
            make.add_post(other),
            "mrs_d_reads",
            "<p>Another one.</p>",
            account=ACCOUNT,
            posted_at=make.DUE - timedelta(days=20),
        )
        single = make.add_comment(make.add_post(other), "coach_rt", posted_at=make.DUE - timedelta(days=1))
        for comment, people in ((first, (noor, bart)), (older, (noor,)), (single, (bart,))):
            linkage = make.add_linkage(course, comment, candidates=people)
            linkage.candidates = [
                {
                    **one,
                    "level": "likely",
                    "evidence": [
                        stored(EvidenceKind.STRANGER, -5.0),
                        stored(EvidenceKind.SIGNATURE, 4.5, "text", given="Noor", holders=1),
                    ],
                }
                for one in linkage.candidates
            ]
        assignment = make.add_assignment(course)
        make.allocate(assignment, noor, given)
        make.add_verdict(assignment, noor, "comment-1", "in_review")
        db.session.commit()
        return Waiting(first.id, older.id, single.id)


def verdict(app: Flask, comment_id: int) -> tuple[str, int | None]:
    with app.app_context():
        row = db.session.scalars(select(Linkage).where(Linkage.comment_id == comment_id)).one()
        return row.verdict, row.enrollment_id


def test_what_settles_an_open_requirement_comes_first(
    client: FlaskClient, cast: Cast, waiting: Waiting
) -> None:
    sign_in(client, cast.instructor)
    page = client.get(HERE).text
    assert "3 comments of 2 accounts" in page
    assert page.index("Decides C4T #2 for <bdi>Noor Haddad-Lindström</bdi>") < page.index("coach_rt")
    assert f'action="{HERE}/{waiting.pressing}"' in page


def test_contradictions_stand_before_what_speaks_for_a_candidate(
    client: FlaskClient, cast: Cast, waiting: Waiting
) -> None:
    sign_in(client, cast.instructor)
    page = client.get(f"{HERE}/{waiting.pressing}").text
    against = "Against: Posted under a name that is not on the roster"
    assert page.index(against) < page.index("Signed Noor, which fits only one student")


def test_words_are_shown_without_anything_that_runs(
    client: FlaskClient, cast: Cast, waiting: Waiting
) -> None:
    sign_in(client, cast.instructor)
    page = client.get(f"{HERE}/{waiting.pressing}").text
    assert "A <b>kind</b> thought." in page
    assert "alert(1)" not in page


def test_confirming_links_the_comment_and_opens_the_next(
    app: Flask, client: FlaskClient, cast: Cast, waiting: Waiting
) -> None:
    sign_in(client, cast.instructor)
    address = f"{HERE}/{waiting.pressing}"
    answer = post(client, address, who=str(cast.student_id), teach=f"{cast.student_id}:account", seen="")
    assert (answer.status_code, answer.location) == (302, HERE)
    assert verdict(app, waiting.pressing) == ("accept", cast.student_id)
    page = client.get(HERE).text
    assert f"Saved. We’ll recognize {ACCOUNT} as Noor Haddad-Lindström’s from now on." in page
    assert "Last decision: " in page


def test_only_this_one_teaches_nothing(app: Flask, client: FlaskClient, cast: Cast, waiting: Waiting) -> None:
    sign_in(client, cast.instructor)
    post(
        client,
        f"{HERE}/{waiting.pressing}",
        who=str(cast.student_id),
        teach=f"{cast.student_id}:account",
        only_this="y",
        seen="",
    )
    with app.app_context():
        assert db.session.scalars(select(LinkageDecision)).one().taught == []


def checked(page: str) -> set[str]:
    """The lessons that are checked, each with the answer it is for."""
    boxes = re.findall(r'name="teach"\s+value="([^"]*)"( checked)?', page)
    return {value for value, is_checked in boxes if is_checked}


def test_each_answer_has_its_own_lessons_and_learns_no_others(
    app: Flask, client: FlaskClient, cast: Cast, waiting: Waiting
) -> None:
    noor, bart = cast.student_id, cast.other_student_id
    with app.app_context():
        linkage = db.session.scalars(select(Linkage).where(Linkage.comment_id == waiting.pressing)).one()
        first, second = linkage.candidates
        signed = [stored(EvidenceKind.SIGNATURE, 4.5, "text", given="Noor", holders=1)]
        against = [stored(EvidenceKind.OTHERS_LINK, -9.0, "author-link", veto=True, other=noor)]
        linkage.candidates = [{**first, "evidence": signed}, {**second, "evidence": against}]
        db.session.commit()
    sign_in(client, cast.instructor)
    address = f"{HERE}/{waiting.pressing}"
    page = client.get(address).text
    hers = {f"{noor}:account", f"{noor}:name"}
    assert checked(page) == hers | {"other:account", "other:name", "nobody:account"}
    assert page.count("Nothing is checked, because another student’s name") == 1
    post(client, address, who=str(bart), teach=sorted(hers), seen="")
    assert "Its account was not learned: another student’s name" in client.get(HERE).text
    with app.app_context():
        taught = db.session.scalars(select(LinkageDecision)).one().taught
    assert taught == [{"used": "account", "key": "blogger:77"}]


def test_somebody_else_of_the_roster_can_be_chosen(
    app: Flask, client: FlaskClient, cast: Cast, waiting: Waiting
) -> None:
    sign_in(client, cast.instructor)
    post(client, f"{HERE}/{waiting.pressing}", who="other", other=str(cast.invited_id), seen="")
    assert verdict(app, waiting.pressing) == ("accept", cast.invited_id)


def test_nobody_in_this_course_is_an_answer(
    app: Flask, client: FlaskClient, cast: Cast, waiting: Waiting
) -> None:
    sign_in(client, cast.instructor)
    post(client, f"{HERE}/{waiting.barts}", who="nobody", seen="")
    assert verdict(app, waiting.barts) == ("ignore", None)
    assert "not by a student in this course" in client.get(HERE).text


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        pytest.param({}, "Choose who wrote it", id="nothing-chosen"),
        pytest.param({"who": "somebody"}, "Choose one of the answers shown", id="no-such-answer"),
        pytest.param({"who": "other", "other": "0"}, "Choose a student from the list", id="nobody-in-list"),
    ],
)
def test_an_answer_that_says_nothing_is_asked_for_again(
    app: Flask, client: FlaskClient, cast: Cast, waiting: Waiting, fields: dict[str, str], says: str
) -> None:
    sign_in(client, cast.instructor)
    answer = post(client, f"{HERE}/{waiting.pressing}", seen="", **fields)
    assert (answer.status_code, says in answer.text) == (422, True)
    assert verdict(app, waiting.pressing)[0] == "review"


def test_a_student_of_another_course_cannot_be_chosen(
    app: Flask, client: FlaskClient, cast: Cast, waiting: Waiting
) -> None:
    sign_in(client, cast.instructor)
    stranger = str(cast.stranger_id)
    for fields in ({"who": "other", "other": stranger}, {"who": stranger}, {"who": "999999"}):
        answer = post(client, f"{HERE}/{waiting.pressing}", seen="", **fields)
        assert answer.status_code == 404
    assert verdict(app, waiting.pressing)[0] == "review"


def test_a_decision_made_meanwhile_is_shown_and_kept(
    app: Flask, client: FlaskClient, cast: Cast, waiting: Waiting
) -> None:
    sign_in(client, cast.instructor)
    with app.app_context():
        assistant = db.session.scalars(select(User.id).where(User.email == cast.assistant)).one()
        jobs.confirm(cast.course_id, waiting.pressing, cast.student_id, Act(make.NOW, assistant), teach=False)
    address = f"{HERE}/{waiting.pressing}"
    answer = post(client, address, who=str(cast.other_student_id), seen="")
    assert answer.status_code == 409
    page = answer.text
    assert f'<option value="{cast.other_student_id}" selected' in page
    assert "Someone decided about this comment in the meantime" in page
    assert "decided by <bdi>Ifeoma Nwachukwu-Hale</bdi>" in page
    assert verdict(app, waiting.pressing) == ("accept", cast.student_id)


def test_undo_gives_the_comment_back_to_the_queue(
    app: Flask, client: FlaskClient, cast: Cast, waiting: Waiting
) -> None:
    sign_in(client, cast.instructor)
    address = f"{HERE}/{waiting.pressing}"
    post(client, address, who="nobody", seen="", teach="nobody:account")
    with app.app_context():
        decision = db.session.scalars(select(LinkageDecision.id)).one()
    answer = post(client, f"{address}/undo", HERE, decision=str(decision))
    assert answer.location == address
    assert "Undone." in client.get(address).text
    again = post(client, f"{address}/undo", address, decision=str(decision))
    assert again.status_code == 302
    assert "Someone changed this decision in the meantime" in client.get(address).text


def test_an_empty_queue_says_so_and_keeps_undo_in_reach(
    app: Flask, client: FlaskClient, cast: Cast, waiting: Waiting
) -> None:
    sign_in(client, cast.instructor)
    for one in (waiting.pressing, waiting.older, waiting.barts):
        post(client, f"{HERE}/{one}", who="nobody", seen="")
    page = client.get(HERE).text
    assert "Nothing waits for you." in page
    assert "Undo" in page


def test_an_assistant_sees_what_her_sections_could_have_written(
    client: FlaskClient, cast: Cast, waiting: Waiting
) -> None:
    sign_in(client, cast.assistant)
    page = client.get(HERE).text
    assert "mrs_d_reads" in page
    assert "coach_rt" not in page
    assert client.get(f"{HERE}/{waiting.barts}").status_code == 404


def test_an_assistant_cannot_choose_a_student_of_another_section_from_the_list(
    client: FlaskClient, cast: Cast, waiting: Waiting
) -> None:
    sign_in(client, cast.assistant)
    answer = post(client, f"{HERE}/{waiting.older}", who="other", other=str(cast.other_student_id), seen="")
    assert answer.status_code == 404


@pytest.mark.parametrize("who", ["other_instructor", "student", "outsider"])
def test_only_the_courses_staff_comes_in(client: FlaskClient, cast: Cast, waiting: Waiting, who: str) -> None:
    sign_in(client, getattr(cast, who))
    assert client.get(HERE).status_code == 404
    assert client.get(f"{HERE}/{waiting.pressing}").status_code == 404
    assert client.post(f"{HERE}/{waiting.pressing}").status_code in (400, 404)


def test_the_queue_asks_as_many_questions_for_many_comments_as_for_few(
    app: Flask, client: FlaskClient, cast: Cast, waiting: Waiting
) -> None:
    sign_in(client, cast.instructor)
    few = count_queries(app, client)
    with app.app_context():
        course = db.session.get_one(Course, cast.course_id)
        noor = db.session.get_one(Enrollment, cast.student_id)
        blog = make.add_blog("Chalk, Mostly")
        for n in range(15):
            comment = make.add_comment(make.add_post(blog), f"guest {n}", account=ACCOUNT if n % 2 else "")
            make.add_linkage(course, comment, candidates=[noor])
        db.session.commit()
    assert count_queries(app, client) == few


def count_queries(app: Flask, client: FlaskClient) -> int:
    seen: list[str] = []
    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
    client.get(HERE)
    return len(seen)


def test_chosen_lessons_are_learnt_and_no_others(
    app: Flask, client: FlaskClient, cast: Cast, waiting: Waiting
) -> None:
    sign_in(client, cast.instructor)
    post(
        client,
        f"{HERE}/{waiting.pressing}",
        who=str(cast.student_id),
        teach=[f"{cast.student_id}:name"],
        seen="",
    )
    with app.app_context():
        taught = db.session.scalars(select(LinkageDecision)).one().taught
    assert [one["handle"] for one in taught] == ["name"]


def test_asking_a_student_decides_nothing_and_can_be_taken_back(
    app: Flask, client: FlaskClient, cast: Cast, waiting: Waiting
) -> None:
    sign_in(client, cast.instructor)
    address = f"{HERE}/{waiting.pressing}"
    post(client, address, who=str(cast.student_id), ask="y", seen="")
    assert verdict(app, waiting.pressing)[1] is None
    assert "was asked whether it is theirs" in client.get(address).text
    with app.app_context():
        asked = db.session.scalars(select(LinkageDecision.id)).one()
    post(client, f"{address}/undo", address, decision=str(asked))
    assert "was asked whether it is theirs" not in client.get(address).text


def test_a_question_to_a_student_is_shown_below_what_waits_for_staff(
    app: Flask, client: FlaskClient, cast: Cast, waiting: Waiting
) -> None:
    sign_in(client, cast.instructor)
    assert "Waiting for the student’s answer" not in client.get(HERE).text
    with app.app_context():
        asked = db.session.scalars(select(Linkage).where(Linkage.comment_id == waiting.barts)).one()
        asked.flag = "asked"
        db.session.add(
            LinkageDecision(
                course_id=cast.course_id, comment_id=waiting.barts, kind="ask", at=make.NOW, taught=[],
                enrollment_id=cast.other_student_id,
            )
        )  # fmt: skip
        db.session.commit()
    page = client.get(HERE).text
    assert page.count("Waiting for the student’s answer") == 1
    assert page.index("Waiting for the student’s answer") > page.index("mrs_d_reads")
    assert page.index("Waiting for the student’s answer") < page.index("Asked: <bdi>")
    assert "2 comments of 1 account; it decides" in page
    assert "1 comment waits for a student’s answer." in page


def test_not_theirs_speaks_against_one_student_and_keeps_the_comment_open(
    app: Flask, client: FlaskClient, cast: Cast, waiting: Waiting
) -> None:
    sign_in(client, cast.instructor)
    address = f"{HERE}/{waiting.pressing}"
    post(client, address, who=str(cast.student_id), refuse="y", teach=f"{cast.student_id}:account", seen="")
    assert verdict(app, waiting.pressing)[1] != cast.student_id
    assert "did not write it, by a decision of staff" in client.get(address).text


def test_nobody_can_be_neither_asked_nor_refused(client: FlaskClient, cast: Cast, waiting: Waiting) -> None:
    sign_in(client, cast.instructor)
    answer = post(client, f"{HERE}/{waiting.pressing}", who="nobody", ask="y", seen="")
    assert answer.status_code == 422
    assert "Choose a student first" in answer.text


@pytest.mark.one_database
def test_what_an_undo_would_change_is_shown_and_nothing_is_changed(
    app: Flask, client: FlaskClient, cast: Cast, waiting: Waiting
) -> None:
    sign_in(client, cast.instructor)
    address = f"{HERE}/{waiting.pressing}"
    post(client, address, who=str(cast.student_id), teach=f"{cast.student_id}:account", seen="")
    page = client.get(f"{address}/undo").text
    assert re.search(r"\d comments? would be matched differently", page)
    assert f'We would no longer recognize <span class="mono text-break">{ACCOUNT}' in page
    assert "Now <bdi>Noor Haddad-Lindström</bdi>’s; after" in page
    assert verdict(app, waiting.pressing) == ("accept", cast.student_id)
    with app.app_context():
        decision = db.session.scalars(select(LinkageDecision.id)).one()
    post(client, f"{address}/undo", decision=str(decision))
    assert "Nothing to undo." in client.get(f"{address}/undo").text


@pytest.mark.one_database
def test_a_comment_that_would_not_go_along_says_why(
    app: Flask, client: FlaskClient, cast: Cast, waiting: Waiting
) -> None:
    with app.app_context():
        older = db.session.get_one(Comment, waiting.older)
        assert older.version is not None
        older.version.text = "<p>A long thought about chalk.</p><p>Bart Veldhuis</p>"
        bart = db.session.get_one(Enrollment, cast.other_student_id)
        bart.given_name, bart.family_name = "Bart", "Veldhuis"
        db.session.commit()
    sign_in(client, cast.instructor)
    page = client.get(f"{HERE}/{waiting.pressing}").text
    assert "1 other comment with this account or name does not go along:" in page
    assert re.search(r"does not go along:</b> <a [^>]*>[^<]*</a>: Signed with another student’s name\.", page)
