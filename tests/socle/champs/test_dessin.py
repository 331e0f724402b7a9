"""A field drawn by our functions is, to the byte, the one that Django's templates draw."""

from datetime import date

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from socle.champs.dessin import DESSINS, ChampsDessines

PIEGES = ["", "Léa", '<b>"L\'été" & moi</b>', mark_safe("<i>déjà écrit</i>"), gettext_lazy("Yes"), 1234567, 12.5]
CHAMPS = [
    forms.TextInput,
    forms.HiddenInput,
    forms.NumberInput,
    forms.EmailInput,
    forms.PasswordInput,
    forms.CheckboxInput,
    forms.URLInput,
    forms.TelInput,
    forms.SearchInput,
    forms.ColorInput,
]
ATTRIBUTS = {
    "id": "id_nom",
    "required": True,
    "disabled": False,
    "maxlength": 1500,
    "data-vide": None,
    "title": 'a"<b>',
}


def dessiner(champ, valeur, attributs=None):
    """Ours, then Django's."""
    return [champ.render("nom", valeur, attributs, moteur()) for moteur in (ChampsDessines, TemplatesSetting)]


@pytest.mark.parametrize("classe", CHAMPS)
@pytest.mark.parametrize("valeur", [*PIEGES, None, True, False, date(2015, 4, 8)], ids=repr)
def test_une_entree_est_celle_de_django(classe, valeur):
    le_notre, celui_de_django = dessiner(classe(), valeur, {**ATTRIBUTS, "aria-label": valeur})
    assert le_notre == celui_de_django


@pytest.mark.parametrize("classe", [forms.Select, forms.SelectMultiple, forms.NullBooleanSelect])
def test_une_liste_est_celle_de_django_avec_ses_groupes(classe):
    champ = classe()
    champ.choices = [*enumerate(PIEGES), ("Groupe <1>", [("a", "A & B"), (mark_safe("b&"), "B")]), (None, "Aucun")]
    for valeur in ("a", 3, None, ["a", "2"] if classe is forms.SelectMultiple else "b&"):
        le_notre, celui_de_django = dessiner(champ, valeur, ATTRIBUTS)
        assert le_notre == celui_de_django


def test_une_liste_sans_choix_est_celle_de_django():
    le_notre, celui_de_django = dessiner(forms.Select(), None)
    assert le_notre == celui_de_django


def test_une_option_qui_a_son_gabarit_est_dessinee_par_lui():
    class Radio(forms.Select):
        option_template_name = "django/forms/widgets/radio_option.html"

    le_notre, celui_de_django = dessiner(Radio(choices=[("a", "A")]), "a")
    assert le_notre == celui_de_django
    assert "<option" not in le_notre


class Formulaire(forms.Form):
    nom = forms.CharField(label='Nom <de> "famille"', help_text="Tel qu’il est écrit")
    total = forms.IntegerField(label=mark_safe("<b>Total</b>"), required=False)


@pytest.mark.parametrize("donnees", [None, {"nom": "", "total": "<x>"}])
def test_un_formulaire_entier_est_celui_de_django_fautes_comprises(donnees):
    le_notre, celui_de_django = (
        "".join(
            [str(formulaire), *(str(champ.label_tag(attrs={"class": "a b"})) for champ in formulaire)]
            + [str(champ.errors) + champ.errors.as_ul() + champ.legend_tag() for champ in formulaire]
        )
        for formulaire in (Formulaire(donnees, renderer=moteur()) for moteur in (ChampsDessines, TemplatesSetting))
    )
    assert le_notre == celui_de_django


@pytest.mark.parametrize(("balise", "attributs"), [(False, {}), (True, None), (True, {"for": "id_<nom>"})])
def test_un_libelle_est_celui_de_django_meme_sans_balise_ni_attributs(balise, attributs):
    contexte = {"label": " Nom ", "use_tag": balise, "attrs": attributs, "tag": "label", "field": None}
    le_notre, celui_de_django = (
        moteur().render("django/forms/label.html", contexte) for moteur in (ChampsDessines, TemplatesSetting)
    )
    assert le_notre == celui_de_django


def test_chaque_dessin_remplace_un_gabarit_de_django():
    for gabarit in DESSINS:
        assert "site-packages/django/forms/" in TemplatesSetting().get_template(gabarit).origin.name
