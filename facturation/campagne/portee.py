"""What the days that a change reaches are worth: what was billed of them, or will be, by the prices of now."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from django.db.models import Max
from django.db.models.functions import Coalesce
from django.utils import timezone

from facturation.campagne.passe.situation import lire_quotients, lire_villes
from facturation.models import CampagneDeFacturation, Ligne, StructureEnRegie
from facturation.montants import NUL
from facturation.prix.article import valeur
from facturation.prix.devis import Devis, bareme_de
from facturation.prix.grille import Unite
from planning.journees.journee import Cle, Journee
from planning.models import Prestation
from planning.portee.chiffrage import Chiffrage, Montant
from planning.regles.jours import UN_JOUR


class PrixDesJours(Chiffrage):
    """Six queries, whatever the number of days."""

    def montants(self, journees: Sequence[Journee]) -> list[Montant | None]:
        if not journees:
            return []
        regies = _regies({journee.prestation for journee in journees})
        factures, devis = _factures(journees), _devis(journees)
        return [_montant(journee, factures.get(journee.cle), devis, regies) for journee in journees]

    def premier_jour_a_facturer(self, prestations: Iterable[int]) -> date | None:
        regies = StructureEnRegie.objects.filter(structure__prestations__in=list(prestations)).values("regie")
        emises = CampagneDeFacturation.objects.filter(regie__in=regies, emise_le__isnull=False)
        dernier = emises.aggregate(au=Max("au"))["au"]
        return dernier + UN_JOUR if dernier else None


def _montant(
    journee: Journee, facture: Decimal | None, devis: dict[int, Devis], regies: dict[int, int]
) -> Montant | None:
    regie = regies.get(journee.prestation)
    if facture:
        return Montant(facture, regie, est_facture=True)
    prix = devis[journee.famille].prix(journee)
    return Montant(prix.montant, regie) if prix else None


def _regies(prestations: set[int]) -> dict[int, int]:
    """{prestation: who bills it}."""
    lues = Prestation.objects.filter(pk__in=prestations, structure__en_regie__isnull=False)
    return dict(lues.order_by().values_list("pk", "structure__en_regie__regie"))


def _devis(journees: Sequence[Journee]) -> dict[int, Devis]:
    """{famille: its prices}."""
    familles = list({journee.famille for journee in journees})
    du, au = min(journee.jour for journee in journees), max(journee.jour for journee in journees)
    prestations = Prestation.objects.filter(pk__in={journee.prestation for journee in journees})
    bareme, villes, quotients = bareme_de(prestations, du, au), lire_villes(familles), lire_quotients(familles, au)
    return {famille: Devis(bareme, villes.get(famille, ""), quotients.get(famille, ())) for famille in familles}


def _factures(journees: Sequence[Journee]) -> dict[Cle, Decimal]:
    """In €, what invoices and avoirs say of the days that are over."""
    passes = [journee for journee in journees if journee.jour < timezone.localdate()]
    if not passes:
        return {}
    sommes: dict[Cle, Decimal] = defaultdict(lambda: NUL)
    lignes = (
        Ligne.objects.order_by()
        .d_un_enfant(*{journee.enfant for journee in passes})
        .filter(
            prestation__in={journee.prestation for journee in passes},
            jours__overlap=sorted({journee.jour for journee in passes}),
        )
    )
    enfant_de = Coalesce("enfant__fondu_dans", "enfant")
    champs = (enfant_de, "prestation", "jours", "quantites", "minutes", "prix_unitaire", "unite")
    du_foyer = Coalesce("facture__famille", "avoir__famille")
    for famille, enfant, prestation, jours, quantites, minutes, prix, unite in lignes.values_list(du_foyer, *champs):
        for rang, jour in enumerate(jours):
            quantite = minutes[rang] if minutes else quantites[rang] * (60 if unite == Unite.HEURE else 1)
            sommes[famille, enfant, prestation, jour] += valeur(Decimal(quantite), Unite(unite), prix)
    return sommes
