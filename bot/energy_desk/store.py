"""What survives a restart, in SQLite: one file that is synced on every write, one that need not be."""

import json
import os
import sqlite3
import threading
import time
from typing import Any, Dict, Iterator, List, Optional, Tuple


class Store:
    """One SQLite file; safe for threads, and for a second process that looks at the same file."""

    def __init__(self, path: str, schema: str, durable: bool) -> None:
        folder = os.path.dirname(os.path.abspath(path))
        os.makedirs(folder, mode=0o700, exist_ok=True)
        self._lock = threading.RLock()
        self._connection = sqlite3.connect(
            path, timeout=10.0, isolation_level=None, check_same_thread=False
        )
        self._connection.row_factory = sqlite3.Row
        self._connection.execute("pragma journal_mode = wal")
        # FULL: a commit is on the disk, and not only with the operating system, when it returns.
        self._connection.execute("pragma synchronous = %s" % ("full" if durable else "normal"))
        self._connection.executescript(schema)

    def run(self, sql: str, *values: Any) -> int:
        """Changes rows, each call by itself all or nothing; answers how many."""
        with self._lock:
            return self._connection.execute(sql, values).rowcount

    def rows(self, sql: str, *values: Any) -> List[Dict[str, Any]]:
        with self._lock:
            return [dict(row) for row in self._connection.execute(sql, values).fetchall()]

    def row(self, sql: str, *values: Any) -> Optional[Dict[str, Any]]:
        found = self.rows(sql, *values)
        return found[0] if found else None

    def close(self) -> None:
        with self._lock:
            self._connection.close()


class Known:
    """The last known answers, each with the time at which it was true."""

    def __init__(self, folder: str) -> None:
        self._store = Store(
            os.path.join(folder, "known.sqlite"),
            "create table if not exists known (key text primary key, value text not null, at real not null)",
            durable=False,
        )

    def get(self, key: str) -> Optional[Tuple[Any, float]]:
        row = self._store.row("select value, at from known where key = ?", key)
        return None if row is None else (json.loads(row["value"]), row["at"])

    def put(self, key: str, value: Any) -> None:
        self._store.run(
            "insert or replace into known (key, value, at) values (?, ?, ?)",
            key,
            json.dumps(value, ensure_ascii=False),
            time.time(),
        )

    def items(self, prefix: str) -> Iterator[Tuple[str, Any]]:
        """Every key that begins so, without the prefix, and its value."""
        rows = self._store.rows(
            "select key, value from known where substr(key, 1, ?) = ?", len(prefix), prefix
        )
        for row in rows:
            yield row["key"][len(prefix) :], json.loads(row["value"])

    def close(self) -> None:
        self._store.close()
