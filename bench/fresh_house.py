"""An empty house for a measurement: a private PostgreSQL in a temporary folder, migrated, gone afterwards."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def fresh_house() -> Iterator[Path]:
    """The folder of the new house; Django is set up on its database when this begins."""
    from goodword.kit.postgres import Cluster, make_database

    folder = Path(tempfile.mkdtemp(prefix="goodword-bench-"))
    cluster = Cluster(folder / "postgres", folder / "postgres.log")
    try:
        addresses = make_database(cluster.start(), "bench")
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "goodword.config.settings",
            "GOODWORD_HOME": str(folder),
            "GOODWORD_PROFILE": "test",
            "DATABASE_URL": addresses.app,
            "DATABASE_OWNER_URL": addresses.owner,
        }
        import django

        django.setup()
        from goodword.faces.cli.migrate import migrate

        migrate()
        yield folder
    finally:
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)
