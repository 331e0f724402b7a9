"""On what two records of one child differ: all is said, somebody chooses, and what nobody chose is the safest."""

from dataclasses import fields
from datetime import date

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from famille.fusion.ecarts import DEUX, FONDUE, GARDE, FusionImpossible, empreinte
from famille.fusion.enfants import FusionDEnfants
from famille.fusion.fiche import COMPARES
from famille.fusion.personnes import Personne
from famille.fusion.sante import MEDECIN, TEXTES
from famille.models import Assurance, Enfant, FicheSanitaire, LectureConfidentielle, Tiers
from tests import fabriques

pytestmark = pytest.mark.django_db
NAISSANCE = date(2019, 5, 4)


@pytest.fixture
def garde() -> Enfant:
    return fabriques.EnfantFactory(nom="PETIT", prenom="Zoé", date_naissance=NAISSANCE, sexe="F", classe="CE1")


@pytest.fixture
def fondue() -> Enfant:
    return fabriques.EnfantFactory(nom="PETIT", prenom="Zoé", date_naissance=NAISSANCE, sexe="F", classe="CE1")


@pytest.fixture
def fusion(garde, fondue) -> FusionDEnfants:
    return FusionDEnfants(garde, fondue)


def dits(fusion: FusionDEnfants) -> dict[str, tuple[dict[str, str], str]]:
    return {ecart.code: (dict(ecart.options), ecart.defaut) for ecart in fusion.ecarts()}


def test_deux_fiches_qui_disent_la_meme_chose_ne_different_en_rien(fusion):
    for enfant in (fusion.garde, fusion.fondue):
        fabriques.TiersFactory(enfant=enfant, nom="BERNARD", prenom="Odile", telephone="0561000000")
        fabriques.AssuranceFactory(enfant=enfant)
        fabriques.FicheSanitaireFactory(enfant=enfant, allergies="Arachide", medecin_nom="Dr Roux")
    assert fusion.ecarts() == []


# --- The record -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ici", "la", "attendu"),
    [
        ("standard", "sans_porc", "sans_porc"),
        ("sans_porc", "standard", "sans_porc"),
        ("sans_porc", "vegetarien", "vegetarien"),
        ("panier_repas", "vegetarien", "panier_repas"),
        ("sans_porc", "sans_viande", "sans_viande"),
    ],
)
def test_de_deux_regimes_le_plus_strict_est_garde(fusion, directrice, ici, la, attendu):
    Enfant.objects.filter(pk=fusion.garde.pk).update(regime=ici)
    Enfant.objects.filter(pk=fusion.fondue.pk).update(regime=la)
    fusion.garde.refresh_from_db()
    fusion.fondue.refresh_from_db()
    assert list(dits(fusion)) == ["regime"]
    fusion.faire(par=directrice)
    fusion.garde.refresh_from_db()
    assert fusion.garde.regime == attendu


def test_l_agent_choisit_l_autre(fusion, directrice):
    Enfant.objects.filter(pk=fusion.fondue.pk).update(regime="vegetarien", prenom="Zoë", autorise_image=True)
    fusion.fondue.refresh_from_db()
    assert dits(fusion) == {
        "prenom": ({GARDE: "Zoé", FONDUE: "Zoë"}, GARDE),
        "regime": ({GARDE: "Standard", FONDUE: "Végétarien"}, FONDUE),
        "autorise_image": ({GARDE: "non autorisé", FONDUE: "autorisé"}, GARDE),
    }
    fusion.faire({"prenom": FONDUE, "regime": GARDE, "autorise_image": FONDUE}, par=directrice)
    fusion.garde.refresh_from_db()
    assert (fusion.garde.prenom, fusion.garde.regime, fusion.garde.autorise_image) == ("Zoë", "standard", True)
    assert "Repris de cette fiche\u00a0: prénom et droit à l’image." in LogEntry.objects.get().change_message


@pytest.mark.parametrize(("fin", "gardee"), [(date(2016, 8, 31), "MAIF"), (date(2014, 8, 31), "Assurance scolaire")])
def test_de_deux_assurances_reste_la_derniere(fusion, directrice, fin, gardee):
    fabriques.AssuranceFactory(enfant=fusion.garde)
    fabriques.AssuranceFactory(enfant=fusion.fondue, compagnie="MAIF", expire_le=fin)
    assert list(dits(fusion)) == ["assurance"]
    fusion.faire(par=directrice)
    assert [(a.enfant, a.compagnie) for a in Assurance.objects.all()] == [(fusion.garde, gardee)]


def test_l_agent_choisit_l_autre_assurance(fusion, directrice):
    fabriques.AssuranceFactory(enfant=fusion.garde)
    fabriques.AssuranceFactory(enfant=fusion.fondue, compagnie="MAIF", expire_le=date(2014, 8, 31))
    fusion.faire({"assurance": FONDUE}, par=directrice)
    assert [a.compagnie for a in Assurance.objects.all()] == ["MAIF"]


# --- Who comes to fetch ---------------------------------------------------------------------------


