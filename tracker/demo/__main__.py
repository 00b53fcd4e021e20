"""`./dev demo`: an invented course with its blogs, lived through and served on this machine."""

from __future__ import annotations

import argparse
import gc
import os
import sys
import threading
from collections.abc import Sequence
from datetime import date, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from flask import Flask
from flask_migrate import upgrade
from rich.console import Console
from rich.progress import Progress
from werkzeug.serving import make_server

from config import from_environment
from tracker.app import create_app
from tracker.clock import now
from tracker.demo.blogosphere.server import BlogosphereServer
from tracker.demo.course import make_course
from tracker.demo.people_who_sign_in import PASSWORD, add_people
from tracker.demo.records import DemoCourse
from tracker.demo.scenario import TIME_ZONE
from tracker.demo.staff_actions import take_staff_actions
from tracker.demo.term import live_through, set_up
from tracker.extensions import db
from tracker.jobs.dependencies import make_tools
from tracker.jobs.polling.poll import RunReport

PORT = 5000
BLOGS_PORT = 8020
DATABASE = "demo.sqlite"


def main(argv: Sequence[str]) -> int:
    """Make the demo from scratch, say how to sign in, and serve until interrupted."""
    parser = argparse.ArgumentParser(prog="./dev demo", description=__doc__)
    parser.add_argument("--port", type=int, default=PORT, help="of the site; 0 takes a free one")
    parser.add_argument("--blogs-port", type=int, default=BLOGS_PORT, help="of the invented blogs")
    parser.add_argument("--seed", type=int, default=1, help="another number invents other people")
    parser.add_argument("--once", action="store_true", help="make everything, serve nothing")
    options = parser.parse_args(argv)
    out = Console(highlight=False, soft_wrap=True)
    # Freezing the garbage collector over what is imported saves an eighth of the wait.
    gc.freeze()
    gc.set_threshold(20_000, 20, 100)
    app = _fresh_app()
    with BlogosphereServer(port=options.blogs_port) as blogs:
        course = make_course(seed=options.seed, start=three_weeks_ago(), port=blogs.port)
        blogs.show(course.blogosphere)
        with app.app_context():
            people = _live(app, blogs, course, out)
        if options.once:
            return 0
        server = make_server("127.0.0.1", options.port, app, threaded=True)
        site = f"http://127.0.0.1:{server.server_port}"
        out.print(f"\n[bold]{site}[/bold]  (password for every account: [bold]{PASSWORD}[/bold])")
        for role, name in people:
            out.print(f"  {role:<14} {name}")
        out.print(
            "The invented blogs are served as well; their links open in a browser. Press Ctrl-C to stop."
        )
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            out.print()
    return 0


def three_weeks_ago() -> date:
    """The day that makes the last simulated night the one that has just passed, course time."""
    here = now().astimezone(ZoneInfo(TIME_ZONE))
    last_night = here.date() if here.time() > time(2, 15) else here.date() - timedelta(days=1)
    return last_night - timedelta(days=21)


def _fresh_app() -> Flask:
    """An application on an empty demo database of its own, whatever the settings say."""
    settings = from_environment()
    folder = Path(settings["INSTANCE_DIR"])
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for path in folder.glob(f"{DATABASE}*"):
        path.unlink()
    settings["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{folder / DATABASE}"
    settings["SECRET_KEY"] = settings["SECRET_KEY"] or os.urandom(32).hex()
    settings["SQLITE_SYNCHRONOUS"] = "OFF"
    app = create_app(settings)
    with app.app_context():
        upgrade()
    return app


def _live(app: Flask, blogs: BlogosphereServer, course: DemoCourse, out: Console) -> list[tuple[str, str]]:
    """Follow, poll night by night, match and grade: the same code as real use."""
    settings = {**app.config, "ALLOW_PRIVATE_HOSTS": blogs.allow}
    with make_tools(settings, resolve=blogs.resolve) as tools:
        term = set_up(course, tools, said=out.print)
        with Progress(console=out, transient=True) as bar:
            task = bar.add_task("Night by night", total=len(course.nights))

            def told(night: int, report: RunReport) -> None:
                found = sum(run.new for run in term.runs)
                bar.update(task, completed=night, description=f"Night {night}: {found} entries found")
                if not out.is_terminal:
                    out.print(f"night {night}: {len(report.polls)} feeds, {report.new} new")

            live_through(term, tools, told=told)
    people = add_people(course, term.course_id, now())
    take_staff_actions(course, term.course_id, now())
    db.session.remove()
    return people


if __name__ == "__main__":
    # A thread that outlives the server would keep the command from ending.
    threading.excepthook = lambda _args: None
    sys.exit(main(sys.argv[1:]))
