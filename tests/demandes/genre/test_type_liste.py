"""Rows of a child's record: those that are added, changed, removed, and gone since."""

import pytest
from django.db import IntegrityError, transaction

from demandes.erreurs import NeTientPlus
from demandes.genre.saisie import saisie
from demandes.models import Demande
from demandes.types import GENRES
from famille.models import Tiers
from tests.attente import attendre_son_tour
from tests.demandes.outils import accepter_telle_quelle, deposer, remplir

pytestmark = pytest.mark.django_db
CODE = "personnes-autorisees"


@pytest.fixture
def odile(lea) -> Tiers:
    return lea.tiers.get()


def formulaire(dupont, lea, **envoi):
    genre = GENRES.pour(CODE)
    if not envoi:
        return genre(dupont.famille, lea)
    return genre(dupont.famille, lea, saisie(genre(dupont.famille, lea)) | envoi)


def test_chaque_personne_a_ses_champs_et_une_nouvelle_a_les_siens(dupont, lea, odile):
    groupes = formulaire(dupont, lea).en_groupes()
    assert [champ.name for champ in groupes[0].champs] == [
        f"{odile.pk}-{champ}" for champ in ("prenom", "nom", "lien", "telephone", "retirer")
    ]
    assert [champ.name for champ in groupes[1].champs] == [f"n1-{c}" for c in ("prenom", "nom", "lien", "telephone")]
    assert groupes[1].legende == "Personne à ajouter 1"


def test_deux_lignes_vierges_attendent_pas_une_de_plus(dupont, lea, odile):
    contenu = formulaire(dupont, lea)
    assert [groupe.legende for groupe in contenu.en_groupes()] == [
        "Odile BERNARD",
        "Personne à ajouter 1",
        "Personne à ajouter 2",
    ]
    assert {nom.split("-")[0] for nom in contenu.fields} == {str(odile.pk), "n1", "n2"}


def test_ce_qui_est_essentiel_manque_une_fois_commence_et_pas_autrement(dupont, lea, odile):
    assert formulaire(dupont, lea, **{"n1-lien": ""}).is_valid()
    obligatoire = ["Ce champ est obligatoire."]
    assert formulaire(dupont, lea, **{"n1-lien": "Oncle"}).errors == {"n1-prenom": obligatoire, "n1-nom": obligatoire}
    assert formulaire(dupont, lea, **{f"{odile.pk}-nom": ""}).errors == {f"{odile.pk}-nom": obligatoire}
    assert formulaire(dupont, lea, **{f"{odile.pk}-nom": "", f"{odile.pk}-retirer": "on"}).is_valid()
    # To empty a row is not to remove it.
    videe = formulaire(dupont, lea, **{f"{odile.pk}-{champ}": "" for champ in ("prenom", "nom", "lien", "telephone")})
    assert videe.errors == {f"{odile.pk}-prenom": obligatoire, f"{odile.pk}-nom": obligatoire}


def test_le_resume_dit_qui_s_ajoute_qui_change_et_qui_part(dupont, lea, odile):
    paul = Tiers.objects.create(enfant=lea, prenom="Paul", nom="MARTIN", statut=odile.statut)
    demande = deposer(
        dupont, CODE, lea,
        **{
            "n1-prenom": "Anne", "n1-nom": "PETIT", "n1-lien": "Tante", "n2-prenom": "Luc", "n2-nom": "GRAND",
            f"{odile.pk}-lien": "Voisine", f"{paul.pk}-retirer": "on",
        },
    )  # fmt: skip
    demande = Demande.objects.get(pk=demande.pk)
    attendu = "Changement : Odile BERNARD · Retrait : Paul MARTIN · Ajout : Anne PETIT, Tante · Ajout : Luc GRAND"
    assert demande.genre.resume(demande).replace("\u00a0", " ") == attendu
    # All that a row was is kept with what changes of it, and of no other.
    assert {nom.split("-")[0] for nom in demande.avant} == {str(odile.pk), str(paul.pk), "n1", "n2"}
    assert demande.avant[f"{odile.pk}-telephone"] == str(odile.telephone)


def test_ce_que_la_fiche_refuserait_est_refuse_avec_le_nom_de_la_ligne(dupont, lea, odile):
    phrases = formulaire(dupont, lea, **{"n1-prenom": "Anne", "n1-nom": "06 11 22 33 44"}).non_field_errors()
    assert [phrase.split("\u00a0:")[0] for phrase in phrases] == ["Personne à ajouter 1"]


def test_de_qui_ne_change_pas_rien_n_est_garde(dupont, lea, odile):
    paul = Tiers.objects.create(enfant=lea, prenom="Paul", nom="MARTIN", statut=odile.statut)
    demande = deposer(dupont, CODE, lea, **{f"{paul.pk}-lien": "Oncle"})
    assert set(demande.avant) == {f"{paul.pk}-{champ}" for champ in ("prenom", "nom", "lien", "telephone", "retirer")}


