"""What the page of a day says of its price: as it is, as it would be, as it was billed; to each famille its own."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine

from facturation.campagne.emission import Emission
from facturation.models import CampagneDeFacturation, Facture
from facturation.prix.affichage import PrixDuJour
from planning.models import Fermeture, Inscription, Prestation, Reservation
from planning.mois.detail import detailler
from planning.mois.jour import JourEnfant
from planning.regles.etats import Etat
from planning.regles.jours import Jours
from tests import fabriques
from tests.facturation.fabriques import RegieFactory, mettre_en_regie, tarif
from tests.planning.conftest import alsh, calendrier_2015, mercredi

__all__ = ["alsh", "calendrier_2015", "mercredi"]

pytestmark = pytest.mark.django_db
JOUR, AUTRE = date(2015, 4, 8), date(2015, 4, 29)
AVRIL = (date(2015, 4, 1), date(2015, 4, 30))
# The day before, at noon: from then on an absence is late.
ECHEANCE = "2015-04-07T12:00:00+02:00"
PLEIN = "3,60\u00a0€ la journée (Tranche 2, QF 612, tarif du 01/09/2014)"
MAJORE = "5,40\u00a0€ la journée (Tranche 2, QF 612, tarif du 01/09/2014, 150\u00a0% du prix)"


@pytest.fixture
def inscription(mercredi, dupont, agent) -> Inscription:
    """3,60 €, half for an absence, half more without a booking; asked for at any time."""
    Prestation.objects.update(hors_delai_autorise=True)
    tarif(mercredi, (500, "2.00", "4.00"), (None, "3.60", "7.20"), absence_pourcent=50, majoration_pourcent=50)
    mettre_en_regie(RegieFactory(), mercredi.structure)
    return Inscription.objects.inscrire(dupont.enfants[0], mercredi, dupont.famille, du=date(2014, 9, 1), par=agent)


def dit(inscription: Inscription, quand: str = "2015-04-02T08:00:00+02:00", jour: date = JOUR) -> list[tuple[str, str]]:
    with time_machine.travel(quand, tick=False):
        faits = PrixDuJour().faits(JourEnfant(inscription.enfant, inscription.famille, jour))
    return faits[inscription.prestation_id]


def reserver(inscription: Inscription, **etat) -> Reservation:
    return Reservation.objects.create(inscription=inscription, jour=JOUR, **({"etat": Etat.RESERVEE} | etat))


@pytest.mark.parametrize("quand", ["2015-04-02T08:00:00+02:00", "2015-04-08T23:59:00+02:00"])
def test_un_jour_libre_dit_son_prix_et_celui_d_une_venue_sans_reservation(inscription, quand):
    assert dit(inscription, quand) == [("Prix", PLEIN), ("Sans réservation", MAJORE)]


def test_un_jour_passe_ne_dit_plus_ce_qu_une_venue_couterait(inscription):
    assert dit(inscription, "2015-04-09T00:00:00+02:00") == [("Prix", PLEIN)]


def test_une_venue_sans_reservation_au_meme_prix_ne_se_dit_pas(inscription):
    inscription.prestation.tarifs.update(majoration_pourcent=0)
    assert dit(inscription) == [("Prix", PLEIN)]


@pytest.mark.parametrize(("avance", "tardive"), [(1, False), (0, True)], ids=["une seconde avant", "à l’heure dite"])
def test_une_absence_tardive_dit_ce_qu_elle_coute_avant_qu_on_la_declare(inscription, avance, tardive):
    reserver(inscription)
    with time_machine.travel(ECHEANCE, tick=False) as horloge:
        horloge.shift(timedelta(seconds=-avance))
        faits = PrixDuJour().faits(JourEnfant(inscription.enfant, inscription.famille, JOUR))
    absence = [("Absence déclarée maintenant", "facturée, 1,80\u00a0€")] if tardive else []
    assert faits[inscription.prestation_id] == [("Prix", PLEIN), *absence]


@pytest.mark.parametrize(
    "etat",
    [{"presence": "present"}, {"etat": Etat.ABSENT_FACTURE}],
    ids=["déjà là", "déjà absent"],
)
def test_une_absence_qui_ne_peut_plus_se_declarer_ne_dit_pas_son_prix(inscription, etat):
    reserver(inscription, **etat)
    assert [mot for mot, _ in dit(inscription, "2015-04-08T18:00:00+02:00")] == ["Prix"]


def test_un_jour_passe_qui_n_est_pas_encore_facture_ne_propose_pas_d_absence(inscription):
    reserver(inscription)
    assert dit(inscription, "2015-04-09T08:00:00+02:00") == [("Prix", PLEIN)]


@pytest.mark.parametrize(
    "etat",
    [{"etat": Etat.ABSENT_EXCUSE}, {"etat": Etat.CONGE}, {"etat": Etat.AUCUN, "presence": "absent"}],
    ids=["excusé", "congé", "absent sans réservation"],
)
def test_ce_qui_n_est_pas_du_n_a_pas_de_prix(inscription, etat):
    reserver(inscription, **etat)
    assert dit(inscription) == [("Prix", "non facturé")]


def facturer(agent) -> Facture:
    campagne = CampagneDeFacturation.objects.create(regie=RegieFactory(), du=AVRIL[0], au=AVRIL[1])
    Emission(campagne, le=date(2015, 5, 2), par=agent).emettre()
    return Facture.objects.get()


EN_MAI = "2015-05-03T08:00:00+02:00"


def test_un_jour_facture_dit_sa_facture_et_les_autres_jours_leur_prix(inscription, agent):
    reserver(inscription, presence="present")
    facturer(agent)
    assert dit(inscription, EN_MAI) == [("Facturé", f"{PLEIN}, facture AL-1")]
    assert dit(inscription, EN_MAI, AUTRE) == [("Prix", PLEIN)]


def test_un_jour_repris_par_un_avoir_n_est_plus_facture(inscription, agent):
    reserver(inscription, presence="present")
    facturer(agent).annuler(motif="Facturée à tort", le=date(2015, 5, 3), par=agent)
    assert dit(inscription, EN_MAI) == [("Prix", PLEIN)]


def test_la_facture_du_frere_n_est_pas_celle_de_la_soeur(inscription, dupont, agent):
    frere = fabriques.EnfantFactory(famille=dupont.famille)
    autre = Inscription.objects.inscrire(frere, inscription.prestation, dupont.famille, du=date(2014, 9, 1), par=agent)
    reserver(autre, presence="present")
    facturer(agent)
    assert dit(autre, EN_MAI) == [("Facturé", f"{PLEIN}, facture AL-1")]
    assert dit(inscription, EN_MAI) == [("Prix", PLEIN)]


def test_en_garde_alternee_la_facture_de_l_un_ne_se_lit_pas_chez_l_autre(inscription, martin, agent):
    """Same child, same day, another famille, another QF."""
    fabriques.RattachementFactory(famille=martin.famille, enfant=inscription.enfant)
    chez_martin = Inscription.objects.inscrire(
        inscription.enfant, inscription.prestation, martin.famille, du=date(2014, 9, 1), par=agent
    )
    reserver(chez_martin, presence="present")
    facture = facturer(agent)
    assert (facture.famille, facture.montant) == (martin.famille, Decimal("3.60"))
    assert [mot for mot, _ in dit(chez_martin, EN_MAI)] == ["Facturé"]
    assert dit(inscription, EN_MAI) == [("Prix", PLEIN)]


def _fermer(prestation: Prestation) -> None:
    Fermeture.objects.create(structure=prestation.structure, du=JOUR, au=JOUR, motif="Neige")


def _ne_plus_ouvrir(prestation: Prestation) -> None:
    Prestation.objects.filter(pk=prestation.pk).update(jours_scolaires=0)


def _cesser(prestation: Prestation) -> None:
    Prestation.objects.filter(pk=prestation.pk).update(inactive_depuis=JOUR)


@pytest.mark.parametrize("ne_plus_accueillir", [_fermer, _ne_plus_ouvrir, _cesser])
def test_un_jour_facture_le_dit_meme_si_le_centre_n_accueille_plus_ce_jour_la(inscription, agent, ne_plus_accueillir):
    """A régulier day: nothing else is written of it."""
    Inscription.objects.update(jours=Jours.MERCREDI)
    facturer(agent)
    ne_plus_accueillir(inscription.prestation)
    with time_machine.travel(EN_MAI, tick=False):
        relue = Inscription.objects.get(pk=inscription.pk)
        (detail,) = detailler(JourEnfant(relue.enfant, relue.famille, JOUR))
    assert detail.ferme == ""
    assert ("Facturé", f"{PLEIN}, facture AL-1") in detail.faits
    assert dict(detail.faits)["Accueil"]


def test_un_jour_ferme_qui_n_a_rien_coute_ne_dit_que_sa_fermeture(inscription):
    _fermer(inscription.prestation)
    (detail,) = detailler(JourEnfant(inscription.enfant, inscription.famille, JOUR))
    assert "Neige" in detail.ferme
    assert "Prix" not in dict(detail.faits)
