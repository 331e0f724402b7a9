"""Whose records are read: those of one famille and no others, the same one by one and together."""

from datetime import date

import pytest

from famille.fiches.enfant import lire_fiche, lire_les_fiches, sections_enfant, sections_lues
from famille.fiches.famille import FicheFamille
from famille.models import FicheSanitaire, Tiers
from tests.fabriques import EnfantFactory, ResponsableFactory, TiersFactory, VaccinationFactory

pytestmark = pytest.mark.django_db
LE_8_AVRIL = date(2015, 4, 8)


def test_un_enfant_ne_se_lit_que_dans_sa_famille(dupont, martin):
    hugo = EnfantFactory(famille=dupont.famille, prenom="Hugo")
    (lea,), (tom,) = dupont.enfants, martin.enfants
    familles = [dupont.famille.pk, martin.famille.pk]
    assert [[lire_fiche(famille, enfant.pk, le=LE_8_AVRIL) for enfant in (lea, hugo, tom)] for famille in familles] == [
        [lea, hugo, None],
        [None, None, tom],
    ]
    assert [set(lire_les_fiches(famille, le=LE_8_AVRIL)) for famille in familles] == [{lea, hugo}, {tom}]


def test_les_fiches_lues_ensemble_disent_ce_que_chacune_dit_seule(dupont):
    (lea,) = dupont.enfants
    FicheSanitaire.objects.filter(enfant=lea).update(medecin_telephone="01 02 03 04 05")
    VaccinationFactory(fiche=lea.fiche_sanitaire, vaccin="ROR", date=None)
    TiersFactory(enfant=lea, nom="DURAND", prenom="Marc", statut=Tiers.Statut.INTERDIT)
    EnfantFactory(famille=dupont.famille, prenom="Hugo")
    ensemble = {e.prenom: sections_lues(e, au=LE_8_AVRIL) for e in lire_les_fiches(dupont.famille.pk, le=LE_8_AVRIL)}
    assert ensemble == {
        e.prenom: sections_enfant(lire_fiche(dupont.famille.pk, e.pk, le=LE_8_AVRIL), au=LE_8_AVRIL)
        for e in dupont.famille.enfants.all()
    }
    lues = {section.code: section for section in ensemble["Léa"]}
    assert [ligne[0] for ligne in lues["personnes-autorisees"].lignes] == ["Odile BERNARD"]
    assert [ligne[0] for ligne in lues["personnes-interdites"].lignes] == ["Marc DURAND"]
    assert sorted(lues["vaccins"].lignes) == [["DTP", "12/03/2014"], ["ROR", ""]]
    assert lues["medecin"].champs[1]["valeur"] == "01\u00a002\u00a003\u00a004\u00a005"


def test_la_fiche_d_une_famille_ne_dit_rien_de_la_voisine(dupont, martin):
    sections = {section.code: section for section in FicheFamille(martin.famille, martin.titulaire).sections()}
    adulte = {champ["libelle"]: champ["valeur"] for champ in sections["responsable"].champs}
    assert (adulte["Nom"], adulte["Titulaire du compte"]) == ("MARTIN", "MARTIN SOPHIE")
    assert sections["fiscales"].lignes == []
    assert [ligne[1] for ligne in sections["caf"].lignes] == ["1\u202f340"]
    sans_banque = FicheFamille(martin.famille, martin.titulaire).adultes(avec_la_banque=False)
    assert not any(champ["valeur"] == "MARTIN SOPHIE" for section in sans_banque for champ in section.champs)


def test_un_conjoint_seul_n_est_pas_le_titulaire():
    anna = ResponsableFactory(role="conjoint")
    assert [section.code for section in FicheFamille(anna.famille, anna).adultes()] == ["conjoint"]
