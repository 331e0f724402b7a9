"""Inscriptions through the verbs, whose refusals come back as sentences."""

from datetime import date

import pytest
from django.urls import reverse

from planning.appel.imprevus import accueillir
from planning.models import Inscription, Prestation, Reservation
from planning.regles.etats import Presence
from planning.regles.jours import AUCUN_JOUR, Jours
from tests.planning.admin.outils import MERCREDI, RENTREE, confirmer, erreurs, phrases

pytestmark = pytest.mark.usefixtures("jeudi_2_avril")


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
        page = self.envoyer(accueil, inscription, jours=["4"], a_compter_du="15/04/2015")
        reponse = confirmer(accueil, page)

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
