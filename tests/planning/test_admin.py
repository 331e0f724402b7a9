"""The agents' pages of the planning: set-up, inscriptions through the verbs, réservations read and decided."""

from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from planning.appel.imprevus import accueillir
from planning.models import Fermeture, Inscription, JourFerie, PlacesDuJour, Prestation, Reservation, Vacances
from planning.models.calendrier import Source
from planning.regles.etats import Etat, Presence
from planning.regles.jours import AUCUN_JOUR, Jours
from tests import fabriques

MERCREDI = date(2015, 4, 8)
RENTREE = date(2014, 9, 1)
MODELES = ["structure", "prestation", "vacances", "jourferie", "fermeture", "inscription", "reservation"]

pytestmark = pytest.mark.usefixtures("jeudi_2_avril")


def phrases(reponse) -> list[str]:
    return [str(message).replace("\u00a0", " ") for message in get_messages(reponse.wsgi_request)]


def erreurs(reponse) -> list[str]:
    return [phrase.replace("\u00a0", " ") for liste in reponse.context["errors"] for phrase in liste]


@pytest.fixture
def accueil(client, agent):
    client.force_login(agent)
    return client


@pytest.fixture
def direction(client, directrice):
    client.force_login(directrice)
    return client


@pytest.fixture
def inscription(dupont, mercredi, agent) -> Inscription:
    return Inscription.objects.inscrire(dupont.enfants[0], mercredi, dupont.famille, du=RENTREE, par=agent)


class TestChacunSaPart:
    @pytest.mark.parametrize(
        ("qui", "ajoute"),
        [
            ("agent", {"fermeture", "inscription"}),
            ("animateur", set()),
            ("regisseur", set()),
            ("directrice", {"structure", "prestation", "vacances", "jourferie", "fermeture", "inscription"}),
        ],
    )
    def test_chaque_groupe_lit_tout_et_ajoute_ce_qui_est_a_lui(self, request, client, db, qui, ajoute):
        client.force_login(request.getfixturevalue(qui))

        listes = {m: client.get(reverse(f"admin:planning_{m}_changelist")).status_code for m in MODELES}
        ajouts = {m for m in MODELES if client.get(reverse(f"admin:planning_{m}_add")).status_code == 200}

        assert (listes, ajouts) == (dict.fromkeys(MODELES, 200), ajoute)

    def test_sans_droit_rien_ne_s_ouvre(self, client, agent_sans_droit):
        client.force_login(agent_sans_droit)

        assert {client.get(reverse(f"admin:planning_{m}_changelist")).status_code for m in MODELES} == {403}


