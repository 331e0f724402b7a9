"""The middleware that has settings read once a page, and at no cost where the account's reading told their version."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from socle.reglages.lecture import preparer
from socle.reglages.moment import une_lecture


class ReglagesLus:
    """After the middleware that loads the account, which carries `version_des_reglages`; a visitor has none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with une_lecture(getattr(request.user, "version_des_reglages", None)):
            return self.get_response(request)

    def process_template_response(self, request: HttpRequest, response: TemplateResponse) -> TemplateResponse:
        """Read before the page is drawn: no query starts in a template."""
        preparer()
        return response
