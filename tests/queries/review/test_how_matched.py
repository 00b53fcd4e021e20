"""How a comment was matched: whose it is said to be, by whom, with what, and to whom that is shown."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from tests.support import factories as make
from tests.support.evidence import stored
from tests.support.queries import counted_queries
from tracker.domain.act import Act
from tracker.domain.linkage import OF_OTHERS, EvidenceKind
from tracker.extensions import db
from tracker.jobs.matching.store_linkages import link_course
from tracker.jobs.review import decisions as jobs
from tracker.models import (
    Comment,
    CommentJoin,
    CommentVersion,
    Course,
    Enrollment,
    Handle,
    Linkage,
    LinkageDecision,
    Poll,
    Run,
    Section,
    User,
)
from tracker.queries.review.how_facts import HowMatched
from tracker.queries.review.how_matched import load_how_matched
from tracker.wording.times import say_instant

pytestmark = pytest.mark.one_database

ACCOUNT = "https://www.blogger.com/profile/77"
NOORS_BLOG = "https://haddadnooredt320.blogspot.example/"
BARTS_BLOG = "https://featherstonehaughbartedt320.blogspot.example/"


@dataclass
class Class:
    course: Course
    staff: User
    noor: Enrollment
    bart: Enrollment
    first: Section
    comment: Comment
    linkage: Linkage

    def weigh(self, *cases: tuple[Enrollment, float, list[dict[str, Any]]]) -> None:
        """Store these candidates, best first."""
        self.linkage.candidates = [
            {
                "enrollment_id": who.id,
                "bits": bits,
                "probability": 0.9,
                "level": "likely",
                "evidence": evidence,
            }
            for who, bits, evidence in cases
        ]
        db.session.flush()

    def decide(self, kind: str = "confirm", who: Enrollment | None = None, **values: Any) -> LinkageDecision:
        """A person's decision; the linkage follows a confirmation."""
        row = LinkageDecision(
            **{
                "course_id": self.course.id,
                "comment_id": self.comment.id,
                "kind": kind,
                "enrollment_id": who.id if who else None,
                "by_user_id": self.staff.id,
                "at": make.NOW,
                "taught": [],
                **values,
            }
        )
        db.session.add(row)
        db.session.flush()
        if kind in {"confirm", "outsider"}:
            self.linkage.decision_id, self.linkage.enrollment_id = row.id, row.enrollment_id
            self.linkage.verdict, self.linkage.reason = "accept" if who else "ignore", "decided"
        db.session.flush()
        db.session.expire(self.linkage)
        return row

    def read(self, **reader: Any) -> HowMatched:
        found = load_how_matched(db.session(), self.course.id, self.comment.id, **reader)
        assert found is not None
        return found

    def read_as_noor(self) -> HowMatched:
        return self.read(student_id=self.noor.id)


@pytest.fixture
def room(context: Flask) -> Class:
    """A comment that is taken for Noor's, and could have been Bart's of another section."""
    course = make.add_course()
    first, second = make.add_section(course, "1"), make.add_section(course, "2")
    noor = make.add_enrollment(course, name="Noor Haddad-Lindström", section=first)
    bart = make.add_enrollment(course, name="Bart Featherstonehaugh", section=second)
    for who, blog in ((noor, NOORS_BLOG), (bart, BARTS_BLOG)):
        key = blog.removeprefix("https://").rstrip("/")
        db.session.add(Handle(enrollment_id=who.id, kind="blog", key=key, shown=blog, origin="roster"))
    blog = make.add_blog("Room Fourteen")
    make.follow(course, blog)
    comment = make.add_comment(make.add_post(blog), "Noor Haddad-Lindström")
    linkage = make.add_linkage(course, comment, noor)
    found = Class(course, make.add_user("Rosa Achterberg"), noor, bart, first, comment, linkage)
    found.weigh(
        (
            noor,
            12.5,
            [
                stored(EvidenceKind.OTHER_SITE, -3.0, "author-link", seen="http://x.example"),
                stored(EvidenceKind.NAME, 10.0, seen="Noor", holders=1),
            ],
        ),
        (bart, -2.0, [stored(EvidenceKind.ALLOCATED, 3.5, "blog")]),
    )
    return found


