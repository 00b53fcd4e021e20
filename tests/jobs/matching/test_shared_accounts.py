"""Accounts that two students use, through a term of checks, matches and answers: there the name decides."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.support.canonical import DECISION_LOG, canonical
from tests.support.databases import SECRET
from tests.support.factories import add_assignment, allocate
from tests.support.term import add_course, add_students, tools_for
from tests.support.written import add_blog, add_comment
from tracker.demo.blogosphere.blogs import Blogosphere, DemoBlog, DemoComment, DemoPost, Serves
from tracker.demo.blogosphere.server import BlogosphereServer
from tracker.demo.records import RosterFileRow
from tracker.domain.act import Act
from tracker.domain.feed import Platform
from tracker.domain.roster import HandleKind, HandleState
from tracker.extensions import db
from tracker.jobs.blogs.follow import follow
from tracker.jobs.dependencies import Tools
from tracker.jobs.matching.rematch import rematch_course
from tracker.jobs.polling.poll import run_poll
from tracker.jobs.review import decisions
from tracker.models import Blog, Comment, Course, Enrollment, Handle, Linkage
from tracker.queries.matching.known_handles import load_roster
from tracker.queries.matching.lessons import load_teachable
from tracker.queries.review.account_conflicts import load_conflicts

BEGIN = datetime(2026, 10, 5, 16, 0, tzinfo=UTC)
NOOR = RosterFileRow("s1", "Noor", "Haddad", blog_url="http://noorreads.wordpress.com/")
IDA = RosterFileRow("s2", "Ida", "Vale", blog_url="http://valleyofwords.edublogs.org/")
TOM = RosterFileRow("s3", "Tom", "Berg", blog_url="http://bergtom.blogspot.com/")
NOORS, IDAS, FAMILYS = "501", "502", "503"
"""Blogger profiles: of each student's own computer, and of one that they share."""
Said = tuple[str, str, str, str | None]
"""Author name and profile on the form, the text, and who wrote it."""


@dataclass
class Term:
    """A course that follows one blog, and the night that has come."""

    course_id: int
    students: Mapping[str, int]
    blog: DemoBlog
    sphere: Blogosphere
    tools: Tools
    night: datetime = BEGIN
    truth: dict[int, str | None] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def lives_through(self, said: Sequence[Said]) -> None:
        """Each comment on a day of its own; every night the blog is checked and a person answers."""
        for number, (author, profile, text, who) in enumerate(said, len(self.blog.comments) + 1):
            self.night += timedelta(days=1)
            written = self.night - timedelta(hours=8)
            self.blog.comments.append(
                DemoComment(number, self.blog.posts[0], author, text, written, profile=profile)
            )
            self.sphere.now = self.night
            run_poll(self.tools, lambda: self.night, trigger="test", everything=True)
            db.session.commit()
            newest = db.session.scalars(select(Comment.id).order_by(Comment.id.desc())).first()
            self.truth[newest or 0] = who
            self.answer()

    def answer(self) -> None:
        """Answer what waits as it was; nothing may be somebody else's by itself, before or after."""
        self.holds_nothing_wrong()
        for row in self.linkages():
            if row.verdict == "review":
                comment, who = row.comment, self.truth[row.comment_id]
                self.asked.append(comment.author)
                act = Act(self.night, seen=row.decision_id)
                if who is None:
                    decisions.mark_outsider(self.course_id, comment.id, act)
                else:
                    decisions.confirm(self.course_id, comment.id, self.students[who], act)
                self.holds_nothing_wrong()
                self.answer()
                return

    def linkages(self) -> Sequence[Linkage]:
        db.session.rollback()
        return db.session.scalars(
            select(Linkage).order_by(Linkage.comment_id).execution_options(populate_existing=True)
        ).all()

    def holds_nothing_wrong(self) -> None:
        for row in self.linkages():
            if row.verdict == "accept":
                who = self.truth[row.comment_id]
                assert row.enrollment_id == self.students.get(who or ""), row.comment.author

    def holders(self, profile: str) -> set[int]:
        """Who is taken for the owner of an account."""
        return {
            enrollee.enrollment_id
            for enrollee in load_roster(db.session(), self.course_id).enrollees
            for one in enrollee.handles
            if one.key == f"blogger:{profile}" and one.state is not HandleState.SUSPENDED
        }