@pytest.fixture
def odile(fusion) -> Tiers:
    """Authorised by the one, forbidden by the other, who also has her number."""
    fabriques.TiersFactory(
        enfant=fusion.fondue, nom="Bernard", prenom="Odile", statut="interdit", telephone="+33561000000"
    )
    return fabriques.TiersFactory(enfant=fusion.garde, nom="BERNARD", prenom="Odile", lien="Grand-mère")


@pytest.mark.parametrize(("option", "statut"), [(None, "interdit"), (FONDUE, "interdit"), (GARDE, "autorise")])
def test_une_personne_interdite_d_un_cote_le_reste_si_nul_ne_choisit(fusion, odile, directrice, option, statut):
    [(code, (options, defaut))] = dits(fusion).items()
    assert options == {
        GARDE: "Autorisé à venir chercher l’enfant, Grand-mère",
        FONDUE: "Interdit de venir chercher l’enfant, 05\u00a061\u00a000\u00a000\u00a000",
    }
    assert defaut == FONDUE
    fusion.faire({code: option} if option else {}, par=directrice)
    odile.refresh_from_db()
    assert (odile.statut, odile.lien, str(odile.telephone)) == (statut, "Grand-mère", "+33561000000")
    assert Tiers.objects.get() == odile


def test_deux_numeros_d_une_meme_personne_se_choisissent(fusion, directrice):
    ici = fabriques.TiersFactory(enfant=fusion.garde, nom="BERNARD", prenom="Odile", telephone="+33561000000")
    fabriques.TiersFactory(enfant=fusion.fondue, nom="BERNARD", prenom="Odile", telephone="+33562000000")
    [code] = dits(fusion)
    fusion.faire({code: FONDUE}, par=directrice)
    ici.refresh_from_db()
    assert str(ici.telephone) == "+33562000000"


# --- Health ---------------------------------------------------------------------------------------


@pytest.fixture
def fiches(fusion) -> FicheSanitaire:
    """Two of everything; the one that stays is returned."""
    ici = fabriques.FicheSanitaireFactory(
        enfant=fusion.garde,
        allergies="Arachide",
        lunettes="En classe",
        medecin_nom="Dr Roux",
        medecin_telephone="0561000000",
        observations="",
    )
    la = fabriques.FicheSanitaireFactory(
        enfant=fusion.fondue,
        allergies="Œuf",
        lunettes="Toujours",
        medecin_nom="Dr Vidal",
        medecin_adresse="2 rue Haute",
        traitement="Ventoline",
    )
    fabriques.VaccinationFactory(fiche=ici)
    fabriques.VaccinationFactory(fiche=la)
    fabriques.VaccinationFactory(fiche=la, date=date(2019, 3, 12))
    fabriques.VaccinationFactory(fiche=la, vaccin="ROR")
    return ici


def test_rien_de_la_sante_ne_se_perd_si_nul_ne_choisit(fusion, fiches, directrice):
    assert list(dits(fusion)) == ["medecin", "allergies", "lunettes"]
    fusion.faire(par=directrice)
    fiche = FicheSanitaire.objects.get()
    assert fiche == fiches
    assert fiche.allergies == "Arachide\nŒuf"
    assert fiche.lunettes == "En classe\u00a0; Toujours"
    assert fiche.traitement == "Ventoline"
    assert (fiche.medecin_nom, fiche.medecin_telephone, fiche.medecin_adresse) == ("Dr Roux", "0561000000", "")
    assert fiche.observations == "Autre médecin\u00a0: Dr Vidal, 2 rue Haute"
    assert sorted((une.vaccin, une.date.year) for une in fiche.vaccinations.all()) == [
        ("DTP", 2014),
        ("DTP", 2019),
        ("ROR", 2014),
    ]


def test_ce_que_l_agent_choisit_de_la_sante_est_suivi(fusion, fiches, directrice):
    fusion.faire({"medecin": FONDUE, "allergies": FONDUE, "lunettes": GARDE}, par=directrice)
    fiche = FicheSanitaire.objects.get()
    assert (fiche.allergies, fiche.lunettes, fiche.observations) == ("Œuf", "En classe", "")
    assert (fiche.medecin_nom, fiche.medecin_telephone, fiche.medecin_adresse) == ("Dr Vidal", "", "2 rue Haute")


def test_le_telephone_d_un_medecin_complete_le_meme_et_non_un_autre(fusion, directrice):
    fabriques.FicheSanitaireFactory(enfant=fusion.garde, medecin_nom="Dr Roux")
    fabriques.FicheSanitaireFactory(enfant=fusion.fondue, medecin_nom="DR ROUX", medecin_telephone="0561000000")
    assert fusion.ecarts() == []
    fusion.faire(par=directrice)
    fiche = FicheSanitaire.objects.get()
    assert (fiche.medecin_nom, fiche.medecin_telephone) == ("Dr Roux", "0561000000")


def test_un_signe_compte_dans_une_dose(fusion):
    fabriques.FicheSanitaireFactory(enfant=fusion.garde, pai="Si < 38°, rien")
    fabriques.FicheSanitaireFactory(enfant=fusion.fondue, pai="Si > 38°, rien")
    assert dits(fusion)["pai"][1] == DEUX


