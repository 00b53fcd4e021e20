"""The matching rooms alone, on files: match-file."""

from __future__ import annotations

from pathlib import Path

import click

from tracker.cli.group import OutFile, tracker
from tracker.queries.matching.match_file import match_file

READ = click.Path(exists=True, dir_okay=False, path_type=Path)


@tracker.command("match-file")
@click.option("--roster", type=READ, required=True, help="CSV as for import-roster.")
@click.option("--blogs", type=READ, required=True, help="CSV: blog_url, owner_name, platform.")
@click.option("--allocations", type=READ, required=True, help="CSV as for import-allocations.")
@click.option("--comments", type=READ, required=True, help="JSON Lines, one comment per line.")
@click.option("--words", default="", help='Words that name the course: "EDT 320;EDT320".')
@click.option("--staff", default="", help='Names of the staff: "Dr. A;B".')
@click.option(
    "--course-blog", default="", metavar="URL", help="The course's own blog; never evidence for a student."
)
@click.option("--out", type=OutFile(), metavar="FILE", required=True, help="Decisions, JSON Lines.")
@click.option("--answers", type=READ, help="A person's answers, used after each review.")
def match_file_command(
    roster: Path,
    blogs: Path,
    allocations: Path,
    comments: Path,
    words: str,
    staff: str,
    course_blog: str,
    out: str,
    answers: Path | None,
) -> None:
    """Match the comments of a file to students."""
    report = match_file(
        roster=roster,
        blogs=blogs,
        allocations=allocations,
        comments=comments,
        words=words,
        staff=staff,
        course_blog=course_blog,
        out=out,
        answers=answers,
    )
    click.echo(
        f"{report.comments} comments: {report.accepted} accepted, {report.to_review} to review, "
        f"{report.ignored} not by students."
    )
