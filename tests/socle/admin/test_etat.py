"""What a page would send if nobody touched it: as a browser writes it, and nothing that nobody types."""

import pytest
from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminSplitDateTime, RelatedFieldWidgetWrapper
from django.http import QueryDict
from django.utils import timezone

from famille.models import Enfant, Tiers
from socle.admin.versions.etat import Etat, valeurs
from socle.admin.versions.page import SansEcrasement, surveiller
from socle.admin.versions.rangees import Rangees
from tests import fabriques

MIDI = timezone.make_aware(timezone.datetime(2015, 4, 8, 12, 30))


class Formulaire(forms.Form):
    nom = forms.CharField(initial="LÉA\r\nPETIT")
    vide = forms.CharField(initial="")
    rien = forms.CharField()
    fixe = forms.CharField(initial="x", disabled=True)
    cache = forms.CharField(initial="x", widget=forms.HiddenInput)
    photo = forms.FileField()
    oui = forms.BooleanField(initial=True)
    non = forms.BooleanField()
    jours = forms.MultipleChoiceField(initial=["1", "2"], choices=[("1", "Lundi"), ("2", "Mardi")])
    aucun = forms.MultipleChoiceField(choices=[("1", "Lundi")], required=False)
    choix = forms.ChoiceField(choices=[("", "—"), ("a", "Un")], initial="")
    le = forms.SplitDateTimeField(initial=MIDI, widget=AdminSplitDateTime)
    jamais = forms.SplitDateTimeField(widget=AdminSplitDateTime)


LUES = {
    "nom": {"nom": ["LÉA\nPETIT"]},
    "vide": {"vide": []},
    "rien": {"rien": []},
    "oui": {"oui": ["on"]},
    "non": {"non": []},
    "jours": {"jours": ["1", "2"]},
    "aucun": {"aucun": []},
    "choix": {"choix": []},
    "le": {"le_0": ["08/04/2015"], "le_1": ["12:30:00"]},
    "jamais": {"jamais_0": [], "jamais_1": []},
}


def test_ce_que_l_on_tape_se_lit_comme_un_navigateur_l_envoie():
    assert valeurs(Formulaire()) == LUES


def test_d_une_ligne_les_noms_sont_sans_leur_debut():
    assert valeurs(Formulaire(prefix="tiers-0")) == LUES


def test_une_date_tapee_en_deux_fois_revient_telle_quelle():
    form = Formulaire({"le_0": "9/4/15", "le_1": ""})
    assert valeurs(form)["le"] == {"le_0": ["9/4/15"], "le_1": []}


def test_un_choix_avec_ses_boutons_se_lit_comme_sans():
    form = Formulaire()
    champ = form.fields["choix"]
    champ.widget = RelatedFieldWidgetWrapper(champ.widget, Tiers._meta.get_field("enfant").remote_field, admin.site)
    assert valeurs(form)["choix"] == {"choix": []}


class TestSceau:
    FICHE = "famille.Enfant:1"

    def test_un_etat_scelle_se_relit_pour_sa_fiche_seule(self):
        etat = Etat(MIDI, {"": {"nom": {"nom": ["LÉA"]}}})
        sceau = etat.sceller(self.FICHE)
        assert Etat.desceller(sceau, self.FICHE) == etat
        assert Etat.desceller(sceau, "famille.Enfant:2") is None

    def test_sans_champ_il_n_y_a_rien_a_sceller(self):
        assert Etat(MIDI, {"": {}}).sceller(self.FICHE) == ""
        assert Etat(MIDI, {"": {}, "tiers:1": {"nom": {"nom": []}}}).sceller(self.FICHE) != ""


class TestRangees:
    """The rows of a table of the page, as they are numbered."""

    @pytest.fixture
    def formset(self, db):
        return forms.inlineformset_factory(Enfant, Tiers, fields=["nom"], extra=0)(
            instance=fabriques.EnfantFactory(), prefix="tiers"
        )

    def rangees(self, formset, **champs: str) -> Rangees:
        envoi = QueryDict(mutable=True)
        envoi.update({nom.replace("__", "-"): valeur for nom, valeur in champs.items()})
        return Rangees(envoi, [formset])

    def deux(self, formset, **champs: str) -> Rangees:
        return self.rangees(
            formset,
            **{
                "tiers__INITIAL_FORMS": "2",
                "tiers__TOTAL_FORMS": "3",
                "tiers__0__id": "12",
                "tiers__0__nom": "BERNARD",
                "tiers__1__id": "13",
                "tiers__1__nom": "LEROY",
                "tiers__2__id": "",
                "tiers__2__nom": "NEUF",
                **champs,
            },
        )

    def noms(self, rangees: Rangees) -> list[tuple[str, str]]:
        total = int(rangees.envoi["tiers-TOTAL_FORMS"])
        return [(rangees.envoi[f"tiers-{r}-id"], rangees.envoi[f"tiers-{r}-nom"]) for r in range(total)]

    @pytest.mark.parametrize(
        ("nombre", "connues"),
        [("2", 2), ("", 0), ("deux", 0), ("-1", 0), ("٢", 0), ("99999999999", 1000)],
    )
    def test_le_nombre_de_lignes_se_lit_sans_y_croire(self, formset, nombre, connues):
        rangees = self.rangees(formset, tiers__INITIAL_FORMS=nombre)
        assert rangees._compter("tiers", "INITIAL_FORMS") == connues
        assert rangees._compter("tiers", "TOTAL_FORMS") == 0

    def test_une_ligne_envoyee_se_connait_par_son_numero(self, formset):
        rangees = self.deux(formset)
        assert [rangees.connait(f"tiers:{pk}") for pk in (12, 13, 14)] == [True, True, False]
        assert rangees.connait("")

    def test_une_ligne_sans_numero_n_est_celle_de_personne(self, formset):
        rangees = self.rangees(formset, tiers__INITIAL_FORMS="1")
        assert rangees.connait("tiers:")
        assert not rangees.connait("tiers:None")

    def test_ce_qui_s_ecrit_vide_efface(self, formset):
        rangees = self.deux(formset)
        rangees.ecrire("tiers:12", {"nom": []})
        rangees.ecrire("", {"prenom": ["Léa"]})
        assert (rangees.envoi["tiers-0-nom"], rangees.envoi["prenom"]) == ("", "Léa")

    def test_une_ligne_retiree_laisse_sa_place_a_celles_d_apres(self, formset):
        rangees = self.deux(formset)
        rangees.retirer("tiers:12", garder=False)
        assert self.noms(rangees) == [("13", "LEROY"), ("", "NEUF")]
        assert rangees.envoi["tiers-INITIAL_FORMS"] == "1"
        assert not rangees.connait("tiers:12")

    def test_gardee_elle_vient_la_derniere_comme_nouvelle(self, formset):
        rangees = self.deux(formset)
        rangees.retirer("tiers:13", garder=True)
        assert self.noms(rangees) == [("12", "BERNARD"), ("", "NEUF"), ("", "LEROY")]

    def test_que_l_on_supprimait_aussi_elle_ne_revient_pas(self, formset):
        rangees = self.deux(formset, tiers__1__DELETE="on")
        rangees.retirer("tiers:13", garder=True)
        assert self.noms(rangees) == [("12", "BERNARD"), ("", "NEUF")]


def test_des_pages_deja_surveillees_ne_le_sont_pas_deux_fois():
    surveillees = surveiller(admin.ModelAdmin)
    assert issubclass(surveillees, SansEcrasement)
    assert surveiller(surveillees) is surveillees
    assert surveillees.__name__ == "ModelAdmin"
