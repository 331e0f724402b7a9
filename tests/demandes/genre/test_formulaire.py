"""The form of a kind as its page draws it: empty choices have a name, what is typed stays, groups hold what exists."""

import pytest
from django import forms
from django.http import QueryDict

from demandes.forms import AccompagnementForm
from demandes.fusion import DemandesDUnEnfant
from demandes.genre.formulaire import Formulaire
from demandes.genre.saisie import saisie
from demandes.models import Demande
from demandes.types import GENRES
from famille.models import Famille
from tests.demandes.outils import deposer
from tests.fabriques import EnfantFactory

pytestmark = pytest.mark.django_db


def test_ne_rien_choisir_a_un_nom(dupont, lea):
    titulaire, identite = GENRES.pour("responsable")(dupont.famille, None), GENRES.pour("identite")(dupont.famille, lea)
    assert next(iter(titulaire.fields["qualite"].choices)) == ("", "Non renseigné")
    assert identite.fields["ecole"].empty_label == "Non renseigné"
    assert not titulaire.use_required_attribute


def test_ce_qui_est_saisi_reste_sans_etre_juge_et_le_reste_est_la_fiche(dupont):
    genre = GENRES.pour("responsable")
    contenu = genre.sans_juger(dupont.famille, None, QueryDict("mobile=trop+court"))
    assert (contenu["mobile"].value(), contenu["nom"].value()) == ("trop court", "DUPONT")
    assert not contenu.is_bound


def test_un_genre_qui_ne_porte_sur_personne_n_a_pas_d_enfant(dupont):
    with pytest.raises(ValueError, match="about no child"):
        _ = GENRES.pour("responsable")(dupont.famille, None).enfant_concerne


def test_les_pieces_attendues_se_disent_avant_le_reste():
    ordinaire = AccompagnementForm().fields["pieces"].help_text
    assert AccompagnementForm(pieces_attendues="Joignez un RIB.").fields["pieces"].help_text == (
        f"Joignez un RIB. {ordinaire}"
    )


def test_les_demandes_d_un_enfant_fondu_suivent_l_enfant_garde(dupont, lea):
    tom = EnfantFactory(famille=dupont.famille, nom="DUPONT", prenom="Tom")
    suite = DemandesDUnEnfant()
    assert list(suite.compter(tom)) == []
    sienne, autre = deposer(dupont, "regime", tom, regime="vegetarien"), deposer(dupont, "responsable", profession="X")
    assert list(suite.compter(tom)) == ["1\u00a0demande"]
    suite.deplacer(lea, tom)
    assert set(Demande.objects.values_list("pk", "enfant")) == {(sienne.pk, lea.pk), (autre.pk, None)}


def test_un_groupe_ne_dessine_que_les_champs_qui_restent(dupont):
    contenu = GENRES.pour("responsable")(dupont.famille)
    del contenu.fields["situation"]
    identite = contenu.en_groupes()[0]
    assert [champ.name for champ in identite.champs] == ["civilite", "nom", "prenom", "qualite"]


class Activites(Formulaire):
    """A form with a field that has no label, and nothing chosen of a list."""

    judo = forms.BooleanField(required=False)
    jours = forms.MultipleChoiceField(choices=[("lundi", "Lundi"), ("mardi", "Mardi")], label="Jours")


def test_un_champ_sans_libelle_se_dit_par_son_nom():
    contenu = Activites(Famille())
    assert (contenu.libelle("judo"), contenu.libelle("jours"), contenu.libelle("dojo")) == ("judo", "Jours", "dojo")


def test_d_une_liste_ou_rien_n_est_choisi_rien_n_est_envoye():
    assert saisie(Activites(Famille()))["jours"] == ""
