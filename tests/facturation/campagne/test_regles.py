"""The rules that a campaign bills by: those of today as it is issued, then what it has kept of them, as they were."""

import json
from datetime import date

import pytest
import time_machine

from facturation.campagne.decompte import Decompte
from facturation.campagne.regles import ReglesDeCampagne
from facturation.models import CampagneDeFacturation
from famille.models import Responsable
from planning.models import Fermeture, JourFerie, Prestation, Structure, Vacances, lire_calendrier
from planning.regles.jours import Jours, jours_entre
from tests.fabriques import ResponsableFactory
from tests.facturation import fabriques
from tests.facturation.ville import EN_DECEMBRE, LE, NOVEMBRE, OCTOBRE, emettre, foyer, inscrire, lignes, reserver

LE_5 = date(2026, 10, 5)


def regles_de(campagne: CampagneDeFacturation) -> ReglesDeCampagne:
    return ReglesDeCampagne.de(campagne, lire_calendrier(campagne.du, campagne.au))


def test_ce_qu_une_campagne_garde_est_ce_qu_etaient_les_regles(ville):
    """With a price that ends, a prestation that stops, a child from elsewhere, holidays and closures."""
    ville.garderie.tarifs.update(au=date(2026, 12, 31), absence_pourcent=50)
    Prestation.objects.filter(pk=ville.garderie.pk).update(
        inactive_depuis=date(2026, 10, 20), jours_petites_vacances=Jours.LUNDI, jours_grandes_vacances=Jours.MARDI
    )
    Vacances.objects.create(nom="Toussaint", genre="P", du="2026-10-19", au="2026-10-31")
    Fermeture.objects.create(du="2026-10-12", au="2026-10-13", motif="Pont")
    JourFerie.objects.create(jour=LE_5, nom="Fête de la ville")
    foyer("Ali", commune="Toulouse")
    campagne = ville.campagne()
    du_jour = regles_de(campagne)
    campagne.regles = json.loads(json.dumps(du_jour.en_json()))
    assert regles_de(campagne) == du_jour
    assert set(du_jour.calendrier.values()) == {"SSSSFSSSSSSXXSSSSSPPPPPPPPPPPPP"}
    assert du_jour.prestations[ville.garderie.pk].ouverture.inactive_depuis == date(2026, 10, 20)


def test_une_prestation_que_sa_regie_ne_facture_pas_n_en_est_pas(ville):
    cirque = Structure.objects.create(nom="École du cirque")
    fabriques.mettre_en_regie(fabriques.RegieFactory(code="CQ", numcli="012346"), cirque)
    Prestation.objects.create(nom="Cirque", structure=cirque, heure_debut="17:00", heure_fin="18:00")
    assert set(regles_de(ville.campagne()).prestations) == {ville.cantine.pk, ville.garderie.pk}


def test_une_famille_est_exterieure_selon_son_seul_titulaire(ville):
    ici, _ = foyer()
    ResponsableFactory(famille=ici, role=Responsable.Role.CONJOINT, ville="Toulouse")
    ailleurs, _ = foyer("Ali", commune="Toulouse")
    inconnue, _ = foyer("Nina", commune="")
    assert regles_de(ville.campagne()).exterieurs == {ailleurs.pk}
    assert inconnue.pk not in regles_de(ville.campagne(NOVEMBRE)).exterieurs


class TestUneStructureVientDUneAutreRegie:
    """It was billed by CQ from 15 September to 15 October."""

    @pytest.fixture
    def voisine(self, ville):
        voisine = fabriques.RegieFactory(code="CQ", numcli="012346")
        ville.cantine.structure.en_regie.delete()
        fabriques.mettre_en_regie(voisine, ville.cantine.structure)
        campagne = CampagneDeFacturation.objects.create(regie=voisine, du=date(2026, 9, 15), au=date(2026, 10, 15))
        with time_machine.travel(LE, tick=False):
            emettre(campagne)
        ville.cantine.structure.en_regie.delete()
        fabriques.mettre_en_regie(ville.regie, ville.cantine.structure)
        return voisine

    def test_ses_jours_factures_la_bas_ne_le_sont_pas_ici(self, ville, voisine):
        regles = regles_de(ville.campagne())
        assert regles.prestations[ville.cantine.pk].ailleurs == set(jours_entre(OCTOBRE[0], date(2026, 10, 15)))
        calendrier = lire_calendrier(*OCTOBRE)
        assert regles.jours(calendrier)[ville.cantine.pk] == list(jours_entre(date(2026, 10, 16), OCTOBRE[1]))

    def test_une_campagne_qui_la_bas_n_est_pas_emise_n_a_rien_facture(self, ville, voisine):
        CampagneDeFacturation.objects.create(regie=voisine, du=NOVEMBRE[0], au=NOVEMBRE[1])
        assert regles_de(ville.campagne(NOVEMBRE)).prestations[ville.cantine.pk].ailleurs == set()

    def test_ce_que_l_une_n_avait_pas_facture_parce_que_l_autre_l_avait_fait_reste_a_l_autre(self, ville, voisine):
        """Here, October was billed from the 16th; back at CQ, only those days are billed elsewhere."""
        with time_machine.travel(LE, tick=False):
            emettre(ville.campagne())
        CampagneDeFacturation.objects.filter(regie=voisine).delete()
        campagne = CampagneDeFacturation.objects.create(regie=voisine, du=OCTOBRE[0], au=OCTOBRE[1])
        ville.cantine.structure.en_regie.delete()
        fabriques.mettre_en_regie(voisine, ville.cantine.structure)
        regles = regles_de(campagne)
        assert regles.prestations[ville.cantine.pk].ailleurs == set(jours_entre(date(2026, 10, 16), OCTOBRE[1]))


def test_un_jour_ferie_efface_apres_coup_ne_facture_que_les_enfants_appeles(ville):
    ferie = JourFerie.objects.create(jour=LE_5, nom="Fête de la ville")
    famille, enfant = foyer()
    inscrire(famille, enfant, ville.cantine, Jours.LUNDI)
    venue, autre = foyer("Ali")
    reserver(inscrire(venue, autre, ville.cantine), [5])
    with time_machine.travel(LE, tick=False):
        emettre(ville.campagne())
    ferie.delete()
    with time_machine.travel(EN_DECEMBRE, tick=False):
        emettre(ville.campagne(NOVEMBRE))
    assert [ligne.est_regularisation for ligne in famille.factures.get(du=NOVEMBRE[0]).lignes.all()] == [False]
    assert lignes(venue.factures.get(du=NOVEMBRE[0])) == [
        ("Régularisation\u00a0: Restauration scolaire", "1.00", "3.60")
    ]


def test_un_tarif_qui_finit_pendant_la_periode_se_garde_avec_sa_fin(ville):
    """Until the 15th at 3,60 €, then at 4,20 €: what is added to October afterwards costs each its own price."""
    ville.cantine.tarifs.update(au=date(2026, 10, 15))
    fabriques.tarif(ville.cantine, (None, "4.20", "8.00"), du=date(2026, 10, 16), unite="repas")
    famille, enfant = foyer()
    cantine = inscrire(famille, enfant, ville.cantine)
    with time_machine.travel(LE, tick=False):
        emettre(ville.campagne())
    reserver(cantine, [15, 16])
    creances = [c for lot in Decompte(ville.campagne(NOVEMBRE), au=date(2026, 12, 2)).lots(apres=0) for c in lot]
    assert [(article.jour.day, str(article.prix)) for article in creances[0].regularisations] == [
        (15, "3.60"),
        (16, "4.20"),
    ]
