"""The password said again before what a passer-by must not change, and the pages that a temporary one opens."""

import pytest
from django.urls import reverse

from famille.mots_de_passe.formulaires import MotDePasseRedemande
from tests.fabriques import MOT_DE_PASSE

pytestmark = pytest.mark.django_db
FAUX = {"mot_de_passe": ["Ce n’est pas votre mot de passe."]}
MANQUE = {"mot_de_passe": ["Pour ce changement, redites votre mot de passe."]}


@pytest.fixture
def redire(rf, dupont):
    """What the form says of this password, typed by Jean; nothing if it is right."""

    def redire(mot_de_passe: str) -> dict:
        requete = rf.post("/", {"cle-mot_de_passe": mot_de_passe})
        requete.user = dupont.compte
        form = MotDePasseRedemande(requete.POST)
        est_bon = form.verifier(requete)
        assert est_bon is not bool(form.errors)
        return dict(form.errors)

    return redire


@pytest.mark.parametrize(
    ("tape", "dit"), [(MOT_DE_PASSE, {}), (f" {MOT_DE_PASSE}", FAUX), ("Faux12345", FAUX), ("", MANQUE)]
)
def test_le_mot_de_passe_se_redit_juste(redire, tape, dit):
    assert redire(tape) == dit


def test_ne_rien_taper_n_est_pas_se_tromper(redire):
    """Six times nothing locks nobody out."""
    assert [redire("") for _ in range(6)] == [MANQUE] * 6
    assert redire(MOT_DE_PASSE) == {}


def test_se_tromper_compte_comme_a_la_porte(redire):
    assert [redire("Faux12345") for _ in range(6)] == [FAUX] * 6
    assert redire(MOT_DE_PASSE) == FAUX


def test_le_champ_porte_son_nom_sans_deux_points():
    assert MotDePasseRedemande().label_suffix == ""


@pytest.mark.parametrize(
    "page", ["famille:mot_de_passe_changement", "accessibilite", "mentions_legales", "donnees_personnelles", "sante"]
)
def test_un_mot_de_passe_provisoire_laisse_lire_ce_qui_est_a_tous(client, nouveau, page):
    client.force_login(nouveau.compte)
    assert client.get(reverse(page)).status_code == 200
    assert client.get("/mon-compte/").url == reverse("famille:mot_de_passe_changement")


@pytest.mark.parametrize(("geste", "statut"), [("famille:deconnexion", 302), ("famille:prolonger_session", 204)])
def test_il_laisse_sortir_et_rester(client, nouveau, geste, statut):
    client.force_login(nouveau.compte)
    reponse = client.post(reverse(geste))
    assert reponse.status_code == statut
    assert reponse.headers.get("Location") != reverse("famille:mot_de_passe_changement")
