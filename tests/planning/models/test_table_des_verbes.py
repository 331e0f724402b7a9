"""Each verb from each state of a day: where it leads, and all that it refuses."""

from datetime import UTC, date, datetime, time
from itertools import product

import pytest

from planning import erreurs
from planning.models import Reservation
from planning.regles.etats import ABSENCES, EN_ATTENTE, Etat, Presence
from tests.planning.places.outils import MERCREDI, inscrire

pytestmark = pytest.mark.usefixtures("jeudi_2_avril")

AUCUN, DEMANDEE, EN_COURS, RESERVEE, REGULIERE = (
    *(Etat.AUCUN, Etat.DEMANDEE, Etat.EN_COURS),
    *(Etat.RESERVEE, Etat.REGULIERE),
)
A_DECIDER, A_EXCUSER = (DEMANDEE, EN_COURS), (Etat.ABSENCE_DEMANDEE, Etat.ABSENCE_EN_COURS)
TABLE = {
    "demander": dict.fromkeys((AUCUN, Etat.REFUSEE, Etat.ABSENT_EXCUSE, Etat.CONGE, Etat.ANNULEE), DEMANDEE),
    "prendre_en_charge": {DEMANDEE: EN_COURS, Etat.ABSENCE_DEMANDEE: Etat.ABSENCE_EN_COURS},
    "confirmer": dict.fromkeys(A_DECIDER, RESERVEE),
    "refuser": dict.fromkeys(A_DECIDER, Etat.REFUSEE),
    "expirer": dict.fromkeys(A_DECIDER, Etat.REFUSEE),
    "retirer": dict.fromkeys(A_DECIDER, AUCUN) | dict.fromkeys(A_EXCUSER, RESERVEE),
    "annuler": dict.fromkeys((RESERVEE, REGULIERE, *A_DECIDER), Etat.ANNULEE),
    "demander_absence": dict.fromkeys((RESERVEE, REGULIERE), Etat.ABSENCE_DEMANDEE),
    "mettre_en_conge": dict.fromkeys((RESERVEE, REGULIERE), Etat.CONGE),
    "excuser": dict.fromkeys((RESERVEE, REGULIERE, *A_EXCUSER, Etat.ABSENT_FACTURE), Etat.ABSENT_EXCUSE),
    "facturer_absence": dict.fromkeys((RESERVEE, REGULIERE, *A_EXCUSER), Etat.ABSENT_FACTURE),
    "refuser_absence": dict.fromkeys(A_EXCUSER, RESERVEE),
    "retablir": dict.fromkeys((Etat.ABSENT_EXCUSE, Etat.ABSENT_FACTURE, Etat.CONGE, Etat.ANNULEE), RESERVEE),
}
AVEC_MOTIF = {"refuser", "refuser_absence"}


@pytest.fixture
def un_jour(mercredi, agent):
    [inscription] = inscrire(mercredi, 1, agent)

    def dans_l_etat(etat: Etat, **champs) -> Reservation:
        avant = RESERVEE if etat in ABSENCES else AUCUN
        motif = "Complet" if etat == Etat.REFUSEE else ""
        return Reservation.objects.create(
            inscription=inscription, jour=MERCREDI, **({"etat": etat, "etat_avant": avant, "motif": motif} | champs)
        )

    return dans_l_etat


def faire(journee: Reservation, verbe: str, par) -> None:
    if verbe == "expirer":
        journee.expirer("Sans réponse")
    elif verbe in AVEC_MOTIF:
        getattr(journee, verbe)("Non", par=par)
    else:
        getattr(journee, verbe)(par=par)


@pytest.mark.parametrize(("verbe", "etat"), list(product(TABLE, Etat)))
def test_un_verbe_mene_ou_la_table_le_dit_et_refuse_tout_le_reste(un_jour, agent, verbe, etat):
    journee = un_jour(etat)
    attendu = TABLE[verbe].get(etat)
    if attendu is None:
        with pytest.raises((erreurs.EtatIncompatible, erreurs.DejaReserve)):
            faire(journee, verbe, agent)
    else:
        faire(journee, verbe, agent)
    journee.refresh_from_db()
    assert journee.etat == (attendu or etat)


@pytest.mark.parametrize("etat", [DEMANDEE, RESERVEE, Etat.ABSENCE_DEMANDEE])
def test_ce_que_le_jour_est_se_dit(un_jour, agent, etat):
    journee = un_jour(etat)
    with pytest.raises(erreurs.EtatIncompatible) as refus:
        journee.retablir(par=agent)
    libelle = {DEMANDEE: "demande en attente", RESERVEE: "réservé", Etat.ABSENCE_DEMANDEE: "absence demandée"}[etat]
    assert str(refus.value) == f"Impossible pour le mercredi 8 avril, noté «\u00a0{libelle}\u00a0»."


