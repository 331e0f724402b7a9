"""A rule that applies to every day: what it touches is said before, the familles whose days fall are told after."""

from datetime import date, time

import pytest
from django.urls import reverse

from messagerie.models import Fil, Message
from planning.models import Inscription
from planning.regles.jours import AUCUN_JOUR, Jours
from tests.facturation.fabriques import tarif
from tests.planning.admin.outils import MERCREDI, RENTREE, confirmer, phrases, question

pytestmark = pytest.mark.usefixtures("jeudi_2_avril")


@pytest.fixture
def reservee(inscription, agent) -> Inscription:
    """Léa comes on 8 April."""
    inscription.reserver([MERCREDI], par=agent)
    return inscription


@pytest.fixture
def reguliere(inscription, agent) -> Inscription:
    """Léa comes every Wednesday."""
    return inscription.changer_rythme(Jours.MERCREDI, a_compter_du=RENTREE, par=agent)


class TestUnePrestation:
    def changer(self, client, prestation, **saisie):
        connue = {
            "structure": prestation.structure_id,
            "nom": prestation.nom,
            "ordre": 0,
            "jours_scolaires": ["4"],
            "heure_debut": "09:00",
            "heure_fin": "17:00",
            "age_min": 3,
            "age_max": 11,
            "places": 3,
            "delai_reservation_jours": 2,
            "delai_reservation_heure": "12:00",
            "delai_absence_jours": 1,
            "delai_absence_heure": "12:00",
            "validation": "manuelle",
            "places_du_jour-TOTAL_FORMS": 0,
            "places_du_jour-INITIAL_FORMS": 0,
        }
        return client.post(reverse("admin:planning_prestation_change", args=[prestation.pk]), connue | saisie)

    def test_un_jour_d_ouverture_decoche_dit_ce_qui_tombe(self, direction, reservee, mercredi, dupont):
        page = self.changer(direction, mercredi, jours_scolaires=["8"])

        assert question(page) == [
            "1 jour réservé ou demandé tombe, le 08/04/2015 : 1 famille, 1 enfant.",
            "1 famille sera prévenue par un message.",
            "Compté jusqu’au 31/08/2015.",
        ]
        mercredi.refresh_from_db()
        assert mercredi.jours_scolaires == Jours.MERCREDI
        confirmer(direction, page)
        mercredi.refresh_from_db()
        assert mercredi.jours_scolaires == Jours.JEUDI
        assert Fil.objects.get().famille == dupont.famille

    def test_des_heures_deplacees_disent_les_jours_qu_elles_changent(self, direction, reservee, mercredi):
        tarif(mercredi, (None, "2.00", "3.00"), unite="heure", pas_minutes=30)

        page = self.changer(direction, mercredi, heure_debut="10:00")

        assert question(page) == [
            "1 jour change d’horaires et de prix, le 08/04/2015 : 1 famille, 1 enfant.",
            "Ce jour vaut 16,00 €, il vaudra 14,00 € : 2,00 € de moins pour la famille.",
            "Compté jusqu’au 31/08/2015.",
        ]
        confirmer(direction, page)
        mercredi.refresh_from_db()
        assert mercredi.heure_debut == time(10)
        assert not Fil.objects.exists()

    def test_une_prestation_qui_s_arrete_dit_ce_qui_tombe_et_le_dit_aux_familles(
        self, direction, reguliere, mercredi, dupont, jeudi_2_avril
    ):
        page = self.changer(direction, mercredi, inactive_depuis="01/06/2015")

        assert question(page) == [
            "13 jours réservés ou demandés tombent, du 03/06/2015 au 26/08/2015 : 1 famille, 1 enfant.",
            "1 famille sera prévenue par un message.",
            "Compté jusqu’au 31/08/2015.",
        ]
        confirmer(direction, page)
        mercredi.refresh_from_db()
        assert mercredi.inactive_depuis == date(2015, 6, 1)
        texte = Message.objects.get(fil__famille=dupont.famille).texte.replace("\u00a0", " ")
        assert "« ALSH Mercredi journée » n’est plus proposé à partir du 01/06/2015." in texte
        liste = direction.get(reverse("admin:planning_prestation_changelist")).content.decode()
        assert "Jusqu’au 31/05/2015" in liste

    def test_une_structure_qui_s_arrete_aussi(self, direction, reguliere, mercredi, dupont):
        chemin = reverse("admin:planning_structure_change", args=[mercredi.structure_id])
        sans_taux = {"encadrements-TOTAL_FORMS": 0, "encadrements-INITIAL_FORMS": 0}
        champs = {"nom": "Accueil de Loisirs", "ordre": 0, "inactive_depuis": "01/06/2015"}
        page = direction.post(chemin, champs | sans_taux)

        assert question(page)[0].startswith("13 jours réservés ou demandés tombent")
        confirmer(direction, page)
        mercredi.refresh_from_db()
        assert mercredi.inactive_depuis == date(2015, 6, 1)
        assert Fil.objects.get().famille == dupont.famille

    def test_inactive_elle_n_est_plus_proposee_aux_inscriptions(self, accueil, mercredi, garderie):
        mercredi.inactive_depuis = date(2015, 4, 1)
        mercredi.save()
        form = accueil.get(reverse("admin:planning_inscription_add")).context["adminform"].form
        assert list(form.fields["prestation"].queryset) == [garderie]

    def test_moins_de_places_que_d_enfants_attendus_se_dit(self, direction, reservee, martin, mercredi, agent):
        autre = Inscription.objects.inscrire(martin.enfants[0], mercredi, martin.famille, du=RENTREE, par=agent)
        autre.reserver([MERCREDI], par=agent)

        page = self.changer(direction, mercredi, places=1)

        assert question(page) == [
            "1 jour aura plus d’enfants attendus que de places, le 08/04/2015. Leurs réservations restent."
        ]
        confirmer(direction, page)
        mercredi.refresh_from_db()
        assert mercredi.places == 1

    def test_un_jour_a_moins_de_places_se_dit_aussi(self, direction, reservee, mercredi):
        un_jour = {
            "places_du_jour-TOTAL_FORMS": 1,
            "places_du_jour-0-jour": "08/04/2015",
            "places_du_jour-0-places": 0,
        }

        page = self.changer(direction, mercredi, **un_jour)

        assert question(page)[0].startswith("1 jour aura plus d’enfants attendus que de places, le 08/04/2015.")
        confirmer(direction, page)
        assert mercredi.places_du_jour.get().places == 0

    def test_un_autre_delai_ne_demande_rien(self, direction, reservee, mercredi):
        assert self.changer(direction, mercredi, delai_absence_jours=3).status_code == 302


