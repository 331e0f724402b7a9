"""A child is in one place at a time: what overlaps is not offered, and the page says why."""

import re
from datetime import date

import pytest
from django.urls import reverse

from planning.models import Inscription
from planning.regles.jours import Jours
from tests.fabriques import RattachementFactory
from tests.planning.views.outils import RENTREE, menu, mois, page, texte

MERCREDI = date(2015, 4, 8)


def proposes(client, lea) -> list[str]:
    return re.findall(r'name="jour" value="(.+?)"', page(client, mois(lea) + "reservation/"))


@pytest.fixture
def chez_l_autre(lea, martin, mercredi, agent, jeudi_2_avril) -> Inscription:
    """The other household of Léa sends her every Wednesday."""
    RattachementFactory(famille=martin.famille, enfant=lea)
    return Inscription.objects.inscrire(lea, mercredi, martin.famille, du=RENTREE, jours=Jours.MERCREDI, par=agent)


class TestLaJourneeEntiereEstReservee:
    @pytest.fixture(autouse=True)
    def reservee(self, inscrite, agent):
        inscrite["ALSH Mercredi journée"].reserver([MERCREDI], par=agent)

    def test_le_menu_de_l_apres_midi_dit_pourquoi(self, parent, inscrite):
        apres_midi = inscrite["ALSH Mercredi après-midi"]
        lu = menu(parent, apres_midi, 8)
        pourquoi = "L’enfant est déjà attendu à « ALSH Mercredi journée » à ces heures le mercredi 8 avril."
        assert f"Demande de réservation {pourquoi}" in lu.replace("\u00a0", " ")
        adresse = reverse("planning:jour", args=[apres_midi.enfant_id, 2015, 4, 8])
        html = page(parent, f"{adresse}?prestation={apres_midi.prestation_id}")
        assert "/demandes/reservation/" not in html

    def test_plusieurs_jours_ne_le_propose_pas_et_le_dit(self, parent, lea, inscrite):
        apres_midi = inscrite["ALSH Mercredi après-midi"]
        assert f"{apres_midi.pk}:2015-04-08" not in proposes(parent, lea)
        assert f"{apres_midi.pk}:2015-04-29" in proposes(parent, lea)
        lu = texte(page(parent, mois(lea) + "reservation/")).replace("\u00a0", " ")
        assert lu.count("déjà attendu à « ALSH Mercredi journée » à ces heures le mercredi 8 avril.") == 1

    def test_une_raison_qui_vaut_plusieurs_jours_se_lit_une_fois(self, parent, lea, inscrite, agent):
        inscrite["ALSH Mercredi journée"].reserver([date(2015, 4, 29)], par=agent)
        lu = texte(page(parent, mois(lea) + "reservation/")).replace("\u00a0", " ")
        assert lu.count("déjà attendu à « ALSH Mercredi journée » à ces heures") == 1
        assert "à ces heures le mercredi 8 avril et le mercredi 29 avril." in lu

    def test_le_lendemain_reste_propose(self, parent, inscrite):
        assert "déjà attendu" not in menu(parent, inscrite["Garderie matin"], 9)

    def test_une_journee_excusee_rend_l_apres_midi(self, parent, lea, inscrite, agent):
        inscrite["ALSH Mercredi journée"].journee(MERCREDI).excuser(par=agent)
        assert f"{inscrite['ALSH Mercredi après-midi'].pk}:2015-04-08" in proposes(parent, lea)


def test_un_jour_complet_ne_s_offre_ni_au_menu_ni_parmi_plusieurs(parent, lea, inscrite, mercredi, martin, agent):
    mercredi.places = 1
    mercredi.save()
    autre = Inscription.objects.inscrire(martin.enfants[0], mercredi, martin.famille, du=RENTREE, par=agent)
    autre.reserver([MERCREDI], par=agent)
    journee = inscrite["ALSH Mercredi journée"]
    assert f"{journee.pk}:2015-04-08" not in proposes(parent, lea)
    assert f"{journee.pk}:2015-04-29" in proposes(parent, lea)
    assert "Il n’y a plus de place le mercredi 8 avril" in texte(page(parent, mois(lea) + "reservation/"))
    lu = menu(parent, journee, 8)
    assert "Il n’y a plus de place le mercredi 8 avril : ALSH Mercredi journée." in lu.replace("\u00a0", " ")


class TestLAutreFoyer:
    def test_ses_jours_reguliers_ne_se_reservent_pas_et_rien_d_autre_n_en_est_dit(
        self, parent, lea, inscrite, chez_l_autre
    ):
        apres_midi = inscrite["ALSH Mercredi après-midi"]
        lu = menu(parent, apres_midi, 8).replace("\u00a0", " ")
        assert "L’enfant est déjà attendu ailleurs à ces heures le mercredi 8 avril." in lu
        assert f"{apres_midi.pk}:2015-04-08" not in proposes(parent, lea)
        for adresse in (mois(lea), mois(lea) + "8/", mois(lea) + "reservation/"):
            assert "MARTIN" not in page(parent, adresse)

    def test_un_enfant_inscrit_par_lui_seul_le_dit(self, parent, lea, chez_l_autre):
        lu = texte(page(parent, mois(lea)))
        assert "L’enfant est inscrit par son autre foyer" in lu
        assert "aucune activité" not in lu
        assert "ALSH" not in lu
        for adresse in (mois(lea) + "8/", mois(lea) + "reservation/", mois(lea) + "absence/"):
            assert "L’enfant est inscrit par son autre foyer" in texte(page(parent, adresse))

    def test_inscrit_nulle_part_il_ne_parle_pas_d_un_autre_foyer(self, parent, lea):
        lu = texte(page(parent, mois(lea)))
        assert "L’enfant n’est inscrit à aucune activité pour ce mois." in lu
        assert "autre foyer" not in lu


class TestUnJourSansAccueil:
    def test_il_se_distingue_d_un_jour_a_reserver(self, parent, inscrite):
        html = page(parent, mois(inscrite["Garderie matin"].enfant)).replace("\u00a0", " ")
        assert '<td class="clos"><a href="9/#p' in html
        assert 'aria-label="ALSH Mercredi journée, jeudi 9 avril : pas d’accueil"' in html
        assert 'aria-label="ALSH Mercredi journée, mercredi 8 avril : rien"' in html
        assert "Pas d’accueil, ou pas inscrit" in html

    def test_avant_l_inscription_il_dit_que_l_enfant_n_est_pas_inscrit(self, parent, lea, dupont, garderie, agent):
        Inscription.objects.inscrire(lea, garderie, dupont.famille, du=date(2015, 4, 9), par=agent)
        html = page(parent, mois(lea)).replace("\u00a0", " ")
        assert 'aria-label="Garderie matin, mercredi 8 avril : pas inscrit"' in html
        assert 'aria-label="Garderie matin, jeudi 9 avril : rien"' in html

    def test_l_agenda_du_telephone_le_dit_aussi(self, parent, lea, dupont, mercredi, agent, jeudi_2_avril):
        Inscription.objects.inscrire(lea, mercredi, dupont.famille, du=RENTREE, par=agent)
        html = page(parent, mois(lea))
        jeudi = html[html.index('<li id="j9"') : html.index('<li id="j10"')]
        mercredi_8 = html[html.index('<li id="j8"') : html.index('<li id="j9"')]
        assert "<span>Pas d’accueil</span>" in jeudi
        assert "Pas d’accueil" not in mercredi_8
