"""No page of an agent opens before their code, by whatever address; who must have a second factor sets it up first."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from famille.models import AppareilDeConfiance, Authentificateur, Famille
from tests.fabriques import MOT_DE_PASSE
from tests.famille.second_facteur.outils import CODE, SECURITE, code, proteger
from tests.planning.admin.outils import phrases

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("maintenant")]
GROUPES = ["agent", "animateur", "regisseur", "directrice"]
ADRESSES = [
    *("/admin/", "/admin/famille/famille/", "/admin/famille/famille/1/change/", "/admin/facturation/facture/"),
    *("/admin/guichet/recherche/?q=a", "/admin/autocomplete/", "/admin/jsi18n/", "/admin/planning/prestation/appel/"),
    *("/admin/password_change/", "/mot-de-passe/changement/", "/second-facteur/", "/second-facteur/activation/", "/"),
]


def entrer(client: Client, compte) -> None:
    """By the door: the password alone."""
    reponse = client.post("/connexion/", {"username": compte.identifiant, "password": MOT_DE_PASSE})
    assert reponse.status_code == 302


def taper(client: Client, tape: str, **champs: str) -> Client:
    return client.post(CODE, {"code": tape, **champs})


@pytest.mark.parametrize("qui", GROUPES)
class TestSansLeCode:
    @pytest.mark.parametrize("adresse", ADRESSES)
    def test_aucune_page_ne_s_ouvre(self, client, request, qui, adresse):
        agent = request.getfixturevalue(qui)
        proteger(agent)
        entrer(client, agent)
        reponse = client.get(adresse)
        assert (reponse.status_code, reponse.url.partition("?")[0]) == (302, CODE)

    def test_rien_ne_s_envoie(self, client, request, qui):
        agent = request.getfixturevalue(qui)
        proteger(agent)
        entrer(client, agent)
        for adresse in (reverse("admin:famille_famille_add"), "/second-facteur/cle/", "/second-facteur/retrait/"):
            assert client.post(adresse, {"mot_de_passe": MOT_DE_PASSE}).url == CODE
        assert Authentificateur.objects.get().est_confirme
        assert not Famille.objects.exists()

    def test_le_code_ouvre_la_page_demandee(self, client, request, qui):
        agent = request.getfixturevalue(qui)
        cle, _ = proteger(agent)
        entrer(client, agent)
        avant = client.session.session_key
        assert taper(client, "000000").status_code == 200
        assert client.get("/admin/").url.startswith(CODE)
        assert taper(client, code(cle), next="/admin/famille/famille/").url == "/admin/famille/famille/"
        assert client.get("/admin/").status_code == 200
        assert client.session.session_key != avant


def test_le_code_ne_mene_pas_ailleurs(client, agent):
    _, codes = proteger(agent)
    entrer(client, agent)
    assert taper(client, codes[0], next="https://ailleurs.example/").url == "/admin/"


def test_on_peut_toujours_sortir(client, agent):
    proteger(agent)
    entrer(client, agent)
    assert client.get("/accessibilite/").status_code == 200
    assert client.post("/deconnexion/").status_code == 302


def test_une_autre_session_ne_profite_pas_du_code(client, agent):
    cle, _ = proteger(agent)
    entrer(client, agent)
    taper(client, code(cle))
    autre = Client()
    entrer(autre, agent)
    assert autre.get("/admin/").url.startswith(CODE)
    assert taper(autre, code(cle)).status_code == 200, "a code opens once, whoever types it"


def test_une_session_ne_vaut_que_pour_sa_cle(client, agent):
    cle, _ = proteger(agent)
    entrer(client, agent)
    taper(client, code(cle))
    proteger(agent)
    assert client.get("/admin/").url.startswith(CODE)


def test_un_parent_n_est_pas_concerne(client, dupont, settings):
    settings.SECOND_FACTEUR_EXIGE = ["Accueil", "Régie", "Direction"]
    client.force_login(dupont.compte)
    assert client.get("/").status_code == 200
    assert client.get(SECURITE).status_code == 404


class TestExige:
    @pytest.fixture(autouse=True)
    def de_la_regie_et_de_la_direction(self, settings):
        settings.SECOND_FACTEUR_EXIGE = ["Régie", "Direction"]

    @pytest.mark.parametrize(("qui", "exige"), [("agent", 0), ("animateur", 0), ("regisseur", 1), ("directrice", 1)])
    def test_de_la_regie_et_de_la_direction(self, client, request, qui, exige):
        client.force_login(request.getfixturevalue(qui))
        reponse = client.get("/admin/")
        assert (reponse.url == SECURITE) if exige else (reponse.status_code == 200)

    def test_de_qui_peut_tout(self, client, agent_sans_droit):
        agent_sans_droit.is_superuser = True
        agent_sans_droit.save()
        client.force_login(agent_sans_droit)
        assert client.get("/admin/").url == SECURITE

    def test_jusqu_a_ce_qu_il_soit_confirme(self, client, regisseur):
        client.force_login(regisseur)
        assert client.post("/second-facteur/cle/", {"mot_de_passe": MOT_DE_PASSE}).url == "/second-facteur/activation/"
        assert client.get("/admin/").url == SECURITE
        cle = Authentificateur.objects.get()
        assert client.post("/second-facteur/activation/", {"code": "000000"}).status_code == 200
        assert client.get("/admin/").url == SECURITE
        assert client.post("/second-facteur/activation/", {"code": code(cle)}).context["codes"]
        assert client.get("/admin/").status_code == 200

    def test_on_ne_le_retire_pas(self, client, regisseur):
        cle, _ = proteger(regisseur)
        client.force_login(regisseur)
        taper(client, code(cle))
        refus = client.post("/second-facteur/retrait/", {"mot_de_passe": MOT_DE_PASSE})
        assert phrases(refus) == ["Votre fonction demande un second facteur : remplacez-le plutôt."]
        assert Authentificateur.objects.filter(compte=regisseur, confirme_le__isnull=False).exists()

    def test_le_mot_de_passe_provisoire_se_change_d_abord(self, client, regisseur):
        regisseur.rendre_provisoire("Provisoire1")
        client.force_login(regisseur)
        assert client.get("/admin/").url == "/mot-de-passe/changement/"
        assert client.get("/mot-de-passe/changement/").status_code == 200

    def test_avec_une_cle_le_code_vient_d_abord(self, client, regisseur):
        cle, _ = proteger(regisseur)
        regisseur.rendre_provisoire("Provisoire1")
        client.force_login(regisseur)
        assert client.get("/mot-de-passe/changement/").url.startswith(CODE)
        assert taper(client, code(cle)).status_code == 302
        assert client.get("/mot-de-passe/changement/").status_code == 200


class TestAppareilDeConfiance:
    @pytest.fixture
    def tablette(self, client, agent) -> Client:
        """Trusted, out again: only its cookie is left."""
        cle, _ = proteger(agent)
        entrer(client, agent)
        client.post(CODE, {"code": code(cle), "confiance": "on"}, headers={"User-Agent": "X (iPad) Safari/604"})
        client.post("/deconnexion/")
        return client

    def test_ne_demande_plus_de_code(self, tablette, agent):
        entrer(tablette, agent)
        assert tablette.get("/admin/").status_code == 200
        assert AppareilDeConfiance.objects.get().nom == "Safari, iPad"

    def test_une_page_n_en_coute_pas_une_requete_de_plus(self, tablette, agent):
        entrer(tablette, agent)
        tablette.get("/admin/")
        avec = len(_requetes(tablette))
        Authentificateur.objects.all().delete()
        assert len(_requetes(tablette)) == avec

    def test_son_mot_de_passe_reste_demande(self, tablette):
        assert tablette.get("/admin/").url.startswith("/admin/login/")

    def test_n_est_que_de_ce_compte(self, tablette, regisseur):
        proteger(regisseur)
        entrer(tablette, regisseur)
        assert tablette.get("/admin/").url.startswith(CODE)

    def test_trente_jours(self, tablette, agent, maintenant):
        maintenant.move_to("2026-12-27T08:59:00+01:00", tick=False)
        entrer(tablette, agent)
        assert tablette.get("/admin/").status_code == 200
        tablette.post("/deconnexion/")
        maintenant.move_to("2026-12-27T09:01:00+01:00", tick=False)
        entrer(tablette, agent)
        assert tablette.get("/admin/").url.startswith(CODE)

    def test_un_mot_de_passe_change_l_oublie(self, tablette, agent):
        agent.adopter_mot_de_passe("Autre12345")
        tablette.post("/connexion/", {"username": agent.identifiant, "password": "Autre12345"})
        assert tablette.get("/admin/").url.startswith(CODE)

    def test_une_autre_cle_l_oublie(self, tablette, agent):
        proteger(agent)
        entrer(tablette, agent)
        assert tablette.get("/admin/").url.startswith(CODE)

    def test_un_cookie_invente_ou_copie_sans_sa_signature_n_ouvre_rien(self, tablette, agent):
        jeton, _, _ = tablette.cookies["portail_appareil"].value.partition(":")
        for invente in (jeton, f"{jeton}:x:y", "x"):
            tablette.cookies["portail_appareil"] = invente
            entrer(tablette, agent)
            assert tablette.get("/admin/").url.startswith(CODE)

    def test_retire_il_redemande_un_code_tout_de_suite(self, tablette, agent):
        entrer(tablette, agent)
        assert "Safari, iPad" in tablette.get(SECURITE).content.decode()
        appareil = AppareilDeConfiance.objects.get()
        retrait = tablette.post(f"/second-facteur/appareils/{appareil.pk}/retrait/")
        assert (retrait.url, phrases(retrait)) == (SECURITE, ["Un code sera demandé sur cet appareil : Safari, iPad."])
        assert tablette.get("/admin/").url.startswith(CODE)

    def test_celui_d_un_autre_ne_se_retire_pas(self, tablette, regisseur):
        client = Client()
        client.force_login(regisseur)
        appareil = AppareilDeConfiance.objects.get()
        assert client.post(f"/second-facteur/appareils/{appareil.pk}/retrait/").status_code == 404
        assert AppareilDeConfiance.objects.exists()


def _requetes(client: Client) -> list:
    with CaptureQueriesContext(connection) as lues:
        assert client.get("/admin/famille/ecole/").status_code == 200
    return list(lues)
