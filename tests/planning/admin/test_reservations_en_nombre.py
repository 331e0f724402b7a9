"""What an agent does to many réservations at once: counted first, told to each famille, and put right after."""

import re
from datetime import date

import pytest

from messagerie.models import Fil, Message
from planning.admin.gestes import ANNULER
from planning.models import Inscription, Reservation
from planning.portee.gestes import faire
from planning.regles.etats import Etat, Presence
from planning.regles.jours import Jours
from tests import fabriques
from tests.facturation.fabriques import tarif
from tests.planning.admin.outils import MERCREDI, confirmer, demander_en_nombre, phrases, question

pytestmark = pytest.mark.usefixtures("jeudi_2_avril")
JOURS = [MERCREDI, date(2015, 4, 29), date(2015, 5, 6)]


@pytest.fixture
def tom(martin, mercredi, agent) -> Inscription:
    return Inscription.objects.inscrire(martin.enfants[0], mercredi, martin.famille, du=date(2014, 9, 1), par=agent)


@pytest.fixture
def reservees(inscription, tom, agent) -> list[Reservation]:
    return [*inscription.reserver(JOURS, par=agent), *tom.reserver(JOURS[:1], par=agent)]


def etats(reservations) -> list[str]:
    return [Reservation.objects.get(pk=reservation.pk).etat for reservation in reservations]


def test_rien_ne_change_avant_d_avoir_confirme(accueil, reservees):
    reponse = demander_en_nombre(accueil, "annuler", *reservees)

    assert question(reponse) == [
        "4 jours, du 08/04/2015 au 06/05/2015 : 2 familles, 2 enfants.",
        "2 familles seront prévenues par un message.",
    ]
    assert etats(reservees) == [Etat.RESERVEE] * 4
    assert not Fil.objects.exists()


