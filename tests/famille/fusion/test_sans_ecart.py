"""What is no difference between two records: what only one says, what both say; and who may merge what."""

from datetime import date

import pytest
from django.contrib.auth.models import Permission

from famille.fusion.ecarts import FONDUE, GARDE
from famille.fusion.enfants import FusionDEnfants
from famille.models import Assurance, Compte, Enfant, FicheSanitaire, Tiers
from tests import fabriques

pytestmark = pytest.mark.django_db
SEULE = "Chacune a sa fiche sanitaire\u00a0: seul qui a le droit de les tenir fusionne ces deux enfants."


@pytest.fixture
def fusion(db) -> FusionDEnfants:
    garde, fondue = (fabriques.EnfantFactory(nom="PETIT", prenom="Zoé") for _ in range(2))
    return FusionDEnfants(garde, fondue)


def qui_peut(*droits: str) -> Compte:
    compte = fabriques.CompteFactory(is_staff=True)
    compte.user_permissions.set(
        Permission.objects.filter(content_type__app_label="famille", codename__in=["fusionner_enfants", *droits])
    )
    return compte


def codes(fusion: FusionDEnfants) -> list[str]:
    return [ecart.code for ecart in fusion.ecarts()]


def relire(fusion: FusionDEnfants) -> Enfant:
    return Enfant.objects.get(pk=fusion.garde.pk)


@pytest.mark.parametrize("qui", ["garde", "fondue"])
def test_ce_que_dit_une_seule_fiche_n_est_pas_un_ecart_et_reste(fusion, directrice, qui):
    ecole = fabriques.EcoleFactory()
    enfant = getattr(fusion, qui)
    Enfant.objects.filter(pk=enfant.pk).update(sexe="F", classe="CE1", ecole=ecole)
    enfant.refresh_from_db()
    fabriques.FicheSanitaireFactory(enfant=enfant, allergies="Arachide")
    fabriques.AssuranceFactory(enfant=enfant)
    assert codes(fusion) == []
    fusion.faire(par=directrice)
    garde = relire(fusion)
    assert (garde.sexe, garde.classe, garde.ecole) == ("F", "CE1", ecole)
    assert (garde.fiche_sanitaire.allergies, garde.assurance.compagnie) == ("Arachide", "Assurance scolaire")


@pytest.mark.parametrize("qui", ["garde", "fondue"])
def test_d_une_fiche_sanitaire_ce_que_l_autre_ne_dit_pas_non_plus(fusion, directrice, qui):
    fabriques.FicheSanitaireFactory(enfant=fusion.garde)
    fabriques.FicheSanitaireFactory(enfant=fusion.fondue)
    fiche = getattr(fusion, qui).fiche_sanitaire
    fiche.allergies, fiche.medecin_nom = "Arachide", "Dr Roux"
    fiche.save()
    assert codes(fusion) == []
    fusion.faire(par=directrice)
    fiche = FicheSanitaire.objects.get()
    assert (fiche.allergies, fiche.medecin_nom) == ("Arachide", "Dr Roux")


def test_ni_les_capitales_ni_les_blancs_ne_font_un_ecart(fusion):
    fabriques.FicheSanitaireFactory(enfant=fusion.garde, allergies="arachide et  lait")
    fabriques.FicheSanitaireFactory(enfant=fusion.fondue, allergies="Arachide et lait ")
    assert codes(fusion) == []


def test_de_l_enfant_d_a_cote_ni_la_fiche_ni_l_assurance_ne_bougent(fusion, directrice):
    voisine = fabriques.EnfantFactory(prenom="Ana")
    for enfant in (voisine, fusion.fondue):
        fabriques.FicheSanitaireFactory(enfant=enfant)
        fabriques.AssuranceFactory(enfant=enfant)
    fusion.faire(par=directrice)
    assert FicheSanitaire.objects.filter(enfant=voisine).count() == 1
    assert Assurance.objects.filter(enfant=voisine).count() == 1


def test_de_deux_assurances_pareilles_reste_celle_qui_etait_la(fusion, directrice):
    ici, _ = (fabriques.AssuranceFactory(enfant=enfant) for enfant in (fusion.garde, fusion.fondue))
    assert codes(fusion) == []
    fusion.faire(par=directrice)
    assert Assurance.objects.get() == ici


def test_de_deux_assurances_qui_finissent_ensemble_reste_celle_qui_etait_la(fusion, directrice):
    fabriques.AssuranceFactory(enfant=fusion.garde, compagnie="MAE", expire_le=date(2027, 8, 31))
    fabriques.AssuranceFactory(enfant=fusion.fondue, compagnie="MAIF", expire_le=date(2027, 8, 31))
    [ecart] = fusion.ecarts()
    assert ecart.defaut == GARDE
    fusion.faire(par=directrice)
    assert Assurance.objects.get().compagnie == "MAE"


def test_une_personne_ecrite_deux_fois_sur_une_fiche_est_une_et_interdite_si_elle_l_est_une_fois(fusion, directrice):
    for nom, champs in (
        ("BERNARD", {}),
        ("Bernard", {"statut": "interdit", "lien": "Oncle", "telephone": "+33561000000"}),
    ):
        fabriques.TiersFactory(enfant=fusion.fondue, nom=nom, prenom="Odile", **champs)
    fusion.faire(par=directrice)
    dits = {(t.statut, t.lien, str(t.telephone)) for t in Tiers.objects.filter(enfant=fusion.garde)}
    assert dits == {("interdit", "Oncle", "+33561000000")}


def test_l_histoire_ne_dit_pas_quel_medecin_est_repris(fusion, directrice):
    for enfant, nom in ((fusion.garde, "Dr Roux"), (fusion.fondue, "Dr Vidal")):
        fabriques.FicheSanitaireFactory(enfant=enfant, medecin_nom=nom)
    assert "Repris" not in fusion.faire({"medecin": FONDUE}, par=directrice)


def test_d_une_fiche_vide_l_histoire_dit_qu_elle_l_etait(fusion, directrice):
    assert fusion.faire(par=directrice).endswith("fusionnée dans celle-ci\u00a0: rien, elle était vide.")


@pytest.mark.parametrize(
    ("droits", "obstacles"),
    [
        (["view_fichesanitaire", "change_fichesanitaire", "delete_fichesanitaire"], []),
        (["view_fichesanitaire", "change_fichesanitaire"], [SEULE]),
        ([], [SEULE]),
    ],
)
def test_deux_fiches_sanitaires_se_fusionnent_par_qui_peut_les_tenir(fusion, droits, obstacles):
    for enfant in (fusion.garde, fusion.fondue):
        fabriques.FicheSanitaireFactory(enfant=enfant)
    assert fusion.obstacles(par=qui_peut(*droits)) == obstacles


@pytest.mark.parametrize("qui", ["garde", "fondue", None])
def test_une_seule_ou_aucune_n_empeche_personne(fusion, qui):
    if qui:
        fabriques.FicheSanitaireFactory(enfant=getattr(fusion, qui))
    assert fusion.obstacles(par=qui_peut()) == []


def test_la_reference_externe_suit_la_fiche_gardee(fusion, directrice):
    """The next import of the same file finds the child that is kept."""
    Enfant.objects.filter(pk=fusion.fondue.pk).update(reference="E-1")
    fusion.faire(par=directrice)
    assert list(Enfant.objects.order_by("-reference").values_list("pk", "reference")) == [
        (fusion.garde.pk, "E-1"),
        (fusion.fondue.pk, ""),
    ]
