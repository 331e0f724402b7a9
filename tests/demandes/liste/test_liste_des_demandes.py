"""« Liste des demandes »: tabs, filters, groups, columns; nothing decrypted."""

from datetime import datetime, timedelta

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from demandes.genre.onglet import Onglet
from demandes.liste.liste_des_demandes import ListeDesDemandes
from demandes.models import Demande
from demandes.types import GENRES
from tests.demandes.jours import MERCREDIS, codes, demander
from tests.demandes.outils import accepter_telle_quelle, changer_de_mobile, deposer, lire, requetes
from tests.fabriques import EnfantFactory

pytestmark = pytest.mark.django_db
LISTE = reverse("demandes:liste")


def test_la_liste_a_les_colonnes_du_guide(parent, dupont, agent):
    changer_de_mobile(dupont).refuser(par=agent, motif="Numéro incomplet.")
    reponse = parent.get(LISTE, {"onglet": "mon-compte", "type": "responsable"})
    (groupe,) = reponse.context["groupes"]
    assert groupe.titre == "Demandes refusées"
    assert [colonne.libelle for colonne in groupe.colonnes] == [
        "Responsable",
        "Qualité",
        "Adresse",
        "Tél. domicile",
        "Tél. prof.",
        "Mobile",
        "E-mail",
        "Profession",
        "Employeur",
        "Adresse employeur",
        "Déposée le",
        "Refusée le",
        "Motif du refus",
    ]


def test_une_liste_vide_dit_quel_bouton_ouvre_une_demande_et_y_mene(parent):
    for onglet, page in (("mon-compte", "famille:mon_compte"), ("mes-enfants", "famille:enfants")):
        for toutes in ("", "&toutes=1"):
            html = lire(parent, f"{LISTE}?onglet={onglet}{toutes}")
            assert "Le bouton «\u00a0Modifier\u00a0», à côté de chaque titre" in html
            assert f'<a class="btn btn-primary" href="{reverse(page)}">' in html


def test_les_filtres_du_guide_sont_toujours_la_chacun_avec_son_nombre(parent, dupont, agent):
    def filtres(**parametres: str) -> list[tuple[str, int]]:
        page = parent.get(LISTE, parametres)
        return [(filtre.texte, filtre.nombre) for filtre in page.context["types"]]

    (lea,) = dupont.enfants
    du_guide = [genre.nom_court() for genre in GENRES.tous(Onglet.MON_COMPTE)]
    assert du_guide == [f"Informations {quoi}" for quoi in ("responsable", "conjoint", "fiscales", "CAF", "bancaires")]
    assert filtres() == [("Tout", 0), *((nom, 0) for nom in du_guide)]
    changer_de_mobile(dupont)
    changer_de_mobile(dupont, "0601020399")
    du_compte = [("Tout", 2), ("Informations responsable", 2), *((nom, 0) for nom in du_guide[1:])]
    assert filtres(onglet="mon-compte") == filtres(onglet="mon-compte", toutes="1") == du_compte
    assert filtres(onglet="mes-enfants") == [("Tout", 0), ("Réservations", 0), ("Absences", 0)]
    vieille = deposer(dupont, "identite", lea, classe="CE2")
    accepter_telle_quelle(vieille, par=agent)
    Demande.objects.filter(pk=vieille.pk).update(deposee_le=timezone.now() - timedelta(days=40))
    assert filtres(onglet="mes-enfants") == [("Tout", 0), ("Réservations", 0), ("Absences", 0)]
    assert ("Identité et scolarité", 1) in filtres(onglet="mes-enfants", toutes="1")
    assert ("Identité et scolarité", 1) in filtres(onglet="mes-enfants", toutes="1", enfant=str(lea.pk))
    html = lire(parent, f"{LISTE}?onglet=mon-compte")
    assert ">2<span" in html


def test_la_liste_se_partage_entre_mon_compte_et_mes_enfants(parent, dupont):
    changer_de_mobile(dupont)
    deposer(dupont, "regime", dupont.enfants[0], regime="vegetarien")
    mien, leur = (parent.get(LISTE, {"onglet": onglet}) for onglet in ("mon-compte", "mes-enfants"))
    assert [ligne.demande.type for g in mien.context["groupes"] for ligne in g.lignes] == ["responsable"]
    assert [ligne.demande.type for g in leur.context["groupes"] for ligne in g.lignes] == ["regime"]


def test_la_liste_montre_le_dernier_mois_ce_qui_attend_et_le_reste_a_part(parent, dupont, agent):
    vieille, ancienne, neuve = (changer_de_mobile(dupont, f"060102030{n}") for n in range(3))
    accepter_telle_quelle(vieille, par=agent)
    il_y_a_deux_mois = vieille.deposee_le - timedelta(days=60)
    Demande.objects.filter(pk__in=[vieille.pk, ancienne.pk]).update(deposee_le=il_y_a_deux_mois)

    def montrees(**parametres: str) -> set[int]:
        groupes = parent.get(LISTE, {"onglet": "mon-compte"} | parametres).context["groupes"]
        return {ligne.demande.pk for groupe in groupes for ligne in groupe.lignes}

    assert montrees() == {ancienne.pk, neuve.pk}
    assert montrees(toutes="1") == {vieille.pk, ancienne.pk, neuve.pk}


