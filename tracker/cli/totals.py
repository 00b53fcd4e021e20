"""The course total: totals."""

from __future__ import annotations

from pathlib import Path

import click

from tracker.cli.group import course_id_of, course_option, dry_run_option, tracker
from tracker.domain.act import Act
from tracker.domain.errors import FileError
from tracker.exports.rule_file import parse_rule_file
from tracker.extensions import db
from tracker.jobs.verdicts.totals import set_totals
from tracker.queries.verdicts.gradebook import load_gradebook, say_course_rule


@tracker.command("totals")
@course_option
@click.option("--set", "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE")
@click.option("--clear", is_flag=True, help="Remove the course total.")
@click.option("--show", is_flag=True, help="Print each student's total.")
@dry_run_option
def totals_command(course_key: str, file: Path | None, *, clear: bool, show: bool, act: Act) -> None:
    """Print, set (from a JSON file) or show the course total."""
    course_id = course_id_of(course_key)
    if file is not None or clear:
        document = None if file is None else _read(file)
        set_totals(course_id, document, act)
        click.echo("Checked; nothing written." if act.preview else "Saved.")
    click.echo(say_course_rule(db.session(), course_id))
    if show:
        for line in load_gradebook(db.session(), course_id).lines:
            click.echo(f"{line.student.sort_name}\t{line.total}")


def _read(file: Path) -> dict[str, object]:
    found = parse_rule_file(file.read_bytes(), file.name)
    if not isinstance(found, dict):
        raise FileError(f"{file.name} must contain one JSON object.")
    return found
