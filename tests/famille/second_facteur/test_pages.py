"""Setting it up, keeping its codes, taking it back; what is told of it."""

import pytest
from django.contrib.admin.models import LogEntry
from django.core.management import CommandError, call_command

from courriels.models import Courriel
from famille.models import AppareilDeConfiance, Authentificateur
from tests.fabriques import MOT_DE_PASSE
from tests.famille.second_facteur.outils import CODE, SECURITE, code, proteger

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("maintenant")]


@pytest.fixture
def guichet(client, agent):
    """The front desk, who has an address."""
    agent.email = "alice@mairie.example"
    agent.save()
    Courriel.objects.all().delete()
    client.force_login(agent)
    return client


def sujets() -> list[tuple[str, str]]:
    return [(c.destinataire, c.contexte["phrase"]) for c in Courriel.objects.order_by("pk")]


def test_sans_cle_ou_avant_qu_elle_soit_confirmee_la_page_propose_d_en_relier_une(guichet, agent, regisseur):
    cle, _ = proteger(regisseur)
    Authentificateur.objects.filter(pk=cle.pk).update(confirme_le=None)
    assert guichet.get("/second-facteur/activation/").url == SECURITE
    assert guichet.post("/second-facteur/activation/", {"code": code(cle)}).url == SECURITE
    assert "Relier mon téléphone" in guichet.get(SECURITE).text
    Authentificateur.preparer(agent)
    assert "Relier mon téléphone" in guichet.get(SECURITE).text


def test_relier_un_telephone(guichet, agent, regisseur):
    proteger(regisseur)
    guichet.post("/second-facteur/cle/", {"mot_de_passe": MOT_DE_PASSE})
    page = guichet.get("/second-facteur/activation/").content.decode()
    cle = agent.authentificateur
    assert "<svg" in page
    assert cle.en_lettres in page
    assert cle.adresse.startswith("otpauth://totp/Portail%20famille%20")
    assert f"secret={cle.en_lettres.replace(' ', '')}" in cle.adresse

    reponse = guichet.post("/second-facteur/activation/", {"code": code(cle)})
    codes = reponse.context["codes"]
    assert all(un in reponse.content.decode() for un in codes)
    assert "Il vous reste 10 codes de secours" in guichet.get(SECURITE).content.decode()
    assert sujets() == [("alice@mairie.example", "Un second facteur protège désormais votre compte")]


def test_les_codes_ne_se_montrent_qu_une_fois(guichet, agent):
    guichet.post("/second-facteur/cle/", {"mot_de_passe": MOT_DE_PASSE})
    cle = Authentificateur.objects.get()
    codes = guichet.post("/second-facteur/activation/", {"code": code(cle)}).context["codes"]
    for page in (SECURITE, "/second-facteur/activation/", CODE):
        reponse = guichet.get(page, follow=True).content.decode()
        assert not any(un in reponse for un in codes)
    assert guichet.post("/second-facteur/activation/", {"code": code(cle, pas=1)}).url == SECURITE


def test_une_cle_confirmee_ne_se_montre_plus(guichet, agent):
    guichet.post("/second-facteur/cle/", {"mot_de_passe": MOT_DE_PASSE})
    cle = Authentificateur.objects.get()
    guichet.post("/second-facteur/activation/", {"code": code(cle)})
    assert guichet.get("/second-facteur/activation/").url == SECURITE


@pytest.mark.parametrize("geste", ["cle", "codes", "retrait"])
def test_le_mot_de_passe_est_redemande(guichet, agent, geste):
    cle, codes = proteger(agent)
    guichet.post(CODE, {"code": codes[0]})
    reponse = guichet.post(f"/second-facteur/{geste}/", {"mot_de_passe": "Autre12345"})
    assert "Ce mot de passe n’est pas le bon." in reponse.content.decode()
    assert Authentificateur.objects.get().generation == cle.generation
    assert cle.codes.count() == 9


def test_retirer_et_de_nouveaux_codes(guichet, agent, maintenant):
    cle, codes = proteger(agent)
    guichet.post(CODE, {"code": code(cle), "confiance": "on"})
    nouveaux = guichet.post("/second-facteur/codes/", {"mot_de_passe": MOT_DE_PASSE}).context["codes"]
    assert len(set(nouveaux) - set(codes)) == 10
    maintenant.shift(60)
    assert guichet.post("/second-facteur/retrait/", {"mot_de_passe": MOT_DE_PASSE}).url == SECURITE
    assert not Authentificateur.objects.exists()
    assert not AppareilDeConfiance.objects.exists()
    assert "Votre compte n’a plus de second facteur." in guichet.get("/admin/").text
    assert [phrase for _, phrase in sujets()] == [
        "De nouveaux codes de secours ont été donnés à votre compte",
        "Le second facteur de votre compte a été retiré",
    ]


class TestTelephonePerdu:
    def test_la_direction_le_retire_et_cela_se_sait(self, client, directrice, guichet, agent):
        proteger(agent)
        client.force_login(directrice)
        adresse = f"/admin/famille/compte/{agent.pk}/second-facteur/"
        assert "Retirer le second facteur" in client.get(f"/admin/famille/compte/{agent.pk}/change/").content.decode()
        question = client.get(adresse).context["confirmation"]
        assert Authentificateur.objects.exists()
        client.post(adresse, {"confirme": question.lu})
        assert not Authentificateur.objects.exists()
        assert sujets() == [("alice@mairie.example", "La direction a retiré le second facteur de votre compte")]
        assert LogEntry.objects.get(object_id=str(agent.pk)).get_change_message() == "Second facteur retiré."

    @pytest.mark.parametrize("qui", ["agent", "animateur", "regisseur"])
    def test_personne_d_autre(self, client, request, qui, directrice):
        proteger(directrice)
        client.force_login(request.getfixturevalue(qui))
        assert client.post(f"/admin/famille/compte/{directrice.pk}/second-facteur/").status_code == 403
        assert Authentificateur.objects.exists()

    def test_ni_le_sien_ni_celui_de_qui_peut_tout(self, client, directrice, agent_sans_droit):
        cle, _ = proteger(directrice)
        agent_sans_droit.is_superuser = True
        agent_sans_droit.save()
        proteger(agent_sans_droit)
        client.force_login(directrice)
        client.post(CODE, {"code": code(cle)})
        for compte in (directrice, agent_sans_droit):
            assert client.post(f"/admin/famille/compte/{compte.pk}/second-facteur/").status_code == 403
        assert Authentificateur.objects.count() == 2

    def test_l_informatique_quand_plus_personne_n_entre(self, guichet, agent, capsys):
        proteger(agent)
        call_command("retirer_second_facteur", "Agent")
        assert not Authentificateur.objects.exists()
        assert len(sujets()) == 1
        with pytest.raises(CommandError):
            call_command("retirer_second_facteur", "agent")