@pytest.mark.parametrize(
    ("donnees", "avant", "attendu"),
    [
        ({"n1-nom": "PETIT", "n1-lien": "Tante"}, {}, "Ajout : PETIT, Tante"),
        ({"5-lien": "Tante"}, {"5-prenom": "", "5-nom": "PETIT"}, "Changement : PETIT"),
        ({"5-retirer": True}, {"5-nom": "PETIT"}, "Retrait : PETIT"),
        ({"5-lien": "Tante"}, {}, "Changement : une ligne"),
    ],
)
def test_le_resume_se_passe_du_nom_que_la_fiche_n_a_pas(donnees, avant, attendu):
    assert GENRES.pour(CODE).resume(Demande(donnees=donnees, avant=avant)).replace("\u00a0", " ") == attendu


def test_acceptee_elle_ajoute_change_et_retire_sans_ecrire_les_lignes_vides(dupont, lea, odile, accepter):
    paul = Tiers.objects.create(enfant=lea, prenom="Paul", nom="MARTIN", statut=odile.statut)
    accepter(
        deposer(
            dupont,
            CODE,
            lea,
            **{"n1-prenom": "Anne", "n1-nom": "PETIT", f"{odile.pk}-lien": "Voisine", f"{paul.pk}-retirer": "on"},
        )
    )
    assert set(lea.tiers.values_list("prenom", "lien")) == {("Anne", ""), ("Odile", "Voisine")}


def test_d_une_personne_partie_depuis_rien_ne_s_accepte_et_son_nom_se_lit(dupont, lea, odile, agent):
    champs = {f"{odile.pk}-lien": "Voisine", "n1-prenom": "Anne", "n1-nom": "PETIT"}
    demande = deposer(dupont, CODE, lea, **champs)
    odile.delete()
    demande = Demande.objects.get(pk=demande.pk)
    with pytest.raises(NeTientPlus, match="ne figure plus"):
        accepter_telle_quelle(demande, par=agent)
    libelles = [ecart.libelle.replace("\u00a0", " ") for ecart in demande.contenu().difference(demande)]
    assert any(libelle.startswith("Odile BERNARD : ") for libelle in libelles)
    assert not any("Ligne retirée" in libelle for libelle in libelles)


def test_d_une_personne_partie_on_lit_ce_que_l_on_en_savait(dupont, lea, odile):
    Tiers.objects.filter(pk=odile.pk).update(prenom="")
    demande = deposer(dupont, CODE, lea, **{f"{odile.pk}-prenom": "Odette"})
    partie = odile.pk
    odile.delete()
    demande = Demande.objects.get(pk=demande.pk)
    (ecart,) = demande.contenu().difference(demande)
    assert ecart.libelle == "BERNARD\u00a0: Prénom"
    assert formulaire(dupont, lea).libelle(f"{partie}-lien") == "Ligne retirée depuis\u00a0: Lien avec l’enfant"


def test_un_lien_qui_s_efface_s_efface_et_la_personne_reste(dupont, lea, odile, accepter):
    accepter(deposer(dupont, CODE, lea, **{f"{odile.pk}-lien": ""}))
    assert lea.tiers.values_list("prenom", "nom", "lien").get() == ("Odile", "BERNARD", "")


def test_ce_qui_manque_depuis_a_une_autre_personne_n_empeche_rien(dupont, lea, odile, accepter):
    demande = deposer(dupont, CODE, lea, **{"n1-prenom": "Anne", "n1-nom": "PETIT"})
    Tiers.objects.filter(pk=odile.pk).update(prenom="")
    accepter(demande)
    assert set(lea.tiers.values_list("prenom", "nom")) == {("", "BERNARD"), ("Anne", "PETIT")}


def test_une_personne_ecrite_deux_fois_se_voit_des_que_la_liste_est_ecrite(dupont, lea, odile):
    contenu = remplir(dupont, CODE, lea, **{"n1-prenom": "Anne", "n1-nom": "PETIT"})
    Tiers.objects.create(enfant=lea, prenom="Anne", nom="PETIT", statut=odile.statut)
    with pytest.raises(IntegrityError, match="une_personne_une_fois_par_enfant"), transaction.atomic():
        contenu.appliquer(Demande())


@pytest.mark.django_db(transaction=True)
def test_qui_accepte_attend_que_la_ligne_soit_libre(dupont, agent):
    (lea,) = dupont.enfants
    odile = lea.tiers.get()
    contenu = remplir(dupont, CODE, lea, **{f"{odile.pk}-lien": "Voisine"})
    Demande.deposer(contenu, par=dupont.compte)
    attendre_son_tour(odile, lambda: accepter_telle_quelle(Demande.objects.get(), par=agent))
    odile.refresh_from_db()
    assert odile.lien == "Voisine"
