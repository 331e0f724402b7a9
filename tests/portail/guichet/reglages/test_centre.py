"""« Le centre »: what the direction sets, everybody reads at once; nobody is overwritten; prices are counted."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from socle.models import Reglage
from socle.reglages.centre import CENTRE, la_commune, le_centre
from socle.reglages.ecriture import ecrire

ADRESSE, LOGO = "/admin/guichet/reglages/centre/", "/admin/guichet/reglages/logo/"


@pytest.fixture
def direction(client: Client, directrice) -> Client:
    client.force_login(directrice)
    return client


def envoi(direction: Client, **changes: str) -> dict[str, str]:
    """What the page would send, and what was typed over it."""
    page = direction.get(ADRESSE)
    form = page.context["form"]
    return {champ.name: str(champ.value()) for champ in form} | {"version": page.context["version"]} | changes


def enregistrer(direction: Client, **changes: str):
    return direction.post(ADRESSE, envoi(direction, **changes), follow=True)


def png(cote: int = 900) -> SimpleUploadedFile:
    sortie = BytesIO()
    Image.new("RGB", (cote, cote // 2), "teal").save(sortie, "PNG")
    return SimpleUploadedFile("logo.png", sortie.getvalue())


def test_ce_que_la_direction_enregistre_se_lit_partout_et_l_historique_le_dit(direction, directrice):
    page = enregistrer(direction, nom="La Ruche", telephone="0561223344", adresse="1 rue Haute\r\n31400 Saint-Jean")
    texte = page.content.decode()
    assert (le_centre().nom, le_centre().telephone) == ("La Ruche", "05 61 22 33 44")
    assert le_centre().adresse == ("1 rue Haute", "31400 Saint-Jean")
    assert "Nom du centre («\u00a0Centre social Les Tilleuls\u00a0» → «\u00a0La Ruche\u00a0»)" in texte
    assert directrice.get_full_name() in texte
    assert "La Ruche" in Client().get("/mentions-legales/").content.decode()


def test_ce_qui_ne_va_pas_se_dit_et_revient_comme_envoye(direction):
    page = direction.post(ADRESSE, envoi(direction, telephone="12", courriel="accueil", adresse="a\nb\nc\nd\ne\nf"))
    assert {"telephone", "courriel", "adresse"} == set(page.context["form"].errors)
    assert 'value="accueil"' in page.content.decode()
    assert not Reglage.objects.exists()


def test_le_travail_d_un_collegue_n_est_pas_ecrase(direction, directrice):
    envoye = envoi(direction, horaires="le matin")
    ecrire(CENTRE, {"nom": "Les Lilas"}, par="Denis MAIRIE")
    page = direction.post(ADRESSE, envoye | {"version": "0"})
    assert "Les Lilas\u00a0» (Denis MAIRIE, le " in page.content.decode()
    form = page.context["form"]
    assert (form["nom"].value(), form["horaires"].value()) == ("Les Lilas", "le matin")
    assert le_centre().horaires != "le matin"
    renvoi = {champ.name: str(champ.value()) for champ in form} | {"version": page.context["version"]}
    direction.post(ADRESSE, renvoi)
    assert (le_centre().nom, le_centre().horaires) == ("Les Lilas", "le matin")


def test_changer_de_commune_compte_d_abord_qui_change_de_prix(direction, dupont, martin):
    page = enregistrer(direction, commune="Ailleurs")
    assert "2\u00a0familles ne paieraient plus le prix des habitants" in page.content.decode()
    assert la_commune().nom == "Saint-Jean"
    question = page.context["confirmation"]
    direction.post(ADRESSE, dict(question.renvoi) | {"confirme": question.lu})
    assert la_commune().nom == "Ailleurs"


def test_le_logo_est_reduit_servi_a_tous_et_se_retire(direction):
    direction.post(LOGO, {"logo": png()})
    servi = Client().get(f"/logo/{le_centre().logo}.png")
    with Image.open(BytesIO(servi.content)) as image:
        assert (image.format, image.size) == ("PNG", (320, 160))
    assert f"/logo/{le_centre().logo}.png" in Client().get("/mentions-legales/").content.decode()
    refuse = direction.post(LOGO, {"logo": SimpleUploadedFile("logo.png", b"%PDF-1.4 %%EOF")})
    assert "Un logo est une image" in refuse.content.decode()
    direction.post(LOGO, {"retirer": "oui"})
    assert (le_centre().logo, Client().get("/logo/0.png").status_code) == ("", 404)
