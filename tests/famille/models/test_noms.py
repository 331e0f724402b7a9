"""How a famille, its people and what is known of them are said in one line, and who holds the record."""

from datetime import date

import pytest

from famille.fusion.suites import Suite, suites
from famille.models import Assurance, Enfant, InformationsCaf, Tiers
from famille.models.enfant import enfants_de
from famille.models.retenues import Retenue, retenues
from tests import fabriques

pytestmark = pytest.mark.django_db


@pytest.fixture
def famille(db):
    return fabriques.FamilleFactory(numero="1001001818399")


def test_une_famille_sans_personne_se_dit_par_son_numero(famille):
    assert str(famille) == "1001001818399"
    assert famille.en_choix == "Sans responsable, 0\u00a0enfant (n°\u00a01001001818399)"
    assert (famille.titulaire, famille.conjoint) == (None, None)


@pytest.mark.parametrize(
    ("noms", "dite", "choix"),
    [
        (["ROUX"], "ROUX", "ROUX Anna"),
        (["ROUX", "ROUX"], "ROUX", "ROUX Anna et Paul"),
        (["ROUX", "PETIT"], "ROUX / PETIT", "ROUX Anna et PETIT Paul"),
    ],
)
def test_une_famille_se_dit_par_les_noms_de_ses_adultes(famille, noms, dite, choix):
    for nom, prenom, role in zip(noms, ["Anna", "Paul"], ["titulaire", "conjoint"], strict=False):
        fabriques.ResponsableFactory(famille=famille, nom=nom, prenom=prenom, role=role)
    fabriques.EnfantFactory(famille=famille)
    assert str(famille) == f"{dite} (1001001818399)"
    assert famille.en_choix == f"{choix}, 1\u00a0enfant (n°\u00a01001001818399)"


def test_un_conjoint_n_est_pas_titulaire_et_un_titulaire_n_est_pas_conjoint(famille):
    anna = fabriques.ResponsableFactory(famille=famille, role="conjoint")
    assert (famille.titulaire, famille.conjoint) == (None, anna)
    anna.role = "titulaire"
    anna.save()
    assert (famille.titulaire, famille.conjoint) == (anna, None)


@pytest.mark.parametrize(
    ("champs", "dit"),
    [
        ({"sexe": "F", "classe": "CE1"}, "ROUX Léa, née le 03/06/2007, CE1"),
        ({"sexe": "G"}, "ROUX Léa, né le 03/06/2007"),
        ({}, "ROUX Léa, né(e) le 03/06/2007"),
    ],
)
def test_un_enfant_se_choisit_par_son_age_et_ses_familles(famille, champs, dit):
    enfant = fabriques.EnfantFactory(nom="ROUX", prenom="Léa", date_naissance=date(2007, 6, 3), **champs)
    assert enfant.en_choix == f"{dit} (sans famille)"
    fabriques.RattachementFactory(enfant=enfant, famille=famille)
    assert enfant.en_choix == f"{dit} (n°\u00a01001001818399)"


def test_une_fiche_fondue_n_est_plus_des_enfants_connus():
    garde = fabriques.EnfantFactory()
    fabriques.EnfantFactory(fondu_dans=garde)
    assert list(Enfant.objects.connus()) == [garde]


def test_qui_peut_venir_chercher_l_enfant_et_qui_ne_le_peut_pas():
    enfant = fabriques.EnfantFactory()
    odile, paul = (
        fabriques.TiersFactory(enfant=enfant, prenom=prenom, statut=statut)
        for prenom, statut in (("Odile", "autorise"), ("Paul", "interdit"))
    )
    assert list(Tiers.objects.autorises()) == [odile]
    assert list(Tiers.objects.interdits()) == [paul]


@pytest.mark.parametrize(("contrat", "dite"), [("42", "MAE 42"), ("", "MAE")])
def test_une_assurance_se_dit_avec_son_contrat(contrat, dite):
    assert str(Assurance(compagnie="MAE", numero_contrat=contrat)) == dite


@pytest.mark.parametrize(("numero", "dit"), [("1234567", "1234567"), ("", "—")])
def test_une_caisse_se_dit_par_le_numero_d_allocataire(numero, dit):
    assert str(InformationsCaf(numero_allocataire=numero)) == dit


def test_ce_qui_retient_un_enfant_se_demande_a_chaque_application_et_se_tait_si_rien_ne_le_retient(
    famille, monkeypatch
):
    monkeypatch.setattr(Retenue, "toutes", [])

    class Inscrit(Retenue):
        def dire(self, famille, enfant):
            return f"{enfant.prenom} est encore inscrite."

    class Rien(Retenue):
        def dire(self, famille, enfant):
            return ""

    assert Retenue.toutes == [Inscrit, Rien]
    assert retenues(famille, Enfant(prenom="Zoé")) == ["Zoé est encore inscrite."]


def test_ce_qui_suit_un_enfant_se_demande_a_chaque_application(monkeypatch):
    monkeypatch.setattr(Suite, "toutes", [])

    class Inscriptions(Suite):
        """Says nothing of its own."""

    (suite,) = suites()
    assert isinstance(suite, Inscriptions)
    assert list(suite.obstacles(Enfant(), Enfant())) == []


def test_une_famille_a_ses_enfants_et_pas_ceux_de_la_voisine(dupont, martin):
    assert enfants_de(dupont.famille.pk) == dupont.enfants
    assert enfants_de(martin.famille.pk) == martin.enfants
