"""The legend, over the whole product of its axes."""

from itertools import product

import pytest

from planning.regles.affichage import afficher
from planning.regles.calendrier import Faits
from planning.regles.etats import ABSENCES_DECIDEES, ACQUISES, OCCUPENT, Etat, Presence
from planning.regles.jours import Periode
from planning.regles.legende import ETATS_DU_GUIDE, MARQUES, Statut

BOOLEENS = (False, True)
TOUS_LES_FAITS = [Faits(periode, *drapeaux) for periode in Periode for drapeaux in product(BOOLEENS, repeat=7)]
TOUT = [
    (etat, presence, faits, regulier)
    for etat, presence, faits, regulier in product(Etat, Presence, TOUS_LES_FAITS, BOOLEENS)
]


def montre(cas, *, passe=False):
    etat, presence, faits, regulier = cas
    return afficher(etat, presence, faits, regulier=regulier, passe=passe)


def accueille(faits):
    return faits.ouvert and not faits.ferie and not faits.ferme


def reserve(etat, faits, regulier):
    """A day that is booked, by somebody or by the pattern."""
    return etat in ACQUISES or (etat == Etat.AUCUN and regulier and accueille(faits))


def test_la_legende_compte_quinze_etats_et_trois_marques():
    assert [statut.libelle for statut in ETATS_DU_GUIDE] == [
        "Réservé",
        "Erreur",
        "Congé",
        "Heure hors contrat",
        "Régulier",
        "Fermeture",
        "Absent facturé",
        "Demande en attente",
        "Absent excusé",
        "Réservation en cours de traitement",
        "Réservation refusée",
        "Absence en cours de traitement",
        "Petites vacances",
        "Grandes vacances",
        "Jour férié",
    ]
    assert len(MARQUES) == 3
    assert [s.symbole for s in Statut if s.libelle.startswith(("Réservation refusée", "Absence en", "Petites"))] == [
        "X",
        "U",
        "P",
    ]


def test_deux_etats_ne_se_confondent_ni_par_le_symbole_ni_par_la_classe():
    for champ in ("symbole", "classe", "libelle"):
        valeurs = [getattr(statut, champ) for statut in ETATS_DU_GUIDE]
        assert len(set(valeurs)) == 15


def test_toute_la_legende_se_rencontre():
    affichages = {une for cas in TOUT for une in (montre(cas), montre(cas, passe=True))}
    montres = {statut for affichage in affichages for statut in (affichage.statut, affichage.marque)}
    assert montres - {None} == set(Statut)


def test_une_erreur_est_une_presence_qui_ne_se_peut_pas():
    for cas in TOUT:
        etat, presence, faits, _ = cas
        impossible = not accueille(faits) or not faits.inscrit or faits.chevauche or etat in ABSENCES_DECIDEES
        assert (montre(cas).statut is Statut.ERREUR) == (presence == Presence.PRESENT and impossible), cas


def test_hors_contrat_est_une_presence_possible_hors_des_heures():
    for cas in TOUT:
        etat, presence, faits, _ = cas
        possible = accueille(faits) and faits.inscrit and not faits.chevauche and etat not in ABSENCES_DECIDEES
        attendu = presence == Presence.PRESENT and possible and faits.hors_horaire
        assert (montre(cas).statut is Statut.HORS_CONTRAT) == attendu, cas


def test_une_presence_porte_toujours_une_marque_de_presence():
    for cas in TOUT:
        etat, presence, faits, regulier = cas
        attendue = None
        if presence == Presence.PRESENT:
            tenue = etat in OCCUPENT - {Etat.DEMANDEE, Etat.EN_COURS} or reserve(etat, faits, regulier)
            attendue = Statut.PRESENT_RESERVE if tenue else Statut.PRESENT_SANS_RESERVATION
        assert (montre(cas).marque if montre(cas).marque is not Statut.JOURNEE_RESERVEE else None) is attendue, cas


def test_la_marque_journee_reservee_accompagne_l_etat_reserve_et_lui_seul_quand_le_jour_est_passe():
    for cas in TOUT:
        assert montre(cas).marque is not Statut.JOURNEE_RESERVEE
        affichage = montre(cas, passe=True)
        if affichage.marque is Statut.JOURNEE_RESERVEE:
            assert affichage.statut is Statut.RESERVE
        elif affichage.statut is Statut.RESERVE:
            assert cas[1] == Presence.PRESENT


