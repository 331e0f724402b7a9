"""Settings of a task worker that a test starts beside itself: the same database, and the queue of production."""

from tests.reglages import *  # noqa: F403
from tests.reglages import DATABASES, env

DATABASES["default"]["NAME"] = env.str("BASE_DE_L_ESSAI")
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
# A mail server that a test keeps waiting is not a silent one.
EMAIL_TIMEOUT = 120
