"""The outbox says whose each e-mail is, and finds it by its famille or by its address."""

import pytest
from django.urls import reverse

from courriels.models import Courriel

pytestmark = pytest.mark.django_db
LISTE = reverse("admin:courriels_courriel_changelist")


def courriel(destinataire: str, dossier: int | None) -> Courriel:
    return Courriel.objects.create(destinataire=destinataire, sujet="Bonjour", dossier=dossier, cle=destinataire)


@pytest.fixture
def les_trois(client, directrice, dupont, martin) -> list[Courriel]:
    """To the DUPONTs, to the MARTINs at an address that is not theirs any more, to an agent, who is of no famille."""
    Courriel.objects.all().delete()
    client.force_login(directrice)
    familles = {"jean@wanadoo.fr": dupont.famille.pk, "s@ancienne.example": martin.famille.pk, "a@mairie.example": None}
    return [courriel(*qui) for qui in familles.items()]


def test_chaque_courriel_dit_de_quelle_famille_il_est(client, les_trois):
    cellules = client.get(LISTE, {"etat": "tous"}).context["cl"].result_list
    assert {un.destinataire: un.nom_du_dossier for un in cellules} == {
        "jean@wanadoo.fr": "DUPONT (1001001818331)",
        "s@ancienne.example": "MARTIN (1001001818332)",
        "a@mairie.example": "",
    }


def test_sa_page_aussi(client, les_trois):
    pages = [client.get(reverse("admin:courriels_courriel_change", args=[un.pk])).text for un in les_trois]
    assert ["DUPONT (1001001818331)" in page for page in pages] == [True, False, False]
    assert "None" not in pages[2]
    assert client.get(reverse("admin:courriels_courriel_change", args=[les_trois[-1].pk + 1])).url == "/admin/"


@pytest.mark.parametrize(("cherche", "trouve"), [("1001001818332", 1), ("sophie", 1), ("wanadoo", 0), ("mairie", 2)])
def test_il_se_trouve_par_la_famille_ou_par_l_adresse(client, les_trois, cherche, trouve):
    trouves = client.get(LISTE, {"etat": "tous", "q": cherche}).context["cl"].result_list
    assert list(trouves) == [les_trois[trouve]]
