"""What is asked once more before a request is accepted: more children than places, invoices that change."""

import pytest
from django.test import Client

from demandes.models import Decision, Demande
from planning.models import Inscription, PlacesDuJour
from tests.demandes.bureau import FILE, adresse, vu
from tests.demandes.jours import MERCREDIS, demander
from tests.demandes.outils import deposer
from tests.facturation.fabriques import tarif
from tests.planning.admin.outils import RENTREE, confirmer, phrases, question

pytestmark = pytest.mark.django_db


class TestAuDelaDesPlaces:
    @pytest.fixture
    def de_trop(self, dupont, martin, mercredi, inscrire, agent, jeudi_2_avril) -> Demande:
        """Two places when it was asked; one since an animateur is missing."""
        mercredi.places = 2
        mercredi.save()
        demande = demander(dupont, inscrire(mercredi), MERCREDIS[:1])
        autre = Inscription.objects.inscrire(martin.enfants[0], mercredi, martin.famille, du=RENTREE, par=agent)
        autre.reserver(MERCREDIS[:1], par=agent)
        PlacesDuJour.objects.create(prestation=mercredi, jour=MERCREDIS[0], places=1)
        return demande

    def test_accepter_le_demande_d_abord(self, bureau, de_trop):
        question_posee = bureau.post(adresse("acceptation", de_trop), {"vu": vu(bureau, de_trop)})
        assert question(question_posee) == [
            "Le mercredi 8 avril, 2 enfants sont attendus pour 1 place : ALSH Mercredi journée."
        ]
        assert not Decision.objects.exists()
        confirmer(bureau, question_posee)
        assert Decision.objects.get().demande == de_trop

    def test_refuser_ne_demande_rien(self, bureau, de_trop):
        bureau.post(adresse("refus", de_trop), {"precision": "Il manque un animateur."})
        assert Decision.objects.get().verdict == Decision.Verdict.REFUSEE

    def test_en_nombre_elle_reste_a_ouvrir(self, bureau, de_trop):
        envoi = {"action": "accepter_la_selection", "_selected_action": [de_trop.pk]}
        reponse = bureau.post(FILE, envoi, follow=True)
        assert f"La demande n°\u00a0{de_trop.pk} dépasse les places\u00a0: ouvrez-la." in reponse.text
        assert not Decision.objects.exists()

    def test_decidee_entre_temps_elle_n_est_plus_que_cela(self, bureau, de_trop, agent):
        de_trop.refuser(par=agent, motif="Non.")
        PlacesDuJour.objects.update(places=0)
        assert deja_refusee(bureau, de_trop)


class TestUnDemenagement:
    @pytest.fixture
    def hors_commune(self, dupont, mercredi, inscrire, agent, jeudi_2_avril) -> Demande:
        tarif(mercredi, (None, "7.30", "14.60"))
        inscrire(mercredi).reserver(MERCREDIS[:1], par=agent)
        return deposer(dupont, "responsable", ville="Toulouse")

    def test_accepter_dit_d_abord_ce_qu_il_change_aux_factures_a_venir(self, bureau, hors_commune, dupont):
        page_posee = bureau.post(adresse("acceptation", hors_commune), {"vu": vu(bureau, hors_commune)})
        assert question(page_posee)[:2] == [
            "1 jour change de prix, le 08/04/2015 : 1 famille, 1 enfant.",
            "Ce jour vaut 7,30 €, il vaudra 14,60 € : 7,30 € de plus pour la famille.",
        ]
        dupont.titulaire.refresh_from_db()
        assert dupont.titulaire.ville == "SAINT - JEAN"
        confirmer(bureau, page_posee)
        dupont.titulaire.refresh_from_db()
        assert dupont.titulaire.ville == "Toulouse"

    def test_en_nombre_elle_reste_a_ouvrir(self, bureau, hors_commune):
        envoi = {"action": "accepter_la_selection", "_selected_action": [hors_commune.pk]}
        assert "change des factures à venir\u00a0: ouvrez-la." in bureau.post(FILE, envoi, follow=True).text
        assert not Decision.objects.exists()

    def test_decidee_entre_temps_elle_n_est_plus_que_cela(self, bureau, hors_commune, dupont, agent):
        hors_commune.refuser(par=agent, motif="Non.")
        assert deja_refusee(bureau, hors_commune)
        dupont.titulaire.ville = "Blagnac"
        dupont.titulaire.save()
        assert deja_refusee(bureau, hors_commune)


def deja_refusee(bureau: Client, demande: Demande) -> bool:
    envoi = {"action": "accepter_la_selection", "_selected_action": [demande.pk]}
    [phrase] = phrases(bureau.post(f"{FILE}?etat=toutes", envoi, follow=True))
    return phrase.startswith(f"La demande n° {demande.pk} a déjà été refusée")
