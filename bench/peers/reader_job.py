"""The peer `reader`: `add DATABASE` takes addresses from stdin, `update DATABASE` checks all of them."""

import json
import sys

from reader import make_reader

WORKERS = 20


def main(verb: str, database: str) -> None:
    reader = make_reader(database)
    if verb == "add":
        for line in sys.stdin:
            reader.add_feed(line.strip())
        return
    outcomes = {"updated": 0, "unchanged": 0, "failed": 0}
    # By default it asks only those whose hour has come: after a check a moment ago, none.
    for result in reader.update_feeds_iter(workers=WORKERS, scheduled=False):
        value = result.value
        failed = isinstance(value, Exception)
        outcomes["failed" if failed else "unchanged" if value is None else "updated"] += 1
    print(json.dumps(outcomes))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
