"""The roll saved in one go; two animateurs at the same time lose nothing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, time
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from planning.appel.attendus import Appel
from planning.appel.enregistrement import Enregistrement
from planning.models import Inscription, Prestation, Reservation
from planning.regles.etats import Etat, Presence
from tests.planning.appel.outils import MERCREDI, accueillir_en_nombre, adresse, ligne, phrases

pytestmark = pytest.mark.usefixtures("jeudi_2_avril")


class TestEnregistrer:
    def test_present_absent_et_les_heures_s_enregistrent_d_un_coup(self, porte, animateur, mercredi, lea, tom):
        reponse = porte.post(
            adresse(mercredi), {**ligne(lea, "present", "08:30", "17:00"), **ligne(tom, "absent"), "q": ""}
        )

        pointages = {r.inscription: r for r in Reservation.objects.all()}
        assert reponse.status_code == 302
        assert (pointages[lea].presence, pointages[lea].arrivee, pointages[lea].depart) == (
            Presence.PRESENT,
            time(8, 30),
            time(17),
        )
        assert (pointages[tom].presence, pointages[tom].etat) == (Presence.ABSENT, Etat.REGULIERE)
        assert {r.pointee_par for r in pointages.values()} == {animateur}
        assert phrases(reponse) == ["Appel enregistré : 1 présent, 1 absent."]

    def test_une_heure_seule_dit_que_l_enfant_est_la(self, porte, mercredi, lea):
        porte.post(adresse(mercredi), ligne(lea, "", "08:30"))

        assert lea.journee(MERCREDI).est_presente

    def test_enregistrer_sans_rien_changer_n_ecrit_rien(self, porte, mercredi, lea, tom):
        reponse = porte.post(adresse(mercredi), {**ligne(lea), **ligne(tom)})

        assert phrases(reponse) == ["Rien n’a changé : il n’y avait rien à enregistrer."]
        assert [r.pointee_le for r in Reservation.objects.all()] == [None]

    def test_un_pointage_s_efface(self, porte, mercredi, lea, animateur):
        lea.journee(MERCREDI).pointer(Presence.PRESENT, par=animateur)

        porte.post(adresse(mercredi), ligne(lea, "", avant="present||"))

        assert lea.journee(MERCREDI).presence == Presence.NON_POINTEE

    @pytest.mark.parametrize(
        ("saisie", "dit"),
        [
            (("present", "17:00", "08:30"), "Le départ doit suivre l’arrivée."),
            (("absent", "08:30", ""), "Un enfant absent n’a ni arrivée ni départ."),
            (("present", "tôt", ""), "Écrivez l’heure ainsi : 8:30."),
        ],
    )
    def test_une_heure_impossible_ne_laisse_rien_s_enregistrer_et_la_page_revient_remplie(
        self, porte, mercredi, lea, tom, saisie, dit
    ):
        page = porte.post(adresse(mercredi), {**ligne(lea, *saisie), **ligne(tom, "present")})

        erreurs = {une.nom: une.erreur.replace("\u00a0", " ") for une in page.context["lignes"]}
        assert erreurs == {"DUPONT Léa": dit, "MARTIN Tom": ""}
        assert [une.presence for une in page.context["lignes"]] == [saisie[0], "present"]
        assert not Reservation.objects.presentes().exists()

    def test_un_jour_a_venir_ne_se_pointe_pas_meme_en_forcant(self, porte, mercredi, tom):
        reponse = porte.post(adresse(mercredi, date(2015, 4, 8)), ligne(tom, "present"))

        assert phrases(reponse) == ["Tom MARTIN : Le mercredi 8 avril est à venir : il ne se pointe pas encore."]
        assert not Reservation.objects.exists()

    def test_l_enfant_d_une_autre_prestation_ne_se_pointe_pas_ici(self, porte, mercredi, garderie, lea):
        porte.post(adresse(garderie), ligne(lea, "present"))

        assert not Reservation.objects.presentes().exists()


class TestDeuxAnimateursALaFois:
    def test_chacun_garde_ce_qu_il_a_note(self, porte, mercredi, lea, tom, directrice):
        """Each had opened the page before the other saved."""
        autre = Client()
        autre.force_login(directrice)
        autre.post(adresse(mercredi), {**ligne(lea, "present"), **ligne(tom)})

        reponse = porte.post(adresse(mercredi), {**ligne(lea), **ligne(tom, "absent")})

        assert {r.inscription: r.presence for r in Reservation.objects.all()} == {lea: "present", tom: "absent"}
        assert phrases(reponse) == ["Appel enregistré : 1 absent."]

    def test_ce_qu_un_autre_a_note_du_meme_enfant_est_garde_et_dit(self, porte, mercredi, lea, tom, directrice):
        lea.journee(MERCREDI).pointer(Presence.ABSENT, par=directrice)

        reponse = porte.post(adresse(mercredi), {**ligne(lea, "present"), **ligne(tom, "present")})

        assert {r.inscription: r.presence for r in Reservation.objects.all()} == {lea: "absent", tom: "present"}
        assert phrases(reponse) == [
            "Léa DUPONT : pendant que vous notiez « Présent », Diane MAIRIE a noté « Absent » à 8 h. "
            "Sa saisie est gardée.",
            "Appel enregistré : 1 présent.",
        ]

    def test_noter_la_meme_chose_n_est_pas_un_conflit(self, porte, mercredi, lea, directrice):
        lea.journee(MERCREDI).pointer(Presence.PRESENT, par=directrice)

        reponse = porte.post(adresse(mercredi), ligne(lea, "present"))

        assert phrases(reponse) == ["Rien n’a changé : il n’y avait rien à enregistrer."]
        assert lea.journee(MERCREDI).pointee_par == directrice

    def test_un_enfant_dont_la_reservation_vient_d_etre_annulee_n_est_pas_oublie(self, porte, mercredi, lea, agent):
        lea.journee(MERCREDI).annuler(par=agent)

        porte.post(adresse(mercredi), ligne(lea, "present"))

        assert lea.journee(MERCREDI).est_presente


@pytest.mark.django_db(transaction=True)
def test_deux_animateurs_qui_enregistrent_au_meme_instant_ne_perdent_rien(mercredi, dupont, agent, directrice):
    """Each marks half of the children, and both mark the last one, each in their own way."""
    Prestation.objects.update(places=None)
    accueillir_en_nombre(mercredi, agent, 9, pointes=0)
    *premiers, dernier = Inscription.objects.order_by("pk")
    depart = Barrier(2)

    def enregistrer(par, siens, presence) -> list[str]:
        try:
            envoi = {cle: v for une in siens for cle, v in ligne(une, presence).items()}
            appel = Appel([mercredi], MERCREDI)
            assert appel.lire(envoi)
            enregistrement = Enregistrement(appel, par=par)
            depart.wait(timeout=30)
            enregistrement.faire([])
            return enregistrement.ecartes
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as fils:
        saisies = [(agent, [*premiers[::2], dernier], "present"), (directrice, [*premiers[1::2], dernier], "absent")]
        ecartes = [phrase for phrases in fils.map(lambda saisie: enregistrer(*saisie), saisies) for phrase in phrases]

    notees = {r.inscription: r.presence for r in Reservation.objects.all()}
    assert {une: notees[une] for une in premiers} == {
        une: "absent" if rang % 2 else "present" for rang, une in enumerate(premiers)
    }
    assert notees[dernier] in {"present", "absent"}
    assert len(ecartes) == 1
    assert str(dernier.enfant) in ecartes[0]
