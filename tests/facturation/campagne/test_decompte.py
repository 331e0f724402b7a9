"""What each famille owes, before any line is written: who is gone through, and what an agent is told of it."""

from datetime import date, time
from decimal import Decimal

import pytest
import time_machine
from django.db import connection

from facturation.campagne.creance import Creance
from facturation.campagne.decompte import Decompte
from facturation.models import Avoir, CampagneDeFacturation
from planning.models import Prestation, Structure
from planning.regles.etats import Etat, Presence
from tests.facturation import fabriques
from tests.facturation.ville import (
    LE,
    NOVEMBRE,
    OCTOBRE,
    emettre,
    foyer,
    inscrire,
    lignes,
    reserver,
)

LE_2_NOVEMBRE = time_machine.travel(LE, tick=False)
AU = date(2026, 12, 2)


def creances(campagne: CampagneDeFacturation, *, au: date = AU) -> dict[int, Creance]:
    return {creance.famille: creance for lot in Decompte(campagne, au=au).lots(apres=0) for creance in lot}


def test_sont_a_parcourir_les_familles_inscrites_a_ce_que_facture_la_regie_chacune_une_fois(ville):
    famille, enfant = foyer()
    inscrire(famille, enfant, ville.cantine)
    inscrire(famille, enfant, ville.garderie)
    cirque = Prestation.objects.create(
        nom="Cirque",
        structure=Structure.objects.create(nom="École du cirque"),
        heure_debut=time(17),
        heure_fin=time(18),
    )
    inscrire(*foyer("Ali"), cirque)
    assert Decompte(ville.campagne(), au=AU).compter_familles() == 1


def test_une_famille_qui_n_a_de_papiers_que_d_une_autre_regie_n_est_pas_parcourue(suite):
    ailleurs, _ = foyer("Ali")
    voisine = fabriques.RegieFactory(code="CQ", numcli="012346")
    due = fabriques.facture(voisine, ailleurs, "20.00", *OCTOBRE, le=date(2026, 11, 2))
    due.etablir_avoir(Decimal("5.00"), motif="Geste", le=date(2026, 11, 3), par=None)
    assert set(creances(suite.ville.campagne(NOVEMBRE))) == {suite.famille.pk}


def test_chaque_famille_deja_facturee_n_est_comptee_qu_une_fois_avec_tous_ses_jours(ville):
    """Those who had been billed are merged with those who have days, famille by famille."""
    foyers = [foyer(f"Enfant {rang}") for rang in range(12)]
    inscriptions = [inscrire(*un, ville.cantine) for un in foyers]
    for inscription in inscriptions:
        reserver(inscription, [1])
    with LE_2_NOVEMBRE:
        emettre(ville.campagne())
    for inscription in inscriptions:
        reserver(inscription, [3], mois=11)
    with connection.cursor() as curseur:
        # Whatever the way that PostgreSQL chooses.
        curseur.execute("SET LOCAL enable_sort = off")
    lues = creances(ville.campagne(NOVEMBRE))
    assert list(lues) == sorted(famille.pk for famille, _ in foyers)
    assert {len(creance.articles) for creance in lues.values()} == {1}
    assert not any(creance.regularisations for creance in lues.values())


def test_un_jour_sans_prix_ne_facture_pas_deux_fois_celui_d_avant(ville):
    famille, enfant = foyer()
    cantine = inscrire(famille, enfant, ville.cantine)
    reserver(cantine, [1, 20])
    ville.cantine.tarifs.update(au=date(2026, 10, 15))
    creance = creances(ville.campagne())[famille.pk]
    assert [article.jour for article in creance.articles] == [date(2026, 10, 1)]
    assert creance.sans_prix == {(ville.cantine.pk, date(2026, 10, 20))}


def test_le_premier_jour_sans_prix_n_empeche_pas_de_facturer_les_autres(ville):
    famille, enfant = foyer()
    reserver(inscrire(famille, enfant, ville.cantine), [1, 20])
    ville.cantine.tarifs.update(du=date(2026, 10, 15))
    assert [article.jour for article in creances(ville.campagne())[famille.pk].articles] == [date(2026, 10, 20)]


