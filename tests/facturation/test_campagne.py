"""The campaign: what it bills, said in words; done twice, stopped anywhere, corrected the month after."""

from datetime import date, time
from decimal import Decimal

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone

from facturation.campagne import decompte
from facturation.campagne.apercu import apercevoir
from facturation.campagne.emission import Emission
from facturation.campagne.lot_de_factures import LotDeFactures
from facturation.compte.solde import solde
from facturation.erreurs import EmissionImpossible
from facturation.models import Avoir, CampagneDeFacturation, Compteur, Facture, Ligne, Reglement
from planning.models import Fermeture, Inscription, Reservation
from planning.regles.etats import Etat, Presence

from . import ville as fabrique
from .ville import EN_DECEMBRE, LE, NOVEMBRE, OCTOBRE, TOUS, Ville, batir, foyer, inscrire, photographie, reserver

LE_2_NOVEMBRE = time_machine.travel(LE, tick=False)


@pytest.fixture
def ville(db) -> Ville:
    return batir()


def emettre(campagne: CampagneDeFacturation) -> CampagneDeFacturation:
    campagne = Emission(campagne, le=timezone.localdate(), par=None).emettre()
    connection.check_constraints()
    return campagne


def lignes(facture: Facture) -> list[tuple]:
    return [(ligne.libelle, str(ligne.quantite), str(ligne.montant)) for ligne in facture.lignes.all()]


@LE_2_NOVEMBRE
def test_une_facture_dit_l_enfant_la_prestation_les_jours_et_pourquoi_ce_prix(ville):
    famille, enfant = foyer()
    reserver(inscrire(famille, enfant, ville.cantine), [1, 2, 5])
    emettre(ville.campagne())
    facture = famille.factures.get()
    ligne = facture.lignes.get()
    assert (facture.reference, facture.montant, facture.date) == ("AL-1", Decimal("10.80"), date(2026, 11, 2))
    assert facture.echeance == date(2026, 12, 2)
    assert (ligne.enfant_nom, ligne.libelle, ligne.quantite_dite) == (
        "Zoé PETIT",
        "Restauration scolaire",
        "3\u00a0repas",
    )
    assert ligne.jours == [date(2026, 10, jour) for jour in (1, 2, 5)]
    assert ligne.explication == "Tranche 1, QF 612, tarif du 01/09/2026"


@LE_2_NOVEMBRE
def test_absence_facturee_et_presence_sans_reservation_ont_leur_ligne_et_le_reste_n_en_a_pas(ville):
    famille, enfant = foyer()
    cantine = inscrire(famille, enfant, ville.cantine)
    reserver(cantine, [1])
    reserver(cantine, [2], presence=Presence.ABSENT)
    reserver(cantine, [5], etat=Etat.AUCUN)
    reserver(cantine, [6], etat=Etat.ABSENT_EXCUSE, presence=Presence.NON_POINTEE)
    reserver(cantine, [7], etat=Etat.DEMANDEE, presence=Presence.NON_POINTEE)
    Reservation.objects.create(
        inscription=cantine, jour=date(2026, 10, 8), etat=Etat.REFUSEE, motif="Complet", presence=Presence.NON_POINTEE
    )
    emettre(ville.campagne())
    assert sorted(lignes(famille.factures.get())) == [
        ("Restauration scolaire", "1.00", "3.60"),
        ("Restauration scolaire (absence facturée)", "1.00", "3.60"),
        ("Restauration scolaire (présence sans réservation)", "1.00", "5.40"),
    ]


@LE_2_NOVEMBRE
def test_les_jours_reguliers_se_facturent_sans_que_personne_ne_les_ait_saisis(ville):
    famille, enfant = foyer()
    inscrire(famille, enfant, ville.cantine, jours=TOUS)
    emettre(ville.campagne())
    assert lignes(famille.factures.get()) == [("Restauration scolaire", "31.00", "111.60")]


