"""What follows a child from one record to another, field by field; of the child next door, nothing moves."""

from datetime import date
from functools import partial

import pytest
from django.contrib.admin.models import CHANGE, LogEntry

from famille.fusion.ecarts import FusionImpossible
from famille.fusion.enfants import FusionDEnfants
from famille.models import (
    Assurance,
    Compte,
    Enfant,
    FicheSanitaire,
    LectureConfidentielle,
    PassageDeClasse,
    Rattachement,
    Tiers,
)
from tests import fabriques
from tests.attente import attendre_son_tour

pytestmark = pytest.mark.django_db
DEJA = ["Choisissez une autre fiche, qui n’a pas été fusionnée déjà."]


@pytest.fixture
def garde(db) -> Enfant:
    return fabriques.EnfantFactory(prenom="Zoé", famille=fabriques.FamilleFactory())


@pytest.fixture
def fondue(db) -> Enfant:
    return fabriques.EnfantFactory(prenom="Zoé", famille=fabriques.FamilleFactory())


@pytest.fixture
def voisine(db) -> Enfant:
    """A child of the next house, of whom as much is known."""
    enfant = fabriques.EnfantFactory(prenom="Ana", regime="sans_viande", famille=fabriques.FamilleFactory())
    fabriques.TiersFactory(enfant=enfant, nom="BERNARD", prenom="Odile")
    fabriques.AssuranceFactory(enfant=enfant, expire_le=date(2030, 8, 31))
    fabriques.FicheSanitaireFactory(enfant=enfant)
    return enfant


def fondre(garde: Enfant, fondue: Enfant, par: Compte) -> Enfant:
    """The record that stays, as the base has it."""
    FusionDEnfants(garde, fondue).faire(par=par)
    return Enfant.objects.get(pk=garde.pk)


def journal(enfant: Enfant, par: Compte) -> None:
    LectureConfidentielle.objects.noter(enfant, par=par)
    LogEntry.objects.log_actions(par.pk, [enfant], CHANGE, "Classe corrigée.", single_object=True)


def test_une_fiche_ne_se_fond_ni_en_elle_meme_ni_une_fois_fondue(garde, fondue, voisine, directrice):
    assert FusionDEnfants(garde, garde).obstacles(par=directrice) == DEJA
    assert FusionDEnfants(garde, fondue).obstacles(par=directrice) == []
    fondre(garde, fondue, directrice)
    fondue.refresh_from_db()
    assert FusionDEnfants(fondue, voisine).obstacles(par=directrice) == DEJA
    assert FusionDEnfants(voisine, fondue).obstacles(par=directrice) == DEJA
    with pytest.raises(FusionImpossible):
        FusionDEnfants(fondue, voisine).faire(par=directrice)


def test_ce_qui_l_empeche_se_dit_de_ces_deux_fiches_la_seules(garde, fondue, voisine, directrice):
    fabriques.FicheSanitaireFactory(enfant=fondue)
    assert FusionDEnfants(garde, fondue).obstacles(par=directrice) == []


def test_le_compte_ne_dit_que_ce_qui_passe(garde, fondue):
    assert FusionDEnfants(garde, fondue).compter() == ["1\u00a0famille"]


def test_de_l_enfant_d_a_cote_rien_ne_bouge(garde, fondue, voisine, agent, directrice):
    journal(voisine, agent)
    for enfant in (garde, fondue):
        fabriques.AssuranceFactory(enfant=enfant)
        fabriques.TiersFactory(enfant=enfant, nom="BERNARD", prenom="Odile", statut=Tiers.Statut.INTERDIT)
    fondre(garde, fondue, directrice)
    elle = Enfant.objects.get(pk=voisine.pk)
    assert (elle.fondu_dans, elle.regime) == (None, "sans_viande")
    assert elle.familles.count() == 1
    assert elle.tiers.get().statut == Tiers.Statut.AUTORISE
    assert elle.assurance.expire_le == date(2030, 8, 31)
    assert FicheSanitaire.objects.get().enfant == elle
    assert elle.lectures.count() == 1
    assert LogEntry.objects.get(user=agent).object_id == str(elle.pk)


def test_les_fiches_deja_fondues_dans_celle_qui_disparait_suivent(garde, fondue, voisine, directrice):
    premiere = fabriques.EnfantFactory(prenom="Zoé")
    fondre(fondue, premiere, directrice)
    fondre(garde, fondue, directrice)
    assert set(garde.fondues.all()) == {premiere, fondue}
    assert list(Enfant.objects.connus()) == [voisine, garde]


def test_une_famille_qui_a_les_deux_fiches_n_en_garde_qu_une(garde, fondue, directrice):
    famille = garde.familles.get()
    fabriques.RattachementFactory(famille=famille, enfant=fondue)
    fondre(garde, fondue, directrice)
    assert set(famille.enfants.all()) == {garde}
    assert Rattachement.objects.filter(enfant=garde).count() == 2


def test_ce_qui_manque_se_prend_champ_par_champ(garde, fondue, directrice):
    ecole = fabriques.EcoleFactory()
    Enfant.objects.filter(pk=fondue.pk).update(sexe="F", ecole=ecole, classe="CE1")
    garde = fondre(garde, fondue, directrice)
    assert (garde.sexe, garde.ecole, garde.classe) == ("F", ecole, "CE1")


