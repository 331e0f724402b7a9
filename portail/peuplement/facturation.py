"""The money of the demo town: régie, prices, the DUPONTs' 2014-2015 as the guide shows it, this year's invoices."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction

from facturation.campagne.apercu import apercevoir
from facturation.campagne.emission import Emission
from facturation.campagne.lot_de_factures import FactureAEmettre, LotDeFactures
from facturation.models import (
    ApercuDeCampagne,
    CampagneDeFacturation,
    Compteur,
    Ligne,
    Regie,
    Reglement,
    StructureEnRegie,
    Tarif,
)
from facturation.prix.grille import Nature, Unite
from famille.models import Famille
from planning.models import Prestation, Structure
from planning.regles.jours import bornes_du_mois
from portail.peuplement.guide import NUMERO_DUPONT
from portail.peuplement.hasard import hasard
from socle.annee_scolaire import AnneeScolaire

NUMCLI = "000316"  # of no town: the demo pays at the stand-in of the Treasury's page
# What the former software had already numbered.
DU_GUIDE = date(2015, 4, 8)
AL_12 = [
    ("ALSH Mercredi journée", Unite.JOURNEE, 8, "16.80"),
    ("Restauration scolaire", Unite.REPAS, 27, "3.60"),
    ("Garderie matin", Unite.DEMI_JOURNEE, 8, "1.45"),
]
AL_36 = [
    ("ALSH Vacances journée", Unite.JOURNEE, 4, "16.80"),
    ("Restauration scolaire", Unite.REPAS, 10, "3.60"),
    ("Garderie matin", Unite.DEMI_JOURNEE, 12, "1.45"),
]


# (highest QF, price in the town, price outside), in €.
TRANCHES = {
    "journée": ((400, "8.40", "21.00"), (800, "16.80", "24.50"), (1200, "19.60", "27.00"), (None, "22.40", "30.00")),
    "après-midi": ((400, "4.20", "10.50"), (800, "8.40", "12.30"), (1200, "9.80", "13.50"), (None, "11.20", "15.00")),
    "matin": ((400, "4.60", "11.00"), (800, "8.90", "12.80"), (1200, "10.30", "14.00"), (None, "11.70", "15.50")),
    "Garderie": ((400, "0.90", "2.10"), (800, "1.45", "2.40"), (1200, "1.75", "2.70"), (None, "2.05", "3.00")),
    "Restauration": ((400, "1.80", "5.90"), (800, "3.60", "6.40"), (1200, "4.30", "6.90"), (None, "4.95", "7.40")),
}
UNITES = {
    "journée": Unite.JOURNEE,
    "après-midi": Unite.DEMI_JOURNEE,
    "matin": Unite.DEMI_JOURNEE,
    "Garderie": Unite.DEMI_JOURNEE,
    "Restauration": Unite.REPAS,
}
PAYEURS_MAX = 300  # one by one: in a city of the benchmarks, the others owe


def peupler_facturation(au: date) -> None:
    """Régie, prices and invoices that are missing, up to the last month that ended before `au`."""
    regie = peupler_regie()
    rentree = AnneeScolaire.de(au).du
    for structure in Structure.objects.filter(en_regie__isnull=True):
        StructureEnRegie.objects.create(regie=regie, structure=structure)
    for prestation in Prestation.objects.all():
        for du, fin in ((date(2014, 9, 1), date(2015, 8, 31)), (rentree, None)):
            _tarif(prestation, du, fin)
    peupler_compte_du_guide(regie)
    for mois in (9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7):
        du, fin = bornes_du_mois(rentree.year + (mois < 9), mois)
        if fin + timedelta(days=5) < au:
            _facturer_le_mois(regie, du, fin, au)
    _preparer_le_mois(regie, au)


def peupler_regie() -> Regie:
    """« Régie garderie ALSH », code AL."""
    regie, _ = Regie.objects.get_or_create(
        code="AL", defaults={"nom": "Régie garderie ALSH", "siret": "21310069500014", "ordre_cheque": "Régie ALSH"}
    )
    if not regie.numcli:
        regie.numcli = NUMCLI
        regie.save(update_fields=["numcli"])
    return regie


def _tarif(prestation: Prestation, du: date, au: date | None) -> None:
    if prestation.tarifs.entre(du, au or date.max).exists():
        return
    cle = next(cle for cle in ("Garderie", "Restauration", "journée", "après-midi", "matin") if cle in prestation.nom)
    tarif = Tarif.objects.create(prestation=prestation, du=du, au=au, unite=UNITES[cle], majoration_pourcent=25)
    for qf_max, resident, exterieur in TRANCHES[cle]:
        tarif.tranches.create(qf_max=qf_max, resident=Decimal(resident), exterieur=Decimal(exterieur))


def _facturer_le_mois(regie: Regie, du: date, fin: date, au: date) -> None:
    """Issued on the fifth of the month after; four familles in five pay within three weeks."""
    campagne, _ = CampagneDeFacturation.objects.get_or_create(regie=regie, du=du, au=fin)
    if campagne.est_emise:
        return
    le = fin + timedelta(days=5)
    campagne = Emission(campagne, le=le, par=None).emettre()
    for facture in campagne.factures.select_related("famille").order_by("numero")[:PAYEURS_MAX]:
        chance = hasard(f"règlement {facture.reference}")
        jour = le + timedelta(days=chance.randint(1, 21))
        if chance.random() < 0.8 and jour <= au and facture.montant:
            mode = Reglement.Mode(
                chance.choice(["cheque", "cheque", "especes", "carte", "virement", "cesu", "prelevement"])
            )
            # That invoice, not the oldest: AL-36 stays for the DUPONTs to pay.
            Reglement.objects.enregistrer(
                facture.famille, regie, facture.montant, Reglement.Mode(mode), le=jour, par=None, factures=[facture]
            )


def _preparer_le_mois(regie: Regie, au: date) -> None:
    """The month that is not over yet has its campaign, and the agents a first preview of it."""
    du, fin = bornes_du_mois(au.year, au.month)
    if regie.campagnes.filter(du__lte=fin, au__gte=du).exists() or Famille.objects.count() > PAYEURS_MAX:
        return
    campagne = CampagneDeFacturation.objects.create(regie=regie, du=du, au=fin)
    apercu = ApercuDeCampagne.objects.recommencer(campagne, au=au)
    apercu.conclure(apercevoir(campagne, au=au, recueillir=apercu.recueillir).en_json())


@transaction.atomic
def peupler_compte_du_guide(regie: Regie) -> None:
    """AL-12, AL-228, AL-36: dated 8 April 2015, in that order, if they are not there yet."""
    famille = Famille.objects.get(numero=NUMERO_DUPONT)
    if famille.factures.filter(regie=regie, date=DU_GUIDE).exists():
        return
    _facturer(regie, famille, 12, AL_12, date(2015, 2, 1), date(2015, 3, 31))
    _reprendre(regie, Compteur.Genre.REGLEMENT, 228)
    Reglement.objects.enregistrer(famille, regie, Decimal("243.20"), Reglement.Mode.CHEQUE, le=DU_GUIDE, par=None)
    _facturer(regie, famille, 36, AL_36, date(2015, 4, 1), date(2015, 4, 30))


def _facturer(
    regie: Regie, famille: Famille, numero: int, detail: Iterable[tuple[str, str, int, str]], du: date, au: date
) -> None:
    _reprendre(regie, Compteur.Genre.FACTURE, numero)
    lea = famille.enfants.get(prenom="Léa")
    lignes = [
        Ligne(
            enfant=lea,
            enfant_nom=lea.nom_complet,
            nature=Nature.RESERVATION,
            libelle=libelle,
            explication="Tranche 2, QF 612, tarif du 01/09/2014",
            quantite=quantite,
            unite=unite,
            prix_unitaire=Decimal(prix),
            montant=quantite * Decimal(prix),
        )
        for libelle, unite, quantite, prix in detail
    ]
    lot = LotDeFactures(regie=regie, du=du, au=au, le=DU_GUIDE, par=None)
    lot.emettre([FactureAEmettre(famille.pk, lignes)])


def _reprendre(regie: Regie, genre: str, prochain: int) -> None:
    """The next number of the régie, as when a town comes from another software."""
    Compteur.objects.update_or_create(regie=regie, genre=genre, defaults={"dernier": prochain - 1})
