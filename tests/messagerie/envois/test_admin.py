"""Messages to many at the agents' desk."""

import pytest

from messagerie.envois.lancement import lancer
from messagerie.models import Envoi, Fil

from ..bureau import adresse

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%%EOF\n"


def test_ecrire_choisir_voir_lancer_suivre(bureau, dupont, martin, django_capture_on_commit_callbacks):
    reponse = bureau.post(
        adresse("envoi_add"), {"sujet": "Grève", "texte": "Le centre sera fermé.", "destinataires": "choisies"}
    )
    envoi = Envoi.objects.get()
    assert reponse.url == adresse("envoi_destinataires", envoi.pk)
    assert "Aucune famille" in bureau.get(reponse.url).content.decode()
    bureau.post(reponse.url, {"numeros": dupont.famille.numero})
    apercu = bureau.get(reponse.url).content.decode()
    assert "DUPONT (1001001818331)" in apercu
    assert "MARTIN" not in apercu
    assert 'value="Envoyer à 1\u00a0famille"' in apercu
    with django_capture_on_commit_callbacks(execute=True):
        bureau.post(adresse("envoi_lancement", envoi.pk), {"attendues": "1"})
    suivi = bureau.get(reponse.url).content.decode()
    assert "1 sur 1\u00a0famille" in suivi
    assert "Des familles choisies" in suivi
    assert dupont.famille.fils.get().sujet == "Grève"
    assert not martin.famille.fils.exists()


def test_un_numero_inconnu_laisse_la_saisie(bureau, agent):
    envoi = Envoi.objects.create(sujet="x", texte="y", sorte="choisies", cree_par=agent)
    html = bureau.post(adresse("envoi_destinataires", envoi.pk), {"numeros": "999"}).content.decode()
    assert "Aucune famille ne porte ce numéro" in html
    assert "999</textarea>" in html


def test_un_envoi_parti_ne_se_change_ni_ne_se_supprime(bureau, dupont, agent):
    envoi = Envoi.objects.create(sujet="x", texte="y", sorte="toutes", cree_par=agent)
    lancer(envoi, par=agent, attendues=1)
    assert bureau.get(adresse("envoi_change", envoi.pk)).url == adresse("envoi_destinataires", envoi.pk)
    assert bureau.post(adresse("envoi_delete", envoi.pk), {"post": "yes"}).status_code == 403
    assert bureau.post(adresse("envoi_destinataires", envoi.pk), {}).status_code == 403


def test_le_regisseur_ne_lance_pas(client, regisseur, agent, dupont):
    envoi = Envoi.objects.create(sujet="x", texte="y", sorte="toutes", cree_par=agent)
    client.force_login(regisseur)
    assert client.post(adresse("envoi_lancement", envoi.pk), {"attendues": "1"}).status_code == 403
    assert client.get(adresse("envoi_destinataires", envoi.pk)).status_code == 403
    assert not Fil.objects.exists()


@pytest.mark.parametrize("attendues", ["", "abc", "-1", "2"])
def test_un_effectif_forge_ne_lance_rien(bureau, agent, dupont, attendues):
    envoi = Envoi.objects.create(sujet="x", texte="y", sorte="toutes", cree_par=agent)
    bureau.post(adresse("envoi_lancement", envoi.pk), {"attendues": attendues})
    envoi.refresh_from_db()
    assert not envoi.est_lance