@pytest.fixture
def term(context: Flask) -> Iterator[Term]:
    post = DemoPost(1, "ramps", "Marble ramps", "<p>We built ramps.</p>", BEGIN)
    demo = DemoBlog("chalkdust.blogspot.com", Serves.BLOGGER, "Chalk dust", "Marge Ellery", posts=[post])
    sphere = Blogosphere([demo], now=BEGIN)
    with BlogosphereServer(sphere) as server, tools_for(context, server) as tools:
        course_id = add_course(BEGIN)
        ids = add_students(course_id, [NOOR, IDA, TOM], SECRET, BEGIN)
        followed = follow(course_id, demo.home_url, now=BEGIN, tools=tools)
        blog = db.session.get_one(Blog, followed.blog_id)
        assert blog.platform == Platform.BLOGGER
        assignment = add_assignment(db.session.get_one(Course, course_id))
        for who in ids[:2]:
            allocate(assignment, db.session.get_one(Enrollment, who), blog)
        db.session.commit()
        yield Term(course_id, dict(zip(("noor", "ida", "tom"), ids, strict=True)), demo, sphere, tools)


IN_ANY_ORDER: tuple[Said, ...] = (
    ("Noor Haddad", NOORS, "<p>My first thought.</p>", "noor"),
    ("Noor Haddad", NOORS, "<p>Quite so.</p><p>Ida Vale</p>", "ida"),
    ("Noor Haddad", NOORS, "<p>From hers again.</p><p>Ida</p>", "ida"),
    ("Noor Haddad", NOORS, "<p>My second thought.</p><p>Noor</p>", "noor"),
    ("sundial77", NOORS, "<p>My third, see http://noorreads.wordpress.com/</p><p>Noor</p>", "noor"),
    ("Ida Vale", IDAS, "<p>On my own computer.</p>", "ida"),
    ("Ida Vale", IDAS, "<p>She sits here today.</p><p>Noor Haddad</p>", "noor"),
    ("kitchentable", FAMILYS, "<p>Both of us read this.</p><p>Noor</p>", "noor"),
    ("kitchentable", FAMILYS, "<p>My turn.</p><p>Ida</p>", "ida"),
    ("kitchentable", FAMILYS, "<p>I wrote first.</p><p>Noor Haddad</p>", "noor"),
)
NAMELESS: tuple[Said, ...] = (
    ("kitchentable", FAMILYS, "<p>Nobody signed this.</p>", "ida"),
    ("kitchentable", FAMILYS, "<p>For EDT 320, and again without a name.</p>", "noor"),
)


@pytest.mark.parametrize("seed", range(4))
def test_right_answers_of_a_term_never_teach_one_student_the_others_account(term: Term, seed: int) -> None:
    order = list(IN_ANY_ORDER)
    random.Random(seed).shuffle(order)
    term.lives_through([*order, *NAMELESS])
    noor, ida = term.students["noor"], term.students["ida"]
    assert ida not in term.holders(NOORS)
    assert noor not in term.holders(IDAS)
    assert term.holders(FAMILYS) == set(), "an account of two is nobody's own"
    assert term.asked[-2:] == ["kitchentable", "kitchentable"], "who gives no name there is asked about"
    assert all(row.verdict == "accept" for row in term.linkages())
    before = canonical(db.session, without=DECISION_LOG)
    rematch_course(term.course_id, term.night)
    assert canonical(db.session, without=DECISION_LOG) == before


