"""Secrets of a person: in files of their owner beside the store, so that no copy of the database holds one."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

from backward_running.core.errors import BadValue, StoreError
from backward_running.store import private
from backward_running.store._bound import Bound

_NAME = re.compile(r"[a-z0-9_]+", re.ASCII)


class SqlSecrets(Bound):
    """What opens doors elsewhere."""

    def secret(self, name: str) -> str | None:
        """Return a secret of this person; None where there is none."""
        path = self._file_of(name)
        private.close_to_others(path)
        try:
            return path.read_text(encoding="utf-8").strip() or None
        except (OSError, UnicodeDecodeError):
            return None

    def put_secret(self, name: str, value: str | None) -> None:
        """Keep a secret of this person; None forgets it. Raises StoreError where it cannot be written."""
        path = self._file_of(name)
        try:
            if value is None:
                with suppress(FileNotFoundError):
                    path.unlink()
            else:
                private.make_folder(path.parent)
                private.write(path, value.encode())
        except OSError as problem:
            raise StoreError(f"{path} cannot be written ({problem.strerror}); nothing was changed.") from problem

    def _file_of(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise BadValue("name", "be letters, digits and _", name)
        return self._folder / f"backward.{self.athlete_id}.{name}.secret"
