"""« La conservation »: within bounds; what a shorter time would erase is counted first; the night's command obeys."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client

from portail.conservation.durees import CONSERVATION, REGLABLES, duree, origine
from portail.conservation.echanges import Demandes
from socle.reglages.lecture import lire
from tests.portail.conservation.outils import une_demande, vieillir

ADRESSE = "/admin/guichet/reglages/conservation/"
TELLES = {une.code: str(origine(une.code).annees) for une in REGLABLES}


@pytest.fixture
def direction(client: Client, directrice) -> Client:
    client.force_login(directrice)
    return client


def test_allonger_n_efface_rien_et_se_dit_aux_familles(direction):
    page = direction.post(ADRESSE, TELLES | {"version": "0", "demandes": "3"}, follow=True).content.decode()
    assert "«\u00a0deux ans\u00a0» → «\u00a0trois ans\u00a0»" in page
    assert "Les demandes\u00a0: trois ans après la fin" in Client().get("/donnees-personnelles/").content.decode()
    assert Demandes(datetime(2015, 4, 8, tzinfo=UTC).date()).limite.year == 2012


def test_raccourcir_compte_d_abord_ce_qui_partirait(direction, dupont, agent, django_assert_max_num_queries):
    une_demande(dupont, datetime(2013, 6, 1, tzinfo=UTC), agent)
    court = TELLES | {"version": "0", "demandes": "1"}
    with django_assert_max_num_queries(20):
        page = direction.post(ADRESSE, court)
    assert "Demandes, un an après la décision" in page.content.decode()
    assert "1\u00a0ligne s’effacerait au prochain passage." in page.content.decode()
    assert not lire(CONSERVATION)
    question = page.context["confirmation"]
    direction.post(ADRESSE, dict(question.renvoi) | {"confirme": question.lu})
    assert duree("demandes").annees == 1


def test_au_dela_des_bornes_rien_ne_se_garde(direction):
    page = direction.post(ADRESSE, TELLES | {"version": "0", "journal": "1"})
    assert "journal" in page.context["form"].errors
    assert not lire(CONSERVATION)


def test_raccourcir_les_dossiers_compte_aussi_la_sante_qui_part_avec_eux(direction, dupont):
    """Those that an invoice holds lose it all the same."""
    vieillir(dupont)
    page = direction.post(ADRESSE, TELLES | {"version": "0", "dossiers": "1"}).content.decode()
    assert re.search("Données de santé, par enfant, [^<]*\u00a0: 1\u00a0ligne s’effacerait", page)