@LE_2_NOVEMBRE
def test_un_jour_de_fermeture_ne_se_facture_pas(ville):
    famille, enfant = foyer()
    reserver(inscrire(famille, enfant, ville.cantine), [1, 2])
    Fermeture.objects.create(du=date(2026, 10, 2), au=date(2026, 10, 2), motif="Grève")
    emettre(ville.campagne())
    assert famille.factures.get().montant == Decimal("3.60")


@LE_2_NOVEMBRE
def test_les_heures_se_facturent_a_la_demi_heure_commencee(ville):
    famille, enfant = foyer()
    reserver(inscrire(famille, enfant, ville.garderie), [1, 2], arrivee=time(7, 40), depart=time(8, 15))
    emettre(ville.campagne())
    assert lignes(famille.factures.get()) == [("Garderie matin", "2.00", "4.00")]


@pytest.mark.parametrize(
    ("options", "montant", "explication"),
    [
        ({"qf": None}, "5.10", "Tranche 2, QF inconnu, tarif du 01/09/2026"),
        ({"qf": 900}, "5.10", "Tranche 2, QF 900, tarif du 01/09/2026"),
        ({"commune": "Toulouse"}, "8.00", "Tranche 1, QF 612, hors commune, tarif du 01/09/2026"),
        ({"commune": "SAINT - JEAN"}, "3.60", "Tranche 1, QF 612, tarif du 01/09/2026"),
    ],
)
@LE_2_NOVEMBRE
def test_le_qf_et_la_commune_font_le_prix(ville, options, montant, explication):
    famille, enfant = foyer(**options)
    reserver(inscrire(famille, enfant, ville.cantine), [1])
    emettre(ville.campagne())
    ligne = Ligne.objects.get()
    assert (ligne.montant, ligne.explication) == (Decimal(montant), explication)


@LE_2_NOVEMBRE
def test_le_qf_est_celui_du_jour(ville):
    famille, enfant = foyer()
    famille.quotients.create(valeur=900, date_effet=date(2026, 10, 15))
    reserver(inscrire(famille, enfant, ville.cantine), [14, 15])
    emettre(ville.campagne())
    assert lignes(famille.factures.get()) == [
        ("Restauration scolaire", "1.00", "3.60"),
        ("Restauration scolaire", "1.00", "5.10"),
    ]


@LE_2_NOVEMBRE
def test_emettre_deux_fois_ne_change_rien(ville):
    famille, enfant = foyer()
    reserver(inscrire(famille, enfant, ville.cantine), [1])
    campagne = emettre(ville.campagne())
    avant = photographie()
    emettre(campagne)
    emettre(CampagneDeFacturation.objects.get())
    assert photographie() == avant
    assert Compteur.objects.get(genre=Compteur.Genre.FACTURE).dernier == 1


@LE_2_NOVEMBRE
def test_un_mois_en_cours_ne_s_emet_pas(ville):
    with pytest.raises(EmissionImpossible):
        emettre(ville.campagne(NOVEMBRE))
    assert not Facture.objects.exists()


@LE_2_NOVEMBRE
def test_en_garde_alternee_chaque_famille_recoit_ses_jours_a_son_prix(ville):
    pere, enfant = foyer(qf=612)
    mere, _ = foyer(prenom="Autre", qf=900)
    mere.rattachements.create(enfant=enfant)
    reserver(inscrire(pere, enfant, ville.cantine), [1, 2])
    reserver(inscrire(mere, enfant, ville.cantine), [5])
    emettre(ville.campagne())
    assert (pere.factures.get().montant, mere.factures.get().montant) == (Decimal("7.20"), Decimal("5.10"))


@LE_2_NOVEMBRE
def test_une_autre_regie_n_est_pas_facturee(ville):
    ville.cantine.structure.en_regie.delete()
    famille, enfant = foyer()
    reserver(inscrire(famille, enfant, ville.cantine), [1])
    emettre(ville.campagne())
    assert not Facture.objects.exists()


@pytest.fixture
def bourg(ville) -> Ville:
    """Five familles with a little of everything."""
    for rang in range(5):
        famille, enfant = foyer(qf=300 + 200 * rang)
        reserver(inscrire(famille, enfant, ville.cantine), range(1, 4 + rang))
        reserver(inscrire(famille, enfant, ville.garderie), [1, 2], arrivee=time(7, 40), depart=time(8, 15))
    return ville


