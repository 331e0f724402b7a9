"""How much is given back, and on which invoices: to the centime, and a day whole or not at all."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from facturation.campagne.rendu import Part, Possible, rendre
from facturation.prix.article import Article
from facturation.prix.grille import Nature, Unite

REPAS = Article(1, 1, date(2026, 10, 1), Nature.RESERVATION, Decimal(1), Unite.REPAS, Decimal("3.60"), "Tranche 1", 7)
RENDU = replace(REPAS, quantite=Decimal(-1))


def possible(facture: int, montant: str) -> Possible:
    return Possible(facture, f"AL-{facture}", Decimal(montant))


def parts(rendu) -> list[tuple[int, Decimal]]:
    return [(part.facture, part.montant) for part in rendu.parts]


def jours(articles) -> list[int]:
    return [article.jour.day for article in articles]


def test_un_centime_d_arrondi_ne_garde_pas_un_jour():
    rendu = rendre([], [RENDU], [possible(7, "3.59")])
    assert rendu.parts == (Part(7, "AL-7", Decimal("3.59")),)
    assert (rendu.arrondi, rendu.en_reste) == (Decimal("0.01"), ())


def test_au_dela_d_un_centime_par_jour_le_jour_reste_a_rendre():
    rendu = rendre([], [RENDU], [possible(7, "3.58")])
    assert (rendu.parts, rendu.regularisations, rendu.montant_en_reste) == ((), [], Decimal("3.60"))


def test_le_dernier_jour_est_le_premier_a_rester():
    rendus = [replace(RENDU, jour=date(2026, 10, jour)) for jour in (2, 5, 1)]
    rendu = rendre([], rendus, [possible(7, "4.00")])
    assert (jours(rendu.regularisations), jours(rendu.en_reste)) == ([1], [5, 2])
    assert (parts(rendu), rendu.arrondi) == ([(7, Decimal("3.60"))], 0)


def test_un_jour_reste_a_rendre_avec_ce_qu_il_coute_maintenant():
    """The 2nd costs less than it did: both its articles stay together."""
    le_2 = [replace(RENDU, jour=date(2026, 10, 2), prix=Decimal("5.10")), replace(REPAS, jour=date(2026, 10, 2))]
    rendu = rendre([], [RENDU, *le_2], [possible(7, "3.60")])
    assert (jours(rendu.regularisations), jours(rendu.en_reste)) == ([1], [2, 2])
    assert rendu.montant_en_reste == Decimal("1.50")


def test_un_jour_qui_coute_autant_ou_davantage_ne_reste_pas_a_la_place_d_un_autre():
    """The 8th costs more than it did, the 9th as much, for another reason: neither gives anything back."""
    le_8 = [replace(RENDU, jour=date(2026, 10, 8)), replace(REPAS, jour=date(2026, 10, 8), prix=Decimal("4.10"))]
    le_9 = [replace(RENDU, jour=date(2026, 10, 9)), replace(REPAS, jour=date(2026, 10, 9), nature=Nature.ABSENCE)]
    rendu = rendre([], [RENDU, *le_8, *le_9], [])
    assert (jours(rendu.regularisations), jours(rendu.en_reste)) == ([8, 8, 9, 9], [1])
    assert rendu.parts == ()


def test_moins_d_un_euro_se_rend_aussi():
    rendu = rendre([], [replace(RENDU, prix=Decimal("0.80"))], [possible(7, "5.00")])
    assert parts(rendu) == [(7, Decimal("0.80"))]


def test_ce_que_le_mois_facture_se_deduit_d_abord():
    rendu = rendre([replace(REPAS, jour=date(2026, 11, 3))], [replace(RENDU, prix=Decimal("5.10"))], [possible(7, "9")])
    assert parts(rendu) == [(7, Decimal("1.50"))]


def test_la_facture_des_jours_rendus_passe_avant_une_plus_grande_puis_la_plus_grande_puis_la_premiere():
    """Invoice 8 billed a day that costs more now: that is no reason for it to give back."""
    plus_cher = replace(REPAS, jour=date(2026, 10, 2), prix=Decimal("0.10"), facture=8)
    rendu = rendre(
        [],
        [replace(RENDU, prix=Decimal(20)), plus_cher],
        [possible(9, "4.00"), possible(8, "6.00"), possible(5, "4.00"), possible(7, "3.60"), possible(4, "50.00")],
    )
    assert parts(rendu) == [(7, Decimal("3.60")), (4, Decimal("16.30"))]
    rendu = rendre(
        [],
        [replace(RENDU, prix=Decimal(15))],
        [possible(9, "4.00"), possible(8, "6.00"), possible(5, "4.00"), possible(7, "3.60")],
    )
    assert parts(rendu) == [(7, Decimal("3.60")), (8, Decimal("6.00")), (5, Decimal("4.00")), (9, Decimal("1.40"))]
