"""A child who came without a booking: the famille reads it as it is, and is told the same evening."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courriels.models import Courriel
from messagerie.models import Fil, Message
from planning.appel.imprevus import accueillir
from planning.appel.sans_reservation import prevenir
from planning.journees.lecture import lire_presences_sans_reservation
from planning.journees.prochaines import prochains_jours
from planning.models import Inscription, Reservation
from planning.mois.enfant import MoisEnfant
from planning.regles.etats import Presence
from planning.regles.legende import Statut
from tests.facturation.fabriques import tarif
from tests.planning.appel.outils import MERCREDI, RENTREE
from tests.planning.views.outils import page, texte

pytestmark = pytest.mark.usefixtures("jeudi_2_avril")


@pytest.fixture
def venu(dupont, mercredi, animateur) -> Inscription:
    """Léa, whom nobody had enrolled, came on Wednesday."""
    inscription = accueillir(dupont.enfants[0], mercredi, dupont.famille, MERCREDI, par=animateur)
    inscription.journee(MERCREDI).pointer(Presence.PRESENT, par=animateur)
    return inscription


def message() -> str:
    return Message.objects.get().texte.replace("\u00a0", " ")


class TestCeQueLaFamilleLit:
    def case(self, dupont):
        return MoisEnfant(dupont.enfants[0], dupont.famille, 2015, 4).grille.lignes[0].case(MERCREDI)

    def test_il_etait_present_ce_n_est_pas_une_erreur_de_sa_part(self, dupont, venu):
        affichage = self.case(dupont).affichage
        assert (affichage.statut, affichage.marque) == (None, Statut.PRESENT_SANS_RESERVATION)
        # The agents still have to put it right.
        assert Reservation.objects.en_erreur().exists()

    def test_inscrit_ensuite_a_partir_de_ce_jour_non_plus(self, dupont, venu, mercredi, agent):
        Inscription.objects.inscrire(dupont.enfants[0], mercredi, dupont.famille, du=MERCREDI, par=agent)
        affichage = self.case(dupont).affichage
        assert (affichage.statut, affichage.marque) == (None, Statut.PRESENT_SANS_RESERVATION)

    def test_inscrit_a_partir_du_lendemain_non_plus(self, dupont, venu, mercredi, agent):
        Inscription.objects.inscrire(dupont.enfants[0], mercredi, dupont.famille, du=date(2015, 4, 2), par=agent)
        assert self.case(dupont).affichage.libelle == "présent sans réservation"

    def test_l_accueil_du_jour_non_plus(self, dupont, mercredi, animateur, jeudi_2_avril):
        jeudi_2_avril.move_to("2015-04-08T18:00:00+02:00")
        jour = date(2015, 4, 8)
        inscription = accueillir(dupont.enfants[0], mercredi, dupont.famille, jour, par=animateur)
        inscription.journee(jour).pointer(Presence.PRESENT, par=animateur)
        assert prochains_jours(dupont.famille, du=jour, nombre=1) == {}

    def test_la_page_du_jour_dit_le_prix_et_comment_corriger(self, client, dupont, venu, mercredi):
        tarif(mercredi, (None, "3.60", "7.20"), majoration_pourcent=50)
        client.force_login(dupont.compte)
        lu = texte(page(client, reverse("planning:jour", args=[dupont.enfants[0].pk, 2015, 4, 1])))
        assert "Présent sans réservation" in lu
        assert "5,40 €" in lu.replace("\u00a0", " ")
        assert "si c’est une erreur, écrivez au centre avant la facture" in lu


class TestLeSoirMeme:
    def test_la_famille_sait_ce_que_cela_coute_et_comment_le_corriger(self, dupont, venu, mercredi):
        tarif(mercredi, (None, "3.60", "7.20"), majoration_pourcent=50)

        assert prevenir(MERCREDI) == 1

        assert Fil.objects.get().famille == dupont.famille
        assert (
            "– mercredi 1er avril 2015, Léa, ALSH Mercredi journée : 5,40 €, au lieu de 3,60 € avec une réservation"
        ) in message()
        assert "écrivez au centre avant la facture" in message()
        assert "demandez au centre de l’inscrire" in message()
        assert Courriel.objects.get(gabarit="jours_changes").destinataire == dupont.titulaire.email

    def test_elle_n_est_prevenue_qu_une_fois(self, venu):
        assert (prevenir(MERCREDI), prevenir(MERCREDI), prevenir(date(2015, 4, 2))) == (1, 0, 0)

    def test_un_appel_fait_le_lendemain_se_dit_aussi(self, venu):
        assert prevenir(date(2015, 4, 2)) == 1

    def test_un_jour_reserve_ou_regulier_ne_se_dit_pas(self, lea, tom, agent):
        for inscription in (lea, tom):
            inscription.journee(MERCREDI).pointer(Presence.PRESENT, par=agent)
        assert prevenir(MERCREDI) == 0

    def test_une_demande_qui_attend_ne_se_dit_pas_encore(self, dupont, mercredi, agent, jeudi_2_avril):
        inscription = Inscription.objects.inscrire(dupont.enfants[0], mercredi, dupont.famille, du=RENTREE, par=agent)
        jour = date(2015, 4, 8)
        inscription.demander([jour], par=dupont.compte)
        jeudi_2_avril.move_to("2015-04-08T18:00:00+02:00")
        inscription.journee(jour).pointer(Presence.PRESENT, par=agent)
        assert prevenir(jour) == 0

    def test_chaque_famille_ne_lit_que_ses_enfants(self, dupont, martin, venu, mercredi, animateur):
        tom = accueillir(martin.enfants[0], mercredi, martin.famille, MERCREDI, par=animateur)
        tom.journee(MERCREDI).pointer(Presence.PRESENT, par=animateur)
        assert prevenir(MERCREDI) == 2
        assert "Tom" not in Message.objects.get(fil__famille=dupont.famille).texte
        assert "Léa" not in Message.objects.get(fil__famille=martin.famille).texte

    def test_la_commande_du_soir_ne_parle_que_s_il_y_a_lieu(self, venu, capsys):
        call_command("prevenir_presences")
        assert capsys.readouterr().out == "1\u00a0famille prévenue.\n"
        call_command("prevenir_presences")
        assert capsys.readouterr().out == ""

    def test_un_enfant_refuse_ce_jour_la_et_venu_quand_meme_se_dit(self, dupont, mercredi, agent, jeudi_2_avril):
        inscription = Inscription.objects.inscrire(dupont.enfants[0], mercredi, dupont.famille, du=RENTREE, par=agent)
        jour = date(2015, 4, 8)
        inscription.demander([jour], par=dupont.compte)
        inscription.journee(jour).refuser("Complet", par=agent)
        jeudi_2_avril.move_to("2015-04-08T18:00:00+02:00")
        inscription.journee(jour).pointer(Presence.PRESENT, par=agent)
        assert prevenir(jour) == 1

    def test_une_presence_de_plus_d_une_semaine_ne_se_dit_plus(self, venu):
        assert (prevenir(date(2015, 4, 8)), prevenir(date(2015, 4, 7))) == (0, 1)

    @pytest.mark.usefixtures("par_le_proprietaire")
    def test_la_ville_entiere_ne_se_lit_pas_pour_quelques_venues(self, venu):
        """Neither the days that are booked or of former weeks, which its index leaves out, nor those of the pattern."""
        with CaptureQueriesContext(connection) as requetes:
            assert len(list(lire_presences_sans_reservation({venu.prestation_id: [MERCREDI]}))) == 1
        (lecture,) = (requete["sql"] for requete in requetes if "planning_journees" in requete["sql"])
        with connection.cursor() as curseur:
            # What holds two children would be read whole, or by whichever index: the others are away until the end.
            curseur.execute("SET CONSTRAINTS ALL IMMEDIATE")
            curseur.execute("ALTER TABLE planning_reservation DROP CONSTRAINT une_reservation_par_jour")
            curseur.execute("DROP INDEX reservation_du_jour, reservation_en_attente")
            curseur.execute(f"SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; EXPLAIN {lecture}")
            plan = "\n".join(ligne for (ligne,) in curseur.fetchall())
        # What somebody has said of a day, and the roll alone; between them, the pattern.
        assert plan.count("using presence_sans_reservation on planning_reservation") == plan.count("planning_res") == 2
        assert ('"*SELECT* 1"' in plan, '"*SELECT* 2"' in plan, '"*SELECT* 3"' in plan) == (True, False, True)