def test_name_decides_on_an_account_of_two_and_is_not_asked_about_again(term: Term) -> None:
    term.lives_through(
        [
            ("kitchentable", FAMILYS, "<p>Both of us read this.</p><p>Noor</p>", "noor"),
            ("kitchentable", FAMILYS, "<p>My turn.</p><p>Ida</p>", "ida"),
        ]
    )
    assert len(term.asked) == 2
    term.lives_through(
        [
            ("kitchentable", FAMILYS, "<p>A long day.</p><p>Noor Haddad</p>", "noor"),
            ("kitchentable", FAMILYS, "<p>A short one.</p><p>Ida Vale</p>", "ida"),
            ("Ida Vale", FAMILYS, "<p>Now it shows my name.</p>", "ida"),
        ]
    )
    assert len(term.asked) == 2
    assert {one.state for one in db.session.scalars(select(Handle).filter_by(kind="name"))} == {"suspended"}


def test_what_was_answered_in_a_term_is_asked_once(term: Term) -> None:
    """A name with an initial, an account under a nickname, a namesake on a blog that is not hers."""
    again: tuple[Said, ...] = (
        ("Noor H.", "", "<p>What a lesson.</p>", "noor"),
        ("sunnyside", "504", "<p>What an idea.</p><p>Ida</p>", "ida"),
        ("Tom Berg", "", "<p>What a ramp.</p>", None),
    )
    term.lives_through(again * 4)
    assert sorted(term.asked) == ["Noor H.", "Tom Berg", "sunnyside"]


OTHERWISE = [
    pytest.param("sunny", "<p>A thought.</p><p>Ida Vale</p>", id="signed with a whole name"),
    pytest.param("sunny", "<p>A thought.</p><p>Kindly, Ida</p>", id="signed with a first name"),
    pytest.param("sunny", "<p>Hello, I am Ida Vale from EDT 320. A thought.</p>", id="introduced"),
    pytest.param("Ida Vale", "<p>A thought.</p>", id="another name on the form"),
    pytest.param(
        "sunny", "<p>A thought. My blog: http://valleyofwords.edublogs.org/</p>", id="another's blog"
    ),
]


@pytest.mark.parametrize(("author", "text"), OTHERWISE)
@pytest.mark.one_database
def test_account_confirmed_by_hand_that_later_signs_otherwise_goes_to_a_person(
    term: Term, author: str, text: str
) -> None:
    term.lives_through([("sunny", "505", "<p>A first thought.</p><p>Noor</p>", "noor")] * 2)
    assert term.holders("505") == {term.students["noor"]}
    before = len(term.asked)
    term.lives_through([(author, "505", text, "ida")])
    assert term.asked[before:] == [author, "sunny"], "and what only the account said is asked again"
    assert term.holders("505") == set()
    [conflict] = load_conflicts(db.session(), term.course_id)
    assert set(conflict.enrollment_ids) == {term.students["noor"], term.students["ida"]}


@pytest.fixture
def story(context: Flask, now: datetime) -> tuple[int, list[int], Blog]:
    course_id = add_course(now)
    ids = add_students(course_id, [NOOR, IDA, TOM], SECRET, now)
    return course_id, ids, add_blog(course_id, "http://room.example/", now)


CLASS_BLOGS = [
    pytest.param({"account": NOOR.blog_url}, id="as an account"),
    pytest.param({"author_url": NOOR.blog_url}, id="as the link"),
    pytest.param({"author_url": "https://NoorReads.wordpress.com/2026/10/hello/"}, id="a page of it"),
    pytest.param({"account": NOOR.blog_url, "author_url": IDA.blog_url}, id="two of them"),
]


