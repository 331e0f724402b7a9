"""Prices: brackets, hours, absences, presence without booking, and the words that explain them."""

from datetime import date, time
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facturation.prix.grille import (
    Arrondi,
    GrilleTarifaire,
    Nature,
    PrixIntrouvable,
    Tranche,
    Unite,
    au_centime,
    quantite_dite,
)

TRANCHES = (
    Tranche(1, 400, Decimal("4.10"), Decimal("8.20")),
    Tranche(2, 800, Decimal("7.60"), Decimal("12.00")),
    Tranche(3, None, Decimal("11.35"), Decimal("16.05")),
)
RENTREE = date(2025, 9, 1)
HEURES = st.times(time(7), time(19)).map(lambda t: t.replace(second=0, microsecond=0))
PRIX = st.decimals(min_value=0, max_value=200, places=2)


def grille(**options) -> GrilleTarifaire:
    return GrilleTarifaire(**({"prestation": 1, "du": RENTREE, "tranches": TRANCHES} | options))


@pytest.mark.parametrize(("qf", "numero"), [(0, 1), (400, 1), (401, 2), (612, 2), (800, 2), (801, 3), (9000, 3)])
def test_le_qf_decide_la_tranche_bornes_comprises(qf, numero):
    assert grille().tranche(qf).numero == numero


def test_les_tranches_se_lisent_du_plus_bas_qf_au_plus_haut_dans_quelque_ordre_qu_on_les_donne():
    melee = grille(tranches=(TRANCHES[2], TRANCHES[1], TRANCHES[0]))
    assert [melee.tranche(qf).numero for qf in (0, 400, 401, 800, 801, None)] == [1, 1, 2, 2, 3, 3]


def test_une_tranche_jusqu_a_zero_vient_avant_les_autres():
    du_zero = grille(tranches=(TRANCHES[0], Tranche(0, 0, Decimal("1.00"), Decimal("2.00"))))
    assert [du_zero.tranche(qf).numero for qf in (0, 1, None)] == [0, 1, 1]


def test_sans_qf_connu_une_grille_qui_s_arrete_a_sa_derniere_tranche_pour_prix():
    assert grille(tranches=TRANCHES[:2]).tranche(None).numero == 2


def test_sans_qf_connu_la_tranche_la_plus_haute_s_applique():
    prix = grille().prix(Nature.RESERVATION, None, resident=True)
    assert (prix.unitaire, prix.tranche) == (Decimal("11.35"), 3)
    assert prix.explication == "Tranche 3, QF inconnu, tarif du 01/09/2025"


def test_une_ligne_s_explique_en_mots():
    prix = grille().prix(Nature.RESERVATION, 612, resident=True)
    assert prix.explication == "Tranche 2, QF 612, tarif du 01/09/2025"


def test_le_prix_hors_commune_se_dit():
    prix = grille().prix(Nature.RESERVATION, 612, resident=False)
    assert prix.unitaire == Decimal("12.00")
    assert prix.explication == "Tranche 2, QF 612, hors commune, tarif du 01/09/2025"


def test_une_grille_qui_s_arrete_trop_bas_n_a_pas_de_prix():
    with pytest.raises(PrixIntrouvable):
        grille(tranches=TRANCHES[:2]).tranche(801)


def test_une_grille_vide_n_a_pas_de_prix():
    with pytest.raises(PrixIntrouvable):
        grille(tranches=()).tranche(None)


def test_une_absence_facturee_a_son_prix():
    prix = grille(absence_pourcent=50).prix(Nature.ABSENCE, 612, resident=True)
    assert prix.unitaire == Decimal("3.80")
    assert prix.explication == "Tranche 2, QF 612, tarif du 01/09/2025, 50\u00a0% du prix"


def test_une_presence_sans_reservation_est_majoree():
    majoree = grille(majoration_pourcent=25)
    assert majoree.prix(Nature.SANS_RESERVATION, 612, resident=True).unitaire == Decimal("9.50")
    assert majoree.prix(Nature.RESERVATION, 612, resident=True).unitaire == Decimal("7.60")
    assert majoree.prix(Nature.ABSENCE, 612, resident=True).unitaire == Decimal("7.60")
    explication = majoree.prix(Nature.SANS_RESERVATION, 612, resident=True).explication
    assert explication == "Tranche 2, QF 612, tarif du 01/09/2025, 125\u00a0% du prix"


def test_une_grille_dont_on_ne_dit_rien_se_compte_a_la_journee_sans_majoration_ni_rabais():
    ordinaire = grille()
    assert (ordinaire.unite, ordinaire.arrondi, ordinaire.pas_minutes) == (Unite.JOURNEE, Arrondi.SUPERIEUR, 30)
    assert (ordinaire.absence_pourcent, ordinaire.majoration_pourcent) == (100, 0)
    assert {ordinaire.prix(nature, 612, resident=True).unitaire for nature in Nature} == {Decimal("7.60")}


