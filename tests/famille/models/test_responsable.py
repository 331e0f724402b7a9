"""An adult of a famille: how they are told, and the access that is opened for them."""

import pytest
import time_machine
from django.db import IntegrityError
from django.utils import timezone

from famille.models import Compte, Famille, Responsable
from famille.models.responsable import AccesImpossible
from tests.attente import attendre_son_tour
from tests.fabriques import MOT_DE_PASSE, CompteFactory, FamilleFactory, ResponsableFactory

pytestmark = pytest.mark.django_db


def test_ce_qu_il_choisit_est_retenu_avec_le_jour():
    jean = ResponsableFactory(contact_choisi_le=None)
    with time_machine.travel("2015-04-08 10:00Z", tick=False):
        jean.choisir_contact(courriel=True, sms=False)
        jean.refresh_from_db()
        assert (jean.autorisation_courriel, jean.autorisation_sms) == (True, False)
        assert jean.contact_choisi_le == timezone.now()


@pytest.mark.parametrize(
    ("civilite", "situation", "accordee"),
    [
        ("MME", "celibataire", "Célibataire"),
        ("MME", "pacse", "Pacsée"),
        ("", "veuf", "Veuf ou veuve"),
        ("", "marie", "Marié(e)"),
    ],
)
def test_sa_situation_s_accorde_si_l_on_sait_a_quoi(civilite, situation, accordee):
    assert Responsable(civilite=civilite, situation=situation).situation_accordee == accordee


@pytest.mark.parametrize(
    ("compte", "obstacle"),
    [
        (None, ""),
        ({}, ""),
        ({"is_staff": True}, "Le compte de Claude DURAND est aussi celui d’un agent\u00a0: voyez la direction."),
        (
            {"is_active": False},
            "Le compte de Claude DURAND est fermé\u00a0: rouvrez-le avant d’en imprimer le courrier.",
        ),
    ],
)
def test_ce_qui_empeche_de_lui_ouvrir_un_acces(compte, obstacle):
    fiche = ResponsableFactory(compte=None if compte is None else CompteFactory(**compte))
    assert fiche.obstacle_a_l_acces == obstacle
    if obstacle:
        with pytest.raises(AccesImpossible, match=obstacle):
            fiche.ouvrir_acces()
        assert Compte.objects.get().check_password(MOT_DE_PASSE)


def test_un_acces_ouvert_se_lit_sur_la_fiche_que_l_on_tient():
    fiche = ResponsableFactory(prenom="Jean", nom="DUPONT")
    provisoire = fiche.ouvrir_acces()
    assert fiche.compte == Responsable.objects.get().compte
    assert Compte.objects.get(identifiant="jean.dupont").check_password(provisoire)
    assert fiche.compte.check_password(provisoire)


def test_un_acces_qui_ne_s_ouvre_pas_ne_laisse_pas_de_compte(monkeypatch):
    def en_panne(compte: Compte) -> str:
        raise OSError("le disque est plein")

    fiche = ResponsableFactory()
    monkeypatch.setattr(Compte, "attribuer_mot_de_passe_provisoire", en_panne)
    with pytest.raises(OSError, match="plein"):
        fiche.ouvrir_acces()
    assert not Compte.objects.exists()
    assert Responsable.objects.get().compte is None


def test_un_homonyme_qui_vient_de_prendre_l_identifiant_ne_l_arrete_pas(monkeypatch):
    """Between the reading of those that are taken and the writing."""
    CompteFactory(identifiant="jean.dupont")
    proposes = iter(["jean.dupont", "jean.dupont2"])
    monkeypatch.setattr(Responsable, "_identifiant_libre", lambda fiche: next(proposes))
    fiche = ResponsableFactory(prenom="Jean", nom="DUPONT")
    fiche.ouvrir_acces()
    assert fiche.compte.identifiant == "jean.dupont2"


@pytest.mark.parametrize(
    ("prenom", "nom", "identifiant"),
    [
        ("Jean", "DUPONT", "jean.dupont"),
        ("李", "DUPONT", "dupont"),
        ("Jean", "李", "jean"),
        ("李", "李", "famille"),
        ("Jean", "A" * 100, "jean." + "a" * 85),
    ],
)
def test_son_identifiant_est_son_nom_en_lettres_du_clavier(prenom, nom, identifiant):
    CompteFactory(identifiant="un.autre")
    fiche = ResponsableFactory(prenom=prenom, nom=nom)
    fiche.ouvrir_acces()
    assert fiche.compte.identifiant == identifiant


def test_le_premier_numero_libre_est_pris_par_l_homonyme():
    for pris in ("jean.dupont", "jean.dupont2", "jean.dupont4"):
        CompteFactory(identifiant=pris)
    fiche = ResponsableFactory(prenom="Jean", nom="DUPONT")
    fiche.ouvrir_acces()
    assert fiche.compte.identifiant == "jean.dupont3"


def test_une_famille_a_un_seul_titulaire():
    famille = FamilleFactory()
    ResponsableFactory(famille=famille)
    with pytest.raises(IntegrityError):
        ResponsableFactory(famille=famille)


@pytest.mark.django_db(transaction=True)
def test_ouvrir_un_acces_attend_qui_tient_la_fiche():
    fiche = ResponsableFactory(prenom="Jean", nom="DUPONT", famille=Famille.objects.create())
    attendre_son_tour(fiche, fiche.ouvrir_acces)
    assert Responsable.objects.get().compte.identifiant == "jean.dupont"