def test_ce_que_dit_la_fiche_qui_reste_l_emporte(garde, fondue, directrice):
    ecole, autre = (fabriques.EcoleFactory(nom=nom) for nom in ("École Jean-Moulin", "École du Parc"))
    Enfant.objects.filter(pk=garde.pk).update(sexe="G", ecole=ecole, classe="CM1", regime="sans_viande")
    Enfant.objects.filter(pk=fondue.pk).update(sexe="F", ecole=autre, classe="CE1", regime="sans_porc")
    garde = fondre(garde, fondue, directrice)
    assert (garde.sexe, garde.ecole, garde.classe, garde.regime) == ("G", ecole, "CM1", "sans_viande")


@pytest.mark.parametrize(
    "autorisation", ["autorise_image", "autorise_sortie_seul", "autorise_transport", "autorise_hospitalisation"]
)
@pytest.mark.parametrize(("sur_l_une", "sur_l_autre"), [(True, True), (True, False), (False, True), (False, False)])
def test_il_faut_que_les_deux_fiches_autorisent(garde, fondue, autorisation, sur_l_une, sur_l_autre, directrice):
    for enfant, autorise in ((garde, sur_l_une), (fondue, sur_l_autre)):
        Enfant.objects.filter(pk=enfant.pk).update(**{autorisation: autorise})
    assert getattr(fondre(garde, fondue, directrice), autorisation) is (sur_l_une and sur_l_autre)


def test_chaque_personne_une_fois_et_seule_l_interdite_l_est(garde, fondue, directrice):
    """Two of one name, or of one first name, are two people."""
    fabriques.TiersFactory(enfant=garde, nom="BERNARD", prenom="Odile")
    for nom, prenom, statut in (
        ("Bernard", "Odile", Tiers.Statut.AUTORISE),
        ("BERNARD", "Paul", Tiers.Statut.INTERDIT),
        ("ROUX", "Odile", Tiers.Statut.AUTORISE),
    ):
        fabriques.TiersFactory(enfant=fondue, nom=nom, prenom=prenom, statut=statut)
    fondre(garde, fondue, directrice)
    assert {(tiers.nom, tiers.prenom, tiers.statut) for tiers in Tiers.objects.filter(enfant=garde)} == {
        ("BERNARD", "Odile", "autorise"),
        ("BERNARD", "Paul", "interdit"),
        ("ROUX", "Odile", "autorise"),
    }
    assert Tiers.objects.count() == 3


@pytest.mark.parametrize(("de_l_une", "de_l_autre"), [(2026, 2027), (2027, 2026)])
def test_la_derniere_assurance_est_gardee(garde, fondue, de_l_une, de_l_autre, directrice):
    for enfant, an in ((garde, de_l_une), (fondue, de_l_autre)):
        fabriques.AssuranceFactory(enfant=enfant, expire_le=date(an, 8, 31))
    fondre(garde, fondue, directrice)
    assert list(Assurance.objects.values_list("enfant", "expire_le")) == [(garde.pk, date(2027, 8, 31))]


def test_l_histoire_d_une_autre_sorte_de_fiche_du_meme_numero_reste_a_elle(garde, fondue, agent, directrice):
    """Records of two kinds may have one number."""
    compte = fabriques.CompteFactory(pk=fondue.pk + 1_000_000)
    Enfant.objects.filter(pk=fondue.pk).delete()
    fondue = fabriques.EnfantFactory(pk=compte.pk, prenom="Zoé")
    LogEntry.objects.log_actions(agent.pk, [compte], CHANGE, "Adresse corrigée.", single_object=True)
    fondre(garde, fondue, directrice)
    assert LogEntry.objects.get(user=agent).object_id == str(compte.pk)


def test_ce_qui_echoue_en_chemin_laisse_les_deux_fiches_comme_elles_etaient(garde, fondue, monkeypatch, directrice):
    def manquer(fusion: FusionDEnfants) -> None:
        raise RuntimeError("le disque est plein")

    monkeypatch.setattr(FusionDEnfants, "_reprendre_l_histoire", manquer)
    with pytest.raises(RuntimeError):
        FusionDEnfants(garde, fondue).faire(par=directrice)
    assert Enfant.objects.get(pk=fondue.pk).fondu_dans is None
    assert fondue.familles.count() == 1


@pytest.mark.django_db(transaction=True)
def test_elle_attend_qui_tient_une_des_deux_fiches(garde, fondue, directrice):
    attendre_son_tour(fondue, partial(FusionDEnfants(garde, fondue).faire, par=directrice))
    assert list(Enfant.objects.connus()) == [garde]


def test_ses_passages_de_classe_suivent_sauf_d_une_rentree_que_l_autre_fiche_a_faite(
    garde, fondue, voisine, directrice
):
    for enfant, annee, apres in (
        (garde, 2014, "CE1"),
        (fondue, 2014, "CP"),
        (fondue, 2015, "CE2"),
        (voisine, 2015, "PS"),
    ):
        PassageDeClasse.objects.create(enfant=enfant, annee=annee, avant="", apres=apres)
    fondre(garde, fondue, directrice)
    assert list(garde.passages.order_by("annee").values_list("annee", "apres")) == [(2014, "CE1"), (2015, "CE2")]
    assert voisine.passages.count() == 1


def test_sa_reference_ne_suit_que_si_l_autre_fiche_n_en_a_pas(garde, fondue, voisine, directrice):
    Enfant.objects.filter(pk=voisine.pk).update(reference="V")
    Enfant.objects.filter(pk=fondue.pk).update(reference="F")
    fondue.refresh_from_db()
    assert fondre(garde, fondue, directrice).reference == "F"
    autre = fabriques.EnfantFactory(reference="A", famille=fabriques.FamilleFactory())
    assert fondre(Enfant.objects.get(pk=garde.pk), autre, directrice).reference == "F"
    assert Enfant.objects.get(pk=voisine.pk).reference == "V"
