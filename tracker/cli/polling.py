"""Checking blogs, and what follows from it: poll, rematch, regrade, recompute, comments, status."""

from __future__ import annotations

import sys
from collections import Counter
from datetime import datetime
from urllib.parse import urlsplit

import click
from flask import current_app

from tracker import clock
from tracker.cli.group import (
    DONE_WITH_FAILURES,
    Output,
    as_of_option,
    course_id_of,
    course_option,
    dry_run_option,
    json_option,
    tracker,
)
from tracker.cli.poll_screen import PollScreen, show_attention
from tracker.domain.act import Act
from tracker.domain.errors import NotFoundError
from tracker.domain.feed import PollOutcome
from tracker.extensions import db
from tracker.jobs.dependencies import make_tools
from tracker.jobs.matching.rematch import recompute_missing, rematch_course
from tracker.jobs.polling.next_poll import explain_due
from tracker.jobs.polling.poll import FeedChoice, RunReport, run_poll
from tracker.jobs.transaction import read_transaction
from tracker.jobs.verdicts.store_verdicts import regrade_course
from tracker.queries.polling.poll_inputs import PolledFeed, load_open_courses
from tracker.queries.polling.run_report import load_attention, load_opted_out
from tracker.queries.review.comments import load_comment_lines
from tracker.queries.review.unknown_writers import count_unknown_writers
from tracker.queries.status.course_status import AssignmentStatus, course_status


@tracker.command("poll")
@click.option("--course", "course_key", metavar="C", help="Only blogs of this course.")
@click.option("--feed", "feed_url", metavar="URL", help="Only this feed.")
@click.option("--due", "mode", flag_value="due", default="due", help="Only feeds that are due (the default).")
@click.option("--all", "mode", flag_value="all", help="Ignore schedule, back-off and Retry-After.")
@json_option
@dry_run_option
def poll(course_key: str | None, feed_url: str | None, mode: str, out: Output, *, act: Act) -> None:
    """Check the blogs' feeds, store what is new, match and grade it."""
    course_id = course_id_of(course_key) if course_key else None
    _warn_without_contact()
    with read_transaction() as session:
        due, waiting = FeedChoice(course_id, feed_url, mode == "all").choose(session, clock.now())
    if feed_url is not None and not due and not waiting:
        raise NotFoundError(f"No course follows a feed with the address {feed_url!r}.")
    if act.preview:
        _print_plan(due, waiting, course_id)
        return
    recompute_missing(clock.now())
    with make_tools(current_app.config) as tools, PollScreen() as shown:
        report = run_poll(
            tools,
            clock.now,
            trigger="manual",
            course_id=course_id,
            feed_url=feed_url,
            everything=mode == "all",
            progress=shown,
        )
    out.write(report.polls)
    if report.run_id is None:
        out.say(report.reason)
    elif not out.is_for_rows:
        _print_run(report)
    if report.failed:
        sys.exit(DONE_WITH_FAILURES)


def _warn_without_contact() -> None:
    """Owners who see our requests must be able to write to someone; a loopback address tells them nothing."""
    settings = current_app.config
    host = urlsplit(settings.get("BASE_URL", "")).hostname or "localhost"
    if not settings.get("CONTACT") and (host == "localhost" or host.startswith("127.") or host == "::1"):
        click.echo(
            "Set TRACKER_CONTACT to your email address or web page, so that blog owners can reach you "
            "(TRACKER_CONTACT=mailto:you@school.example).",
            err=True,
        )


def _print_run(report: RunReport) -> None:
    outcomes = Counter(poll.outcome for poll in report.polls)
    checked = len(report.polls) - outcomes[PollOutcome.SKIPPED]
    said = ", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items()))
    click.echo(f"{checked} of {report.due} feeds checked: {said or 'none due'}.")
    edited = sum(poll.edited for poll in report.polls)
    click.echo(f"{report.new} new, {edited} edited, {sum(poll.gap for poll in report.polls)} gaps.")
    for poll in report.polls:
        if poll.outcome == PollOutcome.SKIPPED:
            click.echo(f"  {poll.outcome}: {poll.url}: {poll.error}")
    if report.reason:
        click.echo(report.reason)
    show_attention(load_attention(db.session(), report.run_id) if report.run_id else [])