def test_an_automatic_answer_says_that_nobody_decided(room: Class) -> None:
    found = room.read()
    assert found.says == "It is Noor Haddad-Lindström’s, matched automatically."
    assert room.read_as_noor().says == "It is yours, matched automatically."
    assert not found.is_decided


def test_a_persons_answer_names_who_said_it_and_when(room: Class) -> None:
    room.decide("confirm", room.noor)
    when = "Mon, Oct 26, 8:00 AM CDT"
    assert room.read().says == f"It is Noor Haddad-Lindström’s. Rosa Achterberg decided this on {when}."
    assert room.read_as_noor().says == f"It is yours. Your instructor decided this on {when}."


def test_nobodys_comment_says_why(room: Class) -> None:
    room.linkage.verdict, room.linkage.enrollment_id, room.linkage.reason = "ignore", None, "owner"
    room.weigh()
    found = room.read()
    assert found.says == "It is not by a student in this course: it is by the blog’s owner."
    assert found.without_case.startswith("Comments of this kind are never matched")


def test_what_waits_shows_the_likeliest_and_the_others(room: Class) -> None:
    room.linkage.verdict, room.linkage.enrollment_id = "review", None
    found = room.read()
    assert found.says == "Not decided yet: 2 students could have written it."
    assert found.case is not None
    assert (found.case.name, [one.name for one in found.others]) == (
        "Noor Haddad-Lindström",
        ["Bart Featherstonehaugh"],
    )


def test_contradictions_come_first_and_the_sum_begins_where_the_signs_leave_it(room: Class) -> None:
    case = room.read().case
    assert case is not None
    assert [one.says for one in case.signs] == [
        "The author link goes to another site",
        "Author name is “Noor”, which fits Noor Haddad-Lindström",
    ]
    assert (case.against[0].seen, case.reasons[0].known) == ("http://x.example", "Noor Haddad-Lindström")
    assert case.start == 5.5


def test_decided_without_any_evidence_says_that_a_person_knew(room: Class) -> None:
    room.weigh()
    room.decide("confirm", room.noor)
    found = room.read()
    assert (found.case, found.others, found.disagreement) == (None, (), "")
    assert found.without_case.endswith("no evidence for Noor Haddad-Lindström. A person decided.")


def test_a_decision_against_the_evidence_is_told(room: Class) -> None:
    room.decide("confirm", room.bart)
    assert "By the evidence alone, Noor Haddad-Lindström would be the first" in room.read().disagreement


def test_history_tells_what_was_taught_and_what_was_taken_back(room: Class) -> None:
    taught = [
        {"handle": "account", "key": "blogger:77", "shown": ACCOUNT},
        {"handle": "avatar", "key": "deadbeef", "shown": ""},
    ]
    first = room.decide("confirm", room.bart, taught=taught)
    room.decide("undo", undoes_id=first.id, at=make.NOW + timedelta(hours=1))
    room.decide("outsider", at=make.NOW + timedelta(hours=2))
    said = room.read().history
    assert [one.says for one in said] == [
        "Rosa Achterberg decided that it is Bart Featherstonehaugh’s",
        "Rosa Achterberg undid the decision that it is Bart Featherstonehaugh’s",
        "Rosa Achterberg decided that it is not by a student in this course",
    ]
    assert [one.is_undone for one in said] == [True, False, False]
    assert said[0].more == (f"Learned from this: the account {ACCOUNT} and the picture beside the name.",)


@pytest.mark.parametrize(
    ("says", "learned"),
    [
        pytest.param(
            jobs.confirm,
            f"Learned from this: the account {ACCOUNT} and the name “Noor Haddad-Lindström”.",
            id="it is the student's account",
        ),
        pytest.param(
            jobs.reject,
            "Learned from this: the account blogger:77 is not Noor Haddad-Lindström’s.",
            id="not the student's",
        ),
        pytest.param(
            jobs.mark_outsider,
            "Learned from this: the account blogger:77 and the name “noor haddad lindstrom” "
            "are not a student’s in this course.",
            id="nobody's",
        ),
    ],
)
def test_history_tells_what_a_real_decision_taught(room: Class, says: Any, learned: str) -> None:
    room.comment.account = ACCOUNT
    db.session.commit()
    about = () if says is jobs.mark_outsider else (room.noor.id,)
    says(room.course.id, room.comment.id, *about, Act(make.NOW, room.staff.id))
    assert room.read().history[0].more[0] == learned


