"""What shares a line, and what never does."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from facturation.campagne.lignes import Groupe, regrouper
from facturation.prix.article import Article
from facturation.prix.grille import Nature, Unite

REPAS = Article(1, 1, date(2026, 10, 1), Nature.RESERVATION, Decimal(1), Unite.REPAS, Decimal("3.60"), "Tranche 1")


def test_les_jours_d_un_meme_prix_partagent_une_ligne():
    (groupe,) = regrouper([REPAS, replace(REPAS, jour=date(2026, 10, 2))])
    assert (groupe.quantite, groupe.montant) == (2, Decimal("7.20"))


def test_ce_qui_est_rendu_et_ce_qui_est_facture_ne_partagent_jamais_une_ligne():
    """Else a famille that is given back a day and billed another would read one line of nothing."""
    groupes = regrouper([REPAS, replace(REPAS, jour=date(2026, 10, 2), quantite=Decimal(-1))], est_regularisation=True)
    assert sorted(groupe.montant for groupe in groupes) == [Decimal("-3.60"), Decimal("3.60")]


def test_un_autre_enfant_une_autre_prestation_un_autre_prix_une_autre_raison_ont_leur_ligne():
    autres = [
        replace(REPAS, enfant=2),
        replace(REPAS, prestation=2),
        replace(REPAS, nature=Nature.ABSENCE),
        replace(REPAS, prix=Decimal("5.10")),
        replace(REPAS, explication="Tranche 2"),
        replace(REPAS, unite=Unite.JOURNEE),
    ]
    assert len(regrouper([REPAS, *autres])) == 7


def test_les_jours_d_une_ligne_sont_dans_l_ordre_du_calendrier():
    jours = [date(2026, 10, jour) for jour in (5, 1, 2)]
    (groupe,) = regrouper([replace(REPAS, jour=jour) for jour in jours])
    assert [article.jour for article in groupe.articles] == sorted(jours)


def test_une_ligne_n_est_pas_une_regularisation_si_personne_ne_le_dit():
    assert not Groupe((REPAS,)).est_regularisation
    assert [groupe.est_regularisation for groupe in regrouper([REPAS])] == [False]
