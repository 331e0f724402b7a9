"""The screen of imports: the file, its columns, what it would change, then all of it or nothing."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from famille.models import CorrespondanceDeColonnes, Enfant, Famille, FichierAImporter
from portail.importation.lecture.fichier import lire
from portail.importation.modele import exemple

pytestmark = pytest.mark.django_db
FICHIER = (
    "Référence famille;NOM PARENT;Titulaire prénom;Référence enfant;Enfant nom;Enfant prénom;Date de naissance\n"
    "F-1;Durand;Jean;E-1;Durand;Léa;{}\n"
)
BON = FICHIER.format("03/06/2010")


@pytest.fixture
def direction(client: Client, directrice) -> Client:
    client.force_login(directrice)
    return client


def _deposer(client: Client, contenu: str = BON, **champs: object):
    fichier = SimpleUploadedFile("familles.csv", contenu.encode())
    return client.post(reverse("admin:guichet_importation"), {"fichier": fichier, **champs}, follow=True)


def _choix(page) -> dict[str, str]:
    form = page.context["form"]
    return {nom: form[nom].initial or "" for nom in form.titres}


def _adresse(page: str) -> str:
    return reverse(f"admin:guichet_importation_{page}", args=[FichierAImporter.objects.get().pk])


def _apercu(client: Client, contenu: str = BON, **choix: str):
    page = _deposer(client, contenu)
    return client.post(_adresse("apercu"), _choix(page) | {"colonne-1": "titulaire.nom"} | choix)


def test_un_fichier_se_depose_se_regarde_puis_s_importe(direction):
    page = _deposer(direction)
    assert [champ.label for champ in page.context["form"].inconnues] == ["NOM PARENT"]
    apercu = direction.post(_adresse("apercu"), _choix(page) | {"colonne-1": "titulaire.nom"})
    assert "Familles\u00a0: 1\u00a0nouvelle" in apercu.content.decode()
    assert apercu.context["nouveaux"][0][1] == ["Jean DURAND"]
    assert "<summary>1\u00a0enfant nouveau</summary>" in apercu.text
    assert "<li>Léa DURAND</li>" in apercu.text
    assert not Famille.objects.exists()
    fin = direction.post(_adresse("ecriture"), {"vu": apercu.context["bilan"].empreinte}, follow=True)
    assert "«\u00a0familles.csv\u00a0» est importé." in fin.content.decode()
    assert Enfant.objects.get().prenom == "Léa"
    assert not FichierAImporter.objects.exists()


def test_des_fautes_se_montrent_et_rien_n_est_ecrit(direction):
    page = _apercu(direction, FICHIER.format("31/02/2010"))
    texte = page.content.decode().replace("\u00a0", " ")
    assert "1 erreur : rien n’est écrit" in texte
    assert "Cette date n’existe pas" in texte
    assert not Famille.objects.exists()


def test_ce_qu_on_n_a_pas_lu_ne_s_ecrit_pas(direction):
    _apercu(direction)
    page = direction.post(_adresse("ecriture"), {})
    assert "relisez ce que le fichier changerait maintenant" in page.content.decode()
    assert not Famille.objects.exists()


def test_renoncer_revient_aux_colonnes_comme_on_les_a_dites(direction):
    apercu = _apercu(direction).text
    assert f'href="{_adresse("colonnes")}">Renoncer' in apercu
    form = direction.get(_adresse("colonnes")).context["form"]
    assert (form["colonne-1"].value(), form.inconnues) == ("titulaire.nom", [])


def test_les_colonnes_d_un_logiciel_s_enregistrent_et_se_retrouvent(direction):
    _apercu(direction, nom="Logiciel d’avant")
    apprise = CorrespondanceDeColonnes.objects.get(nom="Logiciel d’avant")
    assert apprise.colonnes["NOM PARENT"] == "titulaire.nom"
    page = _deposer(direction, correspondance=apprise.pk)
    assert page.context["form"].inconnues == []


def test_deux_colonnes_pour_une_se_disent(direction):
    page = _apercu(direction, **{"colonne-1": "enfant.nom"})
    assert "Deux colonnes du fichier donnent «\u00a0Enfant nom\u00a0»" in page.content.decode()


@pytest.mark.parametrize(("contenu", "phrase"), [("", "vide"), ("a;b\n", "pas de ligne"), ("PK\x03\x04xx", "abîmé")])
def test_un_fichier_qui_ne_se_lit_pas_se_dit(direction, contenu, phrase):
    assert phrase in _deposer(direction, contenu).content.decode()
    assert not FichierAImporter.objects.exists()


def test_un_fichier_en_attente_est_chiffre_et_n_est_qu_a_son_agent(direction, client, django_user_model):
    _deposer(direction)
    with connection.cursor() as curseur:
        curseur.execute('SELECT "table" FROM famille_fichieraimporter')
        assert "Durand" not in curseur.fetchone()[0]
    autre = django_user_model.objects.create(identifiant="autre", is_staff=True, is_superuser=True)
    client.force_login(autre)
    for page in ("apercu", "ecriture"):
        assert client.post(_adresse(page)).status_code == 404
    assert client.get(_adresse("colonnes")).status_code == 404


def test_le_modele_et_l_exemple_se_relisent(direction):
    modele = direction.get(reverse("admin:guichet_importation_modele")).content
    assert modele.startswith(b"PK")
    exemple_servi = direction.get(reverse("admin:guichet_importation_exemple")).content
    assert exemple_servi == exemple().encode()
    assert len(lire(exemple_servi).lignes) == 3
    assert BytesIO(modele).read(2) == b"PK"


@pytest.mark.parametrize("groupe", ["agent", "animateur", "regisseur", "agent_sans_droit"])
def test_seule_la_direction_importe(client, request, groupe, directrice):
    fichier = FichierAImporter.objects.create(nom="f.csv", table={"entetes": [], "lignes": []}, par=directrice)
    client.force_login(request.getfixturevalue(groupe))
    assert client.get(reverse("admin:guichet_importation")).status_code == 403
    for page in ("exemple", "modele"):
        assert client.get(reverse(f"admin:guichet_importation_{page}")).status_code == 403
    for page in ("apercu", "ecriture"):
        assert client.post(reverse(f"admin:guichet_importation_{page}", args=[fichier.pk])).status_code == 403
    assert "Importer un fichier" not in client.get(reverse("admin:famille_famille_changelist")).content.decode()


def test_la_liste_des_familles_mene_a_l_importation(direction):
    assert "Importer un fichier" in direction.get(reverse("admin:famille_famille_changelist")).content.decode()


@pytest.mark.parametrize("page", ["", "colonnes", "apercu"])
def test_une_page_demande_peu_a_la_base_quel_que_soit_le_fichier(direction, page):
    lignes = "".join(f"G-{n};Durand;Jean;H-{n};Durand;Léa{'abcdefghij'[n]};03/06/2010\n" for n in range(10))
    depose = _deposer(direction, BON + lignes)
    adresse = _adresse(page) if page else reverse("admin:guichet_importation")
    with CaptureQueriesContext(connection) as requetes:
        if page == "apercu":
            reponse = direction.post(adresse, _choix(depose) | {"colonne-1": "titulaire.nom"})
            assert reponse.context["bilan"].est_possible
        else:
            direction.get(adresse)
    assert len([requete for requete in requetes if "SAVEPOINT" not in requete["sql"]]) <= 15
