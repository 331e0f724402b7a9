"""A form sent after the end of the session: what it held comes back after signing in, but no secret."""

from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from demandes.models import Demande
from demandes.types import GENRES
from tests.demandes.jours import MERCREDIS, codes
from tests.demandes.outils import MOBILE, changer_de_mobile, saisir

pytestmark = pytest.mark.django_db
GARDEE = "Votre saisie a été gardée."
PERDUE = "Votre session était terminée\u00a0: ce que vous venez d’envoyer n’est pas enregistré."
RESPONSABLE = reverse("demandes:nouvelle", args=["responsable"])


def envoyer_trop_tard(client: Client, adresse: str, champs: dict) -> str:
    """The page is open, the session ends, the form is sent. Returns where it leads."""
    sceau = client.get(adresse).context["sceau"]
    client.logout()
    return client.post(adresse, champs | {"sceau": sceau}, headers={"Accept": "text/html"}).url


def entrer(client: Client, adresse: str, identifiant: str = "dupont") -> str:
    saisie = {"username": identifiant, "password": "Plombieres21"}
    return client.post(adresse, saisie, follow=True).content.decode()


def test_la_saisie_revient_apres_la_connexion_et_s_envoie(parent, dupont):
    champs = saisir(dupont, "responsable", employeur="Mairie <b>", **{"avec-commentaire": "Depuis lundi."})
    porte = envoyer_trop_tard(parent, RESPONSABLE, champs)
    assert porte == f"/connexion/?expiree=1&next={RESPONSABLE}"
    assert "Vous avez été déconnecté." in parent.get(porte).content.decode()
    html = entrer(parent, porte)
    assert GARDEE in html
    assert 'value="Mairie &lt;b&gt;"' in html
    assert "Depuis lundi.</textarea>" in html
    assert not Demande.objects.exists()
    parent.post(RESPONSABLE, champs)
    assert Demande.objects.get().donnees == {"employeur": "Mairie <b>"}
    assert GARDEE not in parent.get(RESPONSABLE).content.decode()


def test_les_jours_coches_reviennent_aussi(parent, dupont, mercredi, inscrire, jeudi_2_avril):
    parent.force_login(dupont.compte)
    inscription = inscrire(mercredi)
    adresse = reverse("demandes:nouvelle_enfant", args=[dupont.enfants[0].pk, "reservation"])
    page = f"{adresse}?inscription={inscription.pk}&jours=2015-04-08,2015-04-29"
    html = entrer(parent, envoyer_trop_tard(parent, page, {"jours": codes(inscription, MERCREDIS[:1])}))
    assert GARDEE in html
    assert f'value="{inscription.pk}:2015-04-08" id="jour-1" checked' in html


def test_la_voisine_sur_le_meme_ordinateur_ne_lit_pas_la_saisie(parent, dupont, martin):
    porte = envoyer_trop_tard(parent, RESPONSABLE, saisir(dupont, "responsable", employeur="Biscuiterie"))
    html = entrer(parent, porte, "martin")
    assert GARDEE not in html
    assert "Biscuiterie" not in html


@pytest.mark.parametrize(
    ("code", "champs"),
    [("bancaires", {"iban": "FR76 3000 6000 0112 3456 7890 189"}), ("sanitaires", {"allergies": "Noisette"})],
)
def test_ni_la_sante_ni_l_iban_ne_sont_gardes_et_la_page_le_dit(parent, dupont, code, champs):
    enfant = dupont.enfants[0] if GENRES.pour(code).porte_sur_un_enfant() else None
    adresse = (
        reverse("demandes:nouvelle_enfant", args=[enfant.pk, code])
        if enfant
        else reverse("demandes:nouvelle", args=[code])
    )
    porte = envoyer_trop_tard(parent, adresse, saisir(dupont, code, enfant, **champs))
    assert porte == f"/connexion/?next={adresse}"
    assert "brouillon" not in parent.session
    assert PERDUE in parent.get(porte).content.decode()
    html = entrer(parent, porte)
    assert GARDEE not in html
    assert 'enctype="multipart/form-data"' in html


def test_un_envoi_interminable_n_est_pas_garde(parent, dupont, monkeypatch):
    monkeypatch.setattr("demandes.views.nouvelle.GARDE_MAX", 10)
    porte = envoyer_trop_tard(parent, RESPONSABLE, saisir(dupont, "responsable", employeur="Biscuiterie"))
    assert "brouillon" not in parent.session
    assert PERDUE in parent.get(porte).content.decode()


@pytest.mark.parametrize(("de_trop", "garde"), [(0, True), (1, False)])
def test_un_long_envoi_est_garde_jusqu_a_quarante_mille_signes(parent, dupont, de_trop, garde):
    champs = saisir(dupont, "responsable", employeur="")
    ecrits = len(urlencode(champs, doseq=True))
    envoyer_trop_tard(parent, RESPONSABLE, champs | {"employeur": "e" * (40_000 - ecrits + de_trop)})
    assert ("brouillon" in parent.session) is garde


def test_une_saisie_gardee_que_l_on_a_demandee_ailleurs_mene_a_cette_demande(parent, dupont):
    champs = saisir(dupont, "responsable", mobile=MOBILE)
    entrer(parent, envoyer_trop_tard(parent, RESPONSABLE, champs))
    demande = changer_de_mobile(dupont)
    reponse = parent.post(RESPONSABLE, champs, follow=True)
    assert reponse.redirect_chain[0][0] == demande.get_absolute_url()
    assert "Vous avez déjà demandé cela" in reponse.text
    assert GARDEE not in parent.get(RESPONSABLE).text
