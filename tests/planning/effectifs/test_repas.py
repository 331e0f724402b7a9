"""The kitchen's meals: by site, age and diet; what a sheet told stays, and the next one says what has changed."""

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from famille.models import Ecole, Enfant
from planning.effectifs.papiers import imprimer_la_feuille
from planning.effectifs.repas import lire_les_repas, relire
from planning.models import FeuilleDeCuisine, Prestation
from planning.regles.jours import Jours
from tests.planning.places.outils import MERCREDI, inscrire

pytestmark = pytest.mark.usefixtures("jeudi_2_avril")


@pytest.fixture
def repas_du_centre(mercredi):
    Prestation.objects.filter(pk=mercredi.pk).update(repas=Prestation.Repas.SUR_PLACE, places=None)
    mercredi.refresh_from_db()
    return mercredi


def du_jour(jour=MERCREDI):
    [repas] = lire_les_repas(jour, jour)
    return repas


def regime(inscription, regime):
    Enfant.objects.filter(pk=inscription.enfant_id).update(regime=regime)


def test_par_age_et_par_regime_sans_le_panier_que_la_famille_apporte(repas_du_centre, agent):
    petit, grand, panier, excuse, facture = inscrire(repas_du_centre, 5, agent, jours=Jours.MERCREDI)
    Enfant.objects.filter(pk=petit.enfant_id).update(date_naissance=date(2011, 1, 1))
    regime(grand, Enfant.Regime.SANS_PORC)
    regime(panier, Enfant.Regime.PANIER_REPAS)
    excuse.journee(MERCREDI).excuser(par=agent)
    facture.journee(MERCREDI).facturer_absence(par=agent)
    repas = du_jour()
    assert [(ligne.age, ligne.nombres, ligne.a_cuisiner) for ligne in repas.lignes] == [
        ("Moins de 6 ans", (1, 0, 0, 0, 0), 1),
        ("6 ans et plus", (0, 1, 0, 0, 1), 1),
    ]
    assert (repas.total.nombres, repas.total.a_cuisiner) == ((1, 1, 0, 0, 1), 2)


def test_le_site_est_la_structure_ou_l_ecole_de_l_enfant(repas_du_centre, agent):
    _, sans_ecole = inscrire(repas_du_centre, 2, agent, jours=Jours.MERCREDI)
    assert {ligne.site for ligne in du_jour().lignes} == {"Accueil de Loisirs"}
    Prestation.objects.update(repas=Prestation.Repas.A_L_ECOLE)
    Enfant.objects.update(ecole=Ecole.objects.create(nom="École du Moulin"))
    Enfant.objects.filter(pk=sans_ecole.enfant_id).update(ecole=None)
    assert [ligne.site for ligne in du_jour().lignes] == ["École du Moulin", "École non indiquée"]


def test_une_demande_se_dit_a_part(repas_du_centre, agent):
    [inscription] = inscrire(repas_du_centre, 1, agent)
    inscription.demander([MERCREDI], par=agent)
    assert (du_jour().lignes, du_jour().demandes) == ([], 1)


def test_une_feuille_dit_ce_qui_a_change_depuis_la_precedente(repas_du_centre, agent, animateur):
    premier, second = inscrire(repas_du_centre, 2, agent, jours=Jours.MERCREDI)
    assert du_jour().est_a_imprimer
    une = du_jour().imprimer(par=agent)
    assert not du_jour().est_a_imprimer
    premier.journee(MERCREDI).excuser(par=agent)
    regime(second, Enfant.Regime.SANS_PORC)
    assert [phrase.replace("\u00a0", " ") for phrase in du_jour().changements] == [
        "Accueil de Loisirs, 6 ans et plus, sans porc : 1 au lieu de 0 (+ 1)",
        "Accueil de Loisirs, 6 ans et plus, standard : 0 au lieu de 2 (− 2)",
    ]
    autre = du_jour().imprimer(par=animateur)
    assert (une.numero, autre.numero) == (1, 2)
    assert relire(autre).changements == relire(FeuilleDeCuisine.objects.get(numero=2)).changements != []
    assert relire(une).changements == []


def test_imprimer_deux_fois_la_meme_chose_donne_la_meme_feuille(repas_du_centre, agent):
    inscrire(repas_du_centre, 1, agent, jours=Jours.MERCREDI)
    assert du_jour().imprimer(par=agent) == du_jour().imprimer(par=agent)
    assert FeuilleDeCuisine.objects.count() == 1


def test_deux_agents_qui_impriment_ensemble_ont_la_meme_feuille(repas_du_centre, agent, monkeypatch):
    inscrire(repas_du_centre, 1, agent, jours=Jours.MERCREDI)
    queryset = type(FeuilleDeCuisine.objects.all())
    vraie, vues = queryset.derniere, []

    def trop_tot(self, jour):
        """The first to look sees nothing: the other one's sheet is written just after."""
        if not vues:
            vues.append(du_jour().imprimer)
            FeuilleDeCuisine.objects.create(jour=jour, numero=1, repas=du_jour().repas)
            return None
        return vraie(self, jour)

    repas = du_jour()
    monkeypatch.setattr(queryset, "derniere", trop_tot)
    assert repas.imprimer(par=agent).numero == 1
    assert FeuilleDeCuisine.objects.count() == 1


def test_un_jour_ferme_ou_sans_repas_ne_se_montre_pas(repas_du_centre, garderie):
    assert lire_les_repas(date(2015, 4, 6), date(2015, 4, 7)) == []


def test_la_feuille_sur_papier_ne_nomme_aucun_enfant(repas_du_centre, agent):
    [inscription] = inscrire(repas_du_centre, 1, agent, jours=Jours.MERCREDI)
    texte = "".join(
        page.extract_text() for page in PdfReader(BytesIO(imprimer_la_feuille(du_jour().imprimer(par=agent)))).pages
    )
    assert "Repas du mercredi 8 avril 2015" in texte
    assert inscription.enfant.nom not in texte
