"""Following blogs, and not reading them: follow, import-opml, opt-out."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from flask import current_app

from tracker.cli.group import (
    DONE_WITH_FAILURES,
    Output,
    course_id_of,
    course_option,
    dry_run_option,
    json_option,
    tracker,
)
from tracker.domain.act import Act
from tracker.domain.errors import FeedError
from tracker.exports.opml import read_opml
from tracker.extensions import db
from tracker.jobs.blogs.follow import FollowReport, follow, follow_feed
from tracker.jobs.blogs.purge import purge_comment
from tracker.jobs.dependencies import Tools, make_tools
from tracker.jobs.polling.opt_out import opt_out
from tracker.queries.blogs.class_blogs import load_unfollowed_class_blogs
from tracker.wording.numbers import say_count


@tracker.command("follow")
@click.argument("urls", nargs=-1, required=True, metavar="URL...")
@course_option
@click.option(
    "--feed", "as_feed", is_flag=True, help="Save the address as a comment feed without checking it now."
)
@json_option
@dry_run_option
def follow_command(urls: tuple[str, ...], course_key: str, out: Output, *, as_feed: bool, act: Act) -> None:
    """Follow blogs, each given by its home page, a post or a feed."""
    course_id = course_id_of(course_key)
    if as_feed:
        reports = [follow_feed(course_id, url, now=act.now, preview=act.preview) for url in urls]
        for report in reports:
            out.say(f"{report.url}: {'would be saved' if act.preview else 'saved'} as a comment feed.")
        out.write(reports)
        return
    follow_all(course_id, urls, out, act)


def follow_all(
    course_id: int,
    urls: tuple[str, ...],
    out: Output,
    act: Act,
    *,
    role: str = "followed",
) -> None:
    """Follow each address, say what was found; exit code 10 when some could not be followed."""
    with make_tools(current_app.config) as tools:
        tried = [_follow(course_id, url, tools, act, role=role, out=out) for url in urls]
    reports = [report for report in tried if report is not None]
    out.write(reports)
    if failed := len(urls) - len(reports):
        click.echo(f"{failed} of {len(urls)} addresses could not be followed.", err=True)
        sys.exit(DONE_WITH_FAILURES)


def _follow(
    course_id: int, url: str, tools: Tools, act: Act, *, role: str, out: Output
) -> FollowReport | None:
    try:
        report = follow(course_id, url, now=act.now, tools=tools, role=role, preview=act.preview)
    except FeedError as exc:
        click.echo(f"{url}: {exc}", err=True)
        return None
    already = ", already followed" if report.already else ""
    out.say(f"{url}: {report.title or report.home_url} ({report.platform}{already})")
    for kind, address in report.feeds:
        out.say(f"  {kind}: {address}")
    if report.note:
        out.say(f"  {report.note}")
    return report


@tracker.command("opt-out")
@click.argument("url", metavar="URL")
@click.option("--undo", is_flag=True, help="Check the blog again.")
@json_option
@dry_run_option
def opt_out_command(url: str, out: Output, *, undo: bool, act: Act) -> None:
    """Stop checking a blog in every course because its owner asked for it."""
    report = opt_out(url, act, undo=undo, opted_out_hosts=current_app.config["OPT_OUT"])
    out.write([report])
    if not report.changed:
        already = "has not opted out" if undo else "has already opted out"
        out.say(f"{report.title} {already}. Nothing changed.")
        return
    would = "would" if act.preview else "will"
    what = "be checked again" if undo else "no longer be checked"
    out.say(f"{report.title} {would} {what}. Followed by {say_count(report.courses, 'course')}.")


@tracker.command("purge-comment")
@click.argument("permalink")
@json_option
@dry_run_option
def purge(permalink: str, out: Output, *, act: Act) -> None:
    """Erase the stored text of a comment because the owner of its blog asked for it.

    Its hash, its times and the verdicts based on it stay.
    """
    report = purge_comment(permalink, act)
    out.write([report])
    would = "Would erase" if act.preview else "Erased"
    out.say(f"{would} {say_count(report.versions, 'version')} of {report.permalink}.")


@tracker.command("import-opml")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@course_option
@json_option
@dry_run_option
def import_opml(file: Path, course_key: str, out: Output, *, act: Act) -> None:
    """Follow every blog in an OPML file."""
    blogs = read_opml(file.read_bytes())
    urls = tuple(blog.home_url or blog.feed_url for blog in blogs)
    follow_all(course_id_of(course_key), urls, out, act)


@tracker.command("follow-class-blogs")
@course_option
@json_option
@dry_run_option
def follow_class_blogs(course_key: str, out: Output, *, act: Act) -> None:
    """Follow the class blogs on the roster that are not followed yet."""
    course_id = course_id_of(course_key)
    urls = tuple(load_unfollowed_class_blogs(db.session(), course_id))
    if not urls:
        out.write([])
        out.say("Every class blog on the roster is already followed.")
        return
    follow_all(course_id, urls, out, act, role="class-blog")
