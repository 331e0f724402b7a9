"""Closing days that familles had booked: counted before, told after, and nobody is expected."""

from datetime import date

import pytest
from django.urls import reverse

from courriels.models import Courriel
from messagerie.models import Fil, Message
from planning.appel.attendus import Appel
from planning.models import Fermeture, Inscription, JourFerie, Vacances
from planning.regles.jours import Jours
from tests.facturation.fabriques import tarif
from tests.planning.admin.outils import MERCREDI, RENTREE, confirmer, question, supprimer

pytestmark = pytest.mark.usefixtures("jeudi_2_avril")

AVRIL = {"du": "07/04/2015", "au": "09/04/2015", "motif": "travaux"}


@pytest.fixture
def trois_reservees(inscription, martin, mercredi, agent) -> None:
    """Léa books the 8th, and Noé comes every Wednesday."""
    inscription.reserver([MERCREDI], par=agent)
    Inscription.objects.inscrire(
        martin.enfants[0], mercredi, martin.famille, du=RENTREE, jours=Jours.MERCREDI, par=agent
    )


def fermer(client, **saisie):
    return client.post(reverse("admin:planning_fermeture_add"), {**AVRIL, **saisie})


class TestFermer:
    def test_ce_qui_est_reserve_est_compte_avant(self, accueil, trois_reservees):
        page = fermer(accueil)

        assert Fermeture.objects.filter(motif="travaux").count() == 0
        assert question(page) == [
            "2 jours réservés ou demandés tombent, le 08/04/2015 : 2 familles, 2 enfants.",
            "2 familles seront prévenues par un message.",
        ]

    def test_deux_agents_ne_declarent_pas_deux_fois_la_meme(self, accueil, trois_reservees):
        """Both were asked; one of the twins deleted afterwards would have opened nothing again."""
        premiere, seconde = fermer(accueil), fermer(accueil)
        confirmer(accueil, premiere)
        page = confirmer(accueil, seconde)

        assert Fermeture.objects.filter(motif="travaux").count() == 1
        assert (
            "Ces jours sont déjà fermés. Toutes les structures\u00a0: travaux, du 07/04/2015 au 09/04/2015."
            in page.text
        )

    def test_une_fermeture_plus_large_ou_d_une_autre_structure_se_declare(self, accueil, mercredi, garderie):
        Fermeture.objects.create(structure=mercredi.structure, du=date(2015, 4, 7), au=date(2015, 4, 8), motif="x")
        assert "déjà fermés" in fermer(accueil, structure=mercredi.structure_id, au="07/04/2015").text
        for structure, au in ((None, 9), (mercredi.structure, 9), (garderie.structure, 8)):
            Fermeture(structure=structure, du=date(2015, 4, 7), au=date(2015, 4, au), motif="y").full_clean()

    def test_les_euros_le_sont_aussi(self, accueil, trois_reservees, mercredi):
        tarif(mercredi, (None, "7.30", "9.00"))

        assert "Ces jours valent 14,60 €, ils vaudront 0,00 € : 14,60 € de moins pour les familles." in question(
            fermer(accueil)
        )

    def test_une_fois_confirmee_chaque_famille_recoit_un_message(self, accueil, trois_reservees, dupont, martin):
        confirmer(accueil, fermer(accueil))

        assert Fermeture.objects.filter(motif="travaux").count() == 1
        assert [fil.famille for fil in Fil.objects.order_by("famille")] == [dupont.famille, martin.famille]
        texte = Message.objects.get(fil__famille=dupont.famille).texte.replace("\u00a0", " ")
        assert "Le centre est fermé du 07/04/2015 au 09/04/2015 : travaux." in texte
        assert f"– mercredi 8 avril 2015, {dupont.enfants[0].prenom}, ALSH Mercredi journée" in texte
        assert martin.enfants[0].prenom not in texte
        assert Courriel.objects.filter(gabarit="jours_changes", destinataire=dupont.titulaire.email).count() == 1

    def test_l_appel_n_attend_plus_personne(self, accueil, trois_reservees, mercredi):
        confirmer(accueil, fermer(accueil))

        assert Appel([mercredi], MERCREDI).attendus == 0

    def test_si_les_nombres_ont_change_entre_temps_on_redemande(self, accueil, trois_reservees, agent, martin):
        page = fermer(accueil)
        Inscription.objects.get(famille=martin.famille).journee(MERCREDI).excuser(par=agent)

        suite = confirmer(accueil, page)

        assert question(suite)[0] == "1 jour réservé ou demandé tombe, le 08/04/2015 : 1 famille, 1 enfant."
        assert not Fermeture.objects.filter(motif="travaux").exists()

    def test_ce_qui_ne_touche_personne_ne_demande_rien(self, accueil, inscription):
        fermer(accueil, du="22/06/2015", au="22/06/2015")

        assert Fermeture.objects.filter(motif="travaux").count() == 1

    def test_une_fermeture_refusee_revient_sans_question(self, accueil, trois_reservees):
        page = fermer(accueil, au="06/04/2015")

        assert "confirmation" not in page.context
        assert not Fermeture.objects.filter(motif="travaux").exists()

    def test_les_jours_passes_ne_sont_pas_annonces(self, accueil, inscription, agent):
        inscription.reserver([date(2015, 4, 1)], par=agent)

        page = fermer(accueil, du="01/04/2015", au="01/04/2015")
        assert question(page) == ["1 jour réservé ou demandé tombe, le 01/04/2015 : 1 famille, 1 enfant."]
        confirmer(accueil, page)

        assert not Fil.objects.exists()