class Panne(Exception):
    """The machine stops."""


@pytest.fixture
def une_famille_par_lot(monkeypatch):
    monkeypatch.setattr(decompte, "LOT", 1)


@LE_2_NOVEMBRE
@pytest.mark.parametrize("appel", range(1, 6))
@pytest.mark.parametrize(
    ("objet", "methode"),
    [
        (LotDeFactures, "emettre"),
        (Facture.objects, "bulk_create"),
        (Ligne.objects, "bulk_create"),
        (Compteur.objects, "prendre"),
        (CampagneDeFacturation, "save"),
    ],
)
def test_une_panne_n_importe_ou_puis_une_reprise_font_une_seule_emission(
    bourg, une_famille_par_lot, monkeypatch, objet, methode, appel
):
    campagne = bourg.campagne()
    with monkeypatch.context() as panne:
        panne.setattr(objet, methode, _qui_tombe(getattr(objet, methode), appel))
        with pytest.raises(Panne):
            emettre(campagne)
    emettre(CampagneDeFacturation.objects.get())
    factures = photographie()
    assert [facture[0] for facture in factures] == [f"AL-{rang}" for rang in range(1, 6)]
    assert [facture[2] for facture in factures] == [
        Decimal(montant) for montant in ("14.80", "18.40", "22.00", "34.60", "39.70")
    ]


def _qui_tombe(methode, appel: int):
    """Works, until that call: it works once more, and the machine stops."""
    compte = iter(range(1, 100))

    def remplacante(*args, **options):
        resultat = methode(*args, **options)
        if next(compte) == appel:
            raise Panne
        return resultat

    return remplacante


@LE_2_NOVEMBRE
def test_une_campagne_en_plusieurs_lots_est_celle_d_un_seul(bourg, monkeypatch):
    with transaction.atomic():
        emettre(bourg.campagne())
        en_un_lot = photographie()
        transaction.set_rollback(True)
    monkeypatch.setattr(decompte, "LOT", 2)
    emettre(bourg.campagne())
    assert photographie() == en_un_lot


class Suite:
    """October is billed; what changes in it afterwards shows in November."""

    def __init__(self, ville: Ville) -> None:
        self.ville = ville
        self.famille, enfant = foyer()
        self.cantine = inscrire(self.famille, enfant, ville.cantine)
        reserver(self.cantine, [1, 2, 5])
        with time_machine.travel(LE, tick=False):
            emettre(ville.campagne())

    def facturer_novembre(self) -> None:
        with time_machine.travel(EN_DECEMBRE, tick=False):
            emettre(self.ville.campagne(NOVEMBRE))

    @property
    def octobre(self) -> Facture:
        return self.famille.factures.get(du=OCTOBRE[0])

    @property
    def novembre(self) -> Facture:
        return self.famille.factures.get(du=NOVEMBRE[0])


@pytest.fixture
def suite(ville) -> Suite:
    return Suite(ville)


def test_sans_correction_le_mois_suivant_ne_redemande_rien(suite):
    suite.facturer_novembre()
    assert [facture.du for facture in suite.famille.factures.all()] == [OCTOBRE[0]]


def test_un_jour_oublie_s_ajoute_a_la_facture_suivante_en_le_nommant(suite):
    reserver(suite.cantine, [8])
    reserver(suite.cantine, [3], mois=11)
    suite.facturer_novembre()
    ligne = suite.novembre.lignes.get(est_regularisation=True)
    assert lignes(suite.novembre) == [
        ("Restauration scolaire", "1.00", "3.60"),
        ("Régularisation\u00a0: Restauration scolaire", "1.00", "3.60"),
    ]
    assert ligne.jours == [date(2026, 10, 8)]


