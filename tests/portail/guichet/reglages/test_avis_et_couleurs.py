"""« Les avis » and « Les couleurs »: to whom informations go; one colour, refused where it would not be read."""

import pytest
from django.test import Client

from courriels.models import Courriel
from messagerie.models import Fil
from socle.reglages.centre import le_centre

AVIS, COULEURS = "/admin/guichet/reglages/avis/", "/admin/guichet/reglages/couleurs/"


@pytest.fixture
def direction(client: Client, directrice) -> Client:
    client.force_login(directrice)
    return client


def test_une_information_va_a_qui_la_direction_dit_et_le_reste_part_toujours(direction, dupont, agent):
    dupont.conjoint.email, dupont.conjoint.autorisation_courriel = "jeanne@example.org", True
    dupont.conjoint.save()
    attendus = {"un": {"jean.dupont@wanadoo.fr"}, "personne": set()}
    attendus["tous"] = {"jean.dupont@wanadoo.fr", "jeanne@example.org"}
    version = "0"
    for choix, prevenus in attendus.items():
        page = direction.post(AVIS, {"version": version, "message": choix, "envoi": "tous"}, follow=True)
        version = page.context["version"]
        Courriel.objects.all().delete()
        Fil.ecrire_a(dupont.famille, "Sortie", "Bonjour", par=agent)
        assert {courriel.destinataire for courriel in Courriel.objects.all()} == prevenus
    assert "Réponse à une demande" in page.content.decode()


def test_une_couleur_trop_pale_est_refusee_et_la_plus_proche_proposee(direction):
    assert "/couleurs/" not in Client().get("/connexion/").content.decode()
    page = direction.post(COULEURS, {"version": "0", "principale": "#F7C948"})
    assert "#f7c948 est trop pâle" in page.content.decode()
    proche = page.context["form"].proche
    assert f"Prendre {proche}" in page.content.decode()
    # As a browser sends it: the field, then the button.
    direction.post(COULEURS, {"version": "0", "principale": ["#f7c948", proche]})
    assert f"#{le_centre().couleur}" == proche
    assert f"/couleurs/{le_centre().couleur}.css" in Client().get("/connexion/").content.decode()
    assert f"--principal:{proche};" in Client().get(f"/couleurs/{le_centre().couleur}.css").content.decode()
    assert Client().get("/couleurs/f7c948.css").status_code == 404
    assert "principale" in direction.post(COULEURS, {"version": "0", "principale": "bleu"}).context["form"].errors
