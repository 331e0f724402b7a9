"""What a past day is reckoned again with: where the famille lived then, which invoice can give it back."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine

from facturation.campagne import decompte
from facturation.campagne.creance import Creance
from facturation.campagne.decompte import Decompte
from facturation.models import Avoir, CampagneDeFacturation
from famille.models import Responsable
from planning.regles.etats import Etat
from tests.fabriques import ResponsableFactory
from tests.facturation import fabriques
from tests.facturation.ville import (
    DECEMBRE,
    EN_DECEMBRE,
    LE,
    NOVEMBRE,
    emettre,
    foyer,
    inscrire,
    reserver,
)

EN_JANVIER = "2027-01-04 09:00+01:00"
LE_5, LE_2_DECEMBRE = date(2026, 11, 5), date(2026, 12, 2)


def creances(campagne: CampagneDeFacturation) -> dict[int, Creance]:
    lots = Decompte(campagne, au=LE_2_DECEMBRE).lots(apres=0)
    return {creance.famille: creance for lot in lots for creance in lot}


def prix_des_corrections(campagne: CampagneDeFacturation) -> list[tuple[date, Decimal]]:
    papiers = [*campagne.factures.all(), *campagne.avoirs.all()]
    reprises = [ligne for papier in papiers for ligne in papier.lignes.filter(est_regularisation=True)]
    return sorted((jour, ligne.prix_unitaire) for ligne in reprises for jour in ligne.jours)


def facturer(ville, periode: tuple[date, date], quand: str) -> CampagneDeFacturation:
    with time_machine.travel(quand, tick=False):
        return emettre(ville.campagne(periode))


@pytest.mark.usefixtures("sans_regles_gardees")
def test_du_premier_au_dernier_jour_du_mois_une_facture_se_souvient_de_la_commune(suite):
    suite.cantine.reservations.filter(jour=date(2026, 10, 1)).update(presence="absent")
    reserver(suite.cantine, [31])
    Responsable.objects.update(ville="Toulouse")
    campagne = facturer(suite.ville, NOVEMBRE, EN_DECEMBRE)
    assert set(prix_des_corrections(campagne)) == {
        (date(2026, 10, 1), Decimal("3.60")),
        (date(2026, 10, 31), Decimal("3.60")),
    }


@pytest.mark.usefixtures("sans_regles_gardees")
def test_chaque_mois_se_recompte_la_ou_l_on_habitait_ce_mois_la(suite):
    """In town in October, out of it in November; a meal is added to each of them in December."""
    Responsable.objects.update(ville="Toulouse")
    reserver(suite.cantine, [3], mois=11)
    facturer(suite.ville, NOVEMBRE, EN_DECEMBRE)
    Responsable.objects.update(ville="Saint-Jean")
    reserver(suite.cantine, [8])
    reserver(suite.cantine, [9], mois=11)
    assert prix_des_corrections(facturer(suite.ville, DECEMBRE, EN_JANVIER)) == [
        (date(2026, 10, 8), Decimal("3.60")),
        (date(2026, 11, 9), Decimal("8.00")),
    ]


@pytest.mark.usefixtures("sans_regles_gardees")
def test_d_un_mois_rendu_l_avoir_se_souvient_de_la_commune(suite):
    """November gave back more than it billed: it has no invoice. A meal of that month is added after they move."""
    suite.cantine.reservations.update(etat=Etat.ABSENT_EXCUSE, presence="")
    facturer(suite.ville, NOVEMBRE, EN_DECEMBRE)
    assert Avoir.objects.get().resident
    Responsable.objects.update(ville="Toulouse")
    reserver(suite.cantine, [3], mois=11)
    assert prix_des_corrections(facturer(suite.ville, DECEMBRE, EN_JANVIER)) == [(date(2026, 11, 3), Decimal("3.60"))]


def test_la_commune_est_celle_du_titulaire_d_ou_que_soit_son_conjoint(ville):
    famille, enfant = foyer()
    ResponsableFactory(famille=famille, role=Responsable.Role.CONJOINT, ville="Toulouse")
    reserver(inscrire(famille, enfant, ville.cantine), [1])
    facturer(ville, (date(2026, 10, 1), date(2026, 10, 31)), LE)
    assert famille.factures.get().montant == Decimal("3.60")


@pytest.mark.parametrize("taille", [1, 500])
def test_des_familles_de_lots_differents_retrouvent_chacune_leurs_papiers(suite, monkeypatch, taille):
    """Two familles that an avoir paid back in November, and one that an invoice billed."""
    monkeypatch.setattr(decompte, "LOT", taille)
    autres = []
    for prenom in ("Ali", "Nina"):
        famille, enfant = foyer(prenom)
        autres.append(inscrire(famille, enfant, suite.ville.cantine))
        reserver(autres[-1], [3, 4], mois=11)
    facturer(suite.ville, NOVEMBRE, EN_DECEMBRE)
    for inscription in (suite.cantine, *autres):
        inscription.reservations.all().delete()
    facturer(suite.ville, DECEMBRE, EN_JANVIER)
    reserver(suite.cantine, [1], mois=12)
    with time_machine.travel("2027-02-02 09:00+01:00", tick=False):
        emettre(suite.ville.campagne((date(2027, 1, 1), date(2027, 1, 31))))
    assert [avoir.montant for avoir in Avoir.objects.order_by("montant")] == [
        Decimal("7.20"),
        Decimal("7.20"),
        Decimal("10.80"),
    ]
    assert suite.famille.factures.get(du=date(2027, 1, 1)).montant == Decimal("3.60")


def test_la_facture_d_une_autre_regie_ne_rend_rien_de_celle_ci(suite):
    """Nothing is left on October's: what is due stays due."""
    voisine = fabriques.RegieFactory(code="CQ", numcli="012346")
    fabriques.facture(voisine, suite.famille, "200.00", date(2026, 10, 1), date(2026, 10, 31), le=date(2026, 11, 2))
    octobre = suite.famille.factures.get(regie=suite.ville.regie)
    octobre.etablir_avoir(Decimal("10.80"), motif="Geste", le=LE_5, par=None)
    suite.cantine.reservations.update(etat=Etat.ABSENT_EXCUSE, presence="")
    assert not facturer(suite.ville, NOVEMBRE, EN_DECEMBRE).avoirs.exists()


