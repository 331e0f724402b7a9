"""The door where the Treasury's server says what happened to an online payment. Anybody may knock."""

from ipaddress import ip_address

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from facturation.models import NotificationTipi
from facturation.models.tipi.notification import Debordement
from famille.connexion.verrou import adresse_presente

# The Treasury writes a few hundred characters.
CORPS_MAX = 4096  # bytes


@csrf_exempt
@login_not_required
@require_POST
def notification(request: HttpRequest, jeton: str) -> HttpResponse:
    """The Treasury's server speaks. The same empty answer whatever it says: nothing to learn here."""
    # Without a length, Django reads nothing.
    if int(request.META.get("CONTENT_LENGTH") or 0) > CORPS_MAX:
        return HttpResponse(status=413)
    corps = request.body.decode("utf-8", "replace").replace("\x00", "\ufffd")
    try:
        NotificationTipi.objects.recevoir(corps, jeton=jeton, origine_admise=_origine_admise(request))
    except Debordement:
        return HttpResponse(status=429)
    return HttpResponse(content_type="text/plain")


def _origine_admise(request: HttpRequest) -> bool:
    """Whether it comes from the Treasury's networks."""
    try:
        origine = ip_address(adresse_presente(request))
    except ValueError:
        return False
    return any(origine in reseau for reseau in settings.TIPI_RESEAUX)