class TestRaccourcir:
    def test_ce_qui_revient_est_compte(self, accueil, trois_reservees):
        confirmer(accueil, fermer(accueil))
        fermeture = Fermeture.objects.get(motif="travaux")

        page = accueil.post(
            reverse("admin:planning_fermeture_change", args=[fermeture.pk]), {**AVRIL, "au": "07/04/2015"}
        )

        assert question(page) == [
            "2 jours s’ajoutent, le 08/04/2015 : 2 familles, 2 enfants.",
            "2 familles seront prévenues par un message.",
        ]
        fermeture.refresh_from_db()
        assert fermeture.au == date(2015, 4, 9)

    def test_la_supprimer_aussi(self, accueil, trois_reservees):
        confirmer(accueil, fermer(accueil))
        chemin = reverse("admin:planning_fermeture_delete", args=[Fermeture.objects.get(motif="travaux").pk])

        page = accueil.get(chemin)

        assert [phrase.replace("\u00a0", " ") for phrase in page.context["touche"]] == [
            "2 jours s’ajoutent, le 08/04/2015 : 2 familles, 2 enfants.",
            "2 familles seront prévenues par un message.",
        ]
        assert "2\u00a0jours s’ajoutent" in page.text
        supprimer(accueil, chemin, page)
        assert not Fermeture.objects.filter(motif="travaux").exists()

    def test_qui_n_a_pas_lu_ce_qui_revient_le_lit_d_abord(self, accueil, trois_reservees):
        confirmer(accueil, fermer(accueil))
        chemin = reverse("admin:planning_fermeture_delete", args=[Fermeture.objects.get(motif="travaux").pk])

        page = accueil.post(chemin, {"post": "yes"})

        assert "2\u00a0jours s’ajoutent" in page.text
        assert Fermeture.objects.filter(motif="travaux").exists()

    def test_si_les_nombres_ont_change_depuis_la_page_les_dit_d_abord(self, accueil, trois_reservees, inscription):
        confirmer(accueil, fermer(accueil))
        chemin = reverse("admin:planning_fermeture_delete", args=[Fermeture.objects.get(motif="travaux").pk])
        lue = accueil.get(chemin)
        inscription.reservations.filter(jour=MERCREDI).delete()

        page = supprimer(accueil, chemin, lue)

        assert "1\u00a0jour s’ajoute, le 08/04/2015\u00a0: 1\u00a0famille, 1\u00a0enfant." in page.text
        assert Fermeture.objects.filter(motif="travaux").exists()
        supprimer(accueil, chemin, page)
        assert not Fermeture.objects.filter(motif="travaux").exists()

    def test_de_ce_qui_ne_touche_personne_il_n_y_a_rien_a_relire(self, accueil):
        fermeture = Fermeture.objects.create(du=date(2015, 4, 7), au=date(2015, 4, 9), motif="x")
        accueil.post(reverse("admin:planning_fermeture_delete", args=[fermeture.pk]), {"post": "yes"})
        assert not Fermeture.objects.filter(pk=fermeture.pk).exists()

    def test_les_familles_a_qui_on_avait_dit_que_c_etait_ferme_apprennent_que_leurs_jours_reviennent(
        self, accueil, trois_reservees, dupont, martin
    ):
        confirmer(accueil, fermer(accueil))
        fermeture = Fermeture.objects.get(motif="travaux")
        supprimer(accueil, reverse("admin:planning_fermeture_delete", args=[fermeture.pk]))

        retour = Fil.objects.filter(sujet="Un jour s’ajoute à votre planning")
        assert {fil.famille for fil in retour} == {dupont.famille, martin.famille}
        texte = Message.objects.get(fil__in=retour, fil__famille=dupont.famille).texte.replace("\u00a0", " ")
        assert "Une fermeture du centre est annulée." in texte
        assert f"Aura lieu :\n– mercredi 8 avril 2015, {dupont.enfants[0].prenom}, ALSH Mercredi journée" in texte
        assert "Ce jour vous sera facturé." in texte
        assert martin.enfants[0].prenom not in texte

    def test_deplacee_elle_dit_en_un_message_ce_qui_tombe_et_ce_qui_revient(self, accueil, inscription, dupont, agent):
        inscription.reserver([MERCREDI, date(2015, 4, 29)], par=agent)
        confirmer(accueil, fermer(accueil))
        Fil.objects.all().delete()
        fermeture = Fermeture.objects.get(motif="travaux")
        chemin = reverse("admin:planning_fermeture_change", args=[fermeture.pk])

        confirmer(accueil, accueil.post(chemin, {**AVRIL, "du": "28/04/2015", "au": "30/04/2015"}))

        message = Message.objects.get()
        assert message.fil.sujet == "Vos jours réservés changent"
        texte = message.texte.replace("\u00a0", " ")
        assert "N’aura pas lieu :\n– mercredi 29 avril 2015" in texte
        assert "Aura lieu :\n– mercredi 8 avril 2015" in texte


