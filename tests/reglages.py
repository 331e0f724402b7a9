"""Settings of the tests: those of development, on a database of their own, with tasks that run at once."""

import os

os.environ["PORTAIL_MODE"] = "developpement"

from portail.settings import *  # noqa: F403
from portail.settings import BASE_DIR, DATABASES, env

if "DATABASE_URL" not in env:
    DATABASES["default"] |= {
        "PGDATA": env.path("PGDATA", default=BASE_DIR / "var" / "tests" / "postgres"),
        # A test database is thrown away: it need not survive a power cut.
        "SERVEUR": {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"},
    }

TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
# Static files are served from where they are written: no test needs `collectstatic` first.
WHITENOISE_AUTOREFRESH = True
# What is for developers only (the gallery) is no part of what is tested, whatever is imported first.
DEBUG = False
