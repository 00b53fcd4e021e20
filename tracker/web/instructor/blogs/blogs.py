"""The blogs a course follows: how well each is seen, following more of them, lists in and out."""

from __future__ import annotations

import re
from datetime import datetime

from flask import Blueprint, Response, current_app, flash, g, redirect, render_template, request, url_for
from flask_wtf.file import FileField
from werkzeug.wrappers import Response as Answer
from wtforms import TextAreaField

from tracker import clock
from tracker.domain.errors import ConflictError, FileError
from tracker.exports.opml import OpmlBlog, write_opml
from tracker.extensions import db
from tracker.jobs.blogs.follow import unfollow
from tracker.jobs.blogs.follow_list import FollowListReport, follow_list, read_addresses
from tracker.jobs.dependencies import make_tools
from tracker.jobs.runs import find_underway
from tracker.queries import readable
from tracker.queries.blogs.blog_page import load_blog
from tracker.queries.blogs.board import ROLES, load_board, load_list
from tracker.queries.blogs.class_blogs import load_unfollowed_class_blogs
from tracker.queries.blogs.explain import Explanation
from tracker.queries.blogs.missing_comment import MAX_LINK, explain_link
from tracker.web import load
from tracker.web.access import Page
from tracker.web.forms import BaseForm, ButtonForm, max_length
from tracker.web.instructor.polling.check_now import start_check
from tracker.wording.numbers import say_count

bp = Blueprint("blogs", __name__, url_prefix="/blogs")
SHOWN_FINE = 12
"""How many blogs that are fine stand in the list before a reader asks for all of them."""


class FollowForm(BaseForm):
    urls = TextAreaField("Addresses, one per line", [max_length(100_000)])
    opml = FileField("Or an OPML file from a feed reader")


@bp.route("")
def index() -> str:
    role = request.args.get("role", ROLES[0])
    board = load_board(
        db.session(),
        g.course.id,
        clock.now(),
        role if role in ROLES else ROLES[0],
        load.visible_section_ids(),
    )
    return render_template(
        "instructor/blogs/index.html",
        board=board,
        shown=None if request.args.get("all") else SHOWN_FINE,
        running=find_underway(db.session(), clock.now()),
        unfollowed=len(load_unfollowed_class_blogs(db.session(), g.course.id)),
        form=ButtonForm(),
    )


@bp.route("/follow", methods=["GET", "POST"])
def follow() -> Page:
    """What leads to no blog is given back with its reason, so that nothing has to be pasted twice."""
    load.whole_course_or_404()
    form = FollowForm()
    report = None
    if form.validate_on_submit():
        try:
            chosen = form.opml.data.read() if form.opml.data else b""
            report = _follow(read_addresses(form.urls.data or "", chosen))
        except FileError as error:
            form.refuse(str(error))
    if report is not None and not report.refused:
        return redirect(url_for(".index"))
    if report is not None:
        form.urls.data = "\n".join(one.url for one in report.refused)
    status = 422 if form.is_submitted() else 200
    return render_template("instructor/blogs/follow.html", form=form, report=report), status


@bp.route("/class-blogs", methods=["POST"])
def follow_class_blogs() -> Answer:
    """Follow the class blogs on the roster that are not followed yet."""
    load.whole_course_or_404()
    urls = load_unfollowed_class_blogs(db.session(), g.course.id)
    if urls:
        report = _follow(urls, role=ROLES[1])
        for one in report.refused[:5]:
            flash(f"{one.url}: {one.says}", "error")
    return redirect(url_for(".index", role=ROLES[1]))


def _follow(urls: list[str], role: str = ROLES[0]) -> FollowListReport:
    with make_tools(current_app.config) as tools:
        report = follow_list(g.course.id, urls, now=clock.now(), tools=tools, role=role)
    if report.new:
        flash(f"{say_count(report.new, 'blog')} followed. Comments appear after the next check.")
    elif report.followed:
        flash("You already follow these blogs. Nothing changed.")
    if role == ROLES[0]:
        for one in report.blind[:5]:
            flash(f"{one.title or one.home_url}: {one.note}", "error")
    return report


@bp.route("/list.opml")
def download() -> Response:
    listed = load_list(db.session(), g.course.id)
    blogs = [OpmlBlog(blog.shown_title, feed_url, blog.home_url) for blog, feed_url in listed]
    name = f"blogs-{re.sub(r'[^a-z0-9-]+', '-', g.course.key)}.opml"
    return Response(
        write_opml(f"{g.course.name}: followed blogs", blogs),
        mimetype="text/x-opml",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@bp.route("/check", methods=["POST"])
def check_all() -> Answer:
    load.whole_course_or_404()
    return _check(url_for(".index"))


@bp.route("/<int:blog_id>")
def show(blog_id: int) -> str:
    blog = load.blog_or_404(blog_id)
    seen = load.visible_section_ids()
    page = load_blog(db.session(), g.course.id, blog, clock.now(), seen, _instant(request.args.get("before")))
    return render_template(
        "instructor/blogs/show.html",
        blog=blog,
        page=page,
        asked=_asked(),
        answer=_answer(blog_id),
        running=find_underway(db.session(), clock.now()),
    )


@bp.route("/ask")
def ask() -> str:
    """Why isn't this comment here? About any blog of the course."""
    return render_template("instructor/blogs/ask.html", asked=_asked(), answer=_answer())


def _asked() -> str:
    return request.args.get("link", "").strip()[:MAX_LINK]


def _answer(blog_id: int | None = None) -> Explanation | None:
    if not _asked():
        return None
    return explain_link(
        db.session(),
        g.course.id,
        _asked(),
        now=clock.now(),
        blog_id=blog_id,
        section_ids=load.visible_section_ids(),
    )


def _instant(text: str | None) -> datetime | None:
    """An instant out of an address; None for none and for what is not an instant."""
    try:
        read = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return read if read.tzinfo else None


@bp.app_template_filter()
def opening(html: str) -> str:
    """How a text begins, in one line."""
    return readable.opening(html)


@bp.route("/<int:blog_id>/check", methods=["POST"])
def check(blog_id: int) -> Answer:
    load.whole_course_or_404()
    urls = [feed.url for feed in load.blog_or_404(blog_id).feeds]
    return _check(url_for(".show", blog_id=blog_id), urls)


def _check(back: str, urls: list[str] | None = None) -> Answer:
    try:
        start_check(g.course.id, urls)
        flash("Checking now. Reload this page in a few minutes to see what is new.")
    except ConflictError as conflict:
        flash(str(conflict), "error")
    return redirect(back)


@bp.route("/<int:blog_id>/unfollow", methods=["POST"])
def stop(blog_id: int) -> Answer:
    load.whole_course_or_404()
    title = load.blog_or_404(blog_id).shown_title
    unfollow(g.course.id, blog_id, now=clock.now())
    flash(f"You no longer follow {title}. Everything found there is kept.")
    return redirect(url_for(".index"))