def test_confirmees_elles_sont_annulees_et_chaque_famille_a_un_message(
    accueil, reservees, dupont, martin, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        reponse = confirmer(accueil, demander_en_nombre(accueil, "annuler", *reservees))

    assert etats(reservees) == [Etat.ANNULEE] * 4
    assert phrases(reponse)[0].startswith("4 réservations annulées. ")
    [de_lea, de_tom] = [
        Message.objects.get(fil__famille=f.famille).texte.replace("\u00a0", " ") for f in (dupont, martin)
    ]
    assert "– mercredi 8 avril 2015, Léa, ALSH Mercredi journée\n– mercredi 29 avril 2015, Léa" in de_lea
    assert "ils ne vous seront pas facturés" in de_lea
    assert "ce jour-là, et il ne vous sera pas facturé" in de_tom
    assert ("Tom" in de_tom, "Léa" in de_tom, de_tom.count("\n– ")) == (True, False, 1)
    assert sorted(m.to[0] for m in mailoutbox) == ["jean.dupont@wanadoo.fr", "sophie.martin@example.org"]
    assert {m.subject for m in mailoutbox} == {"Des réservations sont annulées", "Une réservation est annulée"}


def test_ce_qui_est_dit_est_ce_qui_se_fait_ou_se_redemande(accueil, reservees, agent):
    """Somebody else has excused one meanwhile."""
    lue = demander_en_nombre(accueil, "annuler", *reservees)
    reservees[0].excuser(par=agent)

    relue = confirmer(accueil, lue)

    assert question(relue)[0] == "3 jours, du 08/04/2015 au 06/05/2015 : 2 familles, 2 enfants."
    assert relue.context["confirmation"].bouton == "Annuler 3\u00a0réservations"
    assert question(relue)[2:] == [
        "1 autre jour reste comme aujourd’hui :",
        "Léa DUPONT : Impossible pour le mercredi 8 avril, noté « absent excusé ».",
    ]
    confirmer(accueil, relue)
    assert etats(reservees) == [Etat.ABSENT_EXCUSE, *[Etat.ANNULEE] * 3]


def test_les_euros_sont_dits(accueil, reservees, mercredi):
    tarif(mercredi, (None, "10.00", "12.00"))

    reponse = demander_en_nombre(accueil, "annuler", *reservees)

    assert question(reponse)[1] == "Ces jours valent 40,00 €, ils vaudront 0,00 € : 40,00 € de moins pour les familles."


class TestDefaire:
    def test_le_lien_mene_a_ces_jours_et_a_eux_seuls(self, accueil, reservees, inscription, agent):
        [ailleurs] = inscription.reserver([date(2015, 5, 20)], par=agent)
        ailleurs.annuler(par=agent)
        reponse = confirmer(accueil, demander_en_nombre(accueil, "annuler", *reservees))

        [lien] = re.findall(r'href="([^"]+)"', phrases(reponse)[0])
        liste = accueil.get(lien.replace("&amp;", "&")).context["cl"].result_list

        assert {r.pk for r in liste} >= {r.pk for r in reservees}

    def test_tout_se_retablit_tant_qu_il_reste_des_places(self, accueil, reservees, dupont):
        confirmer(accueil, demander_en_nombre(accueil, "annuler", *reservees))
        confirmer(accueil, demander_en_nombre(accueil, "retablir", *reservees))
        assert etats(reservees) == [Etat.RESERVEE] * 4
        assert "de nouveau attendu" in Message.objects.filter(fil__famille=dupont.famille).latest("pk").texte

    def test_une_place_donnee_entre_temps_n_est_pas_reprise(self, accueil, reservees, tom, mercredi, agent):
        mercredi.places_du_jour.create(jour=JOURS[1], places=1)
        confirmer(accueil, demander_en_nombre(accueil, "annuler", *reservees))
        tom.reserver([JOURS[1]], par=agent)

        reponse = demander_en_nombre(accueil, "retablir", *reservees)

        assert question(reponse)[0] == "3 jours, du 08/04/2015 au 06/05/2015 : 2 familles, 2 enfants."
        assert "Léa DUPONT : Il n’y a plus de place le mercredi 29 avril : ALSH Mercredi journée." in question(reponse)
        confirmer(accueil, reponse)
        assert etats(reservees) == [Etat.RESERVEE, Etat.ANNULEE, Etat.RESERVEE, Etat.RESERVEE]

    def test_un_jour_du_rythme_annule_redevient_regulier(self, accueil, dupont, mercredi, agent, jeudi_2_avril):
        regulier = Inscription.objects.inscrire(
            fabriques.EnfantFactory(famille=dupont.famille),
            mercredi,
            dupont.famille,
            du=date(2014, 9, 1),
            jours=Jours.MERCREDI,
            par=agent,
        )
        jour = date(2015, 4, 1)
        journee = regulier.journee(jour)
        journee.pointer(Presence.ABSENT, par=agent)
        confirmer(accueil, demander_en_nombre(accueil, "annuler", journee))
        assert regulier.journee(jour).etat == Etat.ANNULEE
        confirmer(accueil, demander_en_nombre(accueil, "retablir", journee))
        assert regulier.journee(jour).etat == Etat.REGULIERE


@pytest.mark.parametrize(
    ("action", "devient", "sujet"),
    [
        ("excuser", Etat.ABSENT_EXCUSE, "Des absences sont excusées"),
        ("facturer", Etat.ABSENT_FACTURE, "Des absences vous seront facturées"),
        ("mettre_en_conge", Etat.CONGE, "Des jours de congé sont notés"),
    ],
)
def test_chaque_geste_se_confirme_et_se_dit(accueil, reservees, dupont, action, devient, sujet):
    reponse = demander_en_nombre(accueil, action, *reservees)
    assert etats(reservees) == [Etat.RESERVEE] * 4
    confirmer(accueil, reponse)
    assert etats(reservees) == [devient] * 4
    assert Fil.objects.get(famille=dupont.famille).sujet == sujet


def test_un_seul_jour_se_dit_au_singulier(accueil, reservees, martin, mercredi):
    tarif(mercredi, (None, "10.00", "12.00"))
    page = demander_en_nombre(accueil, "excuser", reservees[-1])
    assert question(page)[1] == "Ce jour vaut 10,00 €, il vaudra 0,00 € : 10,00 € de moins pour la famille."
    confirmer(accueil, page)
    message = Message.objects.get(fil__famille=martin.famille)
    assert message.fil.sujet == "Une absence est excusée"
    assert "Le centre a excusé cette absence" in message.texte
    assert "Elle ne vous sera pas facturée." in message.texte


def test_rien_a_faire_ne_demande_rien(accueil, reservees, agent):
    reservees[0].annuler(par=agent)
    reponse = demander_en_nombre(accueil, "annuler", reservees[0])
    assert phrases(reponse) == ["Léa DUPONT : Impossible pour le mercredi 8 avril, noté « réservation annulée »."]
    assert not Fil.objects.exists()


def test_un_jour_que_la_famille_redemande_entre_temps_attend_sa_reponse(inscription, dupont, agent):
    """Since the list was read, and before it is locked."""
    inscription.demander([MERCREDI], par=dupont.compte)
    inscription.journee(MERCREDI).refuser("Plus de place.", par=agent)
    lue = Reservation.objects.get()
    inscription.demander([MERCREDI], par=dupont.compte)

    bilan = faire(ANNULER, [lue], par=agent)

    assert bilan.refus == [
        "Léa DUPONT\u00a0: La famille attend une réponse\u00a0: décidez dans «\u00a0Demandes\u00a0»."
    ]
    assert etats([lue]) == [Etat.DEMANDEE]
