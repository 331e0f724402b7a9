"""The price of a day: its grid, its hours, or nothing to bill."""

from datetime import date, time
from decimal import Decimal

import pytest

from facturation.prix.bareme import Bareme, SansTarif
from facturation.prix.grille import GrilleTarifaire, Tranche, Unite
from planning.journees.journee import Journee
from planning.regles.etats import Etat, Presence

LUNDI = date(2026, 10, 5)


def journee(etat=Etat.RESERVEE, presence=Presence.PRESENT, jour=LUNDI, **heures) -> Journee:
    return Journee(1, 2, 3, 4, jour, 5, etat, presence, heures.get("arrivee"), heures.get("depart"))


def bareme(**options) -> Bareme:
    tranches = (Tranche(1, None, Decimal("3.60"), Decimal("7.20")),)
    grille = GrilleTarifaire(prestation=4, du=date(2026, 9, 1), tranches=tranches, **options)
    return Bareme([grille], {4: (time(7, 30), time(8, 30))})


def test_un_jour_sans_tarif_se_signale():
    with pytest.raises(SansTarif):
        bareme().article(journee(jour=date(2026, 8, 31)), 612, resident=True)


def test_un_jour_gratuit_ne_se_facture_pas():
    gratuit = bareme(absence_pourcent=0)
    assert gratuit.article(journee(presence=Presence.ABSENT), 612, resident=True) is None


def test_les_heures_d_arrivee_et_de_depart_font_la_quantite():
    article = bareme(unite=Unite.HEURE, pas_minutes=30).article(
        journee(arrivee=time(7, 50), depart=time(8, 30)), 612, resident=True
    )
    assert (article.quantite_dite, article.montant) == ("1\u00a0h", Decimal("3.60"))
