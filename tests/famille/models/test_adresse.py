"""An address or a password that changes: the former address is told, the new one opens nothing unconfirmed."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from courriels.models import Courriel
from courriels.redaction import rediger
from famille.taches import envoyer_liens_de_mot_de_passe
from tests.fabriques import CompteFactory

pytestmark = pytest.mark.django_db
NOUVELLE = "jean@nouvelle.example"


@pytest.fixture(autouse=True)
def _tout_part(django_capture_on_commit_callbacks, settings):
    with django_capture_on_commit_callbacks(execute=True):
        yield


def _changer(responsable, email: str = NOUVELLE) -> None:
    responsable.email = email
    responsable.save()


def _recus() -> dict[str, list[str]]:
    """What waits or has left, by address."""
    recus: dict[str, list[str]] = {}
    for destinataire, gabarit in Courriel.objects.order_by("pk").values_list("destinataire", "gabarit"):
        recus.setdefault(destinataire, []).append(gabarit)
    return recus


def _lien() -> str:
    courriel = Courriel.objects.filter(gabarit="adresse_a_confirmer").order_by("pk").first()
    return re.search(r"http://\S+", rediger(courriel).body)[0].removeprefix("http://127.0.0.1:8000")


def test_l_ancienne_adresse_est_prevenue_meme_si_l_on_refuse_les_informations(dupont):
    dupont.titulaire.autorisation_courriel = False
    _changer(dupont.titulaire)
    assert _recus() == {
        "jean.dupont@wanadoo.fr": ["adresse_remplacee"],
        NOUVELLE: ["adresse_a_confirmer"],
    }


def test_l_avis_masque_la_nouvelle_adresse(dupont):
    _changer(dupont.titulaire)
    courriel = Courriel.objects.get(gabarit="adresse_remplacee")
    assert courriel.contexte["nouvelle"] == "j•••@n•••.example"
    assert courriel.dossier == dupont.famille.pk


def test_une_adresse_effacee_se_dit_a_elle_meme(dupont):
    _changer(dupont.titulaire, "")
    assert _recus() == {"jean.dupont@wanadoo.fr": ["adresse_remplacee"]}


@pytest.mark.parametrize("email", ["jean.dupont@wanadoo.fr", "Jean.Dupont@Wanadoo.fr"])
def test_rien_n_est_dit_si_rien_ne_change(dupont, email):
    _changer(dupont.titulaire, email)
    assert _recus() == {}
    assert not dupont.titulaire.adresse_est_a_confirmer


def test_le_conjoint_sans_acces_n_a_rien_a_confirmer(dupont):
    _changer(dupont.conjoint, "jeanne@example.org")
    assert _recus() == {}


def test_l_adresse_d_un_agent_est_gardee_de_meme(agent):
    agent.email = "alice@example.org"
    agent.save()
    agent.email = "alice@autre.example"
    agent.save()
    assert _recus()["alice@example.org"] == ["adresse_a_confirmer", "adresse_remplacee"]
    assert agent.adresse_est_a_confirmer


def test_la_nouvelle_adresse_n_ouvre_rien_avant_d_etre_confirmee(dupont, client):
    _changer(dupont.titulaire)
    envoyer_liens_de_mot_de_passe.call(NOUVELLE)
    assert "mot_de_passe" not in _recus()[NOUVELLE]
    client.force_login(dupont.compte)
    client.post(_lien())
    dupont.compte.lien_envoye_le = None
    dupont.compte.save()
    envoyer_liens_de_mot_de_passe.call(NOUVELLE)
    assert _recus()[NOUVELLE][-1] == "mot_de_passe"


def test_le_lien_ne_vaut_que_pour_son_compte_connecte(dupont, martin, client):
    _changer(dupont.titulaire)
    lien = _lien()
    assert client.post(lien).url.startswith("/connexion/")
    client.force_login(martin.compte)
    assert "Ce lien n’est pas valable" in client.get(lien).content.decode()
    assert client.post(lien).status_code == 404
    dupont.titulaire.refresh_from_db()
    assert dupont.titulaire.adresse_est_a_confirmer


def test_lire_la_page_ne_confirme_rien(dupont, client):
    _changer(dupont.titulaire)
    client.force_login(dupont.compte)
    assert NOUVELLE in client.get(_lien()).content.decode()
    dupont.titulaire.refresh_from_db()
    assert dupont.titulaire.adresse_est_a_confirmer


def test_un_lien_d_avant_un_autre_changement_ne_vaut_plus(dupont, client):
    _changer(dupont.titulaire)
    lien = _lien()
    _changer(dupont.titulaire, "encore@example.org")
    client.force_login(dupont.compte)
    assert client.post(lien).status_code == 404


def test_le_lien_se_redemande_une_fois_en_cinq_minutes(dupont, client):
    _changer(dupont.titulaire)
    Courriel.objects.all().delete()
    client.force_login(dupont.compte)
    for _ in range(3):
        client.post(reverse("famille:lien_d_adresse"))
    assert _recus() == {NOUVELLE: ["adresse_a_confirmer"]}


def test_un_mot_de_passe_change_se_dit_a_l_adresse_du_compte(dupont):
    dupont.compte.adopter_mot_de_passe("Bonbons2015")
    assert _recus() == {"jean.dupont@wanadoo.fr": ["mot_de_passe_change"]}


def test_un_mot_de_passe_remplace_par_le_centre_se_dit_a_qui_se_connectait(dupont, client):
    dupont.titulaire.ouvrir_acces()
    assert _recus() == {}
    client.post("/connexion/", {"username": "dupont", "password": "x"})
    dupont.compte.last_login = dupont.compte.cree_le
    dupont.compte.save()
    dupont.titulaire.refresh_from_db()
    dupont.titulaire.ouvrir_acces()
    assert _recus() == {"jean.dupont@wanadoo.fr": ["mot_de_passe_change"]}
    assert Courriel.objects.get().contexte["par_le_centre"] is True


def test_un_acces_tout_neuf_n_alarme_personne(martin):
    martin.titulaire.compte = CompteFactory()
    martin.titulaire.save()
    martin.titulaire.ouvrir_acces()
    assert _recus() == {}
    assert mail.outbox == []


def test_une_adresse_ecrite_seule_se_dit_et_se_confirme_aussi(dupont):
    dupont.titulaire.email = NOUVELLE
    dupont.titulaire.save(update_fields=["email"])
    assert _recus() == {"jean.dupont@wanadoo.fr": ["adresse_remplacee"], NOUVELLE: ["adresse_a_confirmer"]}
    dupont.titulaire.refresh_from_db()
    assert dupont.titulaire.adresse_est_a_confirmer


def test_ce_qui_s_ecrit_sans_l_adresse_ne_la_change_ni_ne_la_dit(dupont):
    dupont.titulaire.email = NOUVELLE
    dupont.titulaire.save(update_fields=["profession"])
    dupont.titulaire.refresh_from_db()
    assert dupont.titulaire.email == "jean.dupont@wanadoo.fr"
    assert _recus() == {}


def test_une_adresse_d_abord_en_capitales_est_la_meme(dupont):
    type(dupont.titulaire).objects.filter(pk=dupont.titulaire.pk).update(email="Jean.Dupont@Wanadoo.fr")
    _changer(dupont.titulaire, "jean.dupont@wanadoo.fr")
    assert _recus() == {}


def test_une_fiche_qui_a_disparu_entre_temps_revient_sans_rien_dire(martin):
    martin.titulaire.compte = None
    type(martin.titulaire).objects.filter(pk=martin.titulaire.pk).delete()
    _changer(martin.titulaire)
    assert _recus() == {}


def test_un_changement_que_l_on_ne_peut_dire_ne_se_fait_pas(dupont, monkeypatch):
    def en_panne(courriels: list[Courriel]) -> None:
        raise OSError("le disque est plein")

    monkeypatch.setattr("famille.models.adresse.deposer", en_panne)
    with pytest.raises(OSError, match="plein"):
        _changer(dupont.titulaire)
    dupont.titulaire.refresh_from_db()
    assert dupont.titulaire.email == "jean.dupont@wanadoo.fr"
