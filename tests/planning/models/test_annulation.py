"""A day that an agent has taken back: nobody is expected, whatever the pattern says, until it is restored."""

from datetime import date

import pytest

from facturation.prix.jours_factures import nature_facturee
from planning import erreurs
from planning.appel.attendus import Appel
from planning.journees.lecture import lire_journees
from planning.models import Fermeture, Inscription, Reservation
from planning.mois.enfant import MoisEnfant
from planning.regles.etats import Etat, Presence
from planning.regles.jours import AUCUN_JOUR, Jours
from tests import fabriques

MERCREDI, SUIVANT = date(2015, 4, 8), date(2015, 4, 29)

pytestmark = pytest.mark.usefixtures("jeudi_2_avril")


@pytest.fixture
def reguliere(dupont, mercredi, agent) -> Inscription:
    """Léa comes every Wednesday."""
    return Inscription.objects.inscrire(
        dupont.enfants[0], mercredi, dupont.famille, du=date(2014, 9, 1), jours=Jours.MERCREDI, par=agent
    )


@pytest.fixture
def voisin(martin, mercredi, agent) -> Inscription:
    return Inscription.objects.inscrire(martin.enfants[0], mercredi, martin.famille, du=date(2014, 9, 1), par=agent)


def en_base(inscription: Inscription, jour: date = MERCREDI) -> str:
    return inscription.reservations.get(jour=jour).etat


def phrase(refus) -> str:
    return str(refus.value).replace("\u00a0", " ")


class TestUnJourDuRythme:
    def test_annule_il_n_est_ni_attendu_ni_facture(self, reguliere, mercredi, dupont, agent):
        reguliere.journee(MERCREDI).annuler(par=agent)

        assert reguliere.journee(MERCREDI).etat == Etat.ANNULEE
        assert mercredi.places_restantes([MERCREDI, SUIVANT]) == {MERCREDI: 3, SUIVANT: 2}
        [lue] = lire_journees({mercredi.pk: [MERCREDI]})
        assert (lue.etat, lue.occupe_une_place) == (Etat.ANNULEE, False)
        assert nature_facturee(lue.etat, lue.presence, ouvert=True) is None
        assert Appel([mercredi], MERCREDI).lignes == []
        case = MoisEnfant(dupont.enfants[0], dupont.famille, 2015, 4).grille.lignes[0].case(MERCREDI)
        assert (case.etat, case.est_vide) == (Etat.ANNULEE, True)

    def test_ferme_il_n_a_rien_a_annuler_et_dit_pourquoi(self, reguliere, agent):
        """If the centre opens again, the famille is told that the day comes back: it is cancelled then."""
        ferme, jamais = date(2015, 5, 13), date(2015, 4, 9)
        for verbe in ("annuler", "excuser"):
            with pytest.raises(erreurs.EtatIncompatible) as refus:
                getattr(reguliere.journee(ferme), verbe)(par=agent)
            assert phrase(refus) == "La structure est fermée le mercredi 13 mai : pont de l’Ascension."
            with pytest.raises(erreurs.EtatIncompatible) as refus:
                getattr(reguliere.journee(jamais), verbe)(par=agent)
            assert phrase(refus) == "Le jeudi 9 avril n’est pas réservé."

    def test_reserve_puis_ferme_il_s_annule_encore(self, voisin, agent):
        """The booking is written: it would come back with the day, were the centre to open again."""
        voisin.reserver([SUIVANT], par=agent)
        Fermeture.objects.create(du=SUIVANT, au=SUIVANT, motif="travaux")
        voisin.journee(SUIVANT).annuler(par=agent)
        assert en_base(voisin, SUIVANT) == Etat.ANNULEE

    def test_reserve_puis_annule_le_rythme_n_y_revient_pas(self, reguliere, mercredi, agent):
        """Excused, then booked again by hand: a row of its own over the pattern."""
        journee = reguliere.journee(MERCREDI)
        journee.excuser(par=agent)
        reguliere.reserver([MERCREDI], par=agent)
        reguliere.journee(MERCREDI).annuler(par=agent)
        assert reguliere.journee(MERCREDI).etat == Etat.ANNULEE
        assert mercredi.places_restantes([MERCREDI]) == {MERCREDI: 3}

    def test_retabli_il_est_de_nouveau_attendu(self, reguliere, mercredi, agent):
        journee = reguliere.journee(MERCREDI)
        journee.annuler(par=agent)
        journee.retablir(par=agent)
        assert reguliere.journee(MERCREDI).etat == Etat.REGULIERE
        assert mercredi.places_restantes([MERCREDI]) == {MERCREDI: 2}

    def test_l_enfant_qui_vient_quand_meme_est_present_sans_reservation(self, reguliere, mercredi, agent):
        jour = date(2015, 4, 1)
        reguliere.journee(jour).annuler(par=agent)
        reguliere.journee(jour).pointer(Presence.PRESENT, par=agent)
        [ligne] = Appel([mercredi], jour).lignes
        assert ligne.affichage.libelle == "présent sans réservation"
        assert not Reservation.objects.en_erreur().exists()

    def test_sa_famille_peut_le_redemander_puis_se_raviser(self, reguliere, dupont, agent):
        reguliere.journee(MERCREDI).annuler(par=agent)
        [journee] = reguliere.demander([MERCREDI], par=dupont.compte)
        assert en_base(reguliere) == Etat.DEMANDEE
        journee.retirer(par=dupont.compte)
        assert en_base(reguliere) == Etat.ANNULEE

    @pytest.mark.parametrize("a_compter_du", [date(2014, 9, 1), date(2015, 4, 1)])
    def test_un_autre_rythme_n_y_change_rien(self, reguliere, agent, a_compter_du):
        reguliere.journee(MERCREDI).annuler(par=agent)
        suite = reguliere.changer_rythme(
            Jours.MERCREDI, parite=MERCREDI.isocalendar().week % 2, **_du(a_compter_du, agent)
        )
        assert suite.journee(MERCREDI).etat == Etat.ANNULEE

    @pytest.mark.parametrize("a_compter_du", [date(2014, 9, 1), date(2015, 4, 1)])
    def test_retabli_il_suit_le_rythme_qui_change(self, reguliere, mercredi, agent, a_compter_du):
        journee = reguliere.journee(MERCREDI)
        journee.annuler(par=agent)
        journee.retablir(par=agent)
        suite = reguliere.changer_rythme(AUCUN_JOUR, **_du(a_compter_du, agent))
        assert suite.journee(MERCREDI).etat == Etat.AUCUN
        assert mercredi.places_restantes([MERCREDI]) == {MERCREDI: 3}