def test_le_tarif_vaut_du_premier_au_dernier_jour_compris():
    borne = grille(au=date(2026, 8, 31))
    jours = [date(2025, 8, 31), RENTREE, date(2026, 8, 31), date(2026, 9, 1)]
    assert [borne.est_en_vigueur(jour) for jour in jours] == [False, True, True, False]


@pytest.mark.parametrize(
    ("arrivee", "depart", "pas", "arrondi", "attendu"),
    [
        (time(7, 30), time(8, 30), 30, Arrondi.SUPERIEUR, 60),
        (time(7, 31), time(8, 30), 30, Arrondi.SUPERIEUR, 60),
        (time(7, 29), time(8, 30), 30, Arrondi.SUPERIEUR, 90),
        (time(7, 29), time(8, 30), 30, Arrondi.PROCHE, 60),
        (time(7, 15), time(8, 30), 30, Arrondi.PROCHE, 90),
        (time(16, 30), time(16, 40), 15, Arrondi.SUPERIEUR, 15),
        (time(9), time(8), 30, Arrondi.SUPERIEUR, 0),
        (time(7, 30), time(7, 50), 20, Arrondi.SUPERIEUR, 20),
        (time(7, 30), time(7, 40), 10, Arrondi.SUPERIEUR, 10),
        (None, None, 60, Arrondi.SUPERIEUR, 120),
        (None, time(8), 30, Arrondi.SUPERIEUR, 60),
        (time(8, 30), None, 30, Arrondi.SUPERIEUR, 30),
        (time(8), time(8), 30, Arrondi.SUPERIEUR, 0),
    ],
)
def test_les_heures_se_comptent_par_pas_en_minutes_entieres(arrivee, depart, pas, arrondi, attendu):
    a_l_heure = grille(unite=Unite.HEURE, pas_minutes=pas, arrondi=arrondi)
    assert a_l_heure.quantite(arrivee, depart, time(7), time(9)) == attendu


@pytest.mark.parametrize("unite", [Unite.JOURNEE, Unite.DEMI_JOURNEE, Unite.REPAS])
def test_une_journee_compte_pour_une_quelles_que_soient_les_heures(unite):
    assert grille(unite=unite).quantite(time(10), time(10, 5), time(7), time(9)) == 1


@given(HEURES, HEURES, st.sampled_from([5, 10, 15, 30, 60]))
def test_au_pas_superieur_on_ne_paie_jamais_un_pas_entier_de_trop(arrivee, depart, pas):
    duree = grille(unite=Unite.HEURE, pas_minutes=pas).quantite(arrivee, depart, time(7), time(19))
    minutes = max(0, depart.hour * 60 + depart.minute - arrivee.hour * 60 - arrivee.minute)
    assert minutes <= duree < minutes + pas
    assert duree == int(duree)


@given(PRIX, st.integers(0, 200))
def test_un_prix_est_toujours_au_centime_arrondi_au_plus_proche(plein, pourcent):
    une = grille(tranches=(Tranche(1, None, plein, plein),), absence_pourcent=pourcent)
    unitaire = une.prix(Nature.ABSENCE, None, resident=True).unitaire
    assert unitaire == (plein * pourcent / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert unitaire.as_tuple().exponent == -2


@given(st.integers(0, 5000), st.integers(0, 5000))
def test_un_qf_plus_haut_ne_paie_jamais_moins(un, autre):
    bas, haut = sorted((un, autre))
    prix = [grille().prix(Nature.RESERVATION, qf, resident=True).unitaire for qf in (bas, haut, None)]
    assert prix == sorted(prix)


def test_l_arrondi_est_celui_du_papier():
    assert [au_centime(Decimal(m)) for m in ("0.125", "-0.125", "2.675")] == [
        Decimal("0.13"),
        Decimal("-0.13"),
        Decimal("2.68"),
    ]


@pytest.mark.parametrize(
    ("quantite", "unite", "dit"),
    [
        ("1", Unite.JOURNEE, "1\u00a0journée"),
        ("8", Unite.DEMI_JOURNEE, "8\u00a0demi-journées"),
        ("12", Unite.REPAS, "12\u00a0repas"),
        ("12.5", Unite.HEURE, "12\u00a0h\u00a030"),
        ("3", Unite.HEURE, "3\u00a0h"),
        ("-2", Unite.JOURNEE, "−2\u00a0journées"),
        ("-0.25", Unite.HEURE, "−0\u00a0h\u00a015"),
        ("0", Unite.HEURE, "0\u00a0h"),
        ("0.0085", Unite.HEURE, "0\u00a0h\u00a001"),
        ("-1", Unite.REPAS, "−1\u00a0repas"),
    ],
)
def test_une_quantite_se_dit_dans_son_unite(quantite, unite, dit):
    assert quantite_dite(Decimal(quantite), unite) == dit
