"""The command group, and what all its commands share: course, dry run, JSON Lines, errors."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict, is_dataclass
from datetime import UTC, datetime
from decimal import Decimal
from enum import Enum
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

import click
from flask.cli import AppGroup
from sqlalchemy.exc import DBAPIError, OperationalError, ProgrammingError

from tracker import clock
from tracker.domain.act import Act
from tracker.domain.errors import NotFoundError, StorageError, TrackerError
from tracker.extensions import db
from tracker.jobs.transaction import explain
from tracker.queries.permissions import find_course

log = logging.getLogger(__name__)

DONE_WITH_FAILURES = 10
"""Done, but some blogs did not answer."""
MISUSED = 2
NOT_DONE = 3
"""It could not work. 1 is what a program ends with that knows nothing of these, and a success nowhere."""

AS_IT_IS = frozenset({"backup", "restore"})
"""Commands that take a database as it is: they run before migrations and without them."""


class _NotDoneError(click.ClickException):
    """Rightly asked, and it could not be done: a full disk is no misuse."""

    exit_code = NOT_DONE


def give_up(says: str) -> NoReturn:
    """End the process: it could not work, and why."""
    click.echo(f"Error: {says}", err=True)
    raise SystemExit(NOT_DONE)


COMMANDS = {
    command: module
    for module, commands in {
        "assign_blogs": "allot-blogs replace-blog",
        "backups": "backup restore",
        "blogs": "follow opt-out purge-comment import-opml follow-class-blogs",
        "coursework": "create-assignment import-allocations export-gradebook",
        "explain": "explain",
        "matching": "match-file",
        "people": "create-user new-link disable-user create-course add-staff remove-staff import-roster",
        "polling": "poll rematch regrade recompute comments status",
        "rules": "import-assignment export-assignment preview-deadline",
        "totals": "totals",
    }.items()
    for command in commands.split()
}
"""Each command and the module of this room that holds it."""


class TrackerGroup(AppGroup):
    """Loads a command's module when the command is named: a timer that checks blogs every quarter
    of an hour pays for nothing else (click's documentation, "Lazily Loading Subcommands").

    Turns an error that a person can act on into one line on stderr and exit code 2; trouble with
    the database or a file into one line and exit code 3; what nobody expected into its traceback and
    exit code 3.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in COMMANDS:
            import_module(f"tracker.cli.{COMMANDS[cmd_name]}")  # its decorator registers it here
        return super().get_command(ctx, cmd_name)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except click.exceptions.Exit:
            raise
        except (Exception, KeyboardInterrupt) as exc:
            raise _ending_of(exc, ctx.invoked_subcommand or "The command") from exc


def _ending_of(exc: BaseException, command: str) -> click.ClickException:
    """How the command line ends for an exception: what it says, and with which exit code."""
    if isinstance(exc, click.ClickException):
        return exc if exc.exit_code == MISUSED else _NotDoneError(exc.format_message())
    if isinstance(exc, (StorageError, OSError)):
        return _NotDoneError(str(exc))
    if isinstance(exc, TrackerError):
        return click.UsageError(str(exc))
    if isinstance(exc, (KeyboardInterrupt, click.Abort)):
        return _NotDoneError("Stopped by hand.")
    says = explain(exc) if isinstance(exc, DBAPIError) else ""
    if isinstance(exc, (OperationalError, ProgrammingError)):
        says = says or f"The database can’t be used: {exc.orig}"
    if not says:
        log.error("%s failed", command, exc_info=exc)
    return _NotDoneError(says or f"{command} could not be done because of an internal error; see above.")


tracker = TrackerGroup("tracker", help="Follow blogs, match comments, grade participation.")

course_option = click.option("--course", "course_key", required=True, metavar="C", help="The course's key.")
dry_run_option = click.option(
    "--dry-run",
    "act",
    is_flag=True,
    callback=lambda _ctx, _param, preview: Act(clock.now(), preview=preview),
    help="Show what would happen; write nothing.",
)
"""What the command line does, as jobs want to be told of it."""


class OutFile(click.ParamType[str]):
    """A file to be written, "-" for standard output; a folder that is not there is said before the work."""

    name = "file"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        path = Path(value)
        if value != "-" and (path.is_dir() or not path.absolute().parent.is_dir()):
            self.fail(f"Can't write {str(path)!r}: its folder does not exist, or it is a folder.", param, ctx)
        return str(value)


class Output:
    """Where a report goes: sentences to a person, and rows to the file of `--json` ("-": standard output,
    which is then for nothing else; None: no file)."""

    def __init__(self, path: str | None) -> None:
        self._path = path
        self.is_for_rows = path == "-"

    def say(self, text: str) -> None:
        click.echo(text, err=self.is_for_rows)

    def write(self, rows: Iterable[Any]) -> None:
        """Write dataclasses or mappings as JSON Lines."""
        lines = (json.dumps(plain(row), ensure_ascii=False) + "\n" for row in rows)
        if self.is_for_rows:
            sys.stdout.writelines(lines)
        elif self._path is not None:
            Path(self._path).write_text("".join(lines), encoding="utf-8")


json_option = click.option(
    "--json",
    "out",
    type=OutFile(),
    metavar="FILE",
    callback=lambda _ctx, _param, path: Output(path),
    help="Write the report as JSON Lines; - is standard output.",
)


def course_id_of(key: str) -> int:
    """The course's id; NotFoundError names the key."""
    course = find_course(db.session(), key)
    if course is None:
        raise NotFoundError(f"There is no course with the key {key!r}.")
    return course.id


class InstantType(click.ParamType[datetime]):
    """An instant in ISO form; without an offset it is UTC."""

    name = "instant"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            read = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a time. Enter one like 2026-10-26T07:15:00Z.", param, ctx)
        return read if read.tzinfo else read.replace(tzinfo=UTC)


as_of_option = click.option(
    "--as-of",
    "as_of",
    type=InstantType(),
    metavar="T",
    callback=lambda _ctx, _param, as_of: as_of or clock.now(),
    help="Grade as of this time (default: now).",
)


def plain(value: Any) -> Any:
    """A value as JSON has it: instants in UTC with Z, exact numbers as text."""
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(one) for one in value]
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.value if isinstance(value, Enum) else value


def split_list(text: str) -> tuple[str, ...]:
    """ "A; B" -> ("A", "B")."""
    return tuple(part.strip() for part in text.split(";") if part.strip())
