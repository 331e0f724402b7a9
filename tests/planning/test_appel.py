"""The roll call: who is on it, what is saved, and two animateurs at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, time
from threading import Barrier

import pytest
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from famille.models import Enfant
from planning.appel.attendus import Appel
from planning.appel.enregistrement import Enregistrement
from planning.models import Fermeture, Inscription, Prestation, Reservation
from planning.regles.etats import Etat, Presence
from planning.regles.jours import Jours
from tests import fabriques

MERCREDI = date(2015, 4, 1)  # the day before « today »
RENTREE = date(2014, 9, 1)

pytestmark = pytest.mark.usefixtures("jeudi_2_avril")


def adresse(prestation: Prestation, jour: date = MERCREDI) -> str:
    return reverse("admin:planning_prestation_appel", args=[prestation.pk, jour.year, jour.month, jour.day])


def ligne(inscription: Inscription, presence: str = "", arrivee: str = "", depart: str = "", *, avant: str = "||"):
    """What a browser sends of a child; `avant`: what the page showed."""
    cle = inscription.pk
    return {
        f"avant-{cle}": avant,
        f"presence-{cle}": presence,
        f"arrivee-{cle}": arrivee,
        f"depart-{cle}": depart,
    }


def phrases(reponse) -> list[str]:
    return [str(message).replace("\u00a0", " ") for message in get_messages(reponse.wsgi_request)]


def noms(client: Client, prestation: Prestation, jour: date = MERCREDI) -> list[str]:
    return [une.nom for une in client.get(adresse(prestation, jour)).context["lignes"]]


@pytest.fixture
def lea(dupont, mercredi, agent) -> Inscription:
    """Léa DUPONT, booked on that Wednesday."""
    inscription = Inscription.objects.inscrire(dupont.enfants[0], mercredi, dupont.famille, du=RENTREE, par=agent)
    inscription.reserver([MERCREDI], par=agent)
    return inscription


@pytest.fixture
def tom(martin, mercredi, agent) -> Inscription:
    """Tom MARTIN, every Wednesday."""
    tom = martin.enfants[0]
    return Inscription.objects.inscrire(tom, mercredi, martin.famille, du=RENTREE, jours=Jours.MERCREDI, par=agent)


@pytest.fixture
def porte(client, animateur) -> Client:
    """The animateur's browser."""
    client.force_login(animateur)
    return client


class TestQuiEstSurLaListe:
    def test_les_enfants_reserves_et_les_reguliers_sont_attendus(self, porte, mercredi, lea, tom):
        page = porte.get(adresse(mercredi))

        assert [une.nom for une in page.context["lignes"]] == ["DUPONT Léa", "MARTIN Tom"]
        assert page.context["attendus"].replace("\u00a0", " ") == "2 enfants attendus"

    def test_un_inscrit_sans_reservation_n_y_est_pas(self, porte, mercredi, lea, tom, agent):
        lea.journee(MERCREDI).annuler(par=agent)

        assert noms(porte, mercredi) == ["MARTIN Tom"]

    def test_une_absence_annoncee_y_reste_sans_etre_attendue(self, porte, mercredi, lea, tom, agent):
        tom.journee(MERCREDI).excuser("Malade", par=agent)

        lignes = porte.get(adresse(mercredi)).context["lignes"]

        assert [(une.nom, une.est_attendue) for une in lignes] == [("DUPONT Léa", True), ("MARTIN Tom", False)]

    def test_un_jour_ferme_n_attend_aucun_regulier(self, porte, mercredi, tom):
        Fermeture.objects.create(du=MERCREDI, au=MERCREDI, motif="grève")

        page = porte.get(adresse(mercredi))

        assert page.context["lignes"] == []
        assert "La structure est fermée le mercredi 1er avril" in page.content.decode()

    def test_un_jour_a_venir_se_lit_sans_se_pointer(self, porte, mercredi, tom):
        page = porte.get(adresse(mercredi, date(2015, 4, 8)))

        assert [une.nom for une in page.context["lignes"]] == ["MARTIN Tom"]
        assert "presence-" not in page.content.decode()

    def test_un_jour_qui_n_existe_pas_n_a_pas_de_page(self, porte, mercredi):
        chemin = adresse(mercredi).replace("/2015/4/1/", "/2015/2/30/")

        assert porte.get(chemin).status_code == 404


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
            appel = Appel(mercredi, MERCREDI)
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


