"""The centre books beyond the deadline or the places: never in silence, and parents never do."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from famille.models import DateDeCertification
from planning import erreurs
from planning.models import Derogation, Inscription
from planning.regles.etats import Etat
from planning.regles.jours import UN_JOUR
from tests.planning.places.outils import AUTRE, MERCREDI, inscrire

pytestmark = pytest.mark.usefixtures("jeudi_2_avril")
HIER = date(2015, 4, 1)


@pytest.fixture
def pleine(mercredi, agent):
    """The day is full; the last of these has no place."""
    *prises, dernier = inscrire(mercredi, 4, agent)
    for inscription in prises:
        inscription.reserver([MERCREDI], par=agent)
    return dernier


def sortes() -> list[tuple[date, str]]:
    return [(une.reservation.jour, une.sorte) for une in Derogation.objects.select_related("reservation")]


def test_un_jour_complet_se_refuse_sans_raison_et_se_prend_avec(pleine, mercredi, agent):
    with pytest.raises(erreurs.Complet):
        pleine.reserver([MERCREDI], par=agent)

    [journee] = pleine.reserver([MERCREDI, AUTRE], par=agent, derogation="Mère hospitalisée")[:1]

    assert mercredi.reservations.occupant_une_place().filter(jour=MERCREDI).count() == 4
    [une] = journee.derogations.all()
    assert (une.sorte, une.motif, une.par, sortes()) == (
        "places",
        "Mère hospitalisée",
        agent,
        [(MERCREDI, "places")],
    )


def test_un_jour_passe_reserve_par_le_centre_dit_pourquoi(pleine, agent):
    pleine.reserver([HIER, AUTRE], par=agent, derogation="Oubli de notre part")
    assert sortes() == [(HIER, "delai")]


def test_un_dossier_a_certifier_demande_une_raison_et_rien_pour_ce_qui_est_rendu(mercredi, agent):
    """The inscription was read before the centre set its date; a day cancelled before it is no new booking."""
    [inscription] = inscrire(mercredi, 1, agent)
    [annulee] = inscription.reserver([MERCREDI], par=agent)
    annulee.annuler(par=agent)
    DateDeCertification.objects.redemander(date(2015, 4, 1), par=agent)
    with pytest.raises(erreurs.DossierIncomplet):
        inscription.reserver([AUTRE], par=agent)
    inscription.reserver([AUTRE], par=agent, derogation="Elle certifie ce soir")
    annulee.retablir(par=agent)
    assert sortes() == [(AUTRE, "dossier")]
    lues = [Inscription.objects.avec_manques(jour).get() for jour in (HIER - UN_JOUR, HIER, None)]
    assert [bool(lue.manques) for lue in lues] == [False, True, True]


def test_un_parent_n_a_pas_de_derogation(mercredi, dupont, agent):
    [inscription] = inscrire(mercredi, 1, agent)
    inscription.famille = dupont.famille
    with pytest.raises(erreurs.ReserveAuCentre):
        inscription.prendre([MERCREDI], Etat.DEMANDEE, par=dupont.compte, derogation="S’il vous plaît")
    assert not Derogation.objects.exists()


def test_elle_reste_quoi_que_devienne_le_jour(pleine, agent):
    [journee] = pleine.reserver([MERCREDI], par=agent, derogation="Mère hospitalisée")
    journee.annuler(par=agent)
    assert [une.motif for une in journee.derogations.all()] == ["Mère hospitalisée"]


def test_sa_raison_est_illisible_dans_la_base_et_ne_peut_manquer(pleine, agent):
    [journee] = pleine.reserver([MERCREDI], par=agent, derogation="Mère hospitalisée")
    with connection.cursor() as curseur:
        curseur.execute("SELECT motif FROM planning_derogation")
        assert "hospitalis" not in curseur.fetchone()[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        Derogation.objects.create(reservation=journee, sorte="places", motif="", par=agent)
