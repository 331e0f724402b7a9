"""Lines in the order in which they are read, and those of an avoir that no day is on."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from facturation.campagne.creance import Creance
from facturation.campagne.redaction import Redaction
from facturation.campagne.rendu import Part, Rendu
from facturation.prix.article import Article
from facturation.prix.grille import Nature, Unite
from famille.models import Enfant
from planning.models import Prestation

ZOE, ALI = 1, 2
MATIN, REPAS, SOIR = 10, 11, 12
UN_REPAS = Article(ZOE, REPAS, date(2026, 11, 3), Nature.RESERVATION, Decimal(1), Unite.REPAS, Decimal("3.60"), "T1", 7)
RENDU = replace(UN_REPAS, quantite=Decimal(-2), jour=date(2026, 10, 1))


@pytest.fixture
def redaction() -> Redaction:
    prestations = {
        SOIR: Prestation(pk=SOIR, nom="Garderie soir", ordre=3),
        REPAS: Prestation(pk=REPAS, nom="Repas", ordre=2),
        MATIN: Prestation(pk=MATIN, nom="Garderie matin", ordre=1),
    }
    enfants = {ZOE: Enfant(pk=ZOE, nom="PETIT", prenom="Zoé"), ALI: Enfant(pk=ALI, nom="PETIT", prenom="Ali")}
    return Redaction(prestations, enfants)


def test_les_lignes_vont_par_enfant_puis_comme_au_planning_et_les_corrections_a_la_fin(redaction):
    articles = [
        replace(UN_REPAS, prestation=SOIR),
        UN_REPAS,
        replace(UN_REPAS, prestation=MATIN),
        replace(UN_REPAS, enfant=ALI, prestation=SOIR),
        replace(UN_REPAS, enfant=ALI, prestation=REPAS, nature=Nature.ABSENCE, jour=date(2026, 11, 9)),
        replace(UN_REPAS, enfant=ALI, prestation=REPAS, jour=date(2026, 11, 8)),
    ]
    reprises = [replace(UN_REPAS, prestation=MATIN, jour=date(2026, 10, 5))]
    prevue = redaction.facture(Creance(1, articles=articles, regularisations=reprises))
    assert [(ligne.enfant_nom, ligne.libelle, ligne.est_regularisation) for ligne in prevue.lignes] == [
        ("Ali PETIT", "Repas", False),
        ("Ali PETIT", "Repas (absence facturée)", False),
        ("Ali PETIT", "Garderie soir", False),
        ("Zoé PETIT", "Garderie matin", False),
        ("Zoé PETIT", "Repas", False),
        ("Zoé PETIT", "Garderie soir", False),
        ("Zoé PETIT", "Régularisation\u00a0: Garderie matin", True),
    ]


def test_ce_que_deux_factures_rendent_se_dit_sur_les_deux_avoirs_centimes_compris(redaction):
    parts = (Part(7, "AL-7", Decimal("2.00")), Part(8, "AL-8", Decimal("1.59")))
    creance = Creance(1, articles=[UN_REPAS], rendu=Rendu([RENDU], parts, arrondi=Decimal("0.01")))
    assert redaction.facture(creance) is None
    avoirs = redaction.avoirs(creance)
    assert {
        facture: [(ligne.libelle, ligne.quantite, ligne.montant, ligne.est_regularisation) for ligne in lignes]
        for facture, lignes in avoirs.items()
    } == {
        7: [
            ("Repas", Decimal(1), Decimal("3.60"), False),
            ("Régularisation\u00a0: Repas", Decimal(-2), Decimal("-7.20"), True),
            ("Arrondi", 1, Decimal("0.01"), True),
            ("Rendu sur la facture AL-8", 1, Decimal("1.59"), True),
        ],
        8: [("Suite de l’avoir sur la facture AL-7", 1, Decimal("-1.59"), True)],
    }


def test_sans_arrondi_aucune_ligne_n_en_parle(redaction):
    (lignes,) = redaction.avoirs(Creance(1, rendu=Rendu([RENDU], (Part(7, "AL-7", Decimal("7.20")),)))).values()
    assert [ligne.libelle for ligne in lignes] == ["Régularisation\u00a0: Repas"]


def test_une_famille_facturee_deja_n_a_ni_facture_ni_avoir(redaction):
    rendu = Rendu([RENDU], (Part(7, "AL-7", Decimal("7.20")),))
    assert redaction.avoirs(Creance(1, rendu=rendu, deja_facturee=True)) == {}
    assert redaction.facture(Creance(1, articles=[UN_REPAS], deja_facturee=True)) is None


def test_ce_que_le_mois_absorbe_se_facture_sans_avoir(redaction):
    creance = Creance(1, articles=[UN_REPAS] * 3, rendu=Rendu([RENDU]))
    assert redaction.avoirs(creance) == {}
    assert redaction.facture(creance).montant == Decimal("3.60")


def test_sans_rien_a_facturer_ni_a_rendre_il_n_y_a_pas_de_papier(redaction):
    assert redaction.facture(Creance(1)) is None
    assert redaction.avoirs(Creance(1)) == {}
