"""An account: how it is named, what it is called, where its owner is written to, and its passwords."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from courriels.models import Courriel
from famille.models import Compte
from tests.fabriques import MOT_DE_PASSE, CompteFactory, ResponsableFactory

pytestmark = pytest.mark.django_db
CHOISI = "Bonbons2015"
PORTE = reverse("famille:connexion")


def test_un_compte_se_retrouve_comme_qu_on_le_tape():
    compte = CompteFactory(identifiant="jean.dupont")
    assert Compte.objects.get_by_natural_key(" Jean.DUPONT ") == compte
    with pytest.raises(Compte.DoesNotExist):
        Compte.objects.get_by_natural_key(None)


def test_un_compte_cree_a_son_mot_de_passe_et_pas_plus_de_droits():
    Compte.objects.create_user(" Jean ", CHOISI)
    compte = Compte.objects.get(identifiant="jean")
    assert compte.check_password(CHOISI)
    assert (compte.is_staff, compte.is_superuser) == (False, False)


def test_celui_de_l_installation_a_tous_les_droits():
    Compte.objects.create_superuser("chef", CHOISI)
    compte = Compte.objects.get(identifiant="chef")
    assert (compte.is_staff, compte.is_superuser) == (True, True)


@pytest.mark.parametrize(
    ("prenom", "nom", "dit", "court"),
    [
        ("Alice", "MARTIN", "Alice MARTIN", "Alice"),
        ("Alice", "", "Alice", "Alice"),
        ("", "MARTIN", "MARTIN", "agent"),
        ("", "", "agent", "agent"),
    ],
)
def test_un_agent_se_nomme_par_ce_que_l_on_en_sait(prenom, nom, dit, court):
    compte = Compte(identifiant="agent", prenom=prenom, nom=nom)
    assert (str(compte), compte.get_short_name()) == (dit, court)
    assert compte.get_full_name() == (dit if prenom or nom else "")


def test_un_identifiant_saisi_se_met_en_forme_et_compte_cent_caracteres_au_plus():
    compte = Compte(identifiant=" Jean.DUPONT ")
    compte.clean()
    assert compte.identifiant == "jean.dupont"
    Compte(identifiant="a" * 100).clean()
    for trop in ("a" * 101, "ﷺ" * 6):
        with pytest.raises(ValidationError) as refus:
            Compte(identifiant=trop).clean()
        assert refus.value.message_dict == {"identifiant": ["100 caractères au plus."]}


def test_un_mot_de_passe_provisoire_vaut_jusqu_a_son_dernier_instant():
    with time_machine.travel("2015-05-08 10:00Z", tick=False) as horloge:
        compte = Compte(provisoire_jusqu_au=timezone.now())
        assert compte.doit_changer_de_mot_de_passe
        assert not compte.mot_de_passe_est_perime
        horloge.shift(timedelta(microseconds=1))
        assert compte.mot_de_passe_est_perime
    assert not Compte().doit_changer_de_mot_de_passe
    assert not Compte().mot_de_passe_est_perime


@pytest.mark.parametrize(
    ("agent", "de_la_fiche", "du_compte", "courriel", "du_dossier"),
    [
        (False, "fiche@example.org", "compte@example.org", "fiche@example.org", True),
        (False, "", "compte@example.org", "compte@example.org", True),
        (True, "fiche@example.org", "compte@example.org", "compte@example.org", False),
        (True, "fiche@example.org", "", "", False),
    ],
)
def test_un_parent_se_joint_par_sa_fiche_un_agent_par_son_compte(agent, de_la_fiche, du_compte, courriel, du_dossier):
    compte = CompteFactory(is_staff=agent, email=du_compte)
    fiche = ResponsableFactory(compte=compte, email=de_la_fiche)
    assert compte.courriel == courriel
    assert compte.dossier == (fiche.famille_id if du_dossier else None)


def test_un_compte_sans_fiche_se_joint_par_lui_meme():
    compte = CompteFactory(email="compte@example.org")
    assert (compte.courriel, compte.dossier) == ("compte@example.org", None)


def test_un_mot_de_passe_change_sans_adresse_ne_s_ecrit_a_personne():
    compte = CompteFactory()
    compte.adopter_mot_de_passe(CHOISI)
    assert Compte.objects.get().check_password(CHOISI)
    assert not Courriel.objects.exists()


def test_un_changement_que_l_on_ne_peut_dire_ne_se_fait_pas(dupont, monkeypatch):
    def en_panne(courriels: list[Courriel]) -> None:
        raise OSError("le disque est plein")

    monkeypatch.setattr("famille.models.compte.deposer", en_panne)
    with pytest.raises(OSError, match="plein"):
        dupont.compte.adopter_mot_de_passe(CHOISI)
    assert Compte.objects.get(pk=dupont.compte.pk).check_password(MOT_DE_PASSE)


def test_un_mot_de_passe_donne_par_le_centre_ouvre_a_qui_s_etait_verrouille(client, dupont):
    for _ in range(5):
        client.post(PORTE, {"username": "dupont", "password": "Faux12345"})
    assert client.post(PORTE, {"username": "dupont", "password": MOT_DE_PASSE}).status_code == 429
    provisoire = dupont.compte.attribuer_mot_de_passe_provisoire()
    assert client.post(PORTE, {"username": "dupont", "password": provisoire}).status_code == 302


def test_un_compte_ferme_n_entre_plus_et_rouvert_il_entre(client):
    compte = CompteFactory(identifiant="jean")
    entrer = {"username": "jean", "password": MOT_DE_PASSE}
    compte.fermer()
    assert client.post(PORTE, entrer).status_code == 200
    Compte.objects.get(identifiant="jean").rouvrir()
    assert client.post(PORTE, entrer).status_code == 302


def test_un_compte_deverrouille_entre_aussitot(client):
    compte = CompteFactory(identifiant="jean")
    for n in range(6):
        verrouillee = client.post(PORTE, {"username": "jean", "password": f"Faux1234{n}"})
    assert verrouillee.status_code == 429
    compte.deverrouiller()
    assert client.post(PORTE, {"username": "jean", "password": MOT_DE_PASSE}).status_code == 302