def test_un_jour_sans_accueil_ni_presence_ne_montre_que_le_calendrier():
    for cas in TOUT:
        etat, presence, faits, _ = cas
        if presence == Presence.PRESENT or (accueille(faits) and faits.inscrit):
            continue
        if faits.ferie:
            attendu = Statut.FERIE
        elif faits.ferme:
            attendu = Statut.FERMETURE
        elif faits.periode != Periode.SCOLAIRE and not faits.servie:
            petites = faits.periode == Periode.PETITES_VACANCES
            attendu = Statut.PETITES_VACANCES if petites else Statut.GRANDES_VACANCES
        else:
            attendu = None if etat in {Etat.AUCUN, Etat.ANNULEE} else Statut.FERMETURE
        assert montre(cas).statut is attendu, cas


def test_un_jour_d_accueil_montre_la_reservation():
    libelles = {
        Etat.AUCUN: None,
        Etat.DEMANDEE: Statut.DEMANDE_EN_ATTENTE,
        Etat.EN_COURS: Statut.RESERVATION_EN_COURS,
        Etat.RESERVEE: Statut.RESERVE,
        Etat.REGULIERE: Statut.REGULIER,
        Etat.REFUSEE: Statut.REFUSEE,
        Etat.ABSENCE_DEMANDEE: Statut.DEMANDE_EN_ATTENTE,
        Etat.ABSENCE_EN_COURS: Statut.ABSENCE_EN_COURS,
        Etat.ABSENT_EXCUSE: Statut.ABSENT_EXCUSE,
        Etat.ABSENT_FACTURE: Statut.ABSENT_FACTURE,
        Etat.CONGE: Statut.CONGE,
        Etat.ANNULEE: None,
    }
    for cas in TOUT:
        etat, presence, faits, regulier = cas
        if presence == Presence.PRESENT or not accueille(faits) or not faits.inscrit:
            continue
        if presence == Presence.ABSENT and reserve(etat, faits, regulier):
            attendu = Statut.ABSENT_FACTURE
        else:
            attendu = Statut.REGULIER if regulier and etat == Etat.AUCUN else libelles[etat]
        assert montre(cas).statut is attendu, cas


@pytest.mark.parametrize(
    ("etat", "presence", "symbole", "libelle"),
    [
        (Etat.AUCUN, Presence.NON_POINTEE, "", "rien"),
        (Etat.RESERVEE, Presence.NON_POINTEE, "●", "réservé"),
        (Etat.RESERVEE, Presence.PRESENT, "✓", "réservé, présent sur la journée réservée"),
        (Etat.AUCUN, Presence.PRESENT, "✓+", "présent sans réservation"),
        (Etat.ABSENT_EXCUSE, Presence.PRESENT, "!", "erreur, présent sans réservation"),
        (Etat.ABSENCE_EN_COURS, Presence.NON_POINTEE, "U", "absence en cours de traitement"),
    ],
)
def test_une_case_se_lit(etat, presence, symbole, libelle):
    affichage = afficher(etat, presence, Faits())
    assert (affichage.symbole, affichage.libelle) == (symbole, libelle)


def test_une_case_passee_que_personne_n_a_pointee_le_dit():
    affichage = afficher(Etat.RESERVEE, Presence.NON_POINTEE, Faits(), passe=True)
    assert affichage.libelle == "réservé, présence non pointée"
    assert affichage.classes == "s-reserve m-reserve"


def test_une_presence_sans_reservation_n_a_que_sa_marque():
    assert afficher(Etat.AUCUN, Presence.PRESENT, Faits()).classes == "m-present-sans"
    assert afficher(Etat.AUCUN, Presence.NON_POINTEE, Faits()).classes == ""


def test_ce_que_l_agent_doit_voir_prend_la_place_de_la_marque():
    hors = afficher(Etat.RESERVEE, Presence.PRESENT, Faits(hors_horaire=True))
    erreur = afficher(Etat.RESERVEE, Presence.PRESENT, Faits(ouvert=False))
    assert (hors.symbole, erreur.symbole) == ("H", "!")
