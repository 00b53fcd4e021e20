"""One walk through the site in a real browser, with axe looking over every page of it."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page, expect, sync_playwright
from sqlalchemy import select
from werkzeug.serving import make_server

from tests.support import classroom, evening
from tests.support import factories as make
from tests.support.cast import OTHER_COURSE, Cast, gather
from tests.support.databases import Templates, settings_for
from tracker import clock
from tracker.app import create_app
from tracker.domain.act import Act
from tracker.extensions import db
from tracker.jobs.review import decisions
from tracker.matching.decide import COURSE_NAMED
from tracker.models import Allocation, Assignment, Blog, Course, Enrollment, Linkage

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
PHONE, DESK = {"width": 375, "height": 812}, {"width": 1280, "height": 900}
VIEWS = [
    pytest.param((PHONE, "light"), id="phone-light"),
    pytest.param((PHONE, "dark"), id="phone-dark"),
    pytest.param((DESK, "light"), id="desk-light"),
    pytest.param((DESK, "dark"), id="desk-dark"),
]

EVERY_DAY = {"test_an_instructor_walks_from_signing_in_to_a_decision": VIEWS[:1]}
"""The long walk on a phone; the others at each width and in each scheme once. All four with --full."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "walker" in metafunc.fixturenames:
        every_day = EVERY_DAY.get(metafunc.function.__name__, [VIEWS[0], VIEWS[3]])
        metafunc.parametrize("walker", VIEWS if metafunc.config.option.full else every_day, indirect=True)


pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed here"),
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, templates: Templates) -> Iterator[tuple[str, Cast]]:
    """A running site with a class of 26 after a deadline, as its address and the people in it."""
    folder: Path = tmp_path_factory.mktemp("site")
    with templates.empty("sqlite", folder) as url:
        app: Flask = create_app(settings_for(url, folder))
        with app.app_context():
            cast = gather()
            now = clock.now()
            classroom.fill(db.session.get_one(Course, cast.other_course_id), students=24, now=now)
            evening.live_through(cast, now - timedelta(minutes=5))
            share_an_account(cast.other_course_id, now)
            name_the_course(cast.other_course_id)
            db.session.remove()
        server = make_server("127.0.0.1", 0, app, threaded=True)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", cast
        server.shutdown()
        thread.join()
        server.server_close()
        with app.app_context():
            db.engine.dispose()


def share_an_account(course_id: int, now: datetime) -> None:
    """Two students are confirmed for comments of one account, and a third comment of it waits."""
    course = db.session.get_one(Course, course_id)
    one, other = db.session.scalars(
        select(Enrollment)
        .where(Enrollment.course_id == course_id, Enrollment.role == "student")
        .order_by(Enrollment.id)
        .limit(2)
    )
    blog = make.add_blog("Shared Desk")
    make.follow(course, blog)
    numbers = []
    for text in ("Chalk.", "Slate.", "Paper."):
        comment = make.add_comment(
            make.add_post(blog), "sunny", f"<p>{text}</p>", account="https://www.blogger.com/profile/77"
        )
        make.add_linkage(course, comment, candidates=(one, other))
        numbers.append(comment.id)
    db.session.commit()
    for number, who in zip(numbers, (one.id, other.id), strict=False):
        standing = db.session.scalars(select(Linkage.decision_id).where(Linkage.comment_id == number)).one()
        decisions.confirm(course_id, number, who, Act(now, seen=standing))


def name_the_course(course_id: int) -> None:
    """A comment of an unknown writer, on a blog that students of the course were assigned."""
    course = db.session.get_one(Course, course_id)
    course.words = ["EDT 110"]
    assigned = select(Blog).join(Allocation, Allocation.blog_id == Blog.id).join(Assignment)
    blog = db.session.scalars(assigned.where(Assignment.course_id == course_id).order_by(Blog.id)).first()
    comment = make.add_comment(
        make.add_post(blog), "paperlantern", "<p>I have to write this for EDT 110.</p>"
    )
    make.add_linkage(course, comment, verdict="ignore", reason=COURSE_NAMED)
    db.session.commit()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield running
        running.close()


