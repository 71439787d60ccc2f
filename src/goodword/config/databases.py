"""One database, two roles: ``default`` works (owns no table), ``owner`` migrates."""

from typing import Any


class OneDatabaseTwoRoles:
    """Everything reads and writes as the working role; both names see the same rows."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        return "default"

    def db_for_write(self, model: Any, **hints: Any) -> str:
        return "default"

    def allow_relation(self, a: Any, b: Any, **hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == "owner"
