"""« Appel terminé »: counted first, kept with who, refused to taps, and opened again by who may."""

import json
from datetime import date

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from planning.appel.imprevus import accueillir
from planning.erreurs import AppelDejaTermine, PointageImpossible
from planning.models import AppelTermine, Inscription, Prestation, Reservation
from planning.regles.etats import Presence
from socle.admin.confirmation import CHAMP
from tests.planning.appel.outils import MERCREDI, accueillir_en_nombre, adresse, ligne, phrases

pytestmark = pytest.mark.usefixtures("jeudi_2_avril")


def page(prestation: Prestation, nom: str) -> str:
    return reverse(f"admin:planning_prestation_appel_{nom}", args=[prestation.pk, 2015, 4, 1])


def terminer(client: Client, prestation: Prestation) -> list[str]:
    """What the page says; it is sent again from there."""
    confirmation = client.get(page(prestation, "fin")).context["confirmation"]
    client.post(page(prestation, "fin"), {CHAMP: confirmation.lu})
    return [phrase.replace("\u00a0", " ") for phrase in confirmation.phrases]


class TestTerminer:
    def test_en_chiffres_avec_ce_que_deviennent_les_non_pointes(self, porte, mercredi, lea, tom, animateur):
        lea.journee(MERCREDI).pointer(Presence.PRESENT, par=animateur)

        dites = terminer(porte, mercredi)

        assert dites[0] == "1 enfant présent, 0 absent."
        assert dites[1] == "1 enfant non pointé (MARTIN Tom) : sa journée sera facturée comme réservée."
        fin = AppelTermine.objects.get()
        assert (fin.prestation, fin.jour, fin.par, fin.rouvert_le) == (mercredi, MERCREDI, animateur, None)
        assert "Appel terminé</strong> par Ali MAIRIE, le 02/04/2015" in porte.get(adresse(mercredi)).text

    def test_des_noms_trop_nombreux_pour_une_phrase_se_deplient(self, porte, mercredi, lea, tom, agent):
        accueillir_en_nombre(mercredi, agent, 7, pointes=0)

        lue = porte.get(page(mercredi, "fin"))

        [(titre, noms)] = lue.context["confirmation"].listes
        assert (titre, len(noms)) == ("Voir les 9\u00a0enfants non pointés", 9)
        assert lue.context["confirmation"].phrases[1].startswith("9\u00a0enfants non pointés\u00a0: leur journée")
        assert "<li>MARTIN Tom</li>" in lue.text

    def test_ce_qui_a_change_pendant_qu_on_lisait_se_relit(self, porte, mercredi, lea, animateur):
        lu = porte.get(page(mercredi, "fin")).context["confirmation"].lu
        lea.journee(MERCREDI).pointer(Presence.PRESENT, par=animateur)

        assert porte.post(page(mercredi, "fin"), {CHAMP: lu}).status_code == 200
        assert not AppelTermine.objects.exists()

    def test_un_jour_a_venir_ou_deja_termine_ne_se_termine_pas(self, mercredi, animateur):
        with pytest.raises(PointageImpossible):
            AppelTermine.objects.terminer(mercredi, date(2015, 4, 8), par=animateur)
        AppelTermine.objects.terminer(mercredi, MERCREDI, par=animateur)
        with pytest.raises(AppelDejaTermine):
            AppelTermine.objects.terminer(mercredi, MERCREDI, par=animateur)


class TestUnAppelTermine:
    @pytest.fixture
    def termine(self, mercredi, lea, animateur) -> AppelTermine:
        lea.journee(MERCREDI).pointer(Presence.PRESENT, par=animateur)
        return AppelTermine.objects.terminer(mercredi, MERCREDI, par=animateur)

    def test_il_refuse_les_gestes_avec_une_phrase(self, porte, mercredi, lea, termine, martin):
        envoi = ligne(lea, "absent", avant="present||")
        reponse = porte.post(adresse(mercredi), envoi, headers={"Accept": "application/json"})
        dit = json.loads(reponse.content)["lignes"][str(lea.pk)]
        assert dit["terminee"]
        assert dit["dit"].replace("\u00a0", " ") == (
            "L’appel du mercredi 1er avril est terminé, par Ali MAIRIE, le 02/04/2015 à 8 h : rouvrez-le pour le "
            "corriger."
        )
        ajout = porte.post(adresse(mercredi), {"ajout": f"{martin.enfants[0].pk}-{martin.famille.pk}"})
        assert "Tom MARTIN : L’appel du mercredi 1er avril est terminé" in phrases(ajout)[0]
        assert lea.journee(MERCREDI).est_presente
        assert not Inscription.objects.filter(enfant=martin.enfants[0]).exists()
        assert f"presence-{lea.pk}" not in porte.get(adresse(mercredi)).text

    def test_un_enfant_imprevu_ne_s_efface_plus(self, porte, mercredi, martin, animateur):
        venu = accueillir(martin.enfants[0], mercredi, martin.famille, MERCREDI, par=animateur)
        venu.journee(MERCREDI).pointer(Presence.PRESENT, par=animateur)
        AppelTermine.objects.terminer(mercredi, MERCREDI, par=animateur)
        porte.post(adresse(mercredi), ligne(venu, "absent", avant="present||"))
        assert Reservation.objects.get(inscription=venu).est_presente

    def test_qui_l_a_termine_le_rouvre_le_jour_meme_et_c_est_garde(self, porte, mercredi, lea, termine, animateur):
        assert porte.post(page(mercredi, "reprise")).status_code == 302
        termine.refresh_from_db()
        assert (termine.rouvert_par, termine.rouvert_le is not None) == (animateur, True)
        assert "rouvert par Ali MAIRIE, le 02/04/2015" in porte.get(adresse(mercredi)).text
        porte.post(adresse(mercredi), ligne(lea, "absent", avant="present||"))
        assert not lea.journee(MERCREDI).est_presente
        AppelTermine.objects.terminer(mercredi, MERCREDI, par=animateur)
        assert AppelTermine.objects.count() == 2

    @pytest.mark.parametrize(("qui", "statut"), [("animateur", 403), ("directrice", 302), ("agent", 403)])
    def test_ensuite_c_est_a_la_direction(self, request, client, mercredi, termine, qui, statut):
        with time_machine.travel("2015-04-03T08:00:00+02:00", tick=False):
            client.force_login(request.getfixturevalue(qui))
            assert client.post(page(mercredi, "reprise")).status_code == statut
        assert AppelTermine.objects.en_vigueur().exists() is (statut == 403)

    @pytest.mark.parametrize(("qui", "statut"), [("directrice", 200), ("agent", 403), ("regisseur", 403)])
    def test_terminer_est_a_qui_fait_l_appel(self, request, client, mercredi, qui, statut):
        client.force_login(request.getfixturevalue(qui))
        assert client.get(page(mercredi, "fin")).status_code == statut
        assert list(get_messages(client.get(adresse(mercredi)).wsgi_request)) == []
