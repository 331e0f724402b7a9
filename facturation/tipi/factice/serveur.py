"""The Treasury's server, played: it posts to `urlcl` as TIPI does, on time, late, twice, never, or wrong."""

import logging
import secrets
import threading
import urllib.request
from urllib.parse import urlencode

from django.conf import settings
from django.utils import timezone

from facturation.tipi.factice.formulaires import Deroulement

logger = logging.getLogger(__name__)

DELAI = 10  # seconds
CENTIMES_EN_TROP = 100
ECHOS = ("numcli", "exer", "refdet", "objet", "montant", "mel", "saisie")


def notifier(demande: dict[str, str], resultrans: str, deroulement: str) -> None:
    """Tell the portal what happened to that payment, in the way chosen."""
    corps = _corps(demande, resultrans, faux=deroulement == Deroulement.MONTANT_FAUX)
    match deroulement:
        case Deroulement.JAMAIS:
            return
        case Deroulement.APRES:
            # A clock of its own, so that the browser is back long before.
            minuterie = threading.Timer(settings.TIPI_FACTICE_RETARD, _poster, (demande["urlcl"], corps))
            minuterie.daemon = True
            minuterie.start()
        case Deroulement.DEUX_FOIS:
            _poster(demande["urlcl"], corps)
            _poster(demande["urlcl"], corps)
        case _:
            _poster(demande["urlcl"], corps)


def _corps(demande: dict[str, str], resultrans: str, *, faux: bool) -> bytes:
    """The parameters echoed, the result, and where and when."""
    maintenant = timezone.localtime()
    champs = {nom: demande[nom] for nom in ECHOS} | {
        "resultrans": resultrans,
        "numauto": f"{secrets.randbelow(1_000_000):06}" if resultrans == "P" else "",
        "dattrans": f"{maintenant:%d%m%Y}",
        "heurtrans": f"{maintenant:%H%M}",
    }
    if faux:
        champs["montant"] = str(int(champs["montant"]) + CENTIMES_EN_TROP)
    return urlencode(champs).encode()


def _poster(urlcl: str, corps: bytes) -> None:
    requete = urllib.request.Request(urlcl, data=corps, method="POST")
    try:
        urllib.request.urlopen(requete, timeout=DELAI).close()
    except OSError as erreur:
        # As the Treasury, it does not insist.
        logger.warning("The portal did not take the notification at %s: %s", settings.PORTAIL_ADRESSE, erreur)