def test_history_tells_with_which_comment_it_was_joined_and_parted(room: Class) -> None:
    other = make.add_comment(room.comment.post, "Noor", identity="number:8", native_number="8")
    other.posted_at = make.NOW
    for n, kind in enumerate(("join", "part")):
        db.session.add(
            CommentJoin(
                course_id=room.course.id, comment_id=room.comment.id, with_comment_id=other.id,
                kind=kind, by_user_id=room.staff.id, at=make.NOW + timedelta(hours=n),
            )
        )  # fmt: skip
    db.session.flush()
    when = say_instant(make.NOW, room.course.locale)
    joined, parted = room.read().history
    assert joined.says == f"Rosa Achterberg counted it and the comment of {when} as one comment"
    assert parted.says == f"Rosa Achterberg counted it and the comment of {when} as two comments"
    assert (joined.is_undone, parted.is_undone) == (True, False)
    assert room.read_as_noor().history[0].says.startswith("Your instructor counted it")
    make.add_linkage(room.course, other, room.noor)
    seen_there = load_how_matched(db.session(), room.course.id, other.id)
    assert seen_there is not None
    assert "counted it and the comment of" in seen_there.history[0].says


@pytest.mark.parametrize(
    ("about", "staff", "student"),
    [
        pytest.param("noor", "Noor Haddad-Lindström’s", "yours", id="hers"),
        pytest.param("bart", "Bart Featherstonehaugh’s", "", id="another's"),
        pytest.param("", "shared, or not a student’s", "shared, or not a student’s", id="nobody's"),
        pytest.param("shared", "shared by several students", "shared by several students", id="shared"),
    ],
)
def test_history_tells_whose_the_account_was_settled_to_be(
    room: Class, about: str, staff: str, student: str
) -> None:
    room.comment.account = ACCOUNT
    who = getattr(room, about).id if about in ("noor", "bart") else None
    for key in ("blogger:77", "blogger:7"):
        room.decide(
            "settle", enrollment_id=who, comment_id=None, handle_kind="account", handle_key=key,
            note="shared" if about == "shared" else "",
        )  # fmt: skip
    assert [one.says for one in room.read().history] == [
        f"Rosa Achterberg decided that the account {ACCOUNT} is {staff}"
    ]
    assert [one.says for one in room.read_as_noor().history] == (
        [f"Your instructor decided that the account it was written with is {student}"] if student else []
    )


def test_a_settled_account_that_was_taken_back_is_marked_so(room: Class) -> None:
    room.comment.avatar_key = "deadbeef"
    row = room.decide("settle", room.noor, comment_id=None, handle_kind="avatar", handle_key="deadbeef")
    room.decide("undo", comment_id=None, undoes_id=row.id)
    [said] = room.read().history
    assert (said.is_undone, "the picture beside the name is" in said.says) == (True, True)


def test_a_student_reads_no_decision_about_another(room: Class) -> None:
    first = room.decide("confirm", room.bart)
    room.decide("undo", undoes_id=first.id)
    room.decide("claim", room.bart)
    room.decide("confirm", room.noor, note="Not Bart, she says.")
    room.decide("disclaim", room.noor)
    said = room.read_as_noor().history
    assert [one.says for one in said] == [
        "Your instructor decided that it is yours",
        "You said that you didn’t write it",
    ]
    assert said[0].more == ()


def test_a_flag_says_to_staff_why_and_to_the_student_only_that(room: Class) -> None:
    room.linkage.flag = "claimed"
    assert room.read().checking.startswith("Another student says they wrote it.")
    assert room.read_as_noor().checking.startswith("Your instructor is checking it again.")


def test_a_comment_that_is_not_hers_is_not_there_for_a_student(room: Class) -> None:
    def read() -> HowMatched | None:
        return load_how_matched(db.session(), room.course.id, room.comment.id, student_id=room.bart.id)

    assert read() is None
    room.linkage.enrollment_id, room.linkage.verdict = None, "review"
    assert read() is None


