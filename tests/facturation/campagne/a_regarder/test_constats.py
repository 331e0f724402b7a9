"""What planning knows to be wrong, and what the reckoning met: counted, named, and led to where it is mended."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.urls import resolve, reverse

from facturation.campagne.a_regarder.anomalie import Anomalie
from facturation.campagne.apercu import apercevoir
from facturation.models import CampagneDeFacturation
from planning.models import Fermeture, Inscription, Prestation, Structure
from planning.regles.etats import Etat, Presence
from tests.facturation import fabriques
from tests.facturation.ville import LE, NOVEMBRE, OCTOBRE, RENTREE, TOUS, Ville, emettre, foyer, inscrire, reserver

AU = date(2026, 12, 2)


def anomalies(ville: Ville, periode: tuple[date, date] = OCTOBRE) -> dict[str, Anomalie]:
    """By the beginning of its title."""
    campagne, _ = CampagneDeFacturation.objects.get_or_create(regie=ville.regie, du=periode[0], au=periode[1])
    return {une.titre.split("\u00a0:")[0]: une for une in apercevoir(campagne, au=AU).anomalies}


@pytest.fixture
def ailleurs(ville) -> Prestation:
    """Of another régie."""
    cirque = Structure.objects.create(nom="École du cirque")
    fabriques.mettre_en_regie(fabriques.RegieFactory(code="CQ", numcli="012346"), cirque)
    return Prestation.objects.create(
        nom="Cirque", structure=cirque, heure_debut="17:00", heure_fin="18:00", jours_scolaires=TOUS
    )


def test_une_presence_un_jour_ferme_est_incoherente_si_c_est_de_cette_regie(ville, ailleurs):
    famille, enfant = foyer()
    reserver(inscrire(famille, enfant, ville.cantine), [5])
    reserver(inscrire(famille, enfant, ailleurs), [5])
    Fermeture.objects.create(du="2026-10-05", au="2026-10-05", motif="Grève")
    incoherentes = anomalies(ville)["Journées incohérentes"]
    assert (incoherentes.nombre, incoherentes.autres) == (1, 0)
    assert incoherentes.textes == ["Zoé PETIT, Restauration scolaire, 05/10/2026"]
    assert resolve(incoherentes.exemples[0].lien).view_name == "admin:planning_reservation_change"


def test_un_enfant_present_sans_inscription_se_dit_si_c_est_de_cette_regie(ville, ailleurs):
    famille, enfant = foyer()
    for prestation in (ville.cantine, ailleurs):
        Inscription.objects.create(
            famille=famille, enfant=enfant, prestation=prestation, du=RENTREE, jours=0, a_regulariser=True
        )
    presents = anomalies(ville)["Enfants présents sans inscription"]
    assert presents.nombre == 1
    assert resolve(presents.exemples[0].lien).view_name == "admin:planning_inscription_change"


def test_au_dela_de_vingt_les_familles_sont_comptees_sans_etre_nommees(ville):
    for rang in range(22):
        reserver(inscrire(*foyer(f"Enfant {rang}", qf=None), ville.cantine), [1])
    sans_qf = anomalies(ville)["QF inconnu"]
    assert (sans_qf.nombre, len(sans_qf.exemples), sans_qf.autres) == (22, 20, 2)


def test_chaque_chose_a_la_page_ou_elle_se_corrige(ville):
    """A quotient is added to that very famille; who bills twice and who waits are found by its number; else, it is
    its own page."""
    famille, enfant = foyer(qf=None, commune="")
    cantine = inscrire(famille, enfant, ville.cantine)
    reserver(cantine, [1, 2], etat=Etat.DEMANDEE, presence=Presence.NON_POINTEE)
    reserver(cantine, [5])
    lues = anomalies(ville)
    ses_liens = {titre: (une.lien, une.exemples[0].lien) for titre, une in lues.items()}
    familles = reverse("admin:famille_famille_changelist")
    demandes = reverse("admin:demandes_demande_changelist")
    assert ses_liens == {
        "Demandes à décider": (demandes, f"{demandes}?q={famille.numero}"),
        "QF inconnu": (familles, f"{reverse('admin:famille_quotientfamilial_add')}?famille={famille.pk}"),
        "Commune inconnue": (familles, reverse("admin:famille_famille_change", args=[famille.pk])),
    }
    assert {une.nombre for une in lues.values()} == {1}


def test_une_famille_facturee_deja_mene_a_ses_factures(ville):
    famille, enfant = foyer()
    reserver(inscrire(famille, enfant, ville.cantine), [1])
    fabriques.facture(ville.regie, famille, "3.60", *OCTOBRE, le=date(2026, 11, 2))
    deja = anomalies(ville)["Déjà facturées sur cette période"]
    factures = reverse("admin:facturation_facture_changelist")
    assert (deja.lien, deja.exemples[0].lien) == (factures, f"{factures}?q={famille.numero}")


def test_les_jours_sans_prix_et_sans_appel_se_disent_par_prestation_dans_l_ordre(ville):
    """Noted in disorder: by whoever has booked them."""
    ville.cantine.tarifs.all().delete()
    ville.garderie.tarifs.all().delete()
    for prenom, jours in (("Zoé", [7, 6]), ("Ali", [5])):
        famille, enfant = foyer(prenom)
        for prestation in (ville.garderie, ville.cantine):
            reserver(inscrire(famille, enfant, prestation), jours, presence=Presence.NON_POINTEE)
    lues = anomalies(ville)
    manquants, appels = lues["Tarif manquant"], lues["Appel non fait"]
    assert manquants.nombre == appels.nombre == 6
    attendus = [f"{nom}\u00a0: 05, 06, 07/10/2026" for nom in ("Restauration scolaire", "Garderie matin")]
    assert sorted(manquants.textes) == sorted(appels.textes) == sorted(attendus)
    assert manquants.exemples[0].lien == f"{reverse('admin:facturation_tarif_add')}?prestation={ville.cantine.pk}"
    assert appels.lien == f"{reverse('admin:planning_prestation_appels')}?jour=2026-10-05"
    assert appels.exemples[0].lien == reverse("admin:planning_prestation_appel", args=[ville.cantine.pk, 2026, 10, 5])
    # Said once: not again as a prestation without a price.
    assert "Prestations sans tarif sur cette période" not in lues


def test_ce_qui_reste_a_rendre_nomme_vingt_familles_avec_leurs_factures(ville):
    foyers = [foyer(f"Enfant {rang}") for rang in range(21)]
    inscriptions = [inscrire(*un, ville.cantine) for un in foyers]
    for inscription in inscriptions:
        reserver(inscription, [1])
    with time_machine.travel(LE, tick=False):
        campagne = emettre(ville.campagne())
    for facture in campagne.factures.all():
        facture.etablir_avoir(Decimal("3.60"), motif="Geste", le=date(2026, 11, 5), par=None)
    for inscription in inscriptions:
        inscription.reservations.update(etat=Etat.ABSENT_EXCUSE, presence="")
    reste = anomalies(ville, NOVEMBRE)["Reste à rendre"]
    assert (reste.nombre, reste.autres) == (21, 1)
    famille = foyers[0][0]
    assert reste.exemples[0].texte == f"{famille}\u00a0: 3,60\u00a0€"
    assert reste.exemples[0].lien == f"{reverse('admin:facturation_facture_changelist')}?q={famille.numero}"


def test_une_correction_que_le_mois_absorbe_ne_reste_pas_a_rendre(suite):
    suite.cantine.reservations.filter(jour=date(2026, 10, 1)).update(etat=Etat.ABSENT_EXCUSE, presence="")
    reserver(suite.cantine, [3, 4], mois=11)
    assert anomalies(suite.ville, NOVEMBRE) == {}
