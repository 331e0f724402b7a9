"""What no right opens in the admin, not even a superuser's: rows that only verbs write. For pages and for inlines."""

from django.db.models import Model
from django.http import HttpRequest


class SansAjout:
    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class SansModification:
    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class SansSuppression:
    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class LectureSeule(SansAjout, SansModification, SansSuppression):
    """Shown, to whoever may see it."""