def test_staff_kept_to_a_section_see_that_others_were_considered_but_not_who(room: Class) -> None:
    evidence = [
        stored(EvidenceKind.OTHERS_LINK, -8.0, "author-link", seen=BARTS_BLOG, other=room.bart.id),
        stored(EvidenceKind.TEXT_LINK, 1.0, "text", seen=NOORS_BLOG),
    ]
    room.weigh((room.noor, 2.0, evidence), (room.bart, 1.0, []))
    found = room.read(section_ids={room.first.id})
    assert (found.others, found.hidden) == ((), 1)
    assert "Bart" not in str(asdict(found))
    assert "featherstonehaugh" not in str(asdict(found))
    assert NOORS_BLOG in str(asdict(found))
    assert "goes to Bart’s class blog" in str(asdict(room.read()))


def test_staff_kept_to_a_section_read_no_evidence_about_a_student_of_another(room: Class) -> None:
    evidence = [
        stored(EvidenceKind.SIGNATURE, 3.5, "text", seen="Bart", given="Bart", holders=1),
        stored(EvidenceKind.AUTHOR_LINK, 15.0, "author-link", seen=BARTS_BLOG, known=BARTS_BLOG),
    ]
    room.weigh((room.bart, 9.0, evidence), (room.noor, 1.0, []))
    room.linkage.enrollment_id = room.bart.id
    found = room.read(section_ids={room.first.id})
    assert (found.case, found.without_case) == (
        None,
        "The candidates are in sections you can’t see.",
    )
    assert "Bart" not in str(asdict(found))
    assert [one.name for one in found.others] == ["Noor Haddad-Lindström"]


def test_a_quotation_that_names_a_hidden_student_is_left_out_of_the_sentence(room: Class) -> None:
    seen = "Bart Featherstonehaugh"
    room.weigh((room.noor, 2.0, [stored(EvidenceKind.OTHER_COURSE, -8.0, "text", seen=seen)]))

    def says(**reader: Any) -> str:
        case = room.read(**reader).case
        assert case is not None
        return case.signs[0].says

    assert says() == "Names another course or school (“Bart Featherstonehaugh”)"
    assert says(section_ids={room.first.id}) == "Names another course or school"


def test_arrival_tells_the_check_and_the_way(room: Class) -> None:
    feed = make.add_feed(room.comment.blog, "rest")
    run = Run(trigger="timer", started_at=make.NOW)
    db.session.add(run)
    db.session.flush()
    poll = Poll(run_id=run.id, feed_id=feed.id, at=make.NOW, outcome="fresh")
    db.session.add(poll)
    db.session.flush()
    room.comment.first_seen_poll_id = poll.id
    db.session.flush()
    arrival = room.read().arrival
    assert (arrival.way, arrival.trigger) == ("REST", "a scheduled check")


def test_an_erased_text_leaves_its_signs(room: Class) -> None:
    version = db.session.query(CommentVersion).filter_by(comment_id=room.comment.id).one()
    version.text, version.purged_at = None, make.NOW
    db.session.flush()
    found = room.read()
    assert found.arrival.is_purged
    assert found.case is not None
    assert found.case.signs


def test_two_courses_answer_each_for_itself(room: Class) -> None:
    other = make.add_course("edt110")
    make.follow(other, room.comment.blog)
    ada = make.add_enrollment(other, name="Ada Fenwick")
    make.add_linkage(other, room.comment, ada)
    found = load_how_matched(db.session(), other.id, room.comment.id)
    assert found is not None
    assert "Ada Fenwick" in found.says
    assert found.case is not None
    assert (found.case.enrollment_id, found.others) == (ada.id, ())
    assert "Ada" not in str(asdict(room.read()))


def test_a_former_student_is_still_named(room: Class) -> None:
    room.noor.is_active = False
    room.decide("confirm", room.noor)
    assert room.read().says.startswith("It is Noor Haddad-Lindström’s")


def test_questions_do_not_grow_with_what_is_stored(room: Class) -> None:
    def count(**reader: Any) -> int:
        db.session.flush()
        db.session.expire_all()
        course_id, comment_id = room.course.id, room.comment.id
        with counted_queries() as sent:
            load_how_matched(db.session(), course_id, comment_id, **reader)
        return len(sent)

    room.decide("confirm", room.noor)
    few = count(), count(student_id=room.noor.id)
    more = [make.add_enrollment(room.course, name=f"Pia Number{n}") for n in range(4)]
    room.weigh(
        *(
            (one, 1.0, [stored(EvidenceKind.SIGNATURE, 1.0, "text", given="Pia", holders=5)])
            for one in (room.noor, *more)
        )
    )
    for one in more:
        room.decide("confirm", one, by_user_id=make.add_user().id)
    room.decide("confirm", room.noor, by_user_id=make.add_user().id)
    assert (count(), count(student_id=room.noor.id)) == few


