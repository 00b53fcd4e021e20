"""People and courses: create-user, new-link, disable-user, create-course, add-staff, remove-staff,
import-roster."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import click
from flask import current_app

from tracker.cli.group import (
    Output,
    course_id_of,
    course_option,
    dry_run_option,
    json_option,
    split_list,
    tracker,
)
from tracker.domain.act import Act
from tracker.domain.locale import DEFAULT, LOCALES
from tracker.exports.roster_file import read_roster
from tracker.jobs.dependencies import hash_key
from tracker.jobs.people.accounts import create_course, create_user
from tracker.jobs.people.import_roster import apply
from tracker.jobs.people.invitations import make_new_link
from tracker.jobs.people.staff import add_staff, disable_user, remove_staff
from tracker.wording.numbers import say_count


@tracker.command("create-user")
@click.argument("email")
@click.option("--name", required=True, metavar="N", help="The person's name.")
@click.option("--admin", is_flag=True, help="Can see and create every course.")
@dry_run_option
def create_user_command(email: str, name: str, *, admin: bool, act: Act) -> None:
    """Create a user and print the one-time link with which they choose a password."""
    made = create_user(email, name, act, is_admin=admin)
    if act.preview:
        click.echo(f"Would create {email}")
        return
    click.echo(f"{email} can choose a password with this link, once, within 14 days:")
    click.echo(f"{current_app.config['BASE_URL']}/invitation/{made.token}")


@tracker.command("new-link")
@click.argument("email")
@dry_run_option
def new_link_command(email: str, *, act: Act) -> None:
    """Print a one-time link with which a person, staff and administrators too, chooses a password.

    EMAIL may be a sign-in name. Earlier links stop working; the present password works until the link
    is used.
    """
    made = make_new_link(email, act)
    to_join = f" and join {made.course}" if made.course else ""
    if act.preview:
        click.echo(f"Would make a link with which {email} can choose a password{to_join}.")
        return
    lasts = "an hour" if made.lasts < timedelta(days=1) else say_count(made.lasts.days, "day")
    click.echo(f"{email} can choose a password{to_join} with this link, once, within {lasts}:")
    click.echo(f"{current_app.config['BASE_URL']}/invitation/{made.token}")


@tracker.command("disable-user")
@click.argument("email")
@click.option("--undo", is_flag=True, help="Let the person sign in again.")
@dry_run_option
def disable_user_command(email: str, *, undo: bool, act: Act) -> None:
    """Close a person's account: they are signed out and can't sign in. What they did is kept."""
    report = disable_user(email, act, undo=undo)
    if not report.changed:
        click.echo(f"{email} is {'not disabled' if undo else 'disabled already'}. Nothing changed.")
        return
    would = "would" if act.preview else "will"
    can = "be able to sign in again" if undo else "no longer be able to sign in"
    click.echo(f"{report.name} ({email}) {would} {can}.")


@tracker.command("create-course")
@click.argument("key")
@click.argument("name")
@click.option("--timezone", "time_zone", required=True, metavar="TZ", help="Such as America/Chicago.")
@click.option("--locale", type=click.Choice([*LOCALES]), default=DEFAULT, help="Format of dates and times.")
@click.option("--words", default="", help='Words that name the course in a comment: "EDT 320;EDT320".')
@click.option("--staff", default="", help='Names of the staff as students write them: "Dr. A;B".')
@click.option(
    "--course-blog", default="", metavar="URL", help="The course's own blog; never evidence for a student."
)
@dry_run_option
def create_course_command(
    key: str,
    name: str,
    time_zone: str,
    locale: str,
    words: str,
    staff: str,
    course_blog: str,
    *,
    act: Act,
) -> None:
    """Create a course."""
    create_course(
        key,
        name,
        act,
        time_zone=time_zone,
        locale=locale,
        words=split_list(words),
        staff_names=split_list(staff),
        course_blog=course_blog,
    )
    would = "Would create" if act.preview else "Created"
    click.echo(f"{would} the course {key.casefold()}: {name}, {time_zone}")


@tracker.command("add-staff")
@click.argument("email")
@course_option
@click.option("--role", type=click.Choice(["instructor", "assistant"]), default="instructor")
@click.option(
    "--section",
    "sections",
    multiple=True,
    help="Sections an assistant sees, in place of those given before. Default: all.",
)
@dry_run_option
def add_staff_command(email: str, course_key: str, role: str, sections: tuple[str, ...], *, act: Act) -> None:
    """Make a user an instructor or assistant of a course."""
    add_staff(course_id_of(course_key), email, role, act, sections=sections)
    where = f" for section {', '.join(sections)}" if sections else ""
    click.echo(f"{email} {'would be' if act.preview else 'is'} {role} of {course_key}{where}.")


@tracker.command("remove-staff")
@click.argument("email")
@course_option
@dry_run_option
def remove_staff_command(email: str, course_key: str, *, act: Act) -> None:
    """End a person's work as instructor or assistant of a course. Their account and decisions stay."""
    remove_staff(course_id_of(course_key), email, act)
    is_no_longer = "would no longer be" if act.preview else "is no longer"
    click.echo(f"{email} {is_no_longer} on the staff of {course_key}.")


@tracker.command("import-roster")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@course_option
@json_option
@dry_run_option
def import_roster_command(file: Path, course_key: str, out: Output, *, act: Act) -> None:
    """Enroll the students of a CSV file. Students who are not in the file are listed, never dropped."""
    course_id = course_id_of(course_key)
    rows = read_roster(file.read_bytes())
    key = hash_key(current_app.config["SECRET_KEY"])
    report = apply(course_id, rows, act, hash_key=key)
    out.write([report])
    written = " (nothing written)" if act.preview else ""
    out.say(f"{report.added} added, {report.changed} changed, {report.unchanged} unchanged{written}.")
    for one in report.missing:
        out.say(f"  not in the file, still enrolled: {one.student_id}")
    if report.blogs_to_follow:
        out.say(f"Class blogs not followed yet: {len(report.blogs_to_follow)}")
        for url in report.blogs_to_follow:
            out.say(f"  {url}")
        out.say(f"To follow them, run: follow-class-blogs --course {course_key}")
