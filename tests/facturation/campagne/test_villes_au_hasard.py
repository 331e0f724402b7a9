"""Random towns and months: sums hold, whatever is booked, attended, paid, and however often one bills."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from facturation.campagne import decompte
from facturation.campagne.emission import Emission
from facturation.compte.operations_affichees import factures_impayees
from facturation.compte.releve import ReleveDeCompte
from facturation.compte.solde import solde
from facturation.models import Affectation, CampagneDeFacturation, Facture, Reglement
from famille.models import Famille
from planning.models import Reservation
from planning.regles.etats import Etat, Presence
from socle.annee_scolaire import AnneeScolaire
from tests.facturation.outils import restes_recomptes, restes_tenus
from tests.facturation.ville import NOVEMBRE, OCTOBRE, Ville, batir, foyer, inscrire, photographie

LE_2_DECEMBRE = time_machine.travel("2026-12-02 09:00+01:00", tick=False)
AU = date(2026, 12, 2)
# A child, a prestation, a day from 1 October, what is booked, who came.
JOURNEES = st.lists(
    st.tuples(st.integers(0, 2), st.booleans(), st.integers(0, 60), st.sampled_from(Etat), st.sampled_from(Presence)),
    unique_by=lambda journee: journee[:3],
    max_size=8,
)
PAIEMENTS = st.lists(st.tuples(st.integers(0, 2), st.decimals("0.01", "60", places=2)), max_size=4)
CORRECTIONS = st.sets(st.integers(1, 4), max_size=3)
# Each example bills a town or two: what fails is small already, and shrinking it would take minutes.
SANS_REDUCTION = [Phase.explicit, Phase.reuse, Phase.generate]
AU_HASARD = settings(
    max_examples=8, phases=SANS_REDUCTION, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def ville(db) -> Ville:
    return batir()


def peupler(ville: Ville, journees: list[tuple]) -> list[Famille]:
    foyers = [foyer(prenom, qf=qf) for prenom, qf in (("Zoé", 612), ("Ali", 900), ("Nina", None))]
    inscriptions = {
        (rang, cantine): inscrire(*foyers[rang], ville.cantine if cantine else ville.garderie)
        for rang in range(3)
        for cantine in (True, False)
    }
    Reservation.objects.bulk_create(
        Reservation(
            inscription=inscriptions[rang, cantine],
            prestation=inscriptions[rang, cantine].prestation,
            jour=date.fromordinal(OCTOBRE[0].toordinal() + decalage),
            etat=etat,
            presence=presence,
            motif="Complet" if etat == Etat.REFUSEE else "",
        )
        for rang, cantine, decalage, etat, presence in journees
    )
    return [famille for famille, _ in foyers]


def corriger(corrections: set[int]) -> None:
    """Cancel every nth payment and every nth invoice, for each n drawn."""
    for rang, reglement in enumerate(Reglement.objects.order_by("pk"), start=1):
        if rang in corrections:
            reglement.annuler(motif="Erreur", le=AU, par=None)
    for rang, facture in enumerate(Facture.objects.order_by("pk"), start=1):
        if rang in corrections and facture.montant:
            facture.annuler(motif="Erreur", le=AU, par=None)
    connection.check_constraints()


def facturer(ville: Ville, *periodes: tuple[date, date]) -> None:
    for periode in periodes:
        Emission(ville.campagne(periode), le=AU, par=None).emettre()
    connection.check_constraints()


@LE_2_DECEMBRE
@AU_HASARD
@given(journees=JOURNEES, paiements=PAIEMENTS, corrections=CORRECTIONS)
def test_les_lignes_font_la_facture_et_les_operations_le_solde(ville, journees, paiements, corrections):
    with transaction.atomic():
        familles = peupler(ville, journees)
        for rang, montant in paiements:
            Reglement.objects.enregistrer(familles[rang], ville.regie, montant, "cheque", le=AU, par=None)
        facturer(ville, OCTOBRE, NOVEMBRE)
        corriger(corrections)
        assert restes_tenus() == restes_recomptes()
        for facture in Facture.objects.all():
            assert sum(ligne.montant for ligne in facture.lignes.all()) == facture.montant
        for famille in familles:
            releve = ReleveDeCompte(famille, AnneeScolaire(2026), au=AU)
            impayees = factures_impayees(famille, au=AU)
            reste = sum(ligne.facture.reste for ligne in impayees)
            # Said in SQL for the pages, in Django's words for the rest: the same.
            restes = dict(Facture.objects.filter(famille=famille).avec_reste().values_list("pk", "reste"))
            assert {ligne.facture.pk: ligne.facture.reste for ligne in releve.factures} == restes
            assert {ligne.facture.pk: ligne.facture.reste for ligne in impayees} == {
                pk: du for pk, du in restes.items() if du > 0
            }
            siennes = [*famille.factures.all(), *famille.avoirs.all(), *famille.reglements.all()]
            assert sorted(ligne.reference for ligne in releve.operations) == sorted(str(o) for o in siennes)
            credit = sum(r.credit for r in Reglement.objects.filter(famille=famille).en_credit())
            assert solde(famille) == releve.solde == reste - credit
            # A credit never waits beside an invoice that it could pay.
            assert not (reste and credit)
        transaction.set_rollback(True)


@LE_2_DECEMBRE
@AU_HASARD
@given(journees=JOURNEES)
def test_facturer_deux_fois_c_est_facturer_une_fois(ville, journees):
    with transaction.atomic():
        peupler(ville, journees)
        facturer(ville, OCTOBRE)
        une_fois = photographie()
        Emission(CampagneDeFacturation.objects.get(), le=AU, par=None).emettre()
        assert photographie() == une_fois
        transaction.set_rollback(True)


@LE_2_DECEMBRE
@AU_HASARD
@given(journees=JOURNEES, coupure=st.integers(1, 30))
def test_un_mois_en_deux_moities_coute_ce_que_coute_le_mois(ville, journees, coupure):
    totaux = []
    milieu = date(2026, 10, coupure)
    lendemain = date.fromordinal(milieu.toordinal() + 1)
    for periodes in ([OCTOBRE], [(OCTOBRE[0], milieu), (lendemain, OCTOBRE[1])]):
        with transaction.atomic():
            familles = peupler(ville, journees)
            facturer(ville, *periodes)
            totaux.append([solde(famille) for famille in familles])
            transaction.set_rollback(True)
    assert totaux[0] == totaux[1]


@LE_2_DECEMBRE
@AU_HASARD
@given(journees=JOURNEES, apres=JOURNEES)
def test_un_mois_corrige_apres_coup_coute_ce_qu_il_aurait_du(ville, journees, apres):
    """October billed, then changed: November makes up for it, to the centime."""
    totaux = []
    for avant in (journees, apres):
        with transaction.atomic():
            familles = peupler(ville, avant)
            facturer(ville, OCTOBRE)
            Reservation.objects.all().delete()
            _reprendre(familles, apres)
            facturer(ville, NOVEMBRE)
            totaux.append([solde(famille) for famille in familles])
            transaction.set_rollback(True)
    assert totaux[0] == totaux[1]


def _reprendre(familles: list[Famille], journees: list[tuple]) -> None:
    """Write other days on the same inscriptions."""
    Reservation.objects.bulk_create(
        Reservation(
            inscription=inscription,
            prestation=inscription.prestation,
            jour=date.fromordinal(OCTOBRE[0].toordinal() + decalage),
            etat=etat,
            presence=presence,
            motif="Complet" if etat == Etat.REFUSEE else "",
        )
        for rang, cantine, decalage, etat, presence in journees
        for inscription in familles[rang].inscriptions.filter(
            prestation__nom="Restauration scolaire" if cantine else "Garderie matin"
        )
    )


@LE_2_DECEMBRE
@AU_HASARD
@given(journees=JOURNEES, taille=st.integers(1, 3))
def test_la_taille_des_lots_ne_change_rien(ville, journees, taille):
    photos = []
    for lot in (500, taille):
        with transaction.atomic(), pytest.MonkeyPatch.context() as reglage:
            reglage.setattr(decompte, "LOT", lot)
            peupler(ville, journees)
            facturer(ville, OCTOBRE)
            photos.append([facture[0:1] + facture[2:] for facture in photographie()])
            transaction.set_rollback(True)
    assert photos[0] == photos[1]
    assert not Affectation.objects.exists()


def test_le_solde_d_une_famille_sans_operation_est_nul(ville):
    assert solde(foyer()[0]) == Decimal(0)
