"""Writing to many: how often, and who is told. What dies in the middle is in test_ouvriers.py."""

import pytest
from django.db import IntegrityError, transaction

from courriels.models import Courriel
from messagerie.envois.lancement import LancementRefuse, lancer
from messagerie.envois.taches import expedier
from messagerie.models import Destination, Envoi, Fil, Message
from tests.messagerie.fabriques import envoi_lance_a, preparer


@pytest.mark.django_db
class TestLancer:
    def test_chaque_famille_a_son_fil_et_lit_le_message_du_centre(
        self, dupont, martin, agent, django_capture_on_commit_callbacks
    ):
        envoi = preparer(agent)
        with django_capture_on_commit_callbacks(execute=True):
            lancer(envoi, par=agent, attendues=2)
        assert {fil.famille for fil in Fil.objects.all()} == {dupont.famille, martin.famille}
        assert [message.de for message in Message.objects.all()] == ["Centre social Les Tilleuls (Alice MAIRIE)"] * 2
        assert Message.objects.non_lus_par(martin.compte).filter(fil__famille=martin.famille).count() == 1

    def test_le_courriel_suit_l_autorisation(self, dupont, martin, agent, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            lancer(preparer(agent), par=agent, attendues=2)
        assert [courriel.destinataire for courriel in Courriel.objects.all()] == ["jean.dupont@wanadoo.fr"]

    def test_on_ne_lance_pas_deux_fois(self, dupont, agent):
        envoi = preparer(agent)
        lancer(envoi, par=agent, attendues=1)
        with pytest.raises(LancementRefuse, match="déjà parti"):
            lancer(Envoi.objects.get(pk=envoi.pk), par=agent, attendues=1)
        assert Destination.objects.count() == 1

    def test_une_famille_arrivee_depuis_l_apercu_se_voit_d_abord(self, dupont, martin, agent):
        with pytest.raises(LancementRefuse, match=r"2\u00a0familles\. Vérifiez-la"):
            lancer(preparer(agent), par=agent, attendues=1)
        assert not Destination.objects.exists()

    def test_un_envoi_sans_personne_ne_part_pas(self, agent):
        with pytest.raises(LancementRefuse):
            lancer(preparer(agent, "choisies"), par=agent, attendues=0)

    def test_la_base_refuse_deux_fois_la_meme_famille(self, dupont, agent):
        envoi = preparer(agent)
        lancer(envoi, par=agent, attendues=1)
        with pytest.raises(IntegrityError), transaction.atomic():
            Destination.objects.create(envoi=envoi, famille=dupont.famille)

    def test_un_fil_efface_ne_se_renvoie_pas(self, dupont, agent):
        envoi = preparer(agent)
        lancer(envoi, par=agent, attendues=1)
        expedier.call(envoi.pk)
        Fil.objects.all().delete()
        assert expedier.call(envoi.pk) == 0


class TestReprise:
    def test_relancer_la_tache_ne_change_rien(self, transactional_db, settings):
        settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
        envoi = envoi_lance_a(10)
        assert [expedier.call(envoi.pk), expedier.call(envoi.pk)] == [10, 0]
        assert Courriel.objects.count() == 10
