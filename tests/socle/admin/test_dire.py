"""What is said of a record that has changed: each value as its page shows it, and by whom."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django import forms
from django.contrib.admin.models import CHANGE, LogEntry
from django.utils import timezone

from famille.models import Ecole, Enfant
from socle.admin.versions.ecarts import Ecart, Journal, dire, dire_la_ligne
from tests import fabriques

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")
VIDE: dict[str, list[str]] = {"x": []}


class Ligne(forms.Form):
    nom = forms.CharField()
    cache = forms.CharField(widget=forms.HiddenInput)
    jour = forms.SplitDateTimeField(widget=forms.SplitDateTimeWidget)


@pytest.mark.parametrize(
    ("champ", "valeurs", "dit"),
    [
        (forms.CharField(), ["Léa"], "Léa"),
        (forms.CharField(), [], "vide"),
        (forms.CharField(), ["x" * 80], "x" * 80),
        (forms.BooleanField(), ["on"], "oui"),
        (forms.BooleanField(), [], "non"),
        (forms.ChoiceField(choices=[("a", "Un"), ("Plus", [("b", "Deux")])]), ["a", "b", "c"], "Un, Deux, c"),
    ],
)
def test_une_valeur_se_dit_comme_la_page_la_montre(champ, valeurs, dit):
    assert dire(champ, {"x": valeurs}) == dit


def test_une_valeur_trop_longue_s_abrege_a_quatre_vingts_signes():
    assert dire(forms.CharField(), {"x": ["x" * 81]}) == "x" * 80 + "…"


def test_une_fiche_choisie_se_dit_par_son_nom():
    parc, moulin = (fabriques.EcoleFactory(nom=nom) for nom in ("École du Parc", "École Jean-Moulin"))
    champ = forms.ModelChoiceField(Ecole.objects.all())
    assert dire(champ, {"x": [str(parc.pk)]}) == "École du Parc"
    assert dire(champ, {"x": ["parc"]}) == "vide"
    assert dire(champ, VIDE) == "vide"
    assert moulin.nom not in dire(champ, {"x": [str(parc.pk)]})


def test_un_choix_sans_lignes_se_dit_comme_il_est_tape():
    champ = forms.ModelChoiceField(None)
    champ.widget.choices = []
    assert dire(champ, {"x": ["12"]}) == "12"


@pytest.mark.parametrize(
    ("envoye", "suite"),
    [
        (["Léa"], "C’est repris dans la page."),
        (["Zoé"], "Vous avez écrit «\u00a0Zoé\u00a0»\u00a0: c’est ce qui sera enregistré."),
    ],
)
def test_la_suite_depend_de_ce_que_l_agent_a_tape(envoye, suite):
    ecart = Ecart(
        ligne="", nom="prenom", champ=forms.CharField(), de={"x": ["Léa"]}, a={"x": ["Ana"]}, envoye={"x": envoye}
    )
    assert ecart.suite == suite


@pytest.mark.parametrize(("libelle", "dit"), [("nom de l’enfant", "Nom de l’enfant"), (None, "Prenom")])
def test_un_champ_se_nomme_par_son_libelle_ou_a_defaut_par_son_nom(libelle, dit):
    champ = forms.CharField(label=libelle)
    assert Ecart(ligne="", nom="prenom", champ=champ, de=VIDE, a=VIDE, envoye=VIDE).libelle == dit


def test_une_ligne_partie_se_dit_par_ce_qu_elle_montrait_de_rempli():
    valeurs = {
        "nom": {"nom": ["BERNARD"]},
        "cache": {"cache": ["12"]},
        "parti": {"parti": ["x"]},
        "jour": {"jour_0": ["08/04/2015"], "jour_1": []},
    }
    assert dire_la_ligne(Ligne(), valeurs) == "BERNARD, 08/04/2015"
    assert dire_la_ligne(Ligne(), {"nom": {"nom": []}, "cache": {"cache": ["12"]}}) == ""


class TestJournal:
    """Who saved the record since the page was drawn."""

    MIDI = datetime(2015, 4, 8, 12, tzinfo=PARIS)

    @pytest.fixture
    def lea(self) -> Enfant:
        return fabriques.EnfantFactory(pk=900_001, prenom="Léa")

    @pytest.fixture
    def claire(self):
        return fabriques.CompteFactory(prenom="Claire", nom="MAIRIE")

    def noter(self, objet, par, phrase: str, le: datetime) -> None:
        entree = LogEntry.objects.log_actions(par.pk, [objet], CHANGE, phrase, single_object=True)
        LogEntry.objects.filter(pk=entree.pk).update(action_time=le)

    def signature(self, fiche, libelle: str = "", ligne=None, le: datetime | None = None) -> str:
        with time_machine.travel(le or self.MIDI, tick=False):
            return Journal(fiche, self.MIDI - timedelta(hours=2)).signature(ligne or fiche, libelle)

    def test_le_dernier_qui_a_nomme_le_champ_en_est_l_auteur(self, lea, claire, agent):
        self.noter(lea, claire, "Changement de Régime.", self.MIDI - timedelta(hours=1))
        self.noter(lea, agent, "Changement de Nom.", self.MIDI - timedelta(minutes=30))
        assert self.signature(lea, "régime") == " (Claire MAIRIE, à 11\u00a0h)"
        assert self.signature(lea, "NOM") == f" ({agent}, à 11\u00a0h\u00a030)"

    def test_si_nul_ne_l_a_nomme_c_est_le_dernier(self, lea, claire, agent):
        self.noter(lea, agent, "Changement de Nom.", self.MIDI - timedelta(hours=1))
        self.noter(lea, claire, "Changement de Nom.", self.MIDI - timedelta(minutes=30))
        assert self.signature(lea, "classe") == " (Claire MAIRIE, à 11\u00a0h\u00a030)"

    def test_un_autre_jour_se_date(self, lea, claire):
        self.noter(lea, claire, "Changement de Nom.", self.MIDI - timedelta(hours=1))
        demain = self.MIDI + timedelta(days=1)
        assert self.signature(lea, "nom", le=demain) == " (Claire MAIRIE, le 08/04/2015 à 11\u00a0h)"

    def test_ce_qui_precede_la_page_ou_n_est_pas_d_elle_ne_compte_pas(self, lea, claire):
        """Another child, and an account that has the child's number."""
        self.noter(lea, claire, "Changement de Nom.", self.MIDI - timedelta(hours=3))
        for objet in (fabriques.EnfantFactory(), fabriques.CompteFactory(pk=lea.pk)):
            self.noter(objet, claire, "Changement de Nom.", self.MIDI)
        assert self.signature(lea, "nom") == ""

    def test_une_ligne_a_son_auteur_ou_celui_de_la_fiche(self, lea, claire):
        tiers = fabriques.TiersFactory(enfant=lea)
        self.noter(lea, claire, "Changement de Nom pour personne autorisée.", self.MIDI)
        assert self.signature(lea, "nom", ligne=tiers).startswith(" (Claire MAIRIE")

    def test_une_page_dessinee_a_l_instant_n_a_rien_a_relire(self, lea):
        assert Journal(lea, timezone.now()).signature(lea) == ""
