"""The form of a kind as its page draws it: empty choices have a name, what is typed stays, groups hold what exists."""

import pytest
from django.http import QueryDict

from demandes.forms import AccompagnementForm
from demandes.fusion import DemandesDUnEnfant
from demandes.models import Demande
from demandes.types import GENRES
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
