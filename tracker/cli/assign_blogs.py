"""Assigning blogs to students: allot-blogs, replace-blog.

Tested in tests/jobs/assignments/test_replace_blog.py.
"""

from __future__ import annotations

import click

from tracker.cli.group import course_id_of, course_option, dry_run_option, tracker
from tracker.domain.act import Act
from tracker.domain.rota import Method
from tracker.extensions import db
from tracker.jobs.assignments.assign_blogs import allot_blogs, find_followed
from tracker.jobs.assignments.replace_blog import EXTRA_DAYS, replace_blog
from tracker.wording.numbers import say_count


@tracker.command("allot-blogs")
@click.argument("key")
@course_option
@click.option(
    "--method", type=click.Choice([one.value for one in Method]), default="rotation", show_default=True
)
@click.option("--cap", type=click.IntRange(1), metavar="N", help="The most students on one blog.")
@click.option("--seed", type=int, default=0, show_default=True, help="The same seed gives the same result.")
@click.option("--with-blind", is_flag=True, help="Also assign blogs whose comments we can’t see.")
@dry_run_option
def allot_blogs_command(
    key: str, course_key: str, method: str, cap: int | None, seed: int, *, with_blind: bool, act: Act
) -> None:
    """Assign a blog to every student without one, evenly, and never one they had before."""
    report = allot_blogs(
        course_id_of(course_key),
        key,
        act,
        method=Method(method),
        cap=cap,
        seed=seed,
        with_blind=with_blind,
    )
    for blog in report.warned:
        click.echo(f"{blog.title}: {' '.join(blog.report.why)}", err=True)
    would = "would be assigned" if act.preview else "assigned"
    click.echo(f"Blogs {would} to {say_count(len(report.given), 'student')}; none for {len(report.without)}.")


@tracker.command("replace-blog")
@click.argument("key")
@click.argument("address")
@course_option
@click.option("--days", type=click.IntRange(0, 365), default=EXTRA_DAYS, show_default=True, metavar="N")
@dry_run_option
def replace_blog_command(key: str, address: str, course_key: str, days: int, *, act: Act) -> None:
    """Move a blog's students who aren't finished to other blogs, with extra days."""
    course_id = course_id_of(course_key)
    blog_id = find_followed(db.session(), course_id, address)
    report = replace_blog(course_id, key, blog_id, act, extra_days=days)
    verb = "would move" if act.preview else "moved"
    click.echo(
        f"{say_count(len(report.moved), 'student')} {verb}; {len(report.untouched)} finished and stay; "
        f"no blog for {len(report.without)}."
    )