class Walker:
    """A browser window that has axe judge each page it stops at."""

    def __init__(self, page: Page, base: str) -> None:
        self.page, self.base = page, base

    def sign_in(self, name: str) -> None:
        self.page.goto(f"{self.base}/sign-in")
        self.check()
        self.page.get_by_label("Email").fill(name)
        self.page.get_by_label("Password").fill(make.PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()
        expect(self.page.get_by_text("Account").first).to_be_attached()

    def check(self) -> None:
        """axe finds nothing, and nothing but boxes of their own scrolls sideways.

        A click comes back when the next page begins to arrive: half a page has links without words.
        """
        self.page.wait_for_load_state()
        found = Axe().run(self.page).response["violations"]
        said = [(one["id"], node["target"], node["failureSummary"]) for one in found for node in one["nodes"]]
        assert said == [], self.page.url
        width = self.page.evaluate("document.documentElement.scrollWidth")
        assert width <= self.page.viewport_size["width"], f"{self.page.url} is {width} px wide"

    def open(self, path: str) -> None:
        self.page.goto(self.base + path)
        self.check()


@pytest.fixture
def walker(request: pytest.FixtureRequest, browser: Browser, site: tuple[str, Cast]) -> Iterator[Walker]:
    viewport, scheme = request.param
    # Without transitions, so that axe measures the final colors.
    context = browser.new_context(viewport=viewport, color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    problems: list[str] = []
    page.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    yield Walker(page, site[0])
    context.close()
    assert problems == []


def test_an_instructor_walks_from_signing_in_to_a_decision(walker: Walker, site: tuple[str, Cast]) -> None:
    page = walker.page
    walker.sign_in(site[1].other_instructor)
    expect(page.locator(".lead-line")).to_contain_text("decided")
    walker.check()
    page.get_by_role("link", name="Grid", exact=True).first.click()
    walker.check()
    page.locator("table a[href*='/grid/']").first.click()
    expect(page.locator(".why")).to_contain_text("Why?")
    walker.check()
    page.get_by_role("link", name="Review").first.click()
    expect(page.get_by_role("heading", name=re.compile(r"^Who wrote th(is|ese)\?$"))).to_be_visible()
    walker.check()
    page.get_by_role("button", name=re.compile("^Confirm for")).locator("visible=true").first.click()
    expect(page.get_by_role("button", name="Undo").first).to_be_visible()
    walker.check()
    page.locator(".last-decision a").click()
    page.get_by_role("link", name="What would undo change?").click()
    expect(page.locator(".lead-line")).to_contain_text("would be matched differently")
    walker.check()
    page.get_by_role("button", name="Undo").click()
    walker.check()
    page.get_by_role("link", name="How it was matched").click()
    page.get_by_text("Show the calculation").click()
    walker.check()
    for path in ("blogs", "blogs/follow", "students", "students/import", "assignments", "new-assignment"):
        walker.open(f"/courses/{OTHER_COURSE}/{path}")
    for path in ("review/spot-checks", "matching", "review/split-comments"):
        walker.open(f"/courses/{OTHER_COURSE}/{path}")
    walker.open(f"/courses/{OTHER_COURSE}/review/unknown-writers")
    page.get_by_role("link", name=re.compile("^It’s by someone else")).click()
    expect(page.get_by_label("Someone else in the course")).to_be_checked()
    walker.check()
    walker.open(f"/courses/{OTHER_COURSE}/review/conflicts")
    expect(page.locator(".lead-line")).to_have_text("1 account to resolve.")
    walker.open(f"/courses/{OTHER_COURSE}/blogs")
    page.locator(".tbl-blogs tbody th a").first.click()
    expect(page.get_by_role("heading", name="Its feeds")).to_be_visible()
    walker.check()
    walker.open(f"/courses/{OTHER_COURSE}/blogs/ask")
    walker.open(f"/courses/{OTHER_COURSE}/students")
    page.locator(".tbl-people tbody th a").first.click()
    page.get_by_text("Save a receipt for this student").click()
    walker.check()


def test_an_instructor_grades_a_student(walker: Walker, site: tuple[str, Cast]) -> None:
    page = walker.page
    walker.sign_in(site[1].other_instructor)
    walker.open(f"/courses/{OTHER_COURSE}/grades/c4t-3")
    page.goto(f"{walker.base}/courses/{OTHER_COURSE}/grid")
    page.locator("td.c a[href*='/c4t-3']").first.click()
    page.get_by_role("link", name="Grade, extend or excuse").click()
    expect(page.get_by_role("heading", name="The rule, line by line")).to_be_visible()
    # The second walk finds the grade that the first one saved.
    for closed in (
        re.compile("Set a grade by hand|Change the grade"),
        "Note",
        "Extend",
        "Excuse",
        "Incomplete",
    ):
        page.locator("main summary", has_text=closed).first.click()
    walker.check()
    page.get_by_label("Satisfactory", exact=True).check()
    page.locator("form[action*='/set'] textarea").first.fill("Seen in class.")
    page.get_by_role("button", name="Save grade").first.click()
    expect(page.get_by_text(": grade saved.")).to_be_visible()
    walker.open(f"/courses/{OTHER_COURSE}/totals")


def test_a_student_sees_where_she_stands(walker: Walker, site: tuple[str, Cast]) -> None:
    walker.sign_in(site[1].student)
    expect(walker.page.locator(".lead-line")).to_be_visible()
    expect(walker.page.get_by_text("Last checked")).to_be_visible()
    walker.check()
    page = walker.page
    page.get_by_role("link", name="How it was matched").click()
    expect(page.locator(".lead-line")).to_contain_text("It is yours, matched automatically")
    walker.check()
    page.get_by_role("link", name="Your status").click()
    page.get_by_text("Save a receipt", exact=True).click()
    page.get_by_label("The text of your comment").fill("I would like to try the mural in our corridor.")
    page.get_by_role("button", name=re.compile("^Save receipt")).click()
    expect(page.get_by_role("heading", name="Your receipts")).to_be_visible()
    walker.check()
