"""Copies of everything in one file, and putting them back: backup, restore.

Tested in tests/reliability/test_backups.py.
"""

from __future__ import annotations

from pathlib import Path

import click
from flask import current_app

from tracker import clock
from tracker.cli.group import OutFile, dry_run_option, tracker
from tracker.domain.act import Act
from tracker.extensions import db
from tracker.jobs.backups.backup import make_backup
from tracker.jobs.backups.restore import Here, SecretIs, restore_backup
from tracker.wording.numbers import say_count


@tracker.command("backup")
@click.argument("file", type=OutFile())
def backup_command(file: str) -> None:
    """Write the database and the secret into one new file, while everything runs."""
    report = make_backup(db.engine, Path(file), current_app.config["SECRET_KEY"], Act(clock.now()))
    click.echo(
        f"{file}: {say_count(report.rows, 'row')} of {say_count(report.tables, 'table')}, and the secret "
        f"({say_count(report.size_bytes, 'byte')}). Keep it where only you can read it."
    )


@tracker.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Replace a database that holds data.")
@dry_run_option
def restore_command(file: Path, *, replace: bool, act: Act) -> None:
    """Put a backup back: the database, migrated to this release, and the secret. Stop the site first.

    A file that is damaged, or of a newer release, is refused. --dry-run reads and checks all of it.
    """
    here = Here(db.engine, Path(current_app.instance_path), current_app.config["SECRET_KEY"])
    report = restore_backup(here, file, act, replace=replace)
    restored = "can be restored" if act.preview else "restored"
    click.echo(
        f"{file}, made at {report.made_at:%Y-%m-%d %H:%M} UTC: {say_count(report.rows, 'row')} of "
        f"{say_count(report.tables, 'table')} {restored}."
    )
    would = "would be" if act.preview else "was"
    if report.migrated:
        click.echo(f"It {would} brought up to date from an older release.")
    if report.secret is SecretIs.PUT_BACK:
        click.echo(f"The secret {would} put back in {report.secret_file}.")
    elif report.secret is SecretIs.TO_BE_SET:
        click.echo(
            f"TRACKER_SECRET_KEY is another one than the backup's, which {would} written to "
            f"{report.secret_file}. Set TRACKER_SECRET_KEY to it before you start the site."
        )