class TestReglages:
    def test_une_prestation_se_cree_avec_ses_jours_et_ses_places(self, direction, alsh):
        reponse = direction.post(
            reverse("admin:planning_prestation_add"),
            {
                "structure": alsh.pk,
                "nom": "ALSH Mercredi",
                "ordre": 0,
                "active": "on",
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


class TestInscrire:
    def envoyer(self, client, foyer, prestation, **autres):
        champs = {"enfant": foyer.enfants[0].pk, "famille": foyer.famille.pk, "prestation": prestation.pk}
        return client.post(reverse("admin:planning_inscription_add"), {**champs, "du": "01/09/2014", **autres})

    def test_un_agent_inscrit_un_enfant_avec_son_rythme(self, accueil, agent, dupont, mercredi):
        reponse = self.envoyer(accueil, dupont, mercredi, jours=["4"], parite="1")

        assert reponse.status_code == 302, erreurs(reponse)
        inscription = Inscription.objects.get()
        assert (inscription.jours, inscription.parite, inscription.par) == (Jours.MERCREDI, 1, agent)

    def test_un_refus_revient_en_phrase_sur_un_formulaire_rempli(self, accueil, dupont, martin, mercredi):
        Prestation.objects.update(places=1)
        self.envoyer(accueil, martin, mercredi, jours=["4"])

        reponse = self.envoyer(accueil, dupont, mercredi, jours=["4"])

        assert [phrase[:29] for phrase in erreurs(reponse)] == ["Il n’y a plus de place le mer"]
        assert 'value="01/09/2014"' in reponse.content.decode()
        assert Inscription.objects.get().enfant == martin.enfants[0]

    def test_la_famille_d_un_autre_ne_paie_pas(self, accueil, dupont, martin, mercredi):
        reponse = accueil.post(
            reverse("admin:planning_inscription_add"),
            {
                "enfant": dupont.enfants[0].pk,
                "famille": martin.famille.pk,
                "prestation": mercredi.pk,
                "du": "01/09/2014",
            },
        )

        assert erreurs(reponse) == ["Cet enfant n’est pas rattaché à cette famille."]

    def test_deux_fois_aux_memes_dates_est_refuse_une_seule_fois(self, accueil, inscription, dupont, mercredi):
        reponse = self.envoyer(accueil, dupont, mercredi)

        assert erreurs(reponse) == ["L’enfant est déjà inscrit à cette prestation à ces dates."]

    def test_l_enfant_venu_avant_d_etre_inscrit_est_regularise(self, accueil, animateur, dupont, mercredi):
        jour = date(2015, 4, 1)
        venue = accueillir(dupont.enfants[0], mercredi, dupont.famille, jour, par=animateur)
        venue.journee(jour).pointer(Presence.PRESENT, par=animateur)

        reponse = self.envoyer(accueil, dupont, mercredi)

        assert reponse.status_code == 302, erreurs(reponse)
        assert (Inscription.objects.count(), Reservation.objects.en_erreur().count()) == (1, 0)

    def test_une_inscription_ne_se_supprime_pas(self, direction, inscription):
        chemin = reverse("admin:planning_inscription_delete", args=[inscription.pk])

        assert direction.post(chemin, {"post": "yes"}).status_code == 403


class TestChangerUneInscription:
    def envoyer(self, client, inscription, **champs):
        return client.post(reverse("admin:planning_inscription_change", args=[inscription.pk]), champs)

    def test_on_y_met_fin(self, accueil, inscription):
        self.envoyer(accueil, inscription, au="30/06/2015")

        inscription.refresh_from_db()
        assert inscription.au == date(2015, 6, 30)

    def test_pas_avant_un_jour_reserve(self, accueil, agent, inscription):
        inscription.reserver([MERCREDI], par=agent)

        reponse = self.envoyer(accueil, inscription, au="01/04/2015")

        assert erreurs(reponse) == ["Il reste 1 jour réservé ou pointé après le 01/04/2015."]
        inscription.refresh_from_db()
        assert inscription.au is None

    def test_la_prolonger_la_fait_suivre_d_une_autre(self, accueil, agent, inscription):
        inscription.terminer(date(2015, 4, 30), par=agent)

        reponse = self.envoyer(accueil, inscription, au="30/06/2015")

        assert phrases(reponse)[0] == "Une nouvelle inscription prend la suite à partir du 01/05/2015."
        assert list(Inscription.objects.order_by("du").values_list("du", "au")) == [
            (RENTREE, date(2015, 4, 30)),
            (date(2015, 5, 1), date(2015, 6, 30)),
        ]

    def test_un_nouveau_rythme_laisse_le_passe_comme_il_etait(self, accueil, inscription):
        reponse = self.envoyer(accueil, inscription, jours=["4"], a_compter_du="15/04/2015")

        assert phrases(reponse)[0] == "Le nouveau rythme vaut à partir du 15/04/2015."
        assert list(Inscription.objects.order_by("du").values_list("du", "au", "jours")) == [
            (RENTREE, date(2015, 4, 14), AUCUN_JOUR),
            (date(2015, 4, 15), None, Jours.MERCREDI),
        ]

    def test_un_rythme_ne_change_pas_sans_dire_quand(self, accueil, inscription):
        reponse = self.envoyer(accueil, inscription, jours=["4"])

        assert erreurs(reponse) == ["Indiquez à partir de quel jour le rythme change."]

    def test_un_refus_au_milieu_ne_laisse_rien_de_fait(self, accueil, dupont, agent, inscription, apres_midi):
        lea = dupont.enfants[0]
        Inscription.objects.inscrire(lea, apres_midi, dupont.famille, du=RENTREE, jours=Jours.MERCREDI, par=agent)

        reponse = self.envoyer(accueil, inscription, au="30/06/2015", jours=["4"], a_compter_du="15/04/2015")

        assert erreurs(reponse) == ["L’enfant est déjà attendu ailleurs à ces heures, chaque semaine."]
        inscription.refresh_from_db()
        assert (inscription.au, Inscription.objects.count()) == (None, 2)

    def test_une_inscription_d_un_jour_d_appel_se_lit_seulement(self, accueil, animateur, dupont, mercredi):
        venue = accueillir(dupont.enfants[0], mercredi, dupont.famille, date(2015, 4, 1), par=animateur)

        assert self.envoyer(accueil, venue, au="30/06/2015").status_code == 403


class TestReservations:
    def agir(self, client, action: str, *reservations):
        donnees = {"action": action, "_selected_action": [r.pk for r in reservations]}
        return client.post(reverse("admin:planning_reservation_changelist"), donnees)

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
        assert (journee.etat, phrases(reponse)) == (Etat.ABSENT_EXCUSE, ["1 réservation changée."])

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

        assert [r.etat for r in Reservation.objects.order_by("jour")] == [Etat.ABSENT_EXCUSE, Etat.AUCUN]
        assert phrases(reponse) == [
            "Léa DUPONT : Le mercredi 8 avril a changé entre-temps : absent excusé.",
            "1 réservation changée.",
        ]

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
