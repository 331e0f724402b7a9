"""The preview as it is reckoned: how far it has come, what each famille would get, and what it is compared with."""

import json
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.core.serializers.json import DjangoJSONEncoder

from facturation.campagne import decompte, taches
from facturation.campagne.a_regarder.anomalie import Anomalie, Exemple
from facturation.campagne.apercu import Apercu, apercevoir
from facturation.models import ApercuDeCampagne, CampagneDeFacturation
from planning.models import Prestation, Structure
from planning.regles.etats import Etat
from tests.facturation import fabriques
from tests.facturation.ville import DECEMBRE, EN_DECEMBRE, LE, NOVEMBRE, TOUS, emettre, foyer, inscrire, reserver

AU = date(2026, 12, 2)


def test_garde_puis_relu_il_est_le_meme():
    apercu = Apercu(
        factures=2,
        montant=Decimal("10.80"),
        avoirs=1,
        rendu=Decimal("3.60"),
        regularisations=4,
        par_prestation=[("Repas", Decimal("10.80"))],
        anomalies=[Anomalie("QF inconnu", 1, [Exemple("PETIT", "/familles/1/")], lien="/familles/")],
        precedente="octobre 2026",
        factures_avant=3,
        montant_avant=Decimal("18.00"),
    )
    assert Apercu.lire(json.loads(json.dumps(apercu.en_json(), cls=DjangoJSONEncoder))) == apercu
    assert apercu.ecart == Decimal("-7.20")


def test_il_part_de_rien(ville):
    apercu = apercevoir(ville.campagne(), au=AU)
    assert apercu == Apercu()
    assert (apercu.factures, apercu.avoirs, apercu.regularisations, apercu.factures_avant) == (0, 0, 0, 0)


def test_l_avancement_se_dit_apres_chaque_lot_puis_a_la_fin(bourg, monkeypatch):
    monkeypatch.setattr(decompte, "LOT", 2)
    dits = []
    apercevoir(bourg.campagne(), au=AU, progression=lambda *avancement: dits.append(avancement))
    assert dits == [(2, 5), (4, 5), (5, 5), (5, 5)]


def test_l_avancement_ne_depasse_jamais_ce_qu_il_y_a_a_faire(suite):
    suite.cantine.reservations.all().delete()
    suite.cantine.delete()
    dits = []
    apercevoir(suite.ville.campagne(NOVEMBRE), au=AU, progression=lambda *avancement: dits.append(avancement))
    assert dits == [(1, 1), (1, 1)]


def test_ce_que_chaque_famille_recevrait_sans_celles_qui_ne_recoivent_rien(suite):
    """Zoé is given back her month; Ali is billed his, with what October owes; Nina has no day."""
    ali, enfant = foyer("Ali")
    reserver(inscrire(ali, enfant, suite.ville.cantine), [1])
    reserver(ali.inscriptions.get(), [3, 4], mois=11)
    nina, autre = foyer("Nina")
    reserver(inscrire(nina, autre, suite.ville.cantine), [3], mois=11, etat=Etat.ABSENT_EXCUSE, presence="")
    suite.cantine.reservations.update(etat=Etat.ABSENT_EXCUSE, presence="")
    montants: dict[int, Decimal] = {}
    apercu = apercevoir(suite.ville.campagne(NOVEMBRE), au=AU, recueillir=montants.update)
    assert montants == {suite.famille.pk: Decimal("-10.80"), ali.pk: Decimal("10.80")}
    assert (apercu.factures, apercu.montant, apercu.regularisations) == (1, Decimal("10.80"), 1)
    assert (apercu.avoirs, apercu.rendu) == (1, Decimal("10.80"))


def test_les_prestations_vont_dans_l_ordre_du_planning_et_seules_celles_que_l_on_facture(ville):
    """One of another structure, that comes first; nobody went to the garderie."""
    centre = Structure.objects.create(nom="Centre de loisirs", ordre=9)
    fabriques.mettre_en_regie(ville.regie, centre)
    alsh = Prestation.objects.create(
        nom="ALSH", structure=centre, ordre=0, heure_debut="08:00", heure_fin="18:00", jours_scolaires=TOUS
    )
    fabriques.tarif(alsh, (None, "10.00", "20.00"), unite="journee")
    famille, enfant = foyer()
    for prestation in (ville.cantine, alsh):
        reserver(inscrire(famille, enfant, prestation), [1])
    apercu = apercevoir(ville.campagne(), au=AU)
    assert apercu.par_prestation == [("ALSH", Decimal("10.00")), ("Restauration scolaire", Decimal("3.60"))]


def test_il_se_compare_a_la_derniere_campagne_emise_avant_elle(suite):
    """Not to the one before, nor to one that follows, nor to one that nobody has issued."""
    reserver(suite.cantine, [3, 4], mois=11)
    with time_machine.travel(EN_DECEMBRE, tick=False):
        emettre(suite.ville.campagne(NOVEMBRE))
    with time_machine.travel("2027-02-02 09:00+01:00", tick=False):
        emettre(suite.ville.campagne((date(2027, 1, 1), date(2027, 1, 31))))
    decembre = suite.ville.campagne((date(2026, 12, 10), DECEMBRE[1]))
    suite.ville.campagne((date(2026, 12, 1), date(2026, 12, 9)))
    apercu = apercevoir(decembre, au=date(2027, 2, 2))
    assert (apercu.precedente, apercu.factures_avant, apercu.montant_avant) == ("novembre 2026", 1, Decimal("7.20"))


def test_sans_campagne_avant_elle_il_ne_se_compare_a_rien(ville):
    ville.campagne()
    apercu = apercevoir(ville.campagne(NOVEMBRE), au=AU)
    assert (apercu.precedente, apercu.factures_avant, apercu.montant_avant) == ("", 0, 0)


class TestParLaFile:
    @pytest.fixture
    def campagne(self, bourg) -> CampagneDeFacturation:
        return bourg.campagne()

    def test_demande_il_se_calcule_une_fois_la_transaction_finie(self, campagne, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            taches.demander_apercu(campagne, au=AU)
        apercu = ApercuDeCampagne.objects.get()
        assert (apercu.est_pret, apercu.familles_comptees, apercu.familles_a_compter) == (True, 5, 5)
        assert Apercu.lire(apercu.contenu).factures == 5

    def test_calcule_deja_il_ne_se_recompte_pas(self, campagne):
        apercu = ApercuDeCampagne.objects.recommencer(campagne, au=AU)
        ApercuDeCampagne.objects.update(calcule_le="2026-12-02T09:00Z", contenu={"dit": "déjà"})
        taches.calculer_apercu.call(apercu.pk)
        assert ApercuDeCampagne.objects.get().contenu == {"dit": "déjà"}

    def test_redemande_depuis_celui_d_avant_ne_s_ecrit_plus(self, campagne):
        """Another campaign's is waiting: it is not taken for it."""
        ancien = ApercuDeCampagne.objects.recommencer(campagne, au=AU)
        nouveau = ApercuDeCampagne.objects.recommencer(campagne, au=AU)
        taches.calculer_apercu.call(ancien.pk)
        assert not ApercuDeCampagne.objects.get(pk=nouveau.pk).est_pret

    def test_l_emission_dit_combien_de_factures_a_la_campagne(self, campagne, agent):
        with time_machine.travel(LE, tick=False):
            assert taches.emettre_campagne.call(campagne.pk, "2026-11-02", agent.pk) == 5
        assert campagne.factures.first().par == agent