def _du(jour: date, agent) -> dict:
    return {"a_compter_du": jour, "par": agent}


class TestRetablir:
    @pytest.mark.parametrize("defaire", ["excuser", "mettre_en_conge", "annuler"])
    def test_prend_la_derniere_place(self, reguliere, voisin, mercredi, agent, defaire):
        mercredi.places_du_jour.create(jour=MERCREDI, places=1)
        getattr(reguliere.journee(MERCREDI), defaire)(par=agent)
        reguliere.journee(MERCREDI).retablir(par=agent)
        with pytest.raises(erreurs.Complet):
            voisin.reserver([MERCREDI], par=agent)

    @pytest.mark.parametrize("defaire", ["excuser", "mettre_en_conge", "annuler"])
    def test_ne_prend_pas_la_place_donnee_a_un_autre(self, reguliere, voisin, mercredi, agent, defaire):
        mercredi.places_du_jour.create(jour=MERCREDI, places=1)
        getattr(reguliere.journee(MERCREDI), defaire)(par=agent)
        voisin.reserver([MERCREDI], par=agent)
        avant = en_base(reguliere)
        with pytest.raises(erreurs.Complet) as refus:
            reguliere.journee(MERCREDI).retablir(par=agent)
        assert phrase(refus) == "Il n’y a plus de place le mercredi 8 avril : ALSH Mercredi journée."
        assert en_base(reguliere) == avant

    def test_une_absence_facturee_garde_sa_place_et_la_retrouve(self, reguliere, voisin, mercredi, agent):
        mercredi.places_du_jour.create(jour=MERCREDI, places=1)
        reguliere.journee(MERCREDI).facturer_absence(par=agent)
        with pytest.raises(erreurs.Complet):
            voisin.reserver([MERCREDI], par=agent)
        reguliere.journee(MERCREDI).retablir(par=agent)
        assert en_base(reguliere) == Etat.REGULIERE


class TestUneAbsence:
    @pytest.mark.parametrize("decider", ["excuser", "facturer_absence", "mettre_en_conge", "demander_absence"])
    def test_ne_se_decide_pas_d_un_enfant_qui_etait_la(self, reguliere, agent, decider):
        jour = date(2015, 4, 1)
        reguliere.journee(jour).pointer(Presence.PRESENT, par=agent)
        with pytest.raises(erreurs.EtatIncompatible) as refus:
            getattr(reguliere.journee(jour), decider)(par=agent)
        assert phrase(refus) == "L’enfant était présent le mercredi 1er avril."
        assert reguliere.journee(jour).etat == Etat.REGULIERE


class TestHorsDeLInscription:
    @pytest.mark.parametrize(
        "geste",
        [
            lambda journee, agent: journee.excuser(par=agent),
            lambda journee, agent: journee.annuler(par=agent),
            lambda journee, agent: journee.pointer(Presence.ABSENT, par=agent),
        ],
    )
    def test_une_inscription_terminee_entre_temps_ne_porte_plus_ce_jour(self, reguliere, agent, geste):
        """The page of the agent is older than the end of the inscription."""
        jour = date(2015, 4, 1)
        journee = reguliere.journee(jour)
        Inscription.objects.get(pk=reguliere.pk).terminer(date(2015, 3, 31), par=agent)
        with pytest.raises(erreurs.InscriptionAbsente) as refus:
            geste(journee, agent)
        assert phrase(refus) == "L’enfant n’est pas inscrit le mercredi 1er avril."
        assert not Reservation.objects.exists()

    def test_un_jour_d_avant_l_inscription_ne_se_pointe_pas(self, agent, dupont, mercredi):
        inscription = fabriques_inscription(dupont, mercredi, agent)
        with pytest.raises(erreurs.InscriptionAbsente):
            inscription.journee(date(2015, 3, 25)).pointer(Presence.PRESENT, par=agent)


def fabriques_inscription(foyer, prestation, agent) -> Inscription:
    enfant = fabriques.EnfantFactory(famille=foyer.famille)
    return Inscription.objects.inscrire(enfant, prestation, foyer.famille, du=date(2015, 4, 1), par=agent)
