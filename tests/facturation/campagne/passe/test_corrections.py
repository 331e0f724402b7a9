"""A month that is already billed and changes: the month after adds or takes back the difference."""

from datetime import date
from decimal import Decimal

import time_machine

from facturation.compte.solde import solde
from facturation.models import Avoir, Reglement
from planning.models import Inscription
from planning.regles.etats import Etat
from tests.facturation.ville import (
    NOVEMBRE,
    OCTOBRE,
    emettre,
    lignes,
    reserver,
)


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
    # One paper: what November costs is on it, and no invoice says the contrary.
    assert (avoir.facture, avoir.montant) == (suite.octobre, Decimal("3.60"))
    assert lignes(avoir) == [
        ("Restauration scolaire", "1.00", "3.60"),
        ("Régularisation\u00a0: Restauration scolaire", "-2.00", "-7.20"),
    ]
    assert not suite.famille.factures.filter(du=NOVEMBRE[0]).exists()
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


def test_un_trou_dans_les_tarifs_ne_rend_pas_ce_qui_etait_facture(suite):
    suite.ville.cantine.tarifs.update(du=NOVEMBRE[0])
    reserver(suite.cantine, [3], mois=11)
    suite.facturer_novembre()
    assert not Avoir.objects.exists()
    assert lignes(suite.novembre) == [("Restauration scolaire", "1.00", "3.60")]
