"""Rules as files, and what a rule would change: import-assignment, export-assignment, preview-deadline."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import click

from tracker import clock
from tracker.cli.group import course_id_of, course_option, dry_run_option, tracker
from tracker.domain.act import Act
from tracker.exports.rule_file import parse_rule_file
from tracker.extensions import db
from tracker.jobs.verdicts.terms import put_terms
from tracker.queries.verdicts.preview_rule import RulePreview, preview_deadline, say_comparison
from tracker.queries.verdicts.rule_files import export_rule, read_rule
from tracker.wording.assignments import say_outdated_grades


@tracker.command("import-assignment")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@course_option
@click.option("--key", help="The assignment's key. Default: the file's name.")
@dry_run_option
def import_assignment_command(file: Path, course_key: str, key: str | None, *, act: Act) -> None:
    """Put a rule from a JSON file in force, for a new assignment or as a new version of an existing one.

    Prints the rule in plain words and what it changes for the class. The same rule again changes nothing.
    """
    course_id = course_id_of(course_key)
    document = parse_rule_file(file.read_bytes(), file.name)
    read = read_rule(db.session(), course_id, key or file.stem, document, act.now)
    click.echo(read.preview.rule)
    _tell(read.preview)
    report = put_terms(course_id, read.key, read.preview.terms, replace(act, seen=read.seen_version))
    if report.is_same:
        click.echo(f"{report.key}: same as version {report.version}, which is in force. Nothing changed.")
    else:
        would = "would be" if act.preview else "is"
        click.echo(f"{report.key}: version {report.version} {would} in force.")


@tracker.command("export-assignment")
@click.argument("key")
@course_option
def export_assignment_command(key: str, course_key: str) -> None:
    """Write the rule in force as JSON, fit for import-assignment."""
    document = export_rule(db.session(), course_id_of(course_key), key)
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


@tracker.command("preview-deadline")
@click.argument("key")
@click.argument("hours", type=float)
@course_option
def preview_deadline_command(key: str, hours: float, course_key: str) -> None:
    """Show what moving every due time of an assignment by HOURS would change; writes nothing."""
    by = timedelta(hours=hours)
    _tell(preview_deadline(db.session(), course_id_of(course_key), key, by, clock.now()))


def _tell(preview: RulePreview) -> None:
    click.echo(say_comparison(preview.comparison))
    for one in preview.milder:
        click.echo(f"  {one.says}: {one.then}")
    if preview.recorded:
        click.echo(f"  {say_outdated_grades(preview.recorded, preview.released)}")
