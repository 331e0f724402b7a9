"""« Exporter », under any list: its rows with its filters, for who may see it; noted, and nothing confidential."""

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from famille.models import Enfant
from tests import fabriques
from tests.demandes.outils import changer_de_mobile
from tests.facturation.fabriques import operations

pytestmark = pytest.mark.django_db


def _adresse(modele: str, requete: str = "") -> str:
    return reverse(f"admin:{modele}_exportation") + requete


@pytest.fixture
def exporter(client):
    def _exporter(qui, modele: str, requete: str = "") -> list[list[str]]:
        client.force_login(qui)
        reponse = client.post(_adresse(modele, requete), {"format": "csv"})
        assert reponse.status_code == 200
        lignes = reponse.getvalue().decode("utf-8-sig").splitlines()
        return [ligne.split(";") for ligne in lignes]

    return _exporter


def test_une_liste_s_exporte_avec_ses_filtres_sa_recherche_et_son_ordre(exporter, agent, dupont, martin):
    titres, *lignes = exporter(agent, "famille_enfant")
    assert titres == ["Nom", "Prénom", "Date de naissance", "École", "Classe", "Familles"]
    assert [ligne[:5] for ligne in lignes] == [
        ["DUPONT", "Léa", "03/06/2007", "École Jean-Moulin", "CE1"],
        ["MARTIN", "Tom", "20/01/2009", "", ""],
    ]
    assert [ligne[1] for ligne in exporter(agent, "famille_enfant", "?q=tom")[1:]] == ["Tom"]
    assert [ligne[1] for ligne in exporter(agent, "famille_enfant", "?classe__exact=CE1")[1:]] == ["Léa"]
    assert [ligne[1] for ligne in exporter(agent, "famille_enfant", "?o=2")[1:]] == ["Léa", "Tom"]


def test_toutes_les_pages_d_une_liste_partent(exporter, agent):
    ecole = fabriques.EcoleFactory()
    Enfant.objects.bulk_create([fabriques.EnfantFactory.build(ecole=ecole) for _ in range(130)])
    assert len(exporter(agent, "famille_enfant")) == 131


def test_une_somme_et_un_jour_sont_un_nombre_et_un_jour(exporter, regisseur, dupont):
    operations(dupont.famille)
    titres, facture = exporter(regisseur, "facturation_facture")
    dite = dict(zip(titres, facture, strict=True))
    assert (dite["Date"], dite["Montant"], dite["Période"]) == ("08/04/2015", "120,60", "01/04/2015 - 30/04/2015")


def test_une_liste_ne_dit_rien_de_confidentiel(exporter, directrice, dupont):
    titres, compte = exporter(directrice, "famille_informationsbancaires")
    assert titres == ["Famille"]
    assert "606" not in "".join(compte)
    titres, *fiches = exporter(directrice, "famille_fichesanitaire")
    assert titres == ["Enfant", "École", "Classe"]
    assert "Arachide" not in str(fiches)


def test_une_file_s_exporte_avec_ce_que_sa_page_ajoute(exporter, directrice, dupont):
    changer_de_mobile(dupont)
    titres, demande = exporter(directrice, "demandes_demande")
    assert titres[:2] == ["Demande", "Famille"]
    assert "mobile" in " ".join(demande).lower()


def test_un_nom_qui_serait_une_formule_est_un_texte(exporter, agent):
    fabriques.EnfantFactory(nom="=cmd|x", prenom="@Léa")
    assert exporter(agent, "famille_enfant")[1][:2] == ["'=cmd|x", "'@Léa"]


def test_l_export_est_note_avec_le_nombre_de_lignes(exporter, agent, dupont, martin):
    exporter(agent, "famille_enfant")
    note = LogEntry.objects.get()
    assert (note.user, note.object_repr) == (agent, "Liste «\u00a0enfants\u00a0»")
    assert note.change_message == "Exportée (CSV)\u00a0: 2\u00a0lignes."


def test_un_classeur_part_et_se_nomme(client, agent, dupont):
    client.force_login(agent)
    reponse = client.post(_adresse("famille_famille"), {"format": "xlsx"})
    assert reponse.getvalue().startswith(b"PK")
    assert reponse["Content-Disposition"].startswith('attachment; filename="familles-')


@pytest.mark.parametrize(("methode", "donnees", "statut"), [("get", {}, 405), ("post", {"format": "exe"}, 400)])
def test_ce_qui_n_est_pas_un_export_est_refuse(client, agent, methode, donnees, statut):
    client.force_login(agent)
    assert getattr(client, methode)(_adresse("famille_famille"), donnees).status_code == statut
    assert not LogEntry.objects.exists()


def test_qui_ne_voit_pas_une_liste_ne_l_exporte_pas(client, animateur, dupont):
    client.force_login(animateur)
    assert client.post(_adresse("famille_informationsbancaires"), {"format": "csv"}).status_code == 403
    assert not LogEntry.objects.exists()


def test_le_nombre_de_requetes_ne_depend_pas_du_nombre_de_lignes(exporter, agent, dupont):
    def compter() -> int:
        with CaptureQueriesContext(connection) as requetes:
            exporter(agent, "famille_famille")
        return len(requetes)

    compter()
    peu = compter()
    for _ in range(20):
        foyer = fabriques.FamilleFactory()
        fabriques.ResponsableFactory(famille=foyer)
        fabriques.EnfantFactory(famille=foyer)
    assert compter() == peu


def test_chaque_liste_montre_de_quoi_l_exporter(client, agent, dupont):
    client.force_login(agent)
    page = client.get(reverse("admin:famille_enfant_changelist") + "?q=lea").content.decode()
    assert 'action="/admin/famille/enfant/exportation/?q=lea"' in page
    assert "exportation" not in client.get(reverse("admin:famille_enfant_changelist") + "?_popup=1").content.decode()
