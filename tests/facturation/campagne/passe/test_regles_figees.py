"""A billed day keeps its price, its opening and its length, unless something changed about that day."""

from datetime import date, time
from decimal import Decimal

import pytest
import time_machine

from facturation.campagne import decompte
from facturation.campagne.apercu import apercevoir
from facturation.campagne.emission import Emission
from facturation.compte.solde import solde
from facturation.models import Avoir, CampagneDeFacturation, Facture, StructureEnRegie
from famille.models import Responsable
from planning.models import Fermeture, Prestation, Vacances
from planning.regles.etats import Etat, Presence
from planning.regles.jours import Jours
from tests.facturation.fabriques import RegieFactory
from tests.facturation.ville import (
    EN_DECEMBRE,
    NOVEMBRE,
    OCTOBRE,
    TOUS,
    emettre,
    foyer,
    inscrire,
    lignes,
    reserver,
)


@pytest.fixture
def regulier(ville):
    """Every Monday and Tuesday at the garderie, by the pattern; October is billed: 8 hours."""
    famille, enfant = foyer("Ali")
    inscription = inscrire(famille, enfant, ville.garderie, Jours.LUNDI | Jours.MARDI)
    with time_machine.travel("2026-11-02 09:00+01:00", tick=False):
        emettre(ville.campagne())
    return inscription


def en_novembre(ville) -> CampagneDeFacturation:
    """November issued; the preview said the same amounts."""
    with time_machine.travel(EN_DECEMBRE, tick=False):
        campagne = ville.campagne(NOVEMBRE)
        apercu = apercevoir(campagne, au=date(2026, 12, 2))
        emettre(campagne)
    assert apercu.montant == sum(facture.montant for facture in campagne.factures.all())
    assert apercu.rendu == sum(avoir.montant for avoir in campagne.avoirs.all())
    return campagne


def corrections(campagne: CampagneDeFacturation) -> list:
    papiers = [*campagne.factures.all(), *campagne.avoirs.all()]
    return [ligne for papier in papiers for ligne in papier.lignes.all() if ligne.est_regularisation]


def heures_deplacees(ville):
    Prestation.objects.filter(pk=ville.garderie.pk).update(heure_debut=time(7))


def jour_decoche(ville):
    Prestation.objects.filter(pk=ville.garderie.pk).update(jours_scolaires=Jours.MARDI)


def jour_coche(ville):
    Prestation.objects.update(jours_scolaires=TOUS)


def prix_ecrase(ville):
    ville.garderie.tarifs.get().tranches.update(resident="9.00")


def unite_changee(ville):
    ville.garderie.tarifs.update(unite="journee")


def prestation_inactive(ville):
    Prestation.objects.filter(pk=ville.garderie.pk).update(inactive_depuis=date(2026, 10, 1))


def structure_inactive(ville):
    structure = ville.garderie.structure
    structure.inactive_depuis = date(2026, 10, 1)
    structure.save()


def demenagement(ville):
    Responsable.objects.update(ville="Toulouse")


@pytest.mark.parametrize(
    "regle",
    [
        heures_deplacees,
        jour_decoche,
        jour_coche,
        prix_ecrase,
        unite_changee,
        prestation_inactive,
        structure_inactive,
        demenagement,
    ],
)
def test_une_regle_changee_ne_change_rien_de_ce_qui_est_facture(ville, regulier, regle):
    regle(ville)
    assert corrections(en_novembre(ville)) == []


def test_un_jour_qui_change_se_recompte_aux_regles_de_son_mois(ville, regulier):
    """Excused on Monday 5: its hour at 2,00 € is given back, whatever the garderie costs and opens since."""
    heures_deplacees(ville)
    prix_ecrase(ville)
    regulier.reservations.create(jour=date(2026, 10, 5), etat=Etat.ABSENT_EXCUSE)
    (rendue,) = corrections(en_novembre(ville))
    assert (rendue.jours, rendue.montant, rendue.minutes) == ([date(2026, 10, 5)], Decimal("-2.00"), [-60])


def test_un_qf_retroactif_se_recompte_au_tarif_de_son_mois(suite):
    suite.ville.cantine.tarifs.get().tranches.update(resident="20.00")
    suite.famille.quotients.update(valeur=900)
    campagne = en_novembre(suite.ville)
    assert sorted((ligne.prix_unitaire, ligne.montant) for ligne in corrections(campagne)) == [
        (Decimal("3.60"), Decimal("-10.80")),
        (Decimal("5.10"), Decimal("15.30")),
    ]


def test_une_heure_de_depart_corrigee_se_recompte(ville):
    famille, enfant = foyer("Ali")
    garderie = inscrire(famille, enfant, ville.garderie)
    reserver(garderie, [1], arrivee=time(7, 30), depart=time(8, 30))
    with time_machine.travel("2026-11-02 09:00+01:00", tick=False):
        emettre(ville.campagne())
    garderie.reservations.update(depart=time(8))
    assert [(ligne.minutes, ligne.montant) for ligne in corrections(en_novembre(ville))] == [([-30], Decimal("-1.00"))]


def test_une_fermeture_effacee_apres_coup_ne_facture_que_les_enfants_appeles(ville):
    """Closed on 5 and 6 October when the month was billed: whoever was not called was not there."""
    fermeture = Fermeture.objects.create(du=date(2026, 10, 5), au=date(2026, 10, 6), motif="Travaux")
    famille, enfant = foyer("Ali")
    garderie = inscrire(famille, enfant, ville.garderie, Jours.LUNDI | Jours.MARDI)
    with time_machine.travel("2026-11-02 09:00+01:00", tick=False):
        emettre(ville.campagne())
    fermeture.delete()
    garderie.reservations.create(jour=date(2026, 10, 6), presence=Presence.PRESENT)
    assert [ligne.jours for ligne in corrections(en_novembre(ville))] == [[date(2026, 10, 6)]]


