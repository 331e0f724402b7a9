"""Who is counted when a password is wrong: five failures of an identifiant from an address lock that pair for a while.

The count, the time and the page are settings of django-axes: `AXES_…`.
"""

from ipaddress import ip_address

from django.conf import settings
from django.contrib.auth import authenticate
from django.http import HttpRequest

from famille.models import Compte
from famille.models.compte import normaliser_identifiant


def identifiant_presente(request: HttpRequest, credentials: dict | None = None) -> str:
    """The identifiant as django-axes counts it: « Dupont » and « dupont » are one."""
    identifiant = (credentials or {}).get("username") or request.POST.get("username", "")
    return normaliser_identifiant(identifiant)


def mot_de_passe_est_bon(request: HttpRequest, compte: Compte, mot_de_passe: str) -> bool:
    """Whether whoever sits there is the account's owner. A wrong one counts as at the door, and locks as it does."""
    return authenticate(request, username=compte.identifiant, password=mot_de_passe) is not None


def adresse_presente(request: HttpRequest) -> str:
    """Where the visitor is, as django-axes counts it: what the outermost of our PROXYS has seen.

    Each proxy adds its own visitor at the end of X-Forwarded-For: what stands before was invented by the visitor.
    """
    suite = request.headers.get("X-Forwarded-For", "").split(",")[-settings.PROXYS :] if settings.PROXYS else []
    try:
        return str(ip_address(suite[0].strip()))
    except (IndexError, ValueError):
        return request.META.get("REMOTE_ADDR", "")
