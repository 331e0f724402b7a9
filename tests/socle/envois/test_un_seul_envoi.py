"""A form that comes again: where it leads, what it may still do, and what is asked of who changed it meanwhile."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from famille.models import Ecole
from messagerie.models import Message
from tests.demandes.outils import PDF
from tests.fabriques import MOT_DE_PASSE
from tests.socle.formulaires import JETON, formulaire_de, formulaires, navigateur

pytestmark = pytest.mark.django_db
ECRIRE, PORTE = reverse("messagerie:nouveau"), reverse("famille:connexion")
GOUTER = {"sujet": "Goûter", "texte": "Est-il fourni ?"}


@pytest.fixture
def parent(dupont) -> Client:
    return navigateur(dupont.compte)


def ouvrir(client: Client, adresse: str, champ: str) -> dict[str, str]:
    """What the form of that page would send, untouched."""
    return formulaire_de(client.get(adresse).content.decode(), champ).champs


def test_le_second_envoi_montre_ce_qu_a_fait_le_premier(parent):
    envoi = ouvrir(parent, ECRIRE, "sujet") | GOUTER
    premier, second = parent.post(ECRIRE, envoi), parent.post(ECRIRE, envoi)
    assert premier.url == second.url
    assert Message.objects.count() == 1
    page = parent.get(second.url).content.decode()
    assert page.count("Votre message est envoyé au centre") == 1


def test_un_formulaire_refuse_s_envoie_de_nouveau(parent):
    envoi = ouvrir(parent, ECRIRE, "sujet")
    assert parent.post(ECRIRE, envoi | GOUTER | {"texte": ""}).status_code != 302
    # Corrected with « back », hence with the same token.
    assert parent.post(ECRIRE, envoi | GOUTER).status_code == 302
    assert Message.objects.count() == 1


def test_la_page_refusee_a_un_jeton_a_elle(parent):
    envoi = ouvrir(parent, ECRIRE, "sujet")
    revenue = formulaire_de(parent.post(ECRIRE, envoi | {"texte": ""}).content.decode(), "sujet")
    assert revenue.champs[JETON] != envoi[JETON]
    assert parent.post(ECRIRE, revenue.champs | GOUTER).status_code == 302


def test_ce_qui_a_change_depuis_est_demande_et_rien_n_est_perdu(parent):
    """« Back », another text, sent."""
    envoi = ouvrir(parent, ECRIRE, "sujet") | GOUTER
    premier = parent.post(ECRIRE, envoi)
    autre = envoi | {"texte": "\nEt sans gluten ?\n« Léa » & <Tom>"}
    page = parent.post(ECRIRE, autre)
    assert page.status_code == 409
    html = page.content.decode()
    assert "Vous avez déjà envoyé ce formulaire" in html
    assert f'href="{premier.url}"' in html
    assert Message.objects.count() == 1
    assert "« Léa » &amp; &lt;Tom&gt;</textarea>" in html
    # One click, and it is another message.
    nouveau = formulaire_de(html, "texte").champs
    assert parent.post(ECRIRE, autre | {JETON: nouveau[JETON]}).status_code == 302
    assert Message.objects.count() == 2


def test_des_fichiers_se_choisissent_de_nouveau(parent):
    envoi = ouvrir(parent, ECRIRE, "sujet") | GOUTER
    parent.post(ECRIRE, envoi)
    html = parent.post(ECRIRE, envoi | {"pieces": SimpleUploadedFile("avis.pdf", PDF)}).content.decode()
    assert "À choisir de nouveau" in html
    assert "avis.pdf" in html
    assert 'type="file" name="pieces"' in html
    assert 'enctype="multipart/form-data"' in html


def test_deux_formulaires_d_une_page_sont_deux_formulaires(parent):
    page = parent.get(ECRIRE).content.decode()
    jetons = [jeton for formulaire in formulaires(page) for jeton in formulaire.jetons]
    assert len(jetons) == len(set(jetons)) > 1


def test_se_connecter_deux_fois_est_possible(dupont):
    """The answer that carries the session may have been lost: the second one carries one too."""
    visiteur = Client(enforce_csrf_checks=True)
    envoi = ouvrir(visiteur, PORTE, "username") | {"username": "dupont", "password": MOT_DE_PASSE}
    onglet = Client(enforce_csrf_checks=True)
    onglet.cookies = visiteur.cookies.copy()
    for client in (visiteur, onglet):
        assert client.post(PORTE, envoi).url == "/"
        assert client.get("/mon-compte/").status_code == 200


def test_une_ecole_ajoutee_dans_une_petite_fenetre_l_est_une_fois(directrice):
    client, adresse = navigateur(directrice), f"{reverse('admin:famille_ecole_add')}?_popup=1"
    envoi = ouvrir(client, adresse, "nom") | {"nom": "École des Lilas"}
    premier, second = client.post(adresse, envoi), client.post(adresse, envoi)
    assert premier.content == second.content
    assert b"popup_response.js" in second.content
    assert Ecole.objects.count() == 1


def test_ce_que_dit_un_formulaire_est_chiffre(parent):
    parent.post(ECRIRE, ouvrir(parent, ECRIRE, "sujet") | GOUTER)
    with connection.cursor() as curseur:
        curseur.execute("SELECT f::text FROM socle_formulaireenvoye f")
        ligne = curseur.fetchone()[0]
    assert "messages" not in ligne
    assert "envoyé" not in ligne