def _print_plan(due: list[PolledFeed], waiting: list[PolledFeed], course_id: int | None) -> None:
    """What a poll would fetch and why, and what it would skip."""
    session = db.session()
    why = explain_due(session, [*due, *waiting], clock.now())
    for verb, feeds in (("check", due), ("skip", waiting)):
        for feed in feeds:
            click.echo(f"would {verb} {feed.url} ({feed.blog}): {why[feed.feed_id]}")
    for blog in load_opted_out(session, course_id):
        click.echo(f"would skip {blog}: its owner asked us not to read it")
    click.echo(f"{len(due)} of {len(due) + len(waiting)} feeds are due. Nothing was fetched.")


@tracker.command("rematch")
@click.option("--course", "course_key", metavar="C", help="Only this course.")
@as_of_option
@dry_run_option
def rematch(course_key: str | None, as_of: datetime, *, act: Act) -> None:
    """Match all comments again. Decisions by people stay."""
    for course_id in _courses(course_key):
        report = rematch_course(course_id, as_of, preview=act.preview)
        click.echo(
            f"{report.judged} comments matched again: {report.changed} linkages "
            f"and {report.verdicts} verdicts {'would change' if act.preview else 'changed'}."
        )


@tracker.command("regrade")
@click.option("--course", "course_key", metavar="C", help="Only this course.")
@as_of_option
@dry_run_option
def regrade(course_key: str | None, as_of: datetime, *, act: Act) -> None:
    """Grade every requirement again. Decisions by people stay."""
    for course_id in _courses(course_key):
        changed = regrade_course(course_id, as_of, preview=act.preview)
        click.echo(f"{changed} verdicts {'would change' if act.preview else 'changed'}.")


@tracker.command("recompute")
@dry_run_option
def recompute(*, act: Act) -> None:
    """Match and grade again what an upgrade dropped, and match open courses by newer rules. Does nothing
    if there is nothing to do."""
    again = "would be computed again" if act.preview else "computed again"
    for key, report in recompute_missing(act.now, preview=act.preview).items():
        click.echo(f"{key}: {report.changed} linkages and {report.verdicts} verdicts {again}.")


def _courses(course_key: str | None) -> list[int]:
    return [course_id_of(course_key)] if course_key else load_open_courses(db.session())


@tracker.command("comments")
@course_option
@json_option
def comments(course_key: str, out: Output) -> None:
    """List every comment seen, with the student it is matched to and why."""
    course_id = course_id_of(course_key)
    lines = load_comment_lines(db.session(), course_id)
    out.write(lines)
    if not out.is_for_rows:
        counts = Counter(line.decision for line in lines)
        unknown = count_unknown_writers(db.session(), course_id)
        click.echo(
            f"{len(lines)} comments: {counts['accept']} accepted, {counts['review']} to review, "
            f"{counts['ignore'] - unknown} not by students"
            f"{f', {unknown} by unknown writers who name the course' if unknown else ''}."
        )


@tracker.command("status")
@course_option
@as_of_option
@json_option
def status(course_key: str, as_of: datetime, out: Output) -> None:
    """Say where every student stands."""
    rows = course_status(course_id_of(course_key), as_of)
    out.write(
        (
            {
                "student_id": row.student_id,
                "assignment": row.assignment,
                "requirements": [
                    {"key": one.requirement, "state": one.state, "reason": one.reason}
                    for one in row.requirements
                ],
                "counted": row.counted,
                "not_counted": [
                    {"permalink": one.permalink, "reason": one.reason} for one in row.not_counted
                ],
                "companion_post": row.companion_post,
                "grade": row.grade,
            }
            for row in rows
        ),
    )
    if not out.is_for_rows:
        _print_status(rows)


def _print_status(rows: list[AssignmentStatus]) -> None:
    counts = Counter(
        (row.assignment, one.requirement, one.state.value) for row in rows for one in row.requirements
    )
    for (assignment, requirement, state), count in sorted(counts.items()):
        click.echo(f"{assignment} {requirement}: {count} {state}")