def test_le_dernier_mois_a_trente_et_un_jours(dupont, agent, time_machine):
    time_machine.move_to("2015-05-08 09:00 +0200", tick=False)
    for mobile, deposee_le in (("0601020301", "2015-04-07T09:00+02:00"), ("0601020302", "2015-04-07T08:59+02:00")):
        demande = changer_de_mobile(dupont, mobile)
        demande.refuser(par=agent, motif="Numéro incomplet.")
        Demande.objects.filter(pk=demande.pk).update(deposee_le=datetime.fromisoformat(deposee_le))
    (groupe,) = ListeDesDemandes(dupont.famille, QueryDict("onglet=mon-compte")).groupes()
    assert [ligne.demande.donnees["mobile"] for ligne in groupe.lignes] == ["+33601020301"]


def test_la_liste_ne_fait_pas_plus_de_requetes_pour_plus_de_demandes(parent, dupont, agent):
    accepter_telle_quelle(changer_de_mobile(dupont), par=agent)
    lire(parent, LISTE)
    peu = requetes(parent, LISTE)
    for n in range(1, 9):
        accepter_telle_quelle(changer_de_mobile(dupont, f"060102030{n}"), par=agent)
    assert requetes(parent, LISTE) == peu


def test_la_liste_ne_dechiffre_rien(parent, dupont, monkeypatch):
    deposer(dupont, "sanitaires", dupont.enfants[0], allergies="Noisette")
    deposer(dupont, "bancaires", iban="FR76 3000 6000 0112 3456 7890 189")
    lectures = []
    monkeypatch.setattr("socle.chiffrement.Secret.en_clair", lambda secret: lectures.append(secret) or "{}")
    for onglet in ("mon-compte", "mes-enfants"):
        assert "Contenu confidentiel" in lire(parent, f"{LISTE}?onglet={onglet}")
    assert lectures == []


def test_une_demande_acceptee_en_partie_le_dit_dans_la_liste(parent, dupont, mercredis, agent, jeudi_2_avril):
    demande = demander(dupont, mercredis, MERCREDIS[:2])
    accepter_telle_quelle(demande, par=agent, sauf=codes(mercredis, MERCREDIS[:1]), motif="Complet.")
    assert "Acceptée en partie" in lire(parent, LISTE)


class TestDeDeuxEnfants:
    @pytest.fixture
    def tom(self, dupont):
        """Two of his requests and one of Léa's, beside one of the dossier."""
        lea, tom = dupont.enfants[0], EnfantFactory(famille=dupont.famille, prenom="Tom", nom="DUPONT")
        changer_de_mobile(dupont)
        deposer(dupont, "regime", lea, regime="vegetarien")
        deposer(dupont, "regime", tom, regime="vegetarien")
        deposer(dupont, "identite", tom, classe="CE2")
        return tom

    @pytest.mark.parametrize("toutes", ["", "&toutes=1"])
    def test_choisir_l_un_ne_compte_que_les_siennes(self, dupont, tom, toutes):
        def nombres(de: str) -> dict[str, int]:
            liste = ListeDesDemandes(dupont.famille, QueryDict(f"onglet=mes-enfants{de}{toutes}"))
            return {filtre.texte: filtre.nombre for filtre in liste.types() if filtre.nombre}

        assert nombres("") == {"Tout": 3, "Régime alimentaire": 2, "Identité et scolarité": 1}
        assert nombres(f"&enfant={tom.pk}") == {"Tout": 2, "Régime alimentaire": 1, "Identité et scolarité": 1}
        assert nombres(f"&enfant={dupont.enfants[0].pk}") == {"Tout": 1, "Régime alimentaire": 1}

    def test_toutes_sont_celles_de_l_onglet_et_de_l_enfant(self, dupont, tom):
        def montrees(parametres: str) -> list[tuple[str, str]]:
            (groupe,) = ListeDesDemandes(dupont.famille, QueryDict(f"toutes=1&{parametres}")).groupes()
            return sorted((ligne.demande.type, str(ligne.demande.enfant or "")) for ligne in groupe.lignes)

        de_tom = [("identite", str(tom)), ("regime", str(tom))]
        assert montrees("onglet=mon-compte") == [("responsable", "")]
        assert montrees(f"onglet=mes-enfants&enfant={tom.pk}") == de_tom
        assert len(montrees("onglet=mes-enfants")) == 3


def test_le_nom_du_genre_n_est_pas_redit_la_ou_il_est_seul(dupont):
    assert ListeDesDemandes(dupont.famille, QueryDict("onglet=mon-compte&type=caf")).un_seul_genre
    assert not ListeDesDemandes(dupont.famille, QueryDict("onglet=mon-compte")).un_seul_genre


def test_toutes_les_demandes_se_lisent_vingt_cinq_par_page(dupont):
    Demande.objects.bulk_create(
        Demande(famille=dupont.famille, type="caf", donnees={"numero_allocataire": str(n)}) for n in range(26)
    )
    tailles = [len(ListeDesDemandes(dupont.famille, QueryDict(f"toutes=1&page={n}")).page) for n in (1, 2)]
    assert tailles == [25, 1]
