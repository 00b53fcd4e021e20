"""Assignments and the gradebook: create-assignment, import-allocations, export-gradebook."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tracker import clock
from tracker.cli.group import (
    OutFile,
    Output,
    course_id_of,
    course_option,
    dry_run_option,
    json_option,
    tracker,
)
from tracker.domain.act import Act
from tracker.domain.typed_rule import TypedCondition, TypedQuota, TypedRule
from tracker.jobs.assignments.assignments import create_assignment, import_allocations
from tracker.jobs.grades.export_gradebook import export_gradebook


@tracker.command("create-assignment")
@click.argument("key")
@course_option
@click.option("--template", type=click.Choice(["c4t"]), required=True)
@click.option("--title", help="What students see. Default: made from the key.")
@click.option("--comments", type=click.IntRange(1, 50), default=2, metavar="N", show_default=True)
@click.option("--opens", default="", metavar="T", help="Course time, such as 2026-10-12 00:00.")
@click.option(
    "--comments-due", required=True, metavar="T", help="Course time; 23:59 includes the whole minute."
)
@click.option("--summary-due", default="", metavar="T", help="Course time. Default: no summary.")
@click.option("--points", default="", metavar="P", help="Default: satisfactory / not yet.")
@click.option(
    "--min-words", type=click.IntRange(0), default=0, help="Shorter comments get a remark and still count."
)
@dry_run_option
def create_assignment_command(
    key: str,
    course_key: str,
    template: str,
    title: str | None,
    comments: int,
    opens: str,
    comments_due: str,
    summary_due: str,
    points: str,
    min_words: int,
    *,
    act: Act,
) -> None:
    """Create an assignment from a template. T is in the course's time zone."""
    typed = TypedRule(
        title=title or title_from(key, template),
        quota=TypedQuota(comments),
        opens=opens,
        comments_due=comments_due,
        summary_due=summary_due,
        points=points,
        conditions=(TypedCondition("words", min_words),) if min_words else (),
    )
    create_assignment(course_id_of(course_key), key, typed, act)
    would = "Would create" if act.preview else "Created"
    click.echo(f"{would} the assignment {key.casefold()}: {typed.title}")


def title_from(key: str, template: str) -> str:
    """ "c4t-2" -> "C4T #2": the title by which its summary posts are recognized too."""
    number = key[len(key.rstrip("0123456789")) :]
    return f"{template.upper()} #{number}" if number else f"{template.upper()} {key}"


@tracker.command("import-allocations")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@course_option
@json_option
@dry_run_option
def import_allocations_command(file: Path, course_key: str, out: Output, *, act: Act) -> None:
    """Assign blogs to students from a CSV: blog_url, student_id, round, start, end."""
    report = import_allocations(course_id_of(course_key), file.read_bytes(), act)
    out.write([report])
    written = " (nothing written)" if act.preview else ""
    out.say(f"{report.added} added, {report.changed} changed, {report.unchanged} unchanged{written}.")


@tracker.command("export-gradebook")
@course_option
@click.option("--format", "form", type=click.Choice(["csv"]), required=True)
@click.option("--out", type=OutFile(), metavar="FILE", default="-", help="Default: standard output.")
def export_gradebook_command(course_key: str, form: str, out: str) -> None:
    """Write the gradebook: recorded grades, else proposed ones."""
    content = export_gradebook(course_id_of(course_key), Act(clock.now()))
    if out == "-":
        sys.stdout.buffer.write(content)
    else:
        Path(out).write_bytes(content)
        click.echo(f"Gradebook written to {out}.")