def test_une_fermeture_declaree_apres_coup_rend_ses_jours(ville, regulier):
    Fermeture.objects.create(du=date(2026, 10, 5), au=date(2026, 10, 6), motif="Grève")
    (rendue,) = corrections(en_novembre(ville))
    assert rendue.jours == [date(2026, 10, 5), date(2026, 10, 6)]
    assert rendue.montant == Decimal("-4.00")


@pytest.mark.parametrize("jours_apres", [201, 240])
def test_une_fermeture_declaree_tres_tard_rend_ses_jours_aussi(ville, regulier, jours_apres):
    """October is read again no more; but the calendar says now that the 5th was closed."""
    Fermeture.objects.create(du=date(2026, 10, 5), au=date(2026, 10, 5), motif="Grève")
    du = date.fromordinal(OCTOBRE[1].toordinal() + jours_apres)
    regulier.reservations.create(jour=date(2026, 10, 6), etat=Etat.ABSENT_EXCUSE)  # too old by itself
    with time_machine.travel("2027-12-02 09:00+01:00", tick=False):
        campagne = ville.campagne((du, du))
        emettre(campagne)
    (rendue,) = corrections(campagne)
    assert (rendue.jours, rendue.montant) == ([date(2026, 10, 5)], Decimal("-2.00"))


def test_des_vacances_rallongees_apres_coup_rendent_leurs_jours(ville, regulier):
    Vacances.objects.create(nom="Toussaint", genre="P", du=date(2026, 10, 26), au=date(2026, 10, 31))
    (rendue,) = corrections(en_novembre(ville))
    assert rendue.jours == [date(2026, 10, 26), date(2026, 10, 27)]


class TestUneStructureChangeDeRegie:
    @pytest.fixture
    def autre(self, ville, regulier):
        """The structure goes to the till CA; October was billed by AL."""
        autre = RegieFactory(code="CA", nom="Cantine")
        StructureEnRegie.objects.update(regie=autre)
        return autre

    def test_l_ancienne_regie_reprend_ses_jours_et_rien_d_autre(self, ville, regulier, autre):
        regulier.reservations.create(jour=date(2026, 10, 5), etat=Etat.ABSENT_EXCUSE)
        campagne = en_novembre(ville)
        assert not campagne.factures.exists()
        assert campagne.avoirs.get().montant == Decimal("2.00")

    def test_la_nouvelle_facture_la_suite_et_jamais_ce_qui_l_etait(self, ville, regulier, autre):
        with time_machine.travel(EN_DECEMBRE, tick=False):
            octobre = CampagneDeFacturation.objects.create(regie=autre, du=OCTOBRE[0], au=OCTOBRE[1])
            novembre = CampagneDeFacturation.objects.create(regie=autre, du=NOVEMBRE[0], au=NOVEMBRE[1])
            assert apercevoir(octobre, au=date(2026, 12, 2)).montant == 0
            emettre(octobre)
            emettre(novembre)
        assert not octobre.factures.exists()
        assert [lignes(facture) for facture in novembre.factures.all()] == [[("Garderie matin", "9.00", "18.00")]]
        assert solde(regulier.famille) == Decimal("34.00")


def test_un_enfant_venu_dont_la_demande_attend_est_facture_et_l_apercu_le_dit(ville):
    famille, enfant = foyer()
    cantine = inscrire(famille, enfant, ville.cantine)
    reserver(cantine, [1], etat=Etat.DEMANDEE)
    reserver(cantine, [2], etat=Etat.DEMANDEE, presence=Presence.NON_POINTEE)
    with time_machine.travel("2026-11-02 09:00+01:00", tick=False):
        campagne = ville.campagne()
        apercu = apercevoir(campagne, au=date(2026, 11, 2))
        emettre(campagne)
    titres = [anomalie.titre for anomalie in apercu.anomalies]
    assert titres == [
        "Demandes à décider\u00a0: ces jours ne sont pas facturés",
        "Demandes à décider, enfant venu\u00a0: ces jours sont facturés",
    ]
    assert apercu.montant == Facture.objects.get().montant == Decimal("5.40")


def test_une_emission_interrompue_reprend_avec_les_regles_de_son_debut(bourg, monkeypatch):
    monkeypatch.setattr(decompte, "LOT", 2)
    campagne = bourg.campagne()
    with time_machine.travel("2026-11-02 09:00+01:00", tick=False):

        def s_arreter(faites, total):
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            Emission(campagne, le=date(2026, 11, 2), par=None).emettre(s_arreter)
        bourg.cantine.tarifs.get().tranches.update(resident="50.00")
        emettre(CampagneDeFacturation.objects.get())
    assert {ligne.prix_unitaire for facture in Facture.objects.all() for ligne in facture.lignes.all()} == {
        Decimal("2.00"),
        Decimal("3.60"),
        Decimal("5.10"),
    }
    assert not Avoir.objects.exists()


def test_un_jour_ajoute_a_un_mois_sans_facture_coute_ce_qu_il_coutait_la_ou_l_on_habitait(ville):
    """No meal in October, hence no invoice; they move in November, then a meal of October is called."""
    famille, enfant = foyer()
    cantine = inscrire(famille, enfant, ville.cantine)
    with time_machine.travel("2026-11-02 09:00+01:00", tick=False):
        emettre(ville.campagne())
    demenagement(ville)
    reserver(cantine, [1])
    assert [ligne.prix_unitaire for ligne in corrections(en_novembre(ville))] == [Decimal("3.60")]