@pytest.mark.usefixtures("sans_regles_gardees")
def test_un_jour_passe_dont_personne_ne_sait_plus_le_prix_garde_ce_qui_fut_facture(suite):
    """October was billed before campaigns kept their rules, and its price is gone since."""
    suite.ville.cantine.tarifs.update(du=NOVEMBRE[0])
    reserver(suite.cantine, [3], mois=11)
    suite.facturer_novembre()
    assert not Avoir.objects.exists()
    assert lignes(suite.novembre) == [("Restauration scolaire", "1.00", "3.60")]


def test_le_qf_inconnu_d_un_mois_deja_facture_n_est_plus_a_dire(ville):
    famille, enfant = foyer(qf=None)
    cantine = inscrire(famille, enfant, ville.cantine)
    reserver(cantine, [1])
    with LE_2_NOVEMBRE:
        emettre(ville.campagne())
    famille.quotients.create(valeur=612, date_effet=NOVEMBRE[0])
    reserver(cantine, [3], mois=11)
    assert not creances(ville.campagne(NOVEMBRE))[famille.pk].sans_qf


def test_un_appel_ne_manque_que_pour_un_enfant_attendu_un_jour_passe(ville):
    """On the 8th: the 7th is to be called, the 8th is not over, nobody was expected on the 6th."""
    famille, enfant = foyer()
    cantine = inscrire(famille, enfant, ville.cantine)
    reserver(cantine, [5])
    reserver(cantine, [6], etat=Etat.ABSENT_EXCUSE, presence=Presence.NON_POINTEE)
    reserver(cantine, [7, 8, 9], presence=Presence.NON_POINTEE)
    creance = creances(ville.campagne(), au=date(2026, 10, 8))[famille.pk]
    assert creance.non_pointees == {(ville.cantine.pk, date(2026, 10, 7))}


def test_une_demande_en_attente_se_dit_selon_que_l_enfant_est_venu_ou_non(ville):
    """One famille's child came, the other's did not."""
    venus, enfant = foyer()
    reserver(inscrire(venus, enfant, ville.cantine), [1], etat=Etat.DEMANDEE)
    attendus, autre = foyer("Ali")
    reserver(inscrire(attendus, autre, ville.cantine), [1], etat=Etat.DEMANDEE, presence=Presence.NON_POINTEE)
    lues = creances(ville.campagne())
    assert [(bool(lues[f.pk].en_suspens), bool(lues[f.pk].venus_en_suspens)) for f in (venus, attendus)] == [
        (False, True),
        (True, False),
    ]


def test_une_famille_dont_aucune_facture_ne_peut_plus_rien_rendre_garde_sa_correction_en_reste(suite):
    suite.octobre.etablir_avoir(Decimal("10.80"), motif="Geste", le=date(2026, 11, 5), par=None)
    suite.cantine.reservations.update(etat=Etat.ABSENT_EXCUSE, presence="")
    rendu = creances(suite.ville.campagne(NOVEMBRE))[suite.famille.pk].rendu
    assert (rendu.parts, rendu.montant_en_reste) == ((), Decimal("10.80"))


def test_une_famille_sans_titulaire_est_facturee_au_prix_de_la_commune(ville):
    famille, enfant = foyer()
    reserver(inscrire(famille, enfant, ville.cantine), [1])
    famille.responsables.all().delete()
    creance = creances(ville.campagne())[famille.pk]
    assert (creance.resident, creance.sans_payeur, creance.articles[0].prix) == (True, True, Decimal("3.60"))


def test_qui_reprend_apres_une_famille_ne_compte_que_les_suivantes(bourg):
    familles = sorted(creances(bourg.campagne()))
    reprise = Decompte(CampagneDeFacturation.objects.get(), au=AU)
    assert [creance.famille for lot in reprise.lots(apres=familles[1]) for creance in lot] == familles[2:]
