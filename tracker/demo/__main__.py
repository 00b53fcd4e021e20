"""`python -m tracker.demo` serves an invented course's blogs, so that a browser can open their links."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from tracker.demo.course import make_course
from tracker.demo.round import make_round
from tracker.demo.server import BlogServer

PORT = 8020


def main(argv: Sequence[str]) -> int:
    """Serve until interrupted; what is shown is as of the last night."""
    parser = argparse.ArgumentParser(prog="python -m tracker.demo", description=__doc__)
    parser.add_argument("--port", type=int, default=PORT)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--full-size", action="store_true", help="150 students and 90 blogs")
    options = parser.parse_args(argv)
    make = make_round if options.full_size else make_course
    course = make(port=options.port, seed=options.seed)
    course.blogosphere.now = course.as_of
    server = BlogServer(course.blogosphere)
    sys.stdout.write("".join(f"{url}\n" for url in (*course.followed, *course.class_blogs)))
    sys.stdout.flush()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        return 0
    finally:
        server.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
