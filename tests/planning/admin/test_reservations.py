"""Réservations, read and decided."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from planning.appel.imprevus import accueillir
from planning.models import Fermeture, Inscription, Prestation, Reservation
from planning.regles.etats import Etat, Presence
from tests import fabriques
from tests.planning.admin.outils import MERCREDI, MODELES, RENTREE, confirmer, demander_en_nombre, phrases

pytestmark = pytest.mark.usefixtures("jeudi_2_avril")


class TestReservations:
    def agir(self, client, action: str, *reservations):
        """The line of the menu, and « yes » to what it asks."""
        reponse = demander_en_nombre(client, action, *reservations)
        return confirmer(client, reponse) if "confirmation" in (reponse.context or {}) else reponse

    def test_les_erreurs_sont_listees(self, accueil, animateur, inscription, mercredi, martin):
        jour = date(2015, 4, 1)
        inscription.reserver([jour], par=animateur)
        inscription.journee(jour).pointer(Presence.PRESENT, par=animateur)
        venue = accueillir(martin.enfants[0], mercredi, martin.famille, jour, par=animateur)
        venue.journee(jour).pointer(Presence.PRESENT, par=animateur)

        page = accueil.get(reverse("admin:planning_reservation_changelist"), {"suivi": "erreurs"})

        assert [r.inscription for r in page.context["cl"].result_list] == [venue]

    def test_les_jours_d_un_autre_mois_se_demandent(self, accueil, agent, inscription):
        inscription.reserver([MERCREDI, date(2015, 4, 29), date(2015, 5, 6)], par=agent)

        def jours(**filtres) -> list[int]:
            page = accueil.get(reverse("admin:planning_reservation_changelist"), filtres)
            return [r.jour.day for r in page.context["cl"].result_list]

        assert (jours(), jours(periode="tous"), jours(periode="jour")) == ([29, 8], [6, 29, 8], [])

    def test_un_agent_excuse_une_absence_et_la_retablit(self, accueil, agent, inscription):
        [journee] = inscription.reserver([MERCREDI], par=agent)

        reponse = self.agir(accueil, "excuser", journee)
        journee.refresh_from_db()
        assert journee.etat == Etat.ABSENT_EXCUSE
        assert phrases(reponse)[0].startswith("1 réservation excusée. ")

        self.agir(accueil, "retablir", journee)
        journee.refresh_from_db()
        assert journee.etat == Etat.RESERVEE

    def test_une_demande_se_decide_avec_les_demandes(self, accueil, dupont, inscription):
        [journee] = inscription.demander([MERCREDI], par=dupont.compte)

        reponse = self.agir(accueil, "annuler", journee)

        journee.refresh_from_db()
        assert journee.etat == Etat.DEMANDEE
        assert phrases(reponse) == ["Léa DUPONT : La famille attend une réponse : décidez dans « Demandes »."]

    def test_un_refus_n_arrete_pas_les_autres(self, accueil, agent, inscription):
        reservees = inscription.reserver([MERCREDI, date(2015, 4, 29)], par=agent)
        reservees[0].excuser(par=agent)

        reponse = self.agir(accueil, "annuler", *reservees)

        assert [r.etat for r in Reservation.objects.order_by("jour")] == [Etat.ABSENT_EXCUSE, Etat.ANNULEE]
        [refus, fait] = phrases(reponse)
        assert refus == "Léa DUPONT : Impossible pour le mercredi 8 avril, noté « absent excusé »."
        assert fait.startswith("1 réservation annulée. ")

    def test_l_animateur_lit_sans_decider(self, client, animateur, agent, inscription):
        [journee] = inscription.reserver([MERCREDI], par=agent)
        client.force_login(animateur)

        self.agir(client, "annuler", journee)

        journee.refresh_from_db()
        assert journee.etat == Etat.RESERVEE

    def test_une_reservation_ne_se_change_pas_a_la_main(self, direction, agent, inscription):
        [journee] = inscription.reserver([MERCREDI], par=agent)
        chemin = reverse("admin:planning_reservation_change", args=[journee.pk])

        assert direction.get(chemin).status_code == 200
        assert direction.post(chemin, {"etat": Etat.AUCUN}).status_code == 403


class TestRequetes:
    def requetes(self, client, chemin: str) -> int:
        client.get(chemin)
        with CaptureQueriesContext(connection) as requetes:
            assert client.get(chemin).status_code == 200
        return len(requetes)

    @pytest.mark.parametrize("modele", MODELES)
    def test_le_nombre_de_requetes_d_une_liste_ne_suit_pas_ses_lignes(
        self, direction, agent, mercredi, garderie, calendrier_2015, modele
    ):
        chemin = reverse(f"admin:planning_{modele}_changelist")
        Prestation.objects.update(places=None)
        peupler(mercredi, agent, 2)
        avant = self.requetes(direction, chemin)
        peupler(mercredi, agent, 6)

        assert self.requetes(direction, chemin) == avant
        assert avant <= 14


def peupler(prestation: Prestation, agent, nombre: int) -> None:
    """So many familles with a child booked on Wednesday."""
    prestation = Prestation.objects.get(pk=prestation.pk)
    for _ in range(nombre):
        famille = fabriques.FamilleFactory()
        fabriques.ResponsableFactory(famille=famille)
        enfant = fabriques.EnfantFactory(famille=famille)
        inscription = Inscription.objects.inscrire(enfant, prestation, famille, du=RENTREE, par=agent)
        inscription.reserver([MERCREDI], par=agent)
        Fermeture.objects.create(structure=prestation.structure, du=date(2015, 7, 13), au=date(2015, 7, 14), motif="x")