class TestPresentSansReservation:
    def test_on_le_cherche_sans_perdre_ce_qui_est_deja_note(self, porte, mercredi, lea, martin):
        page = porte.post(adresse(mercredi), {**ligne(lea, "present", "08:30"), "q": "tom", "chercher": "Chercher"})

        assert [str(candidat.enfant) for candidat in page.context["trouves"]] == ["Tom MARTIN"]
        assert page.context["lignes"][0].saisie == ("present", "08:30", "")
        assert not Reservation.objects.presentes().exists()

    def test_un_inscrit_sans_reservation_est_pointe_present(self, porte, mercredi, martin, agent):
        tom = Inscription.objects.inscrire(martin.enfants[0], mercredi, martin.famille, du=RENTREE, par=agent)

        reponse = porte.post(adresse(mercredi), {"ajout": f"{tom.enfant_id}-{martin.famille.pk}"})

        assert phrases(reponse) == ["Appel enregistré : 1 enfant ajouté."]
        journee = tom.reservations.get()
        assert (journee.presence, journee.etat) == (Presence.PRESENT, Etat.AUCUN)
        [vue] = porte.get(adresse(mercredi)).context["lignes"]
        assert vue.affichage.libelle == "présent sans réservation"

    def test_un_enfant_qui_n_est_pas_inscrit_est_signale_aux_agents(self, porte, mercredi, martin):
        tom = martin.enfants[0]

        porte.post(adresse(mercredi), {"ajout": f"{tom.pk}-{martin.famille.pk}"})

        assert [r.inscription.enfant for r in Reservation.objects.en_erreur()] == [tom]
        [vue] = porte.get(adresse(mercredi)).context["lignes"]
        assert vue.affichage.libelle == "erreur, présent sans réservation"

    def test_ajoute_par_erreur_il_s_enleve_sans_laisser_de_trace(self, porte, mercredi, martin):
        tom = martin.enfants[0]
        porte.post(adresse(mercredi), {"ajout": f"{tom.pk}-{martin.famille.pk}"})

        porte.post(adresse(mercredi), ligne(Inscription.objects.get(), "", avant="present||"))

        assert (Inscription.objects.count(), Reservation.objects.count()) == (0, 0)

    @pytest.mark.parametrize("forge", ["", "x-y", "999999-999999", "1", "-1"])
    def test_une_cle_forgee_n_ajoute_personne(self, porte, mercredi, martin, forge):
        assert porte.post(adresse(mercredi), {"ajout": forge}).status_code == 302
        assert not Inscription.objects.exists()

    def test_un_enfant_n_est_pas_ajoute_pour_une_famille_qui_n_est_pas_la_sienne(self, porte, mercredi, dupont, martin):
        porte.post(adresse(mercredi), {"ajout": f"{martin.enfants[0].pk}-{dupont.famille.pk}"})

        assert not Inscription.objects.exists()

    def test_en_garde_alternee_l_animateur_choisit_la_famille(self, porte, mercredi, dupont, martin):
        fabriques.RattachementFactory(enfant=dupont.enfants[0], famille=martin.famille)

        page = porte.get(f"{adresse(mercredi)}?q=lea")

        assert {candidat.famille for candidat in page.context["trouves"]} == {dupont.famille, martin.famille}


