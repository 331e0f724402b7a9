"""The form of the door: what it asks, and what it makes of an identifiant too long to be anybody's."""

import pytest
from django.urls import reverse

from famille.connexion.formulaires import ConnexionForm
from tests.fabriques import MOT_DE_PASSE, CompteFactory

PORTE = reverse("famille:connexion")


def test_elle_demande_l_identifiant_et_le_mot_de_passe():
    form = ConnexionForm()
    assert {nom: champ.label for nom, champ in form.fields.items()} == {
        "username": "Identifiant",
        "password": "Mot de passe",
    }
    assert form.label_suffix == ""


def test_le_telephone_ne_corrige_ni_ne_majuscule_l_identifiant():
    attrs = ConnexionForm().fields["username"].widget.attrs
    assert (attrs["autocapitalize"], attrs["spellcheck"], attrs["autofocus"]) == ("none", "false", False)


def test_le_plus_long_des_identifiants_entre(client, db):
    CompteFactory(identifiant="a" * 100)
    assert client.post(PORTE, {"username": "A" * 100, "password": MOT_DE_PASSE}).status_code == 302


@pytest.mark.parametrize("combien", [6, 100])
def test_ce_qui_s_allonge_une_fois_mis_en_forme_n_est_l_identifiant_de_personne(client, db, combien):
    """« ﷺ » is eighteen letters once normalised."""
    reponse = client.post(PORTE, {"username": "ﷺ" * combien, "password": MOT_DE_PASSE})
    assert reponse.status_code == 200
    (phrases,) = reponse.context["form"].errors.values()
    assert phrases == ["Identifiant ou mot de passe incorrect. Attention aux majuscules dans le mot de passe."]
