"""The shipped settings as the tests see them: profile *test*, a home of their own for each test process.

Where the database is comes later, from ``tests/conftest.py``.
"""

import os
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[3]
os.environ["GOODWORD_PROFILE"] = "test"
os.environ["GOODWORD_HOME"] = str(HOUSE / "var" / "test" / os.environ.get("PYTEST_XDIST_WORKER", "main"))
for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "GOODWORD_SMTP_URL"):
    os.environ.pop(name, None)
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

from goodword.config.settings import *  # noqa: E402, F403