class TestQuiPeut:
    @pytest.mark.parametrize(
        ("qui", "lire", "pointer"),
        [
            ("animateur", 200, 302),
            ("directrice", 200, 302),
            ("agent", 200, 403),
            ("regisseur", 200, 403),
            ("agent_sans_droit", 403, 403),
        ],
    )
    def test_l_appel_est_a_qui_en_a_le_droit(self, request, client, mercredi, lea, qui, lire, pointer):
        client.force_login(request.getfixturevalue(qui))

        statuts = client.get(adresse(mercredi)).status_code, client.post(adresse(mercredi), ligne(lea)).status_code

        assert statuts == (lire, pointer)

    def test_sans_le_droit_un_envoi_force_n_ecrit_rien(self, client, agent, mercredi, lea):
        client.force_login(agent)
        client.post(adresse(mercredi), ligne(lea, "present"))

        assert lea.journee(MERCREDI).presence == Presence.NON_POINTEE

    def test_pointer_sans_voir_ne_suffit_pas(self, client, agent_sans_droit, mercredi, lea):
        agent_sans_droit.user_permissions.add(Permission.objects.get(codename="faire_appel"))
        client.force_login(agent_sans_droit)

        assert client.post(adresse(mercredi), ligne(lea, "present")).status_code == 403

    def test_rien_de_la_sante_n_y_parait(self, porte, mercredi, lea):
        assert "Arachide" not in porte.get(adresse(mercredi)).content.decode()


class TestRequetes:
    def requetes(self, client: Client, chemin: str) -> int:
        client.get(chemin)
        with CaptureQueriesContext(connection) as requetes:
            assert client.get(chemin).status_code == 200
        return len(requetes)

    def test_lire_l_appel_ne_coute_pas_plus_avec_cent_vingt_enfants(self, porte, mercredi, lea, agent):
        Prestation.objects.update(places=None)
        avant = self.requetes(porte, adresse(mercredi))
        accueillir_en_nombre(mercredi, agent, 120)

        assert self.requetes(porte, adresse(mercredi)) == avant
        assert len(porte.get(adresse(mercredi)).context["lignes"]) == 121
        assert avant <= 11

    def test_la_liste_des_appels_non_plus(self, porte, mercredi, apres_midi, vacances, garderie, lea, agent):
        chemin = f"{reverse('admin:planning_prestation_appels')}?jour=2015-04-01"
        avant = self.requetes(porte, chemin)
        Prestation.objects.update(places=None)
        accueillir_en_nombre(mercredi, agent, 10)

        assert self.requetes(porte, chemin) == avant


def accueillir_en_nombre(prestation: Prestation, agent, nombre: int, *, pointes: int = 5) -> None:
    """So many régulier children, some of them present already."""
    famille = fabriques.FamilleFactory()
    for _ in range(nombre):
        fabriques.EnfantFactory(famille=famille, ecole=fabriques.EcoleFactory(), date_naissance=date(2008, 5, 17))
    enfants = Enfant.objects.filter(familles=famille)
    cles = {"prestation": prestation, "famille": famille, "du": RENTREE, "par": agent}
    Inscription.objects.bulk_create(Inscription(enfant=enfant, jours=Jours.MERCREDI, **cles) for enfant in enfants)
    Reservation.objects.bulk_create(
        Reservation(inscription=i, prestation=prestation, jour=MERCREDI, presence="present", pointee_par=agent)
        for i in Inscription.objects.filter(famille=famille)[:pointes]
    )


def test_la_page_des_appels_dit_les_attendus_les_places_et_les_presents(
    porte, mercredi, garderie, vacances, lea, tom, animateur
):
    lea.journee(MERCREDI).pointer(Presence.PRESENT, par=animateur)

    appels = porte.get(f"{reverse('admin:planning_prestation_appels')}?jour=2015-04-01").context["appels"]

    assert [(a.prestation, a.effectif.attendus, a.effectif.places, a.presents, a.absents) for a in appels] == [
        (mercredi, 2, 3, 1, 0),
        (garderie, 0, None, 0, 0),
    ]
