"""Following blogs, and leaving them alone: follow, import-opml, opt-out."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from flask import current_app

from tracker.cli.group import (
    DONE_WITH_FAILURES,
    course_id_of,
    course_option,
    dry_run_option,
    json_option,
    say,
    tracker,
    write_json,
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


@tracker.command("follow")
@click.argument("urls", nargs=-1, required=True, metavar="URL...")
@course_option
@click.option("--feed", "as_feed", is_flag=True, help="Store as a comment feed, without looking now.")
@json_option
@dry_run_option
def follow_command(
    urls: tuple[str, ...], course_key: str, json_file: str | None, *, as_feed: bool, act: Act
) -> None:
    """Follow blogs: a home page, a post or a feed each."""
    course_id = course_id_of(course_key)
    if as_feed:
        reports = [follow_feed(course_id, url, now=act.now, preview=act.preview) for url in urls]
        for report in reports:
            say(f"{report.url}: {'would be kept' if act.preview else 'kept'} as a comment feed.", json_file)
        write_json(json_file, reports)
        return
    follow_all(course_id, urls, json_file, act)


def follow_all(
    course_id: int,
    urls: tuple[str, ...],
    json_file: str | None,
    act: Act,
    *,
    role: str = "followed",
) -> None:
    """Follow each address, say what was found; exit code 1 when some could not be followed."""
    reports: list[FollowReport] = []
    failed = 0
    with make_tools(current_app.config) as tools:
        for url in urls:
            report = _follow(course_id, url, tools, act, role=role, json_file=json_file)
            if report is None:
                failed += 1
            else:
                reports.append(report)
    write_json(json_file, reports)
    if failed:
        click.echo(f"{failed} of {len(urls)} addresses could not be followed.", err=True)
        sys.exit(DONE_WITH_FAILURES)


def _follow(
    course_id: int, url: str, tools: Tools, act: Act, *, role: str, json_file: str | None
) -> FollowReport | None:
    try:
        report = follow(course_id, url, now=act.now, tools=tools, role=role, preview=act.preview)
    except FeedError as exc:
        click.echo(f"{url}: {exc}", err=True)
        return None
    already = ", followed before" if report.already else ""
    say(f"{url}: {report.title or report.home_url} ({report.platform}{already})", json_file)
    for kind, address in report.feeds:
        say(f"  {kind}: {address}", json_file)
    if report.note:
        say(f"  {report.note}", json_file)
    return report


@tracker.command("opt-out")
@click.argument("url", metavar="URL")
@click.option("--undo", is_flag=True, help="Look at the blog again.")
@json_option
@dry_run_option
def opt_out_command(url: str, json_file: str | None, *, undo: bool, act: Act) -> None:
    """Leave a blog alone, in every course, because its owner asked for it."""
    report = opt_out(url, act, undo=undo, opted_out_hosts=current_app.config["OPT_OUT"])
    write_json(json_file, [report])
    if not report.changed:
        will = "was looked at" if undo else "was left alone"
        say(f"{report.title} {will} before; nothing changed.", json_file)
        return
    would = "would be" if act.preview else "will be"
    what = "looked at again" if undo else "looked at no more"
    courses = f"{report.courses} course{'' if report.courses == 1 else 's'}"
    say(f"{report.title} {would} {what}; {courses} followed it.", json_file)


@tracker.command("purge-comment")
@click.argument("permalink")
@json_option
@dry_run_option
def purge(permalink: str, json_file: str | None, *, act: Act) -> None:
    """Erase the text we keep of a comment, because the owner of its blog asked for it.

    Its hash, its times and the verdicts that rest on it stay.
    """
    report = purge_comment(permalink, act)
    write_json(json_file, [report])
    texts = f"{report.versions} text{'' if report.versions == 1 else 's'}"
    say(f"{texts} of {report.permalink} {'would be' if act.preview else 'were'} erased.", json_file)


@tracker.command("import-opml")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@course_option
@json_option
@dry_run_option
def import_opml(file: Path, course_key: str, json_file: str | None, *, act: Act) -> None:
    """Follow every blog of an OPML file."""
    blogs = read_opml(file.read_bytes())
    urls = tuple(blog.home_url or blog.feed_url for blog in blogs)
    follow_all(course_id_of(course_key), urls, json_file, act)


@tracker.command("follow-class-blogs")
@course_option
@json_option
@dry_run_option
def follow_class_blogs(course_key: str, json_file: str | None, *, act: Act) -> None:
    """Follow the class blogs of the roster that are not followed yet."""
    course_id = course_id_of(course_key)
    urls = tuple(load_unfollowed_class_blogs(db.session(), course_id))
    if not urls:
        write_json(json_file, [])
        say("Every class blog of the roster is followed.", json_file)
        return
    follow_all(course_id, urls, json_file, act, role="class-blog")
