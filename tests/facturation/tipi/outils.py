"""What the Treasury's server posts, and what became of it."""

from datetime import timedelta
from urllib.parse import urlencode

from django.test import Client
from django.utils import timezone

from facturation.models import NotificationTipi, PaiementEnLigne
from facturation.tipi.passerelle import jeton

COURRIEL = "jean.dupont@wanadoo.fr"
FORMULAIRE = "application/x-www-form-urlencoded"


def dite(paiement: PaiementEnLigne, resultrans: str = "P", **autres: str) -> str:
    """The body that the Treasury posts for that payment."""
    demande = paiement.demande()
    champs = {
        "numcli": demande.numcli,
        "exer": demande.exer,
        "refdet": demande.refdet,
        "objet": demande.objet,
        "montant": str(int(demande.montant * 100)),
        "mel": demande.courriel,
        "saisie": demande.saisie,
        "resultrans": resultrans,
        "numauto": "123456",
        "dattrans": "09042015",
        "heurtrans": "1005",
    }
    return urlencode(champs | autres)


def poster(paiement: PaiementEnLigne, corps: str, signe: str | None = None, **entetes: str) -> int:
    signe = jeton(paiement.refdet) if signe is None else signe
    client = Client(enforce_csrf_checks=True)
    return client.post(f"/paiements/notification/{signe}/", corps, content_type=FORMULAIRE, **entetes).status_code


def jugements() -> list[str]:
    return list(NotificationTipi.objects.order_by("pk").values_list("verdict", flat=True))


def etat(paiement: PaiementEnLigne) -> str:
    return PaiementEnLigne.objects.get(pk=paiement.pk).etat


def vieillir(paiement: PaiementEnLigne) -> None:
    PaiementEnLigne.objects.filter(pk=paiement.pk).update(cree_le=timezone.now() - timedelta(minutes=31))
