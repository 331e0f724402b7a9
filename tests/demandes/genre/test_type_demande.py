"""What lists and pages say of a request, whatever its kind: whom it is about, what it asks, where its days are."""

from datetime import date
from typing import ClassVar

import pytest
from django import forms
from django.contrib.auth.models import Permission

from demandes.genre.colonnes import Colonne
from demandes.genre.onglet import MES_ENFANTS, MON_COMPTE
from demandes.genre.type_demande import TypeDemande
from demandes.models import Demande
from famille.models import Compte, Ecole, Enfant, Responsable

LEA = Enfant(pk=7, prenom="Léa", nom="DUPONT")


class Garage(TypeDemande):
    """Nothing secret in it; of no code, hence known to no other test."""

    marque = forms.CharField(label="Marque")
    couleur = forms.CharField(label="Couleur", required=False)
    place = forms.ModelChoiceField(Ecole.objects.all(), label="Place", required=False)


class Coffre(Garage):
    """The number of its lock is encrypted."""

    serrure = forms.CharField(label="Serrure")
    secrets = frozenset({"serrure"})


class Ordonnance(Garage):
    """All of it is encrypted."""

    confidentiel = True


class Vehicule(Garage):
    """Its columns are chosen."""

    colonnes: ClassVar = {"Véhicule": ("marque", "couleur")}


class Sortie(TypeDemande):
    """Of a child, on the days that it says."""

    onglet = MES_ENFANTS

    @classmethod
    def jours_concernes(cls, demande):
        return [(1, date.fromisoformat(jour)) for jour in demande.donnees["jours"]]


def une(enfant: Enfant | None = None, **donnees: object) -> Demande:
    return Demande(enfant=enfant, donnees=donnees)


def dit(genre: type[TypeDemande], **donnees: object) -> str:
    return genre.resume(une(**donnees)).replace("\u00a0", " ")


def lues(colonnes: list[Colonne[Demande]], **donnees: object) -> dict[str, str]:
    return {colonne.libelle: colonne.lire(une(**donnees)) for colonne in colonnes}


# -- Whom it is about -------------------------------------------------------------------------------


def test_une_demande_des_enfants_nomme_l_enfant_et_personne_d_autre():
    responsables = {Responsable.Role.TITULAIRE: Responsable(prenom="Jean", nom="DUPONT")}
    assert Sortie.concerne(une(LEA), responsables) == str(LEA)
    assert Sortie.concerne(une(), responsables) == ""


def test_une_demande_du_compte_nomme_son_adulte_s_il_est_au_dossier():
    jean, jeanne = (Responsable(prenom=prenom, nom="DUPONT") for prenom in ("Jean", "Jeanne"))
    du_conjoint = type("DuConjoint", (TypeDemande,), {"role": Responsable.Role.CONJOINT})
    les_deux = {Responsable.Role.TITULAIRE: jean, Responsable.Role.CONJOINT: jeanne}
    assert Garage.onglet == MON_COMPTE
    assert (Garage.concerne(une(LEA), les_deux), du_conjoint.concerne(une(), les_deux)) == (str(jean), str(jeanne))
    assert du_conjoint.concerne(une(), {Responsable.Role.TITULAIRE: jean}) == ""


# -- What it asks -----------------------------------------------------------------------------------


def test_le_resume_dit_chaque_champ_demande_et_ce_qui_s_efface():
    assert dit(Garage, couleur="", marque="Renault") == "Marque : Renault · Couleur : à effacer"
    # Whatever is chosen among records is not read for a row.
    assert dit(Garage, marque="Renault", place=3) == "Marque : Renault · Place"
    assert dit(Garage) == ""


def test_le_resume_d_un_secret_seul_est_confidentiel_pas_ce_qui_est_en_clair_a_cote():
    assert dit(Coffre) == "Contenu confidentiel"
    assert dit(Coffre, marque="Fichet") == "Marque : Fichet"
    assert dit(Ordonnance) == dit(Ordonnance, marque="Fichet") == "Contenu confidentiel"


def test_les_colonnes_sont_les_champs_qui_se_lisent_sans_ouvrir_ni_chercher():
    assert lues(Coffre.colonnes_de_liste(), marque="Fichet") == {"Marque": "Fichet", "Couleur": ""}
    assert Ordonnance.colonnes_de_liste() == []


def test_une_colonne_assemble_ce_qui_est_demande_de_ses_champs():
    assert lues(Vehicule.colonnes_de_liste(), marque="Renault", couleur="bleue") == {"Véhicule": "Renault bleue"}
    assert lues(Vehicule.colonnes_de_liste(), couleur="bleue") == {"Véhicule": "bleue"}
    assert lues(Vehicule.colonnes_de_liste()) == {"Véhicule": ""}


def test_le_dossier_dit_d_ou_vient_ce_qui_change_sans_ouvrir_un_secret_ni_chercher_un_nom():
    demande = Demande(donnees={"marque": "Fichet", "place": 3, "serrure": "1234"}, avant={"marque": "Bauche"})
    assert Coffre.changements_lisibles(demande) == [("Marque", "Bauche", "Fichet")]
    assert Garage.changements_lisibles(Demande(donnees={"couleur": "grise"}, avant={})) == [("Couleur", "", "grise")]


def test_la_lecture_de_ce_qui_est_tout_confidentiel_est_notee():
    assert (Ordonnance.se_lit_au_journal(), Garage.se_lit_au_journal()) == (True, False)


# -- Where its days are -----------------------------------------------------------------------------


def test_une_demande_de_jours_mene_au_mois_du_premier():
    demande = une(LEA, jours=["2015-05-06", "2015-04-29", "2015-06-03"])
    assert Sortie.adresse_du_mois(demande) == "/enfants/7/planning/2015/04/#j29"


@pytest.mark.parametrize("demande", [une(LEA, jours=[]), une(jours=["2015-04-29"]), une(jours=[])])
def test_sans_jour_ou_sans_enfant_il_n_y_a_pas_de_mois(demande):
    assert Sortie.adresse_du_mois(demande) == ""


# -- Who may decide ---------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("droits", "permis"),
    [
        ((), False),
        (("traiter_demande",), False),
        (("change_responsable",), False),  # the record by hand, not the requests
        (("traiter_demande", "change_responsable"), True),
    ],
)
def test_decide_qui_traite_les_demandes_et_peut_changer_ce_qu_elles_changent(agent_sans_droit, droits, permis):
    agent_sans_droit.user_permissions.set(Permission.objects.filter(codename__in=droits))
    agent = Compte.objects.get(pk=agent_sans_droit.pk)
    du_dossier = type("DuDossier", (TypeDemande,), {"permission": "famille.change_responsable"})
    assert du_dossier.traitable_par(agent) is permis
    assert Garage.traitable_par(agent) is ("traiter_demande" in droits)
