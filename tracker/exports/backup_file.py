"""A backup as one file: a ZIP archive with the database, the secret, and a manifest of what they hold.

How a database is copied and put back is left to `jobs.backups`.

Tested in tests/reliability/test_backups.py.
"""

from __future__ import annotations

import errno
import hashlib
import json
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import IO

from tracker.domain.backup import Manifest, TableSum
from tracker.domain.errors import BackupError

FORMAT = 1
DATABASE, SECRET, MANIFEST = "database", "secret", "manifest.json"
CHUNK = 1 << 20

_DAMAGE = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, LookupError, ValueError, TypeError,
    NotImplementedError, RuntimeError, OverflowError,
)  # fmt: skip
"""What reading an archive raises when it is not whole."""


def write_backup(path: Path, manifest: Manifest, database: Path, secret: str) -> None:
    """Write the archive; the manifest comes last, with a checksum of each of the other two."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        sums = {}
        with database.open("rb") as source, archive.open(DATABASE, "w", force_zip64=True) as target:
            sums[DATABASE] = _copy(source, target)
        archive.writestr(SECRET, secret)
        sums[SECRET] = hashlib.sha256(secret.encode()).hexdigest()
        document = {"format": FORMAT, **asdict(manifest), "files": sums}
        archive.writestr(MANIFEST, json.dumps(document, indent=1, default=datetime.isoformat))


def read_backup(path: Path, database: Path) -> tuple[Manifest, str]:
    """Unpack the database to `database`; what the manifest says, and the secret.

    BackupError when the file is damaged, is no backup, or is of a later form.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            document = json.loads(archive.read(MANIFEST))
            if document["format"] != FORMAT:
                raise BackupError(
                    f"{path.name} was made by a newer release of this program. Install that release first."
                )
            with archive.open(DATABASE) as source, database.open("wb") as target:
                sums = {DATABASE: _copy(source, target)}
            secret = archive.read(SECRET)
            sums[SECRET] = hashlib.sha256(secret).hexdigest()
            if sums != document["files"]:
                raise ValueError("its contents differ from their checksums")
            return _read_manifest(document), secret.decode()
    except (*_DAMAGE, OSError) as exc:
        if isinstance(exc, OSError) and exc.errno != errno.EINVAL:
            raise  # a full disk, say; EINVAL is a place before the file's beginning
        raise BackupError(
            f"{path.name} is damaged, or is not a backup made by this program ({exc}). Use another backup."
        ) from exc


def _read_manifest(document: Mapping[str, object]) -> Manifest:
    tables = document["tables"]
    revisions = document["revisions"]
    if not isinstance(tables, dict) or not isinstance(revisions, list):
        raise ValueError("its manifest can’t be read")
    return Manifest(
        made_at=datetime.fromisoformat(str(document["made_at"])),
        database=str(document["database"]),
        dumped_by=int(str(document["dumped_by"])),
        revisions=tuple(map(str, revisions)),
        tables={str(name): _read_sum(table) for name, table in tables.items()},
    )


def _read_sum(table: Mapping[str, object]) -> TableSum:
    return TableSum(int(str(table["rows"])), f"{int(str(table['checksum']), 16):x}")


def _copy(source: IO[bytes], target: IO[bytes]) -> str:
    """Copy to the end; the SHA-256 of what was copied."""
    seen = hashlib.sha256()
    for chunk in _chunks(source):
        seen.update(chunk)
        target.write(chunk)
    return seen.hexdigest()


def _chunks(source: IO[bytes]) -> Iterator[bytes]:
    while chunk := source.read(CHUNK):
        yield chunk
