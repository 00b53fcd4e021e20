"""The peer most courses begin with: feedparser asks for one address after the other, a commit for each entry.

Takes a database and reads addresses from stdin.
"""

import sqlite3
import sys

import feedparser


def main(database: str) -> None:
    connection = sqlite3.connect(database)
    connection.execute("CREATE TABLE IF NOT EXISTS entries (feed, guid, author, text, UNIQUE (feed, guid))")
    entries = 0
    for line in sys.stdin:
        url = line.strip()
        for entry in feedparser.parse(url).entries:
            text = entry.content[0].value if "content" in entry else entry.get("summary", "")
            connection.execute(
                "INSERT OR IGNORE INTO entries VALUES (?, ?, ?, ?)",
                (url, entry.get("id", ""), entry.get("author", ""), text),
            )
            connection.commit()
            entries += 1
    print({"entries": entries})


if __name__ == "__main__":
    main(sys.argv[1])
