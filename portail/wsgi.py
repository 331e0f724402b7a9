"""Entry point of the WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portail.settings")

application = get_wsgi_application()

from socle.cles import refuser_d_autres_cles  # noqa: E402  # its models need the applications

refuser_d_autres_cles()
