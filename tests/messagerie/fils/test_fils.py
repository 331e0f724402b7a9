"""Threads: whose they are, who waits for whom, who has read what."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from courriels.models import Courriel
from messagerie.models import Fil, Message
from messagerie.models.fil import DejaPrisEnCharge
from tests.fabriques import CompteFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def fil(dupont) -> Fil:
    """Jean asks."""
    return Fil.ecrire_au_centre(dupont.titulaire, "Goûter", "Le goûter est-il fourni ?")


def non_lus(compte) -> int:
    return Message.objects.non_lus_par(compte).count()


class TestEcrire:
    def test_un_parent_ouvre_un_fil_qui_attend_le_centre(self, fil, dupont):
        message = fil.messages.get()
        assert (fil.famille, message.de, message.auteur, message.du_centre) == (
            dupont.famille,
            "Jean DUPONT",
            dupont.compte,
            False,
        )
        assert list(Fil.objects.a_traiter()) == [fil]

    def test_le_centre_repond_et_plus_rien_n_attend(self, fil, agent):
        assert fil.repondre("Oui.", par=agent).de == "Centre social Les Tilleuls (Alice MAIRIE)"
        assert not Fil.objects.a_traiter().exists()

    def test_l_attente_compte_depuis_le_premier_message_sans_reponse(self, fil, dupont):
        depuis = fil.en_attente_depuis
        fil.completer("Merci de me répondre.", par=dupont.titulaire)
        assert fil.en_attente_depuis == depuis

    def test_chaque_responsable_signe(self, fil, dupont):
        fil.completer("Et sans gluten ?", par=dupont.conjoint)
        assert [message.de for message in fil.messages.all()] == ["Jean DUPONT", "Jeanne DUPONT"]

    def test_on_n_ecrit_pas_au_nom_d_une_autre_famille(self, fil, martin):
        with pytest.raises(PermissionError):
            fil.completer("Annulez tout.", par=martin.titulaire)
        assert fil.messages.count() == 1

    def test_le_centre_ecrit_le_premier_et_un_courriel_le_dit(self, dupont, agent):
        fil = Fil.ecrire_a(dupont.famille, "Sortie", "Pensez au pique-nique de Léa.", agent)
        courriel = Courriel.objects.get()
        assert courriel.destinataire == "jean.dupont@wanadoo.fr"
        assert courriel.contexte == {"chemin": f"/messages/{fil.pk}/"}
        assert courriel.sujet == "Centre social Les Tilleuls\u00a0: vous avez un nouveau message"

    def test_sans_autorisation_pas_de_courriel(self, martin, agent):
        Fil.ecrire_a(martin.famille, "Sortie", "Bonjour.", agent)
        assert not Courriel.objects.exists()

    def test_le_portail_ecrit_au_nom_du_centre(self, dupont):
        assert (
            Fil.ecrire_a(dupont.famille, "Demande", "Acceptée.", None).messages.get().de == "Centre social Les Tilleuls"
        )

    def test_un_identifiant_d_agent_n_est_jamais_montre(self, dupont):
        sans_nom = CompteFactory(identifiant="secret", is_staff=True)
        assert "secret" not in Fil.ecrire_a(dupont.famille, "x", "y", sans_nom).messages.get().de

    def test_la_base_refuse_un_message_vide_ou_sans_nom(self, fil):
        for champs in ({"texte": "", "signature": "Jean"}, {"texte": "Bonjour", "signature": ""}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Message.objects.create(fil=fil, du_centre=False, **champs)


class TestLire:
    def test_chaque_parent_lit_pour_soi(self, fil, dupont, agent):
        jeanne = CompteFactory(identifiant="jeanne")
        dupont.conjoint.compte = jeanne
        dupont.conjoint.save()
        reponse = fil.repondre("Oui.", par=agent)
        fil.lire(dupont.compte, reponse)
        assert (non_lus(dupont.compte), non_lus(jeanne)) == (0, 1)

    def test_ce_qui_arrive_apres_reste_a_lire(self, fil, dupont, agent):
        fil.lire(dupont.compte, fil.repondre("Oui.", par=agent))
        fil.repondre("Et offert.", par=agent)
        assert non_lus(dupont.compte) == 1

    def test_un_onglet_ancien_ne_rend_rien_non_lu(self, fil, dupont, agent):
        ancien = fil.repondre("Oui.", par=agent)
        fil.lire(dupont.compte, fil.repondre("Et offert.", par=agent))
        fil.lire(dupont.compte, ancien)
        assert non_lus(dupont.compte) == 0

    def test_les_messages_de_parents_ne_se_comptent_pas(self, fil, dupont):
        assert non_lus(dupont.compte) == 0

    def test_un_acces_ouvert_plus_tard_ne_commence_pas_par_tout_relire(self, fil, dupont, agent):
        fil.repondre("Oui.", par=agent)
        with time_machine.travel(timezone.now() + timedelta(days=30), tick=False):
            assert non_lus(CompteFactory()) == 0


class TestSupprimer:
    def test_supprime_puis_restaure(self, fil, dupont, agent):
        fil.repondre("Oui.", par=agent)
        fil.supprimer()
        fils = dupont.famille.fils
        assert (list(fils.recus()), list(fils.envoyes()), list(fils.supprimes())) == ([], [], [fil])
        assert non_lus(dupont.compte) == 0
        fil.restaurer()
        assert (list(fils.recus()), list(fils.envoyes()), list(fils.supprimes())) == ([fil], [fil], [])

    def test_une_reponse_du_centre_fait_revenir_la_conversation(self, fil, dupont, agent):
        fil.supprimer()
        fil.repondre("Oui.", par=agent)
        assert not fil.est_supprime
        assert non_lus(dupont.compte) == 1

    def test_le_centre_garde_ce_que_la_famille_supprime(self, fil):
        fil.supprimer()
        assert list(Fil.objects.a_traiter()) == [fil]


class TestPrendreEnCharge:
    def test_le_second_agent_apprend_qui_s_en_occupe(self, fil, agent, directrice):
        meme_fil = Fil.objects.get(pk=fil.pk)
        fil.prendre_en_charge(agent)
        with pytest.raises(DejaPrisEnCharge, match=r"^Alice MAIRIE s’occupe déjà"):
            meme_fil.prendre_en_charge(directrice)

    def test_on_reprend_a_un_collegue_en_le_nommant(self, fil, agent, directrice):
        fil.prendre_en_charge(agent)
        fil.prendre_en_charge(directrice, a_la_place_de=agent)
        assert Fil.objects.get(pk=fil.pk).suivi_par == directrice

    def test_cliquer_deux_fois_ne_dit_rien_et_ne_change_rien(self, fil, agent):
        fil.prendre_en_charge(agent)
        avant = Fil.objects.values().get(pk=fil.pk)
        Fil.objects.get(pk=fil.pk).prendre_en_charge(agent)
        assert Fil.objects.values().get(pk=fil.pk) == avant
        assert avant["suivi_par_id"] == agent.pk

    def test_un_merci_se_classe_sans_reponse(self, fil, dupont):
        fil.classer()
        assert not Fil.objects.a_traiter().exists()
        fil.completer("Encore une question.", par=dupont.titulaire)
        assert Fil.objects.a_traiter().exists()
