"""Writing to many: whom, how often, and who is told. What dies in the middle is in test_ouvriers.py."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from courriels.models import Courriel
from famille.models import Famille
from messagerie.envois.destinataires import Destinataires
from messagerie.models import Destination, Envoi, Fil, Message
from messagerie.models.envoi import EnvoiRefuse, expedier

from .fabriques import envoi_lance_a, preparer


@pytest.mark.django_db
class TestLancer:
    def test_chaque_famille_a_son_fil_et_lit_le_message_du_centre(
        self, dupont, martin, agent, django_capture_on_commit_callbacks
    ):
        envoi = preparer(agent)
        with django_capture_on_commit_callbacks(execute=True):
            envoi.lancer(par=agent, attendues=2)
        assert {fil.famille for fil in Fil.objects.all()} == {dupont.famille, martin.famille}
        assert [message.de for message in Message.objects.all()] == ["Centre social Les Tilleuls (Alice MAIRIE)"] * 2
        assert Message.objects.non_lus_par(martin.compte).filter(fil__famille=martin.famille).count() == 1

    def test_le_courriel_suit_l_autorisation(self, dupont, martin, agent, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            preparer(agent).lancer(par=agent, attendues=2)
        assert [courriel.destinataire for courriel in Courriel.objects.all()] == ["jean.dupont@wanadoo.fr"]

    def test_on_ne_lance_pas_deux_fois(self, dupont, agent):
        envoi = preparer(agent)
        envoi.lancer(par=agent, attendues=1)
        with pytest.raises(EnvoiRefuse, match="déjà parti"):
            Envoi.objects.get(pk=envoi.pk).lancer(par=agent, attendues=1)
        assert Destination.objects.count() == 1

    def test_une_famille_arrivee_depuis_l_apercu_se_voit_d_abord(self, dupont, martin, agent):
        with pytest.raises(EnvoiRefuse, match=r"2\u00a0familles\. Vérifiez-la"):
            preparer(agent).lancer(par=agent, attendues=1)
        assert not Destination.objects.exists()

    def test_un_envoi_sans_personne_ne_part_pas(self, agent):
        with pytest.raises(EnvoiRefuse):
            preparer(agent, "choisies").lancer(par=agent, attendues=0)

    def test_la_base_refuse_deux_fois_la_meme_famille(self, dupont, agent):
        envoi = preparer(agent)
        envoi.lancer(par=agent, attendues=1)
        with pytest.raises(IntegrityError), transaction.atomic():
            Destination.objects.create(envoi=envoi, famille=dupont.famille)

    def test_un_fil_efface_ne_se_renvoie_pas(self, dupont, agent):
        envoi = preparer(agent)
        envoi.lancer(par=agent, attendues=1)
        expedier.call(envoi.pk)
        Fil.objects.all().delete()
        assert expedier.call(envoi.pk) == 0


@pytest.mark.django_db
class TestDestinataires:
    def test_une_liste_choisie_par_numeros(self, dupont, martin, agent):
        envoi = preparer(agent, "choisies", numeros="1001001818332, 1001001818332")
        assert list(envoi.familles()) == [martin.famille]
        assert envoi.destinataires().is_valid()

    def test_un_numero_inconnu_est_dit(self, dupont):
        choix = Destinataires.sortes["choisies"]({"numeros": "1001001818331 999"})
        assert choix.errors["numeros"] == ["Aucune famille ne porte ce numéro\u00a0: 999."]

    def test_une_autre_application_ajoute_sa_sorte(self, dupont, agent, monkeypatch):
        monkeypatch.setattr(Destinataires, "sortes", dict(Destinataires.sortes))

        class LesDupont(Destinataires):
            code, titre = "dupont", "Les DUPONT"

            def familles(self):
                return Famille.objects.filter(responsables__nom="DUPONT").distinct()

        assert list(preparer(agent, "dupont").familles()) == [dupont.famille]

    @pytest.fixture
    def prestation(self, dupont, martin, agent):
        """The DUPONTs' Léa comes on Wednesdays, regularly; the MARTINs' Tom is inscrit and has reserved nothing."""
        from planning.models import Inscription, Prestation, Structure
        from planning.regles.jours import AUCUN_JOUR, Jours

        structure = Structure.objects.create(nom="Accueil de Loisirs")
        prestation = Prestation.objects.create(
            structure=structure, nom="ALSH Mercredi", heure_debut="08:00", heure_fin="18:00"
        )
        for foyer, jours in ((dupont, Jours.MERCREDI), (martin, AUCUN_JOUR)):
            Inscription.objects.inscrire(
                foyer.enfants[0], prestation, foyer.famille, du=date(2014, 9, 1), jours=jours, par=agent
            )
        return prestation

    @pytest.mark.time_machine(date(2015, 4, 1))
    def test_les_familles_d_une_structure(self, prestation, dupont, martin, agent):
        from planning.models import Structure

        autre = Structure.objects.create(nom="Garderie")
        assert set(preparer(agent, "structure", structure=str(prestation.structure_id)).familles()) == {
            dupont.famille,
            martin.famille,
        }
        assert not preparer(agent, "structure", structure=str(autre.pk)).familles()

    @pytest.mark.parametrize(("jour", "attendues"), [("2015-04-08", 1), ("2015-04-09", 0)])
    def test_les_familles_qui_ont_reserve_ce_jour(self, prestation, dupont, agent, jour, attendues):
        envoi = preparer(agent, "prestation", prestation=str(prestation.pk), du=jour)
        assert list(envoi.familles()) == [dupont.famille][:attendues]

    def test_une_periode_se_resume(self, prestation):
        choix = Destinataires.sortes["prestation"](
            {"prestation": prestation.pk, "du": "2015-04-08", "au": "2015-04-10"}
        )
        assert choix.is_valid()
        assert choix.resume() == (
            "Les familles qui ont réservé «\u00a0ALSH Mercredi\u00a0» du 08/04/2015 au 10/04/2015"
        )


class TestReprise:
    def test_relancer_la_tache_ne_change_rien(self, transactional_db, settings):
        settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
        envoi = envoi_lance_a(10)
        assert [expedier.call(envoi.pk), expedier.call(envoi.pk)] == [10, 0]
        assert Courriel.objects.count() == 10
