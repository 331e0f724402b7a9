"""A child's month: what the famille sees of it, in how many queries, how fast."""

from datetime import date
from time import perf_counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from planning.models import Inscription, Vacances
from planning.mois.agenda import agenda
from planning.mois.enfant import MoisEnfant
from planning.regles.etats import Presence
from planning.regles.jours import Jours
from planning.regles.legende import Statut
from tests import fabriques
from tests.planning.mois.outils import RENTREE, grille

pytestmark = pytest.mark.usefixtures("jeudi_2_avril")


def symboles(ligne) -> str:
    return "".join(case.symbole or "." for case in ligne.cases)


def test_avril_2015_comme_dans_le_guide(dupont, inscriptions, agent, jeudi_2_avril):
    jours = [date(2015, 4, n) for n in (13, 14, 15, 16)]
    inscriptions[2].reserver(jours, par=agent)
    jeudi_2_avril.move_to("2015-04-20T09:00:00+02:00")
    for journee in inscriptions[2].journees(jours):
        journee.pointer(Presence.PRESENT, par=agent)
    avril = grille(dupont)
    assert [(ligne.sous_titre, ligne.titre, ligne.responsable) for ligne in avril.lignes] == [
        ("Accueil de Loisirs", "ALSH Mercredi journée", "DUPONT JEAN"),
        ("Accueil de Loisirs", "ALSH Mercredi après-midi", "DUPONT JEAN"),
        ("Accueil de Loisirs", "ALSH Vacances journée", "DUPONT JEAN"),
        ("Garderie périscolaire", "Garderie matin", "DUPONT JEAN"),
    ]
    # F on Easter Monday everywhere; P from the 11th to the 26th where the prestation does not serve the holidays.
    scolaire = ".....F....PPPPPPPPPPPPPPPP...."
    assert [symboles(ligne) for ligne in avril.lignes] == [
        scolaire,
        scolaire,
        ".....F......✓✓✓✓..............",
        scolaire,
    ]
    assert avril.legende == (
        Statut.RESERVE,
        Statut.PETITES_VACANCES,
        Statut.FERIE,
        Statut.PRESENT_RESERVE,
    )


def test_une_case_se_lit_a_voix_haute(dupont, inscriptions):
    inscriptions[3].reserver([date(2015, 4, 8)], par=dupont.compte)
    case = grille(dupont).lignes[3].case(date(2015, 4, 8))
    assert case.libelle.replace("\u00a0", " ") == "Garderie matin, mercredi 8 avril : réservé"
    assert (case.symbole, case.classes) == ("●", "s-reserve")


@pytest.mark.parametrize(
    ("jour", "symbole", "dit"),
    [(1, "○", "réservé, présence non pointée"), (2, "●", "réservé"), (3, "●", "réservé")],
    ids=["hier", "aujourd'hui", "demain"],
)
def test_reserve_et_journee_reservee_ne_se_confondent_pas(dupont, agent, inscriptions, jour, symbole, dit):
    """A day that was booked and is over, without a roll, has a sign of its own."""
    inscriptions[3].reserver([date(2015, 4, jour)], par=agent)
    grille_du_mois = grille(dupont)
    affichage = grille_du_mois.lignes[3].case(date(2015, 4, jour)).affichage
    assert (affichage.symbole, affichage.libelle) == (symbole, dit)
    assert affichage.symbole in {statut.symbole for statut in grille_du_mois.legende}


def test_la_colonne_d_aujourd_hui_se_voit_sur_toute_sa_hauteur(dupont, inscriptions):
    for ligne in grille(dupont).lignes:
        assert [case.jour.day for case in ligne.cases if "auj" in case.classes.split()] == [2]


def test_les_colonnes_disent_le_jour_l_aujourd_hui_et_le_weekend(dupont, inscriptions):
    colonnes = grille(dupont).colonnes
    assert len(colonnes) == 30
    assert [c.abrege.replace("\u00a0", " ") for c in colonnes[:6]] == [
        "Me 01",
        "Je 02",
        "Ve 03",
        "Sa 04",
        "Di 05",
        "Lu 06",
    ]
    assert [c.classes for c in colonnes[:6]] == ["", "auj", "", "we", "we", "ferie"]


def test_les_mois_voisins(dupont, inscriptions):
    janvier = grille(dupont, 2015, 1)
    assert (janvier.precedent, janvier.suivant) == (date(2014, 12, 1), date(2015, 2, 1))
    assert (grille(dupont, 2014, 12).suivant, len(grille(dupont, 2016, 2).colonnes)) == (date(2015, 1, 1), 29)