class TestUneInscription:
    def changer(self, client, inscription, **saisie):
        chemin = reverse("admin:planning_inscription_change", args=[inscription.pk])
        return client.post(chemin, {"au": "", "parite": "", **saisie})

    def test_un_rythme_qui_cesse_dit_les_jours_qui_tombent(self, accueil, reguliere, dupont):
        page = self.changer(accueil, reguliere, a_compter_du="03/06/2015")

        assert question(page)[0] == (
            "13 jours réservés ou demandés tombent, du 03/06/2015 au 26/08/2015 : 1 famille, 1 enfant."
        )
        assert phrases(page) == []
        assert Inscription.objects.count() == 1
        suite = confirmer(accueil, page)
        assert phrases(suite)[0] == "Le nouveau rythme vaut à partir du 03/06/2015."
        texte = Message.objects.get(fil__famille=dupont.famille).texte.replace("\u00a0", " ")
        assert "L’inscription de Léa à « ALSH Mercredi journée » a changé." in texte
        assert "– mercredi 10 juin 2015, Léa, ALSH Mercredi journée" in texte

    def test_change_du_premier_jour_on_reste_ou_l_on_etait(self, accueil, reguliere):
        chemin = reverse("admin:planning_inscription_change", args=[reguliere.pk])
        page = self.changer(accueil, reguliere, a_compter_du="01/09/2014", _continue="1")

        suite = confirmer(accueil, page)

        assert suite.url == chemin
        assert accueil.get(chemin).status_code == 200
        reguliere.refresh_from_db()
        assert reguliere.jours == AUCUN_JOUR

    def test_terminee_plus_tot_elle_dit_les_jours_reguliers_qui_tombent(self, accueil, reguliere):
        page = self.changer(accueil, reguliere, jours=["4"], au="10/06/2015")

        assert question(page)[0] == (
            "11 jours réservés ou demandés tombent, du 17/06/2015 au 26/08/2015 : 1 famille, 1 enfant."
        )
        confirmer(accueil, page)
        reguliere.refresh_from_db()
        assert reguliere.au == date(2015, 6, 10)