def test_l_histoire_ne_dit_rien_de_la_sante(fusion, fiches, directrice):
    dit = fusion.faire({"allergies": FONDUE}, par=directrice)
    entree = LogEntry.objects.get()
    assert (entree.change_message, entree.user) == (dit, directrice)
    assert "Repris" not in dit
    assert "llergies" not in dit


# --- What was read --------------------------------------------------------------------------------


def test_ce_qui_a_change_depuis_la_lecture_se_relit(fusion, fiches, directrice):
    vu = empreinte(fusion.ecarts())
    fiches.allergies = "Arachide et lait"
    fiches.save()
    with pytest.raises(FusionImpossible, match="a changé entre-temps"):
        fusion.faire({"allergies": FONDUE}, par=directrice, vu=vu)
    assert FicheSanitaire.objects.count() == 2
    fusion.faire({"allergies": FONDUE}, par=directrice, vu=empreinte(fusion.ecarts()))


def test_un_choix_qui_n_existe_pas_ne_se_suit_pas(fusion, directrice):
    Enfant.objects.filter(pk=fusion.fondue.pk).update(regime="vegetarien")
    with pytest.raises(FusionImpossible):
        fusion.faire({"regime": DEUX}, par=directrice)
    assert Enfant.objects.connus().count() == 2


class TestPage:
    def adresse(self, fusion: FusionDEnfants) -> str:
        return f"{reverse('admin:famille_enfant_fusion', args=[fusion.garde.pk])}?avec={fusion.fondue.pk}"

    def test_elle_dit_ce_qui_differe_et_fait_ce_qui_est_choisi(self, client, directrice, fusion, fiches):
        Enfant.objects.filter(pk=fusion.fondue.pk).update(regime="vegetarien")
        client.force_login(directrice)
        page = client.get(self.adresse(fusion))
        assert "Elles diffèrent sur 4\u00a0points" in page.text
        assert all(mot in page.text for mot in ("Végétarien", "Arachide", "Œuf", "Dr Roux", "Dr Vidal, 2 rue Haute"))
        assert page.text.count(" checked") == 4
        lues = list(LectureConfidentielle.objects.order_by("pk").values_list("enfant", "par_identifiant"))
        assert lues == [(fusion.garde.pk, "directrice"), (fusion.fondue.pk, "directrice")]
        envoi = {
            "confirme": page.context["confirmation"].lu,
            "choix-regime": FONDUE,
            "choix-medecin": FONDUE,
            "choix-allergies": DEUX,
            "choix-lunettes": GARDE,
        }
        assert client.post(self.adresse(fusion), envoi).status_code == 302
        fiche = FicheSanitaire.objects.get(enfant=fusion.garde)
        assert (fiche.medecin_nom, fiche.allergies, fiche.lunettes) == ("Dr Vidal", "Arachide\nŒuf", "En classe")

    def test_sans_choix_elle_redemande(self, client, directrice, fusion, fiches):
        client.force_login(directrice)
        lu = client.get(self.adresse(fusion)).context["confirmation"].lu
        assert client.post(self.adresse(fusion), {"confirme": lu}).status_code == 200
        assert FicheSanitaire.objects.count() == 2

    def test_ce_qui_a_change_depuis_se_redemande_avec_ce_qui_etait_choisi(self, client, directrice, fusion, fiches):
        client.force_login(directrice)
        lu = client.get(self.adresse(fusion)).context["confirmation"].lu
        fiches.allergies = "Arachide et lait"
        fiches.save()
        envoi = {"confirme": lu, "choix-medecin": FONDUE, "choix-allergies": GARDE, "choix-lunettes": GARDE}
        page = client.post(self.adresse(fusion), envoi)
        assert (page.status_code, FicheSanitaire.objects.count()) == (200, 2)
        assert "Arachide et lait" in page.text
        assert [champ.value() for champ in page.context["confirmation"].form] == [FONDUE, GARDE, GARDE]

    def test_sans_ecart_de_sante_personne_n_a_rien_lu(self, client, directrice, fusion):
        client.force_login(directrice)
        assert "elles disent la même chose" in client.get(self.adresse(fusion)).text
        assert not LectureConfidentielle.objects.exists()

    def test_on_peut_garder_plutot_l_autre(self, client, directrice, fusion):
        client.force_login(directrice)
        inverse = FusionDEnfants(fusion.fondue, fusion.garde)
        assert self.adresse(inverse) in client.get(self.adresse(fusion)).text


def test_chaque_champ_d_une_fiche_est_compare():
    """A field that comes later is not kept or lost in silence."""
    dits = {champ.name for champ in Enfant._meta.concrete_fields}
    # « reference »: see `test_la_reference_externe_suit_la_fiche_gardee`.
    assert dits == {*COMPARES, "id", "fondu_dans", "reference"}
    de_sante = {champ.name for champ in FicheSanitaire._meta.concrete_fields}
    assert de_sante == {*TEXTES, *MEDECIN, "id", "enfant"}
    de_personne = {champ.name for champ in Tiers._meta.concrete_fields}
    assert de_personne == {*(champ.name for champ in fields(Personne)), "id", "enfant", "nom", "prenom"}