def test_une_absence_excusee_apres_coup_se_deduit_de_la_facture_suivante(suite):
    suite.cantine.reservations.filter(jour=date(2026, 10, 2)).update(etat=Etat.ABSENT_EXCUSE, presence="")
    reserver(suite.cantine, [3, 4], mois=11)
    suite.facturer_novembre()
    assert lignes(suite.novembre) == [
        ("Restauration scolaire", "2.00", "7.20"),
        ("Régularisation\u00a0: Restauration scolaire", "-1.00", "-3.60"),
    ]
    assert solde(suite.famille) == Decimal("14.40")


def test_ce_que_la_facture_suivante_ne_peut_pas_deduire_devient_un_avoir(suite):
    Reglement.objects.enregistrer(
        suite.famille, suite.ville.regie, Decimal("10.80"), "cheque", le=date(2026, 11, 5), par=None
    )
    suite.cantine.reservations.filter(jour__lte=date(2026, 10, 2)).update(etat=Etat.ABSENT_EXCUSE, presence="")
    reserver(suite.cantine, [3], mois=11)
    suite.facturer_novembre()
    avoir = Avoir.objects.get()
    assert (avoir.facture, avoir.montant) == (suite.octobre, Decimal("7.20"))
    # What had been paid for October pays November.
    assert (suite.novembre.montant, suite.novembre.net_a_payer) == (Decimal("3.60"), Decimal("0.00"))
    assert solde(suite.famille) == Decimal("-3.60")


def test_une_correction_faite_ne_se_refait_pas_le_mois_d_apres(suite):
    suite.cantine.reservations.filter(jour=date(2026, 10, 2)).update(etat=Etat.ABSENT_EXCUSE, presence="")
    reserver(suite.cantine, [3, 4], mois=11)
    suite.facturer_novembre()
    reserver(suite.cantine, [1], mois=12)
    with time_machine.travel("2027-01-04 09:00+01:00", tick=False):
        emettre(suite.ville.campagne((date(2026, 12, 1), date(2026, 12, 31))))
    assert lignes(suite.famille.factures.get(du=date(2026, 12, 1))) == [("Restauration scolaire", "1.00", "3.60")]


def test_une_famille_qui_n_a_plus_aucun_jour_est_remboursee(suite):
    suite.cantine.reservations.all().delete()
    Inscription.objects.all().delete()
    suite.facturer_novembre()
    assert Avoir.objects.get().montant == Decimal("10.80")
    assert solde(suite.famille) == 0


def test_demenager_ne_change_pas_le_prix_des_mois_deja_factures(suite):
    suite.famille.responsables.update(ville="Toulouse")
    reserver(suite.cantine, [3], mois=11)
    suite.facturer_novembre()
    assert lignes(suite.novembre) == [("Restauration scolaire", "1.00", "8.00")]


def test_un_qf_retroactif_se_regularise(suite):
    suite.famille.quotients.update(valeur=900)
    reserver(suite.cantine, [3], mois=11)
    suite.facturer_novembre()
    assert sorted(lignes(suite.novembre)) == [
        ("Restauration scolaire", "1.00", "5.10"),
        ("Régularisation\u00a0: Restauration scolaire", "-3.00", "-10.80"),
        ("Régularisation\u00a0: Restauration scolaire", "3.00", "15.30"),
    ]


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
    assert apercu.anomalies[0].exemples == ["Garderie matin\u00a0: 05/10/2026"]


def test_l_apercu_se_compare_a_la_campagne_d_avant(suite):
    reserver(suite.cantine, [3], mois=11)
    apercu = apercevoir(suite.ville.campagne(NOVEMBRE), au=date(2026, 12, 2))
    assert (apercu.factures_avant, apercu.montant_avant, apercu.ecart) == (1, Decimal("10.80"), Decimal("-7.20"))


def test_un_trou_dans_les_tarifs_ne_rend_pas_ce_qui_etait_facture(suite):
    suite.ville.cantine.tarifs.update(du=NOVEMBRE[0])
    reserver(suite.cantine, [3], mois=11)
    suite.facturer_novembre()
    assert not Avoir.objects.exists()
    assert lignes(suite.novembre) == [("Restauration scolaire", "1.00", "3.60")]
