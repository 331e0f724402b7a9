"""The preview says what the issue will write, and what to look at first."""

from datetime import date
from decimal import Decimal

import time_machine

from facturation.campagne.apercu import apercevoir
from facturation.campagne.taches import calculer_apercu
from facturation.models import ApercuDeCampagne, Facture
from famille.models import Famille
from planning.regles.etats import Etat, Presence
from tests.facturation import ville as fabrique
from tests.facturation.ville import (
    LE,
    NOVEMBRE,
    emettre,
    foyer,
    inscrire,
    reserver,
)

LE_2_NOVEMBRE = time_machine.travel(LE, tick=False)


@LE_2_NOVEMBRE
def test_l_apercu_annonce_ce_que_l_emission_ecrit(bourg):
    campagne = bourg.campagne()
    apercu = apercevoir(campagne, au=date(2026, 11, 2))
    assert not Facture.objects.exists()
    emettre(campagne)
    montants = Facture.objects.values_list("montant", flat=True)
    assert (apercu.factures, apercu.montant) == (len(montants), sum(montants))
    assert dict(apercu.par_prestation) == {
        "Garderie matin": Decimal("20.00"),
        "Restauration scolaire": Decimal("109.50"),
    }


@LE_2_NOVEMBRE
def test_un_apercu_interrompu_se_recompte_sans_rien_compter_deux_fois(bourg):
    """Its worker was killed after some familles."""
    apercu = ApercuDeCampagne.objects.recommencer(bourg.campagne(), au=date(2026, 11, 2))
    calculer_apercu.call(apercu.pk)
    parts = set(apercu.parts.values_list("famille", "montant"))
    ApercuDeCampagne.objects.update(calcule_le=None)
    calculer_apercu.call(apercu.pk)
    assert set(apercu.parts.values_list("famille", "montant")) == parts
    assert apercu.parts.count() == len(parts) > 1


@LE_2_NOVEMBRE
def test_l_apercu_d_une_emission_interrompue_ne_compte_que_les_familles_qui_restent(bourg):
    campagne = bourg.campagne()
    deuxieme = Famille.objects.order_by("pk")[1]
    campagne.derniere_famille = deuxieme.pk
    montants: dict[int, Decimal] = {}
    apercu = apercevoir(campagne, au=date(2026, 11, 2), recueillir=montants.update)
    assert set(montants) == set(Famille.objects.filter(pk__gt=deuxieme.pk).values_list("pk", flat=True))
    assert apercu.factures == 3


@LE_2_NOVEMBRE
def test_l_apercu_montre_d_abord_ce_qui_ne_va_pas(ville):
    famille, enfant = foyer(qf=None)
    cantine = inscrire(famille, enfant, ville.cantine)
    reserver(cantine, [1], presence=Presence.NON_POINTEE)
    reserver(cantine, [2], etat=Etat.ABSENCE_DEMANDEE, presence=Presence.NON_POINTEE)
    ville.garderie.tarifs.all().delete()
    reserver(inscrire(famille, enfant, ville.garderie), [5])
    orpheline = fabrique.FamilleFactory()
    orpheline.rattachements.create(enfant=enfant)
    reserver(inscrire(orpheline, enfant, ville.cantine), [6])
    apercu = apercevoir(ville.campagne(), au=date(2026, 11, 2))
    assert [(anomalie.titre.split("\u00a0:")[0], anomalie.nombre) for anomalie in apercu.anomalies] == [
        ("Tarif manquant", 1),
        ("Familles sans titulaire", 1),
        ("Appel non fait", 1),
        ("Demandes à décider", 1),
        ("QF inconnu", 2),
        ("Commune inconnue", 1),
    ]
    assert apercu.anomalies[0].textes == ["Garderie matin\u00a0: 05/10/2026"]


def test_l_apercu_se_compare_a_la_campagne_d_avant(suite):
    reserver(suite.cantine, [3], mois=11)
    apercu = apercevoir(suite.ville.campagne(NOVEMBRE), au=date(2026, 12, 2))
    assert (apercu.factures_avant, apercu.montant_avant, apercu.ecart) == (1, Decimal("10.80"), Decimal("-7.20"))
