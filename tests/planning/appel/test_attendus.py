"""The roll: who is expected, and in how many queries."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from planning.models import Fermeture, Prestation
from tests.planning.appel.outils import MERCREDI, accueillir_en_nombre, adresse

pytestmark = pytest.mark.usefixtures("jeudi_2_avril")


def noms(client: Client, prestation: Prestation, jour: date = MERCREDI) -> list[str]:
    return [une.nom for une in client.get(adresse(prestation, jour)).context["lignes"]]


class TestQuiEstSurLaListe:
    def test_les_enfants_reserves_et_les_reguliers_sont_attendus(self, porte, mercredi, lea, tom):
        page = porte.get(adresse(mercredi))

        assert [une.nom for une in page.context["lignes"]] == ["DUPONT Léa", "MARTIN Tom"]
        assert page.context["attendus"].replace("\u00a0", " ") == "2 enfants attendus"

    def test_un_inscrit_sans_reservation_n_y_est_pas(self, porte, mercredi, lea, tom, agent):
        lea.journee(MERCREDI).annuler(par=agent)

        assert noms(porte, mercredi) == ["MARTIN Tom"]

    def test_une_absence_annoncee_y_reste_sans_etre_attendue(self, porte, mercredi, lea, tom, agent):
        tom.journee(MERCREDI).excuser("Malade", par=agent)

        lignes = porte.get(adresse(mercredi)).context["lignes"]

        assert [(une.nom, une.est_attendue) for une in lignes] == [("DUPONT Léa", True), ("MARTIN Tom", False)]

    def test_un_jour_ferme_n_attend_aucun_regulier(self, porte, mercredi, tom):
        Fermeture.objects.create(du=MERCREDI, au=MERCREDI, motif="grève")

        page = porte.get(adresse(mercredi))

        assert page.context["lignes"] == []
        assert "La structure est fermée le mercredi 1er avril" in page.content.decode()

    def test_un_jour_a_venir_se_lit_sans_se_pointer(self, porte, mercredi, tom):
        page = porte.get(adresse(mercredi, date(2015, 4, 8)))

        assert [une.nom for une in page.context["lignes"]] == ["MARTIN Tom"]
        assert "presence-" not in page.content.decode()

    def test_un_jour_qui_n_existe_pas_n_a_pas_de_page(self, porte, mercredi):
        chemin = adresse(mercredi).replace("/2015/4/1/", "/2015/2/30/")

        assert porte.get(chemin).status_code == 404


class TestRequetes:
    def requetes(self, client: Client, chemin: str) -> int:
        client.get(chemin)
        with CaptureQueriesContext(connection) as requetes:
            assert client.get(chemin).status_code == 200
        return len(requetes)

    def test_lire_l_appel_ne_coute_pas_plus_avec_cent_vingt_enfants(self, porte, mercredi, lea, agent):
        Prestation.objects.update(places=None)
        avant = self.requetes(porte, adresse(mercredi))
        accueillir_en_nombre(mercredi, agent, 120)

        assert self.requetes(porte, adresse(mercredi)) == avant
        assert len(porte.get(adresse(mercredi)).context["lignes"]) == 121
        assert avant <= 15

    def test_la_liste_des_appels_non_plus(self, porte, mercredi, apres_midi, vacances, garderie, lea, agent):
        chemin = f"{reverse('admin:planning_prestation_appels')}?jour=2015-04-01"
        avant = self.requetes(porte, chemin)
        Prestation.objects.update(places=None)
        accueillir_en_nombre(mercredi, agent, 10)

        assert self.requetes(porte, chemin) == avant
