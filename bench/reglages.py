"""Settings of the bench: those of the demo, in a folder of its own, with one more page that does nothing."""

import os

os.environ["PORTAIL_MODE"] = "demo"

from portail.settings import *  # noqa: F403
from portail.settings import DATABASES

ROOT_URLCONF = "bench.urls"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

# The towns of `bin/bench --croissance` are databases of the same server.
DATABASES["default"]["NAME"] = os.environ.get("BENCH_BASE", "postgres")