@pytest.mark.parametrize("form", CLASS_BLOGS)
@pytest.mark.parametrize("who", [0, 1, None], ids=["the owner", "another", "nobody"])
def test_address_that_is_somebodys_class_blog_teaches_nothing(
    story: tuple[int, list[int], Blog], now: datetime, form: dict[str, str], who: int | None
) -> None:
    course_id, ids, blog = story
    at = now - timedelta(days=2)
    comment = add_comment(blog, "quill", "<p>A thought.</p>", at, number=1, **form)
    other = add_comment(blog, "quill", "<p>Another.</p>", at, number=2, **form)
    rematch_course(course_id, now)
    before = canonical(db.session, without=DECISION_LOG)
    first = db.session.scalars(select(Linkage).filter_by(comment_id=other.id)).one()
    was = first.verdict, first.enrollment_id
    lessons = load_teachable(db.session(), course_id, comment).offered
    assert {one.handle.kind for one in lessons} == {HandleKind.NAME}
    everything = [kind.value for kind in HandleKind if kind is not HandleKind.NAME]
    if who is None:
        report = decisions.mark_outsider(course_id, comment.id, Act(now), teach=everything)
    else:
        report = decisions.confirm(course_id, comment.id, ids[who], Act(now), teach=everything)
    after = db.session.scalars(
        select(Linkage).filter_by(comment_id=other.id).execution_options(populate_existing=True)
    ).one()
    assert (report.taught, (after.verdict, after.enrollment_id)) == ((), was)
    decisions.undo(course_id, report.decision_id, Act(now))
    assert canonical(db.session, without=DECISION_LOG) == before


def test_right_answer_under_a_class_blog_of_the_other_teaches_no_account_of_it(
    story: tuple[int, list[int], Blog], now: datetime
) -> None:
    """The account is Noor's blog at its platform, filled in; Ida signs. What the person says is right."""
    course_id, (noor, ida, _), blog = story
    at = now - timedelta(days=2)
    account = NOOR.blog_url
    form = {"account": account, "author_url": account}
    signed = add_comment(blog, "noorreads", "<p>Hm.</p><p>Ida Vale</p>", at, number=1, **form)
    rematch_course(course_id, now)
    report = decisions.confirm(course_id, signed.id, ida, Act(now))
    assert report.taught == ()
    own = add_comment(blog, "noorreads", "<p>Hm.</p>", at, number=2, **form)
    rematch_course(course_id, now)
    row = db.session.scalars(select(Linkage).filter_by(comment_id=own.id)).one()
    assert (row.verdict, row.enrollment_id) == ("accept", noor)


def test_answer_for_whom_nothing_points_at_teaches_no_form_that_another_filled_in(
    story: tuple[int, list[int], Blog], now: datetime
) -> None:
    course_id, (noor, ida, _), blog = story
    profile = "https://www.blogger.com/profile/501"
    at = now - timedelta(days=2)
    comment = add_comment(blog, "Noor Haddad", "<p>A thought.</p>", at, number=1, account=profile)
    rematch_course(course_id, now)
    report = decisions.confirm(course_id, comment.id, ida, Act(now))
    assert (report.taught, report.is_shared) == ((), True)
    again = add_comment(blog, "Noor Haddad", "<p>Another.</p>", at, number=2, account=profile)
    rematch_course(course_id, now)
    row = db.session.scalars(select(Linkage).filter_by(comment_id=again.id)).one()
    assert row.enrollment_id in (None, noor)
    assert ida not in [one["enrollment_id"] for one in row.candidates]


def test_refusing_whom_the_form_was_filled_in_for_leaves_the_account_theirs(
    story: tuple[int, list[int], Blog], now: datetime
) -> None:
    course_id, (noor, _, _), blog = story
    profile = "https://www.blogger.com/profile/501"
    at = now - timedelta(days=2)
    hers = add_comment(blog, "noorish", "<p>Hm.</p><p>Noor</p>", at, number=1, account=profile)
    rematch_course(course_id, now)
    decisions.confirm(course_id, hers.id, noor, Act(now))
    signed = add_comment(blog, "noorish", "<p>Hm.</p><p>Ida Vale</p>", at, number=2, account=profile)
    rematch_course(course_id, now)
    before = canonical(db.session, without=DECISION_LOG)
    report = decisions.reject(course_id, signed.id, noor, Act(now))
    assert report.taught == ()
    decisions.undo(course_id, report.decision_id, Act(now))
    assert canonical(db.session, without=DECISION_LOG) == before
