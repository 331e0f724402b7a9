"""The set-up of the planning: prestations, closures, the calendar."""

from datetime import date

import pytest
from django.core.management import call_command
from django.urls import reverse

from planning.models import Fermeture, JourFerie, PlacesDuJour, Prestation, Vacances
from planning.models.calendrier import Source
from planning.regles.jours import Jours
from tests.planning.admin.outils import erreurs

pytestmark = pytest.mark.usefixtures("jeudi_2_avril")


class TestReglages:
    def test_une_prestation_se_cree_avec_ses_jours_et_ses_places(self, direction, alsh):
        reponse = direction.post(
            reverse("admin:planning_prestation_add"),
            {
                "structure": alsh.pk,
                "nom": "ALSH Mercredi",
                "ordre": 0,
                "jours_scolaires": ["4"],
                "jours_grandes_vacances": ["1", "16"],
                "heure_debut": "09:00",
                "heure_fin": "17:00",
                "places": 24,
                "delai_reservation_jours": 2,
                "delai_reservation_heure": "12:00",
                "delai_absence_jours": 1,
                "delai_absence_heure": "12:00",
                "validation": "manuelle",
                "places_du_jour-TOTAL_FORMS": 1,
                "places_du_jour-INITIAL_FORMS": 0,
                "places_du_jour-0-jour": "15/04/2015",
                "places_du_jour-0-places": 12,
            },
        )

        assert reponse.status_code == 302, erreurs(reponse)
        prestation = Prestation.objects.get()
        assert (prestation.jours_scolaires, prestation.jours_grandes_vacances) == (
            Jours.MERCREDI,
            Jours.LUNDI | Jours.VENDREDI,
        )
        assert list(PlacesDuJour.objects.values_list("jour", "places")) == [(date(2015, 4, 15), 12)]

    def test_une_prestation_relit_ses_heures_sans_secondes(self, direction, mercredi):
        html = direction.get(reverse("admin:planning_prestation_change", args=[mercredi.pk])).text
        assert 'name="delai_reservation_heure" value="12:00"' in html
        assert ":00:00" not in html

    def test_l_accueil_ferme_une_structure(self, accueil, alsh):
        accueil.post(
            reverse("admin:planning_fermeture_add"),
            {"structure": alsh.pk, "du": "13/05/2015", "au": "15/05/2015", "motif": "Pont"},
        )

        assert str(Fermeture.objects.get()).replace("\u00a0", " ") == "Accueil de Loisirs : Pont"

    def test_une_fermeture_a_l_envers_est_refusee(self, accueil, db):
        reponse = accueil.post(
            reverse("admin:planning_fermeture_add"), {"du": "15/05/2015", "au": "13/05/2015", "motif": "Pont"}
        )

        assert erreurs(reponse) == ["La fin doit suivre le début."]

    def test_ce_qu_un_agent_corrige_l_import_ne_le_reprend_pas(self, direction, db):
        call_command("importer_calendrier", "--annee", "2014", "--annees", "1", verbosity=0)
        printemps = Vacances.objects.get(nom__icontains="printemps")
        paques = JourFerie.objects.get(jour=date(2015, 4, 6))
        direction.post(
            reverse("admin:planning_vacances_change", args=[printemps.pk]),
            {"nom": "Printemps", "genre": "P", "du": "12/04/2015", "au": "26/04/2015", "zone": printemps.zone},
        )
        direction.post(
            reverse("admin:planning_jourferie_change", args=[paques.pk]), {"nom": "Pâques", "travaille": "on"}
        )

        call_command("importer_calendrier", "--annee", "2014", "--annees", "1", verbosity=0)

        printemps.refresh_from_db()
        paques.refresh_from_db()
        assert (printemps.nom, printemps.du, printemps.source) == ("Printemps", date(2015, 4, 12), Source.AGENT)
        assert (paques.nom, paques.travaille, paques.source) == ("Pâques", True, Source.AGENT)

    def test_ce_qui_vient_de_l_import_ne_se_supprime_pas(self, direction, db):
        call_command("importer_calendrier", "--annee", "2014", "--annees", "1", verbosity=0)
        saisies = Vacances.objects.create(nom="Carnaval", du=date(2015, 3, 9), au=date(2015, 3, 9))

        def statut(objet) -> int:
            nom = objet._meta.model_name
            return direction.get(reverse(f"admin:planning_{nom}_delete", args=[objet.pk])).status_code

        assert statut(JourFerie.objects.first()) == 403
        assert statut(Vacances.objects.filter(source=Source.IMPORT).first()) == 403
        assert statut(saisies) == 200