TEXTS = {
    "her link, his name": {"author": "Bart Featherstonehaugh", "author_url": NOORS_BLOG},
    "her name, his link": {"author": "Noor Haddad-Lindström", "author_url": BARTS_BLOG},
    "his first name": {"author": "Bart", "author_url": NOORS_BLOG},
    "his signature": {
        "author": "Noor Haddad-Lindström",
        "text": "<p>We tried it too.</p><p>Bart Featherstonehaugh</p>",
    },
    "his introduction": {
        "author": "Noor Haddad-Lindström",
        "text": "<p>My name is Bart Featherstonehaugh from EDT 320.</p>",
    },
    "his blog in the text": {
        "author": "Noor Haddad-Lindström",
        "text": f'<p>My class blog is at <a href="{BARTS_BLOG}">{BARTS_BLOG}</a>.</p>',
    },
}


@pytest.mark.parametrize("what", TEXTS)
def test_the_rules_own_evidence_shows_a_student_nobody_else(room: Class, what: str) -> None:
    """Through the real rules, so that evidence added tomorrow is asked too."""
    values = dict(TEXTS[what])
    text = values.pop("text", "<p>We tried it too.</p>")
    comment = make.add_comment(make.add_post(room.comment.blog), text=text, **values)
    db.session.commit()
    link_course(db.session(), room.course.id)
    db.session.commit()
    jobs.confirm(room.course.id, comment.id, room.noor.id, Act(make.NOW, room.staff.id))
    match = db.session.query(Linkage).filter_by(comment_id=comment.id).one().as_match()
    assert room.bart.id in match.people, "the stored evidence shows him, or nothing is proved"
    mine = match.candidate(room.noor.id)
    assert mine is not None
    assert not OF_OTHERS.isdisjoint(one.kind for one in mine.evidence)
    room.comment = comment
    shown = str(asdict(room.read_as_noor())).casefold()
    assert "bart" not in shown
    assert "featherstonehaugh" not in shown
    found = room.read_as_noor()
    assert found.case is not None
    assert found.case.signs


@pytest.mark.parametrize("seen", ["Bart  FEATHERSTONEHAUGH", f"{BARTS_BLOG}feeds/posts/default"])
def test_a_value_in_which_another_can_be_recognised_is_hidden_from_a_student(room: Class, seen: str) -> None:
    room.weigh((room.noor, 2.0, [stored(EvidenceKind.MIXED_SCRIPT, -8.0, seen=seen)]))
    case = room.read_as_noor().case
    assert case is not None
    assert case.signs[0].seen == ""
    staffs = room.read().case
    assert staffs is not None
    assert staffs.signs[0].seen == seen


@pytest.mark.parametrize(
    ("kind", "bits", "says"),
    [
        ("allocated", 4.0, "You were assigned this blog"),
        ("allocated", -0.5, "You were assigned this blog, but for another time"),
        ("quoted", 8.0, "Most of its text appears in a later post on your class blog"),
        ("new-avatar", -3.0, "The picture beside the name is not the one of your earlier comments"),
    ],
)
def test_a_sign_is_said_to_the_student_as_it_counts(room: Class, kind: str, bits: float, says: str) -> None:
    room.weigh((room.noor, 5.0, [stored(EvidenceKind(kind), bits, percent=80)]))
    case = room.read_as_noor().case
    assert case is not None
    assert [one.says for one in case.signs] == [says]


def test_nobody_is_shown_the_hash_of_a_picture(room: Class) -> None:
    other = stored(EvidenceKind.OTHERS_LINK, -3.0, "avatar", seen="c35d", other=room.bart.id)
    new = stored(EvidenceKind.NEW_AVATAR, -3.0, "avatar", seen="0edd")
    room.weigh((room.noor, 5.0, [other, new]))
    case = room.read().case
    assert case is not None
    assert [(one.seen, one.known) for one in case.signs] == [("", "Bart Featherstonehaugh"), ("", "")]


def test_a_standing_question_calls_for_nobody_to_check(room: Class) -> None:
    room.linkage.flag = "asked"
    assert room.read().checking == "A student was asked whether they wrote it."
