"""One box for everything: what each spelling finds, what opens at once, what each group of agents sees of it."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from facturation.models import Facture
from portail.guichet.recherche.lignes import adresse_de_la_famille
from tests import fabriques
from tests.demandes.outils import changer_de_mobile
from tests.facturation.fabriques import RegieFactory, facture

pytestmark = pytest.mark.django_db
ADRESSE = "/admin/guichet/recherche/"


def chercher(client: Client, texte: str) -> dict[str, list[str]]:
    """{group: what it lists}, of a page that opens nothing by itself."""
    page = client.get(ADRESSE, {"q": texte})
    assert page.status_code == 200, page.url
    recherche = page.context["recherche"]
    return {groupe.titre: [ligne.titre for ligne in groupe.lignes] for groupe in recherche.groupes}


def ouvrir(client: Client, texte: str) -> str:
    """The page that opens at once."""
    page = client.get(ADRESSE, {"q": texte})
    assert page.status_code == 302, page.content.decode()
    return page.url


def due(foyer) -> Facture:
    return facture(RegieFactory(), foyer.famille, "120.60", date(2015, 4, 1), date(2015, 4, 30))


@pytest.fixture
def guichet(client, agent) -> Client:
    client.force_login(agent)
    return client


class TestCeQuiSOuvre:
    @pytest.mark.parametrize(
        "texte",
        [
            *("1001001818331", "jean dupont", "DUPONT Léa", "lea dupont", "Jeanne", "lea"),
            *("01 02 03 04 05", "0102030405", "+33 1.02.03.04.05", "0033102030405", "Jean.Dupont@WANADOO.fr"),
        ],
    )
    def test_ce_qui_ne_nomme_qu_une_famille(self, guichet, dupont, martin, texte):
        assert ouvrir(guichet, texte) == adresse_de_la_famille(dupont.famille.pk)

    @pytest.mark.parametrize("forme", ["{code}-{n}", "{code} {n}", "facture {code}{n}"])
    def test_une_facture_par_son_numero(self, guichet, dupont, martin, forme):
        facturee, _ = due(dupont), due(martin)
        texte = forme.format(code=facturee.regie.code.lower(), n=facturee.numero)
        assert ouvrir(guichet, texte) == reverse("admin:facturation_facture_change", args=[facturee.pk])

    @pytest.mark.parametrize("texte", ["dup", "818331", "jean.dupont@", "01 02 03", "dupnt"])
    def test_rien_de_ce_qui_est_ecrit_a_moitie(self, guichet, dupont, martin, texte):
        assert chercher(guichet, texte)["Familles"] == ["DUPONT Jean et Jeanne"]

    def test_rien_de_ce_qui_en_nomme_deux(self, guichet, dupont, martin):
        autre = fabriques.FamilleFactory()
        fabriques.ResponsableFactory(famille=autre, nom="Dupont", prenom="Jean", ville="Auzeville")
        assert chercher(guichet, "jean dupont")["Familles"] == ["DUPONT Jean et Jeanne", "Dupont Jean"]

    def test_rien_d_un_enfant_de_deux_familles(self, guichet, dupont, martin):
        fabriques.RattachementFactory(famille=martin.famille, enfant=dupont.enfants[0])
        page = guichet.get(ADRESSE, {"q": "léa dupont"})
        [_, enfants] = page.context["recherche"].groupes
        assert [lien.texte for lien in enfants.lignes[0].liens] == [
            "Famille DUPONT Jean et Jeanne (n°\u00a01001001818331)",
            "Famille MARTIN Sophie (n°\u00a01001001818332)",
        ]


class TestCeQuiSeTrouve:
    def test_les_homonymes_se_distinguent(self, guichet, dupont, martin):
        autre = fabriques.FamilleFactory(numero="1001001818399")
        fabriques.ResponsableFactory(
            famille=autre, nom="DUPONT", prenom="Jean", adresse="3 rue Haute", ville="Auzeville"
        )
        page = guichet.get(ADRESSE, {"q": "dupont"}).content.decode()
        for dit in (
            "1001001818331",
            "12 RUE DES BONBONS",
            "01\u00a002\u00a003\u00a004\u00a005",
            "née le 03/06/2007",
            "CE1",
        ):
            assert dit in page
        for dit in ("1001001818399", "3 rue Haute, Auzeville"):
            assert dit in page

    @pytest.mark.parametrize("faute", ["dupomt", "dupnot", "dpont", "dupontt", "DUPÔMT", "jaen dupont", "dupomt lae"])
    def test_une_faute_de_frappe_se_pardonne(self, guichet, dupont, martin, faute):
        assert chercher(guichet, faute)["Familles"] == ["DUPONT Jean et Jeanne"]
        assert "Voici ce qui s’en approche" in guichet.get(ADRESSE, {"q": faute}).content.decode()

    def test_deux_fautes_dans_un_nom_long(self, guichet, dupont):
        fabriques.ResponsableFactory(famille=fabriques.FamilleFactory(), nom="Barthélemy", prenom="Zoé")
        assert chercher(guichet, "bartelemi") == {"Familles": ["Barthélemy Zoé"]}

    def test_ce_qui_s_ecrit_ainsi_passe_avant_ce_qui_y_ressemble(self, guichet, dupont):
        for nom in ("DUPOND", "DUPONTEL"):
            fabriques.ResponsableFactory(famille=fabriques.FamilleFactory(), nom=nom, prenom="Ève")
        assert chercher(guichet, "dupont")["Familles"] == ["DUPONT Jean et Jeanne", "DUPONTEL Ève"]

    def test_ce_que_la_famille_doit_et_ce_qu_elle_attend(self, guichet, dupont, martin):
        facturee, demande = due(dupont), changer_de_mobile(dupont)
        due(martin), changer_de_mobile(martin)
        trouve = chercher(guichet, "dup")
        assert trouve["Factures et règlements"] == [f"Facture {facturee.reference}"]
        assert trouve["Demandes"] == [f"N°\u00a0{demande.numero}, {demande.nom_court}"]

    def test_une_demande_par_son_numero(self, guichet, dupont, martin):
        demande, _ = changer_de_mobile(dupont), changer_de_mobile(martin)
        trouve = chercher(guichet, f"demande n° {demande.numero}")
        assert trouve["Demandes"] == [f"N°\u00a0{demande.numero}, {demande.nom_court}"]

    @pytest.mark.parametrize("texte", ["zzyzx", "'", "\\", "%", "--", "@", "0", "9" * 40, "AL-999999999", "'a':*"])
    def test_rien_ne_se_trouve_sans_se_plaindre(self, guichet, dupont, texte):
        page = guichet.get(ADRESSE, {"q": texte})
        assert page.status_code == 200

    def test_une_fiche_fusionnee_ne_se_trouve_plus(self, guichet, dupont):
        fabriques.EnfantFactory(nom="DUPONT", prenom="Lou", fondu_dans=dupont.enfants[0])
        assert "Enfants" not in chercher(guichet, "lou d") or "DUPONT Lou" not in chercher(guichet, "lou d")["Enfants"]


class TestDroits:
    """Nothing is found that one may not see."""

    def test_sans_aucun_droit_rien_ne_se_trouve(self, client, agent_sans_droit, dupont):
        facturee, demande = due(dupont), changer_de_mobile(dupont)
        client.force_login(agent_sans_droit)
        for texte in ("dupont", "lea", "1001001818331", "0102030405", facturee.reference, f"demande {demande.numero}"):
            assert chercher(client, texte) == {}

    @pytest.mark.parametrize(
        ("qui", "groupes"),
        [
            ("agent", {"Familles", "Enfants", "Factures et règlements", "Demandes"}),
            ("animateur", {"Familles", "Enfants"}),
            ("regisseur", {"Familles", "Enfants", "Factures et règlements"}),
            ("directrice", {"Familles", "Enfants", "Factures et règlements", "Demandes"}),
        ],
    )
    def test_chaque_groupe_trouve_ce_qu_il_peut_voir(self, client, request, dupont, qui, groupes):
        due(dupont), changer_de_mobile(dupont)
        client.force_login(request.getfixturevalue(qui))
        assert set(chercher(client, "dup")) == groupes

    def test_une_facture_ne_s_ouvre_pas_a_qui_ne_la_voit_pas(self, client, animateur, dupont):
        facturee = due(dupont)
        client.force_login(animateur)
        assert chercher(client, facturee.reference) == {}

    def test_un_parent_n_y_entre_pas(self, client, dupont):
        client.force_login(dupont.compte)
        assert client.get(ADRESSE, {"q": "martin"}).status_code == 403


@pytest.mark.parametrize("texte", ["dupont", "dupomt", "12"])
def test_quinze_requetes_au_plus_quel_que_soit_le_nombre_de_familles(client, directrice, dupont, texte):
    client.force_login(directrice)

    def requetes() -> int:
        client.get(ADRESSE, {"q": texte})
        with CaptureQueriesContext(connection) as lues:
            assert client.get(ADRESSE, {"q": texte}).status_code == 200
        return len(lues)

    regie = RegieFactory()
    for rang in range(2):
        _voisin(rang, regie)
    peu = requetes()
    for rang in range(2, 9):
        _voisin(rang, regie)
    assert requetes() == peu <= 15


def _voisin(rang: int, regie) -> None:
    famille = fabriques.FamilleFactory()
    fabriques.ResponsableFactory(famille=famille, nom="DUPONT", prenom=f"Ali{'abcdefghi'[rang]}")
    fabriques.EnfantFactory(famille=famille, nom="DUPONT", prenom="Lou", ecole=fabriques.EcoleFactory())
    facture(regie, famille, "12", date(2015, 4, 1), date(2015, 4, 30))


def test_chaque_page_des_agents_a_la_case(guichet, dupont):
    for page in ("/admin/", "/admin/famille/famille/", f"/admin/famille/famille/{dupont.famille.pk}/change/", ADRESSE):
        assert 'id="recherche-texte"' in guichet.get(page).content.decode()


def test_une_fenetre_de_choix_n_a_pas_la_case(guichet):
    assert 'id="recherche-texte"' not in guichet.get("/admin/famille/ecole/add/", {"_popup": 1}).content.decode()
