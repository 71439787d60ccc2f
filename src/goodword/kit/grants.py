"""What the working role may do: read and write rows, own nothing, and never change what has been recorded."""

from typing import Any

APPEND_ONLY = ("kit_event", "kit_eventposition", "kit_seal")


def grant_app(owner: Any, app_role: str) -> None:
    """Give the working role its rights. Run after every migration, on the owner's connection."""
    role = owner.ops.quote_name(app_role)
    with owner.cursor() as cursor:
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}")
        for table in APPEND_ONLY:
            cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {role}")
        cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON kit_clock, django_migrations FROM {role}")
        cursor.execute(f"GRANT UPDATE (base_company, base_machine, rate) ON kit_clock TO {role}")