def test_quelques_centimes_qu_une_facture_peut_encore_rendre_se_rendent(ville):
    """A meal at 0,40 €."""
    ville.cantine.tarifs.get().tranches.update(resident="0.40")
    cantine = inscrire(*foyer(), ville.cantine)
    reserver(cantine, [1, 2])
    octobre = facturer(ville, (date(2026, 10, 1), date(2026, 10, 31)), LE).factures.get()
    octobre.etablir_avoir(Decimal("0.40"), motif="Geste", le=LE_5, par=None)
    cantine.reservations.filter(jour=date(2026, 10, 1)).update(etat=Etat.ABSENT_EXCUSE, presence="")
    facturer(ville, NOVEMBRE, EN_DECEMBRE)
    assert Avoir.objects.get(campagne__isnull=False).montant == Decimal("0.40")


def test_une_famille_facturee_deja_sur_la_periode_l_est_par_cette_regie_et_sur_ces_jours(suite):
    """An invoice of another régie, or of the days before or after, is not one of this period."""
    voisine = fabriques.RegieFactory(code="CQ", numcli="012346")
    ailleurs, enfant = foyer("Ali")
    reserver(inscrire(ailleurs, enfant, suite.ville.cantine), [3], mois=11)
    fabriques.facture(voisine, ailleurs, "20.00", *NOVEMBRE, le=LE_2_DECEMBRE)
    reserver(suite.cantine, [3], mois=11)
    fabriques.facture(suite.ville.regie, suite.famille, "20.00", *DECEMBRE, le=LE_2_DECEMBRE)
    deja, autre = foyer("Nina")
    reserver(inscrire(deja, autre, suite.ville.cantine), [3], mois=11)
    fabriques.facture(suite.ville.regie, deja, "20.00", date(2026, 11, 30), date(2026, 12, 15), le=LE_2_DECEMBRE)
    lues = creances(suite.ville.campagne(NOVEMBRE))
    assert [lues[f.pk].deja_facturee for f in (suite.famille, ailleurs, deja)] == [False, False, True]


def test_une_famille_deja_facturee_sur_la_periode_ne_l_est_pas_deux_fois(suite):
    fabriques.facture(suite.ville.regie, suite.famille, "20.00", *NOVEMBRE, le=LE_2_DECEMBRE)
    reserver(suite.cantine, [3], mois=11)
    with time_machine.travel(EN_DECEMBRE, tick=False):
        campagne = emettre(suite.ville.campagne(NOVEMBRE))
    assert not campagne.factures.exists()
