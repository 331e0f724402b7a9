"""The idle limit: a session ends by itself, and the computer keeps none of its pages."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control

# A session is written again at most once in that time, so that reading pages does not cost a write each.
PAS_DE_PROLONGATION = 60  # seconds


class SessionInactive:
    """A session ends SESSION_INACTIVITE_MAX seconds after the last page, and the computer keeps none of its pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            maintenant = int(timezone.now().timestamp())
            # Seen tomorrow, by a clock that has been put back since, it would last until tomorrow.
            if abs(maintenant - request.session.get("vue", 0)) >= PAS_DE_PROLONGATION:
                # Writing to it is what moves its end, in the database and in the cookie.
                request.session["vue"] = maintenant
                request.session.set_expiry(settings.SESSION_INACTIVITE_MAX)
        response = self.get_response(request)
        # Parents sit one after another at the library's computer. A view that knows better has said so.
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)
        return response
