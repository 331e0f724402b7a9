"""Triggers that the role that serves cannot step around.

Those of django-pgtrigger can be switched off for a session (`pgtrigger.ignore`). These run a function that a migration
makes, without that door.
"""

from typing import ClassVar

import pgtrigger
from django.db.models import Model


class SansPorte(pgtrigger.Trigger):
    """A trigger that runs a function of a migration, named by `fonction`."""

    fonction: ClassVar[str]
    func = "RETURN NULL;"

    def render_execute(self, model: Model | type[Model]) -> str:
        return f"{self.fonction}()"
