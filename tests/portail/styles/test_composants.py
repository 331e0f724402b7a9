"""The components of the pages, as their templates draw them."""

import pytest
from django import forms
from django.template.loader import render_to_string
from django.test import Client

import portail.urls
from famille.fiches.section import Section
from portail.developpement import galerie
from portail.templatetags.teintes import TEINTES, teinte

# With the gallery, which only development serves.
urlpatterns = [*portail.urls.urlpatterns, *galerie.urlpatterns]


class Formulaire(forms.Form):
    prenom = forms.CharField(label="Prénom")
    regime = forms.ChoiceField(label="Régime", choices=[("a", "Standard")], widget=forms.RadioSelect)

    def clean(self) -> None:
        if not self.errors:
            raise forms.ValidationError("Déjà inscrit.")


def _page(section: Section, modifier: str = "") -> str:
    return render_to_string("composants/section.html", {"section": section, "modifier": modifier})


def test_une_valeur_absente_se_voit_et_s_entend():
    page = _page(Section("responsable", "Mon compte", champs=[{"libelle": "Mobile", "valeur": ""}]))
    assert '<span aria-hidden="true">—</span><span class="visually-hidden">non renseigné</span>' in page


def test_chaque_cellule_dit_sa_colonne_pour_un_petit_ecran():
    colonnes, lignes = ["Personne", "Lien", "Téléphone"], [["Odile BERNARD", "Grand-mère", ""]]
    page = _page(Section("personnes", "Personnes", colonnes=colonnes, lignes=lignes))
    assert '<td data-libelle="Personne">Odile BERNARD' in page
    assert '<td data-libelle="Lien">Grand-mère' in page


def test_une_section_sans_ligne_le_dit_en_toutes_lettres():
    phrase = "Aucun vaccin n’est enregistré."
    assert phrase in _page(Section("vaccins", "Vaccins", colonnes=["Vaccin"], vide=phrase))
    assert phrase not in _page(Section("vaccins", "Vaccins", colonnes=["Vaccin"], lignes=[["DTP"]], vide=phrase))


def test_le_crayon_n_apparait_que_si_l_on_peut_modifier():
    section = Section("caf", "Informations CAF", vide="Rien.")
    assert "Modifier" not in _page(section)
    assert 'href="/demandes/caf/"' in _page(section, modifier="/demandes/caf/")


def test_chaque_erreur_mene_a_son_champ():
    page = render_to_string("composants/erreurs.html", {"form": Formulaire({})})
    assert '<a href="#id_prenom">Prénom</a>' in page
    # A group of radio buttons has no field of its own: its frame is the target.
    assert '<a href="#div_id_regime">Régime</a>' in page


def test_une_erreur_de_l_ensemble_est_dite_seule():
    page = render_to_string("composants/erreurs.html", {"form": Formulaire({"prenom": "Léa", "regime": "a"})})
    assert "<p>Déjà inscrit.</p>" in page
    assert "href" not in page


def test_un_formulaire_juste_n_a_pas_d_encadre():
    assert render_to_string("composants/erreurs.html", {"form": Formulaire()}).strip() == ""


def test_les_freres_et_soeurs_ont_des_teintes_differentes():
    assert sorted(teinte(pk) for pk in range(40, 40 + TEINTES)) == list(range(1, TEINTES + 1))


@pytest.mark.urls(__name__)
def test_la_galerie_montre_tous_les_composants(db):
    assert Client().get("/galerie/").status_code == 200


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(("nom", "statut"), [(nom, statut) for nom, (_, statut) in galerie.ERREURS.items()])
def test_la_galerie_montre_les_pages_d_erreur(db, nom, statut):
    assert Client().get(f"/galerie/erreurs/{nom}/").status_code == statut


@pytest.mark.urls(__name__)
def test_la_galerie_n_a_pas_d_autre_page_d_erreur(db):
    assert Client().get("/galerie/erreurs/418/").status_code == 404
