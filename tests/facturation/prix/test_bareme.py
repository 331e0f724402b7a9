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


def test_qui_part_aussitot_arrive_ne_doit_rien_a_l_heure():
    a_l_heure = bareme(unite=Unite.HEURE)
    assert a_l_heure.article(journee(arrivee=time(8), depart=time(8)), 612, resident=True) is None


def test_chaque_jour_a_la_grille_en_vigueur_ce_jour_la():
    """Two prices that follow each other: the last day of the first, and the next one."""
    tranches = [(Tranche(1, None, Decimal(prix), Decimal(prix)),) for prix in ("3.60", "3.80")]
    suite = [
        GrilleTarifaire(prestation=4, du=date(2026, 9, 1), au=LUNDI, tranches=tranches[0]),
        GrilleTarifaire(prestation=4, du=date(2026, 10, 6), tranches=tranches[1]),
        GrilleTarifaire(prestation=5, du=date(2026, 9, 1), tranches=(Tranche(1, None, Decimal(9), Decimal(9)),)),
    ]
    deux = Bareme(suite, {4: (time(7, 30), time(8, 30))})
    prix = [deux.article(journee(jour=jour), 612, resident=True).prix for jour in (LUNDI, date(2026, 10, 6))]
    assert prix == [Decimal("3.60"), Decimal("3.80")]


def test_un_prix_deja_compte_ne_sert_qu_a_la_meme_nature_au_meme_qf_et_a_la_meme_residence():
    tranches = (Tranche(1, 500, Decimal("2.00"), Decimal("4.00")), Tranche(2, None, Decimal("3.60"), Decimal("7.20")))
    grille = GrilleTarifaire(prestation=4, du=date(2026, 9, 1), tranches=tranches, absence_pourcent=50)
    un = Bareme([grille], {4: (time(7, 30), time(8, 30))})
    venu, absent = journee(), journee(presence=Presence.ABSENT)
    lus = [
        un.article(jour, qf, resident=resident).prix
        for jour, qf, resident in [(venu, 612, True), (absent, 612, True), (venu, 400, True), (venu, 612, False)] * 2
    ]
    assert lus == [Decimal("3.60"), Decimal("1.80"), Decimal("2.00"), Decimal("7.20")] * 2
