"""Why a day may not be booked, nor an absence declared: each reason, and the last day, age or minute before it."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from planning import erreurs
from planning.regles.calendrier import Calendrier
from planning.regles.delais import Delai
from planning.regles.dossier.manques import Manques
from planning.regles.etats import Etat
from planning.regles.inscription import ReglesInscription, ReglesPrestation
from planning.regles.jours import Jours
from planning.regles.ouverture import Ouverture, Rythme
from planning.regles.refus import ReglesDuJour, attendu_ailleurs, complet
from tests.planning.regles.outils import PARIS, STRUCTURE

MERCREDI, MARDI = date(2015, 4, 8), date(2015, 4, 7)
MIDI = time(12)
# Two working days before Wednesday 8 April, one of which is Easter Monday.
ECHEANCE = datetime(2015, 4, 3, 12, tzinfo=PARIS).astimezone(UTC)
UNE_SECONDE = timedelta(seconds=1)
PAQUES = Calendrier.depuis(feries=[(date(2015, 4, 6), "Lundi de Pâques")])


def regles(
    *,
    maintenant: datetime = ECHEANCE - UNE_SECONDE,
    calendrier: Calendrier = PAQUES,
    pour_agent: bool = False,
    naissance: date = date(2007, 6, 3),
    inscription: dict | None = None,
    **prestation,
) -> ReglesDuJour:
    """Of a child enrolled on Wednesdays, one second before it is too late."""
    options = {"delai_reservation": Delai(2, MIDI), "delai_absence": Delai(1, MIDI), **prestation}
    reservable = ReglesPrestation(STRUCTURE, Ouverture(scolaire=Jours.MERCREDI), **options)
    dossier = ReglesInscription(reservable, naissance, date(2014, 9, 1), **(inscription or {}))
    return ReglesDuJour(dossier, calendrier, maintenant, pour_agent)


def pourquoi(refus: erreurs.RefusPlanning | None) -> tuple[type, str] | None:
    return refus and (type(refus), str(refus).replace("\u00a0", " "))


def test_un_jour_d_accueil_dans_les_delais_se_reserve():
    assert regles().refus_de_reserver(MERCREDI, Etat.AUCUN) is None


@pytest.mark.parametrize("etat", [Etat.REFUSEE, Etat.ABSENT_EXCUSE, Etat.CONGE])
def test_un_jour_refuse_excuse_ou_rendu_se_redemande(etat):
    assert regles().refus_de_reserver(MERCREDI, etat) is None


@pytest.mark.parametrize("etat", [Etat.DEMANDEE, Etat.EN_COURS, Etat.RESERVEE, Etat.REGULIERE, Etat.ABSENT_FACTURE])
def test_un_jour_pris_ne_se_reserve_pas_une_seconde_fois(etat):
    assert pourquoi(regles().refus_de_reserver(MERCREDI, etat)) == (
        erreurs.DejaReserve,
        "Le mercredi 8 avril est déjà réservé ou demandé.",
    )


def test_a_l_heure_dite_il_est_trop_tard_et_une_seconde_avant_non():
    assert pourquoi(regles(maintenant=ECHEANCE).refus_de_reserver(MERCREDI, Etat.AUCUN)) == (
        erreurs.DelaiDepasse,
        "Les réservations pour le mercredi 8 avril sont closes depuis le vendredi 3 avril à 12 h.",
    )
    assert regles(maintenant=ECHEANCE - UNE_SECONDE).refus_de_reserver(MERCREDI, Etat.AUCUN) is None


def test_une_absence_a_son_propre_delai():
    la_veille = datetime.combine(MARDI, MIDI, PARIS)
    assert regles(maintenant=la_veille - UNE_SECONDE).refus_d_absence(MERCREDI, Etat.RESERVEE) is None
    assert pourquoi(regles(maintenant=la_veille).refus_d_absence(MERCREDI, Etat.RESERVEE)) == (
        erreurs.DelaiDepasse,
        "Les déclarations d’absence pour le mercredi 8 avril sont closes depuis le mardi 7 avril à 12 h.",
    )


@pytest.mark.parametrize(("heure", "passe"), [(time(23, 59), False), (time(0), True)])
def test_hors_delai_accepte_on_demande_jusqu_a_minuit_heure_de_paris(heure, passe):
    jour = MERCREDI + timedelta(days=passe)
    demande = regles(maintenant=datetime.combine(jour, heure, PARIS).astimezone(UTC), hors_delai_autorise=True)
    refus = demande.refus_de_reserver(MERCREDI, Etat.AUCUN)
    assert pourquoi(refus) == ((erreurs.JourPasse, "Le mercredi 8 avril est passé.") if passe else None)


def test_le_jour_finit_au_minuit_de_la_commune(settings):
    settings.TIME_ZONE = "America/Guadeloupe"
    minuit_de_paris = datetime(2015, 4, 9, tzinfo=PARIS).astimezone(UTC)
    for maintenant, passe in ((minuit_de_paris, False), (minuit_de_paris + timedelta(hours=6), True)):
        refus = regles(maintenant=maintenant, hors_delai_autorise=True).refus_de_reserver(MERCREDI, Etat.AUCUN)
        assert (refus is not None) == passe


def test_un_agent_n_est_tenu_ni_par_le_delai_ni_par_le_jour_passe():
    apres = datetime(2015, 5, 1, tzinfo=UTC)
    assert regles(maintenant=apres, pour_agent=True).refus_de_reserver(MERCREDI, Etat.AUCUN) is None
    assert regles(maintenant=apres, pour_agent=True).refus_d_absence(MERCREDI, Etat.RESERVEE) is None


def test_le_centre_sait_quand_un_parent_ne_pourrait_plus_reserver():
    assert regles(maintenant=ECHEANCE, pour_agent=True).est_hors_delai(MERCREDI)
    assert not regles(pour_agent=True).est_hors_delai(MERCREDI)


def test_un_agent_reste_tenu_par_le_calendrier_et_par_l_age():
    agent = regles(pour_agent=True, age_min=9)
    assert pourquoi(agent.refus_de_reserver(date(2015, 4, 9), Etat.AUCUN)) == (
        erreurs.JourFerme,
        "Cette prestation n’est pas ouverte le jeudi 9 avril.",
    )
    assert type(agent.refus_de_reserver(MERCREDI, Etat.AUCUN)) is erreurs.AgeNonAccueilli


@pytest.mark.parametrize(
    ("naissance", "phrase"),
    [
        (date(2012, 4, 9), "Cette prestation accueille dès 3 ans."),
        (date(2012, 4, 8), None),
        (date(2003, 4, 9), None),
        (date(2003, 4, 8), "Cette prestation accueille jusqu’à 11 ans."),
    ],
    ids=["3 ans demain", "3 ans ce jour", "11 ans, 12 demain", "12 ans ce jour"],
)
def test_un_enfant_est_accueilli_de_l_age_minimal_a_l_age_maximal_compris(naissance, phrase):
    refus = regles(naissance=naissance, age_min=3, age_max=11).refus_de_reserver(MERCREDI, Etat.AUCUN)
    assert pourquoi(refus) == (phrase and (erreurs.AgeNonAccueilli, phrase))


def test_un_age_zero_est_une_limite_comme_une_autre():
    assert regles(age_min=0, naissance=date(2015, 1, 1)).refus_de_reserver(MERCREDI, Etat.AUCUN) is None
    assert regles(age_max=0, naissance=date(2014, 4, 9)).refus_de_reserver(MERCREDI, Etat.AUCUN) is None
    refus = regles(age_max=0, naissance=date(2014, 4, 8)).refus_de_reserver(MERCREDI, Etat.AUCUN)
    assert pourquoi(refus) == (erreurs.AgeNonAccueilli, "Cette prestation accueille jusqu’à 0 an.")


A_CERTIFIER, UN_PAPIER, DEUX_PAPIERS = (
    Manques(date(2015, 4, 1), ("Assurance",)),
    Manques(pieces=("Assurance",)),
    Manques(pieces=("Assurance", "Vaccins")),
)
CERTIFIER = ("certification", "Vérifier et certifier mon dossier")
ENVOYER = ("pieces", "Voir les documents à fournir")


@pytest.mark.parametrize(
    ("manques", "pour_agent", "dit", "ou"),
    [
        (
            A_CERTIFIER, False,
            "Vérifiez et certifiez d’abord votre dossier : le centre le demande chaque année avant de réserver.",
            CERTIFIER,
        ),
        (A_CERTIFIER, True, "La famille n’a pas certifié son dossier (demandé depuis le 01/04/2015).", ("", "")),
        (
            UN_PAPIER, False,
            "Il manque un document pour réserver : « Assurance ». Envoyez-le d’abord au centre.", ENVOYER,
        ),
        (
            DEUX_PAPIERS, False,
            "Il manque 2 documents pour réserver : « Assurance » et « Vaccins ». Envoyez-les d’abord au centre.",
            ENVOYER,
        ),
        (DEUX_PAPIERS, True, "Il manque 2 documents : « Assurance » et « Vaccins ».", ("", "")),
    ],
)  # fmt: skip
def test_ce_qui_manque_au_dossier_retient_les_reservations_et_non_les_absences(manques, pour_agent, dit, ou):
    complet = regles(pour_agent=pour_agent)
    incomplet = replace(complet, manques=manques)
    refus = incomplet.refus_de_reserver(MERCREDI, Etat.AUCUN)
    assert (pourquoi(refus), refus.suite) == ((erreurs.DossierIncomplet, dit), ou)
    assert incomplet.refus_d_absence(MERCREDI, Etat.RESERVEE) is None
    assert (bool(incomplet.manques), bool(complet.manques)) == (True, False)


@pytest.mark.parametrize(("au", "inscrit"), [(MERCREDI, True), (MARDI, False)])
def test_le_dernier_jour_de_l_inscription_se_reserve_encore(au, inscrit):
    refus = regles(inscription={"au": au}).refus_de_reserver(MERCREDI, Etat.AUCUN)
    dit = (erreurs.InscriptionAbsente, "L’enfant n’est pas inscrit le mercredi 8 avril.")
    assert pourquoi(refus) == (None if inscrit else dit)


def test_un_enfant_a_regulariser_ne_se_reserve_pas():
    venu = regles(inscription={"a_regulariser": True})
    assert type(venu.refus_de_reserver(MERCREDI, Etat.AUCUN)) is erreurs.InscriptionAbsente
    assert not venu.faits(MERCREDI).inscrit


@pytest.mark.parametrize(("etat", "dit"), [
    (Etat.AUCUN, "Le mercredi 8 avril n’est pas réservé."),
    (Etat.DEMANDEE, "Le mercredi 8 avril n’est pas réservé."),
    (Etat.REFUSEE, "Le mercredi 8 avril n’est pas réservé."),
    (Etat.ABSENCE_DEMANDEE, "Une absence est déjà déclarée pour le mercredi 8 avril."),
    (Etat.ABSENCE_EN_COURS, "Une absence est déjà déclarée pour le mercredi 8 avril."),
    (Etat.ABSENT_EXCUSE, "Une absence est déjà déclarée pour le mercredi 8 avril."),
    (Etat.ABSENT_FACTURE, "Une absence est déjà déclarée pour le mercredi 8 avril."),
    (Etat.CONGE, "Une absence est déjà déclarée pour le mercredi 8 avril."),
])  # fmt: skip
def test_une_absence_se_declare_une_fois_et_sur_un_jour_reserve(etat, dit):
    assert pourquoi(regles().refus_d_absence(MERCREDI, etat)) == (erreurs.EtatIncompatible, dit)


@pytest.mark.parametrize("etat", [Etat.RESERVEE, Etat.REGULIERE])
def test_un_jour_reserve_ou_regulier_se_decommande(etat):
    assert regles().refus_d_absence(MERCREDI, etat) is None


def test_un_jour_regulier_est_un_jour_du_rythme_inscrit_et_ouvert():
    fermee = Calendrier.depuis(fermetures=[(STRUCTURE, MERCREDI, MERCREDI, "grève")])
    rythme = {"rythme": Rythme(Jours.MERCREDI | Jours.JEUDI)}
    assert regles(inscription=rythme).est_regulier(MERCREDI)
    assert not regles(inscription=rythme).est_regulier(date(2015, 4, 9))
    assert not regles(inscription={}).est_regulier(MERCREDI)
    assert not regles(inscription=rythme | {"au": MARDI}).est_regulier(MERCREDI)
    assert not regles(inscription=rythme | {"a_regulariser": True}).est_regulier(MERCREDI)
    assert not regles(inscription=rythme, calendrier=fermee).est_regulier(MERCREDI)


@pytest.mark.parametrize(
    ("calendrier", "dit"),
    [
        (Calendrier.depuis(feries=[(MERCREDI, "Victoire 1945")]), "Le mercredi 8 avril est férié (Victoire 1945)."),
        (
            Calendrier.depuis(fermetures=[(None, MERCREDI, MERCREDI, "neige")]),
            "La structure est fermée le mercredi 8 avril : neige.",
        ),
        (
            Calendrier.depuis(fermetures=[(STRUCTURE, MARDI, MERCREDI, "travaux")]),
            "La structure est fermée le mercredi 8 avril : travaux.",
        ),
        (Calendrier.depuis(fermetures=[(STRUCTURE + 1, MARDI, MERCREDI, "travaux ailleurs")]), None),
        (
            Calendrier.depuis(vacances=[(MERCREDI, MERCREDI, "P")]),
            "Cette prestation n’est pas ouverte le mercredi 8 avril.",
        ),
    ],
)
def test_un_jour_ferme_dit_pourquoi(calendrier, dit):
    refus = regles(calendrier=calendrier, pour_agent=True).refus_de_reserver(MERCREDI, Etat.AUCUN)
    assert pourquoi(refus) == (dit and (erreurs.JourFerme, dit))


def test_un_enfant_attendu_ailleurs_ne_dit_ou_qu_a_sa_famille():
    assert str(attendu_ailleurs(MERCREDI)) == "L’enfant est déjà attendu ailleurs à ces heures le mercredi 8 avril."
    assert str(attendu_ailleurs(MERCREDI, nom="Garderie matin")).replace("\u00a0", " ") == (
        "L’enfant est déjà attendu à « Garderie matin » à ces heures le mercredi 8 avril."
    )


def test_une_raison_qui_vaut_plusieurs_jours_se_dit_une_fois():
    assert str(complet("ALSH", MERCREDI, date(2015, 4, 15))).replace("\u00a0", " ") == (
        "Il n’y a plus de place le mercredi 8 avril et le mercredi 15 avril : ALSH."
    )


def test_un_jour_du_rythme_sans_reservation_dit_pourquoi_on_ferme():
    regulier = {"rythme": Rythme(Jours.LUNDI | Jours.MERCREDI)}
    ouverte = {"inscription": regulier}
    assert regles(**ouverte).pourquoi_sans_reservation(date(2015, 4, 6)) == (
        "Le lundi 6 avril est férié (Lundi de Pâques)."
    )
    assert regles(**ouverte).pourquoi_sans_reservation(MERCREDI) == "Le mercredi 8 avril n’est pas réservé."
    # Out of the pattern, a closed day explains nothing: nobody would have come.
    assert regles().pourquoi_sans_reservation(date(2015, 4, 6)) == "Le lundi 6 avril n’est pas réservé."


def test_sans_rien_dire_les_regles_sont_celles_d_un_parent():
    trop_tard = regles(maintenant=ECHEANCE)
    assert ReglesDuJour(trop_tard.inscription, PAQUES, ECHEANCE).refus_de_reserver(MERCREDI, Etat.AUCUN) is not None