def test_le_menu_d_une_case_dit_pourquoi_une_action_est_inactive(dupont, inscriptions):
    inscriptions[3].reserver([date(2015, 4, 8)], par=dupont.compte)
    garderie = grille(dupont).lignes[3]

    def motifs(n):
        return [action.motif.replace("\u00a0", " ") for action in garderie.actions(date(2015, 4, n))]

    assert motifs(8) == ["Le mercredi 8 avril est déjà réservé ou demandé.", ""]
    assert motifs(9) == ["", "Le jeudi 9 avril n’est pas réservé."]
    inscriptions[3].demander_absence([date(2015, 4, 8)], par=dupont.compte)
    absence = grille(dupont).lignes[3].actions(date(2015, 4, 8))[1]
    assert absence.motif == "Une absence est déjà déclarée pour le mercredi 8 avril."
    assert motifs(6)[0] == "Le lundi 6 avril est férié (Lundi de Pâques)."
    assert motifs(1)[0] == "Le mercredi 1er avril est passé."


def test_un_changement_de_rythme_reste_sur_la_meme_ligne(dupont, inscriptions, agent):
    suite = inscriptions[0].changer_rythme(Jours.MERCREDI, a_compter_du=date(2015, 4, 8), par=agent)
    avril = grille(dupont)
    assert len(avril.lignes) == 4
    assert symboles(avril.lignes[0]) == ".....F.◆..PPPPPPPPPPPPPPPP..◆."
    assert avril.lignes[0].dossier(date(2015, 4, 1)).inscription == inscriptions[0].pk
    assert avril.lignes[0].dossier(date(2015, 4, 29)).inscription == suite.pk


def test_l_autre_famille_d_une_garde_alternee_ne_voit_que_ses_jours(dupont, martin, inscriptions, mercredi, agent):
    lea = dupont.enfants[0]
    fabriques.RattachementFactory(famille=martin.famille, enfant=lea)
    Inscription.objects.inscrire(lea, mercredi, martin.famille, du=RENTREE, par=agent)
    inscriptions[0].reserver([date(2015, 4, 8)], par=agent)
    avril = MoisEnfant(lea, martin.famille, 2015, 4).grille
    assert [(ligne.titre, ligne.responsable, symboles(ligne)) for ligne in avril.lignes] == [
        ("ALSH Mercredi journée", "MARTIN SOPHIE", ".....F....PPPPPPPPPPPPPPPP....")
    ]


def test_l_agenda_dit_le_fond_de_chaque_jour_et_ce_qui_y_est_reserve(dupont, inscriptions):
    inscriptions[3].reserver([date(2015, 5, 19)], par=dupont.compte)
    mai = agenda(grille(dupont, 2015, 5))
    assert [
        (jour.colonne.jour.day, jour.fond, [case.symbole for _, case in jour.cases])
        for jour in mai
        if jour.fond or jour.cases
    ] == [
        (1, "Jour férié", []),
        (13, "Fermeture", []),
        (14, "Fermeture", []),
        (15, "Fermeture", []),
        (19, "", ["●"]),
    ]
    assert not {2, 3} & {jour.colonne.jour.day for jour in mai}  # a quiet weekend


def test_le_mois_se_lit_en_trois_requetes_quoi_qu_il_contienne(dupont, inscriptions, agent, mercredi, garderie):
    jours = [date(2015, 4, n) for n in (8, 29)]
    inscriptions[0].reserver(jours, par=agent)
    inscriptions[3].reserver([*jours, date(2015, 4, 28)], par=agent)
    for _ in range(2):
        famille = fabriques.FamilleFactory()
        enfant = fabriques.EnfantFactory(famille=famille)
        Inscription.objects.inscrire(enfant, garderie, famille, du=RENTREE, par=agent).reserver(jours, par=agent)
    famille = type(dupont.famille).objects.get(pk=dupont.famille.pk)
    with CaptureQueriesContext(connection) as requetes:
        assert len(MoisEnfant(dupont.enfants[0], famille, 2015, 4).grille.lignes) == 4
    assert len(requetes) == 3


def test_dresser_la_grille_est_l_affaire_de_quelques_millisecondes(dupont, inscriptions):
    mois = MoisEnfant(dupont.enfants[0], dupont.famille, 2015, 4)
    brutes = mois.lignes_brutes() * 2

    def chronometre():
        debut = perf_counter()
        mois.dresser(brutes)
        return perf_counter() - debut

    # The best of several: what the code costs, not what the machine does meanwhile. Eight rows.
    assert min(chronometre() for _ in range(20)) < 0.006


def test_le_pont_de_l_ascension_se_voit_une_fois_corrige(dupont, inscriptions):
    Vacances.objects.create(nom="Pont de l’Ascension", du=date(2016, 5, 6), au=date(2016, 5, 7))
    assert symboles(grille(dupont, 2016, 5).lignes[0])[4:8] == ".PP."