class TestLesAutresCalendriers:
    def test_des_vacances_qui_s_allongent_disent_les_mercredis_qui_tombent(self, direction, trois_reservees):
        printemps = Vacances.objects.get()

        page = direction.post(
            reverse("admin:planning_vacances_change", args=[printemps.pk]),
            {"nom": "Printemps", "genre": "P", "du": "08/04/2015", "au": "26/04/2015", "zone": "C"},
        )

        assert question(page)[0] == "2 jours réservés ou demandés tombent, le 08/04/2015 : 2 familles, 2 enfants."
        confirmer(direction, page)
        printemps.refresh_from_db()
        assert printemps.du == MERCREDI
        assert Fil.objects.count() == 2

    def test_un_jour_ferie_de_plus_aussi(self, direction, trois_reservees):
        page = direction.post(reverse("admin:planning_jourferie_add"), {"jour": "08/04/2015", "nom": "Fête locale"})

        assert question(page)[0] == "2 jours réservés ou demandés tombent, le 08/04/2015 : 2 familles, 2 enfants."
        confirmer(direction, page)
        texte = Message.objects.first().texte.replace("\u00a0", " ")
        assert "Le mercredi 8 avril est férié : le centre est fermé." in texte

    def test_un_jour_ferie_que_l_on_travaille_rend_ses_jours_et_le_dit(self, direction, trois_reservees):
        ajout = direction.post(reverse("admin:planning_jourferie_add"), {"jour": "08/04/2015", "nom": "Fête locale"})
        confirmer(direction, ajout)
        Fil.objects.all().delete()
        ferie = JourFerie.objects.get(jour=MERCREDI)
        chemin = reverse("admin:planning_jourferie_change", args=[ferie.pk])

        confirmer(direction, direction.post(chemin, {"nom": "Fête locale", "travaille": "on"}))

        textes = [message.texte.replace("\u00a0", " ") for message in Message.objects.all()]
        assert len(textes) == 2
        assert all("est férié, mais travaillé : le centre est ouvert." in texte for texte in textes)
