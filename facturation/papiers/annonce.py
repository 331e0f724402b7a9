"""An invoice is issued: each responsable of its famille is told by e-mail, in the transaction that numbers it."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import chain

from django.urls import reverse
from django.utils import timezone

from courriels.avis import Avis
from courriels.depot import deposer
from facturation.models import Facture
from famille.models import Famille
from francais import date_courte, euros

# An invoice dated before is history that somebody enters: nobody is told today of what they know for long.
RECENTE = timedelta(days=31)


def annoncer(factures: Sequence[Facture]) -> None:
    """One e-mail to each responsable who has an address, whatever they said of information: it is owed to them."""
    depuis = timezone.localdate() - RECENTE
    recentes = [facture for facture in factures if facture.date >= depuis]
    if not recentes:
        return
    familles = Famille.objects.avec_responsables().in_bulk([facture.famille_id for facture in recentes])
    deposer(chain.from_iterable(familles[facture.famille_id].courriels(_avis(facture)) for facture in recentes))


def _avis(facture: Facture) -> Avis:
    return Avis(
        sujet=f"Votre facture {facture.reference} est prête",
        gabarit="facture_emise",
        contexte={
            "facture": facture.reference,
            "regie": facture.regie.nom,
            "montant": euros(facture.montant),
            "reste": euros(facture.net_a_payer) if facture.net_a_payer else "",
            "du": date_courte(facture.du),
            "au": date_courte(facture.au),
            "echeance": date_courte(facture.echeance),
            "chemin": reverse("facturation:releve"),
        },
        cle=f"facture:{facture.pk}:emise",
    )
