"""People and courses: create-user, create-course, add-staff, import-roster."""

from __future__ import annotations

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
from tracker.jobs.people.accounts import add_staff, create_course, create_user
from tracker.jobs.people.import_roster import apply


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
@click.option("--section", "sections", multiple=True, help="Sections an assistant sees. Default: all.")
@dry_run_option
def add_staff_command(email: str, course_key: str, role: str, sections: tuple[str, ...], *, act: Act) -> None:
    """Make a user an instructor or assistant of a course."""
    add_staff(course_id_of(course_key), email, role, act, sections=sections)
    where = f" for section {', '.join(sections)}" if sections else ""
    click.echo(f"{email} {'would be' if act.preview else 'is'} {role} of {course_key}{where}.")


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