@pytest.mark.parametrize("verbe", ["refuser", "refuser_absence", "expirer"])
def test_un_refus_a_son_motif(un_jour, agent, verbe):
    journee = un_jour(Etat.ABSENCE_DEMANDEE if verbe == "refuser_absence" else DEMANDEE)
    options = {} if verbe == "expirer" else {"par": agent}
    with pytest.raises(erreurs.MotifRequis):
        getattr(journee, verbe)(" \n", **options)
    faire(journee, verbe, agent)
    journee.refresh_from_db()
    assert journee.motif == ("Sans réponse" if verbe == "expirer" else "Non")
    assert journee.par == (None if verbe == "expirer" else agent)


@pytest.mark.parametrize("verbe", ["excuser", "facturer_absence"])
def test_une_absence_decidee_garde_le_motif_de_la_famille_ou_prend_celui_de_l_agent(un_jour, agent, verbe):
    journee = un_jour(Etat.ABSENCE_DEMANDEE, motif="Malade")
    getattr(journee, verbe)(par=agent)
    assert journee.motif == "Malade"
    autre = un_jour_de_plus(journee)
    getattr(autre, verbe)("Certificat reçu", par=agent)
    assert autre.motif == "Certificat reçu"


def un_jour_de_plus(journee: Reservation) -> Reservation:
    return Reservation.objects.create(
        inscription=journee.inscription, jour=date(2015, 4, 29), etat=Etat.ABSENCE_DEMANDEE, etat_avant=RESERVEE
    )


def test_prendre_en_charge_garde_le_motif_et_ce_qui_etait_avant(un_jour, agent):
    journee = un_jour(Etat.ABSENCE_DEMANDEE, motif="Malade", etat_avant=REGULIERE)
    journee.prendre_en_charge(par=agent)
    assert (journee.etat, journee.motif, journee.etat_avant) == (Etat.ABSENCE_EN_COURS, "Malade", REGULIERE)
    journee.refuser_absence("Sans certificat", par=agent)
    assert (journee.etat, journee.motif) == (REGULIERE, "Sans certificat")


def test_d_une_absence_a_l_autre_on_se_souvient_du_jour_reserve(un_jour, agent):
    journee = un_jour(Etat.ABSENT_FACTURE, etat_avant=REGULIERE)
    journee.excuser(par=agent)
    assert journee.etat_avant == REGULIERE
    journee.retablir(par=agent)
    assert journee.etat == REGULIERE


def test_qui_etait_present_et_n_occupait_rien_est_retabli_comme_reserve(un_jour, agent):
    assert un_jour(Etat.ABSENT_EXCUSE, etat_avant=AUCUN).etat == Etat.ABSENT_EXCUSE
    journee = Reservation.objects.get()
    journee.retablir(par=agent)
    assert journee.etat == RESERVEE


def test_un_jour_dit_ce_qu_il_est(un_jour):
    journee = un_jour(RESERVEE)
    for etat in Etat:
        journee.etat = etat
        assert journee.est_en_attente is (etat in EN_ATTENTE)
        assert journee.est_acquise is (etat in {RESERVEE, REGULIERE})
        assert journee.journee.occupe_une_place is journee.occupe_une_place


def test_un_jour_se_nomme_par_l_enfant_le_jour_et_son_etat(un_jour):
    journee = un_jour(RESERVEE)
    assert str(journee) == f"{journee.inscription}, mercredi 8 avril\u00a0: réservé"


def test_l_appel_se_fait_le_jour_meme_et_dit_qui_l_a_fait_et_quand(un_jour, agent, jeudi_2_avril):
    journee = un_jour(RESERVEE)
    jeudi_2_avril.move_to("2015-04-07T23:59:59+02:00")
    with pytest.raises(erreurs.PointageImpossible):
        journee.pointer(Presence.PRESENT, par=agent)
    jeudi_2_avril.move_to("2015-04-08T00:00:00+02:00")
    journee.pointer(Presence.PRESENT, arrivee=time(9), depart=time(17), par=agent)
    journee.refresh_from_db()
    assert (journee.presence, journee.arrivee, journee.depart) == (Presence.PRESENT, time(9), time(17))
    assert (journee.pointee_par, journee.pointee_le) == (agent, datetime(2015, 4, 7, 22, tzinfo=UTC))


@pytest.mark.parametrize(("refuse", "motif"), [(True, "Complet"), (False, "")])
def test_redemander_n_efface_pas_pourquoi_on_fut_refuse(un_jour, agent, refuse, motif):
    journee = un_jour(Etat.REFUSEE if refuse else Etat.ABSENT_EXCUSE, motif="Complet")
    journee.demander(par=agent)
    assert (journee.etat, journee.motif) == (DEMANDEE, motif)
    journee.retirer(par=agent)
    assert (journee.etat, journee.motif) == (Etat.REFUSEE, "Complet") if refuse else (Etat.ABSENT_EXCUSE, "")
    journee.inscription.prendre([MERCREDI], RESERVEE, par=agent)
    journee.refresh_from_db()
    assert journee.motif == ""
