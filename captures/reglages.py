"""Settings of the pictures: those of the demo, at an hour that never changes. A picture changes if its page does."""

import os
from datetime import datetime, timedelta
from itertools import count

from django.utils import timezone

os.environ["PORTAIL_MODE"] = "demo"

from portail.settings import *  # noqa: F403

# A Tuesday: October is invoiced, a public holiday comes tomorrow, requests wait.
MAINTENANT = datetime.fromisoformat("2026-11-10T09:30:00+01:00")
_regards = count()


def maintenant() -> datetime:
    """A microsecond later at each look, so that what was done first stays first."""
    return MAINTENANT + timedelta(microseconds=next(_regards))


timezone.now = maintenant
