"""What parents see and do: the forms, the acknowledgement, the list, the follow-up, the withdrawal."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from demandes.genre.saisie import saisie
from demandes.models import Demande
from demandes.types import GENRES
from tests.demandes.outils import changer_de_mobile, deposer
from tests.demandes.test_reservations import MERCREDIS, codes, demander, etats

pytestmark = pytest.mark.django_db
LISTE = reverse("demandes:liste")
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def parent(client, dupont) -> Client:
    client.force_login(dupont.compte)
    return client


@pytest.fixture
def voisine(martin) -> Client:
    client = Client()
    client.force_login(martin.compte)
    return client


def envoi(foyer, code: str, **champs: object) -> dict:
    return saisie(GENRES.pour(code)(foyer.famille, None)) | champs


def lire(client: Client, url: str) -> str:
    reponse = client.get(url)
    assert reponse.status_code == 200
    return reponse.content.decode()


def test_le_crayon_ouvre_le_formulaire_rempli(parent):
    html = lire(parent, reverse("famille:mon_compte"))
    adresse = reverse("demandes:nouvelle", args=["responsable"])
    assert f'href="{adresse}"' in html
    assert 'value="12 RUE DES BONBONS"' in lire(parent, adresse)


def test_le_formulaire_rappelle_ce_qui_est_deja_demande(parent, dupont, agent):
    adresse = reverse("demandes:nouvelle", args=["responsable"])
    demande = changer_de_mobile(dupont)
    assert f'href="{demande.get_absolute_url()}"' in lire(parent, adresse)
    demande.accepter(par=agent)
    assert f'href="{demande.get_absolute_url()}"' not in lire(parent, adresse)


def test_une_demande_envoyee_a_son_accuse_avec_numero_et_date(parent, dupont, time_machine):
    time_machine.move_to("2015-04-08 14:05 +0200")
    parent.force_login(dupont.compte)
    adresse = reverse("demandes:nouvelle", args=["responsable"])
    html = parent.post(adresse, envoi(dupont, "responsable", mobile="0601020304"), follow=True).content.decode()
    assert f"n°\u00a0{Demande.objects.get().pk}" in html
    assert "mercredi 8 avril 2015 à 14\u00a0h\u00a005" in html


def test_ajouter_un_enfant_ne_parle_pas_de_corriger_et_ramene_a_mes_enfants(parent):
    html = lire(parent, reverse("demandes:nouvelle", args=["ajouter-enfant"]))
    assert "Corrigez" not in html
    assert "Remplissez la fiche de votre enfant, puis envoyez." in html
    assert f'<p><a href="{reverse("famille:enfants")}">Mes enfants</a></p>' in html


def test_un_quotient_illisible_n_a_qu_une_phrase(parent, dupont):
    adresse = reverse("demandes:nouvelle", args=["caf"])
    contenu = parent.post(adresse, envoi(dupont, "caf", quotient="beaucoup", date_effet="2015-01-01")).context[
        "contenu"
    ]
    assert contenu.errors == {"quotient": ["Saisissez un nombre entier."]}
    contenu = parent.post(adresse, envoi(dupont, "caf", quotient="", date_effet="2015-01-01")).context["contenu"]
    assert contenu.errors == {"quotient": ["Le quotient familial et sa date vont ensemble."]}


def test_rien_de_change_est_dit_et_n_est_pas_envoye(parent, dupont):
    reponse = parent.post(reverse("demandes:nouvelle", args=["responsable"]), envoi(dupont, "responsable"))
    assert "Vous n’avez rien modifié" in reponse.content.decode()
    assert not Demande.objects.exists()


def test_une_faute_est_dite_et_la_saisie_gardee(parent, dupont):
    champs = envoi(dupont, "responsable", code_postal="314", employeur="Mairie")
    reponse = parent.post(reverse("demandes:nouvelle", args=["responsable"]), champs)
    html = reponse.content.decode()
    assert reponse.status_code == 422
    assert "Un code postal compte 5 chiffres." in html
    assert 'value="Mairie"' in html


def test_un_justificatif_suffit_a_faire_une_demande_et_n_est_servi_qu_a_la_famille(parent, voisine, agent, dupont):
    fichier = SimpleUploadedFile("avis.pdf", PDF)
    champs = envoi(dupont, "fiscales") | {"avec-pieces": [fichier], "avec-commentaire": "Mon avis."}
    parent.post(reverse("demandes:nouvelle", args=["fiscales"]), champs)
    piece = Demande.objects.get().pieces.get()
    assert _contenu(parent.get(piece.get_absolute_url())) == PDF
    assert voisine.get(piece.get_absolute_url()).status_code == 404
    assert Client().get(piece.get_absolute_url()).status_code == 302
    bureau = Client()
    bureau.force_login(agent)
    au_bureau = reverse("admin:demandes_demande_piece", args=[piece.demande_id, piece.pk])
    assert _contenu(bureau.get(au_bureau)) == PDF
    assert parent.get(au_bureau).status_code == 403


def _contenu(reponse) -> bytes:
    return b"".join(reponse.streaming_content)


def test_un_fichier_qui_n_est_pas_ce_qu_il_dit_est_refuse(parent, dupont):
    champs = envoi(dupont, "fiscales") | {"avec-pieces": [SimpleUploadedFile("avis.pdf", b"MZ\x90")]}
    html = parent.post(reverse("demandes:nouvelle", args=["fiscales"]), champs).content.decode()
    assert "n’est ni un PDF" in html
    assert not Demande.objects.exists()


def test_une_demande_se_suit_puis_se_retire(parent, dupont):
    demande = changer_de_mobile(dupont)
    html = lire(parent, demande.get_absolute_url())
    assert "Demande déposée" in html
    assert "Décision du centre" in html
    reponse = parent.post(reverse("demandes:retrait", args=[demande.pk]), follow=True)
    assert "est retirée" in reponse.content.decode()
    assert "Retirer cette demande" not in reponse.content.decode()


def test_une_demande_decidee_ne_se_retire_plus(parent, dupont, agent):
    demande = changer_de_mobile(dupont)
    demande.accepter(par=agent)
    reponse = parent.post(reverse("demandes:retrait", args=[demande.pk]), follow=True)
    assert "a déjà été acceptée" in reponse.content.decode()
    assert list(Demande.objects.acceptees()) == [demande]


def test_un_retrait_ne_se_fait_pas_par_un_lien(parent, dupont):
    demande = changer_de_mobile(dupont)
    assert parent.get(reverse("demandes:retrait", args=[demande.pk])).status_code == 405
    assert demande in Demande.objects.en_attente()


def test_le_motif_du_refus_est_montre_avec_sa_date(parent, dupont, agent, time_machine):
    time_machine.move_to("2015-04-08 09:00 +0200")
    parent.force_login(dupont.compte)
    demande = changer_de_mobile(dupont)
    demande.refuser(par=agent, motif="Numéro incomplet.")
    for url in (demande.get_absolute_url(), LISTE):
        assert "Numéro incomplet." in lire(parent, url)
    assert "Refusée le" in lire(parent, LISTE)


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
        "Email",
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


def test_seuls_les_genres_dont_il_y_a_une_demande_font_un_filtre(parent, dupont, agent):
    def filtres(**parametres: str) -> list[str]:
        page = parent.get(LISTE, {"onglet": "mes-enfants"} | parametres)
        return [filtre.texte for filtre in page.context["types"]]

    (lea,) = dupont.enfants
    changer_de_mobile(dupont)
    assert (filtres(), filtres(toutes="1")) == ([], [])
    vieille = deposer(dupont, "regime", lea, regime="vegetarien")
    vieille.accepter(par=agent)
    Demande.objects.filter(pk=vieille.pk).update(deposee_le=vieille.deposee_le - timedelta(days=60))
    deposer(dupont, "identite", lea, classe="CE2")
    genres = {code: GENRES.pour(code).nom_court() for code in ("identite", "regime")}
    assert filtres() == ["Tout", genres["identite"]]
    assert sorted(filtres(toutes="1")) == sorted(["Tout", *genres.values()])
    assert sorted(filtres(type="regime")) == sorted(["Tout", *genres.values()])


def test_la_liste_se_partage_entre_mon_compte_et_mes_enfants(parent, dupont):
    changer_de_mobile(dupont)
    deposer(dupont, "regime", dupont.enfants[0], regime="vegetarien")
    mien, leur = (parent.get(LISTE, {"onglet": onglet}) for onglet in ("mon-compte", "mes-enfants"))
    assert [ligne.demande.type for g in mien.context["groupes"] for ligne in g.lignes] == ["responsable"]
    assert [ligne.demande.type for g in leur.context["groupes"] for ligne in g.lignes] == ["regime"]


def test_la_liste_montre_le_dernier_mois_ce_qui_attend_et_le_reste_a_part(parent, dupont, agent):
    vieille, ancienne, neuve = (changer_de_mobile(dupont, f"060102030{n}") for n in range(3))
    vieille.accepter(par=agent)
    il_y_a_deux_mois = vieille.deposee_le - timedelta(days=60)
    Demande.objects.filter(pk__in=[vieille.pk, ancienne.pk]).update(deposee_le=il_y_a_deux_mois)

    def montrees(**parametres: str) -> set[int]:
        groupes = parent.get(LISTE, {"onglet": "mon-compte"} | parametres).context["groupes"]
        return {ligne.demande.pk for groupe in groupes for ligne in groupe.lignes}

    assert montrees() == {ancienne.pk, neuve.pk}
    assert montrees(toutes="1") == {vieille.pk, ancienne.pk, neuve.pk}


def test_la_voisine_ne_voit_ni_ne_touche_rien(voisine, dupont):
    demande = changer_de_mobile(dupont)
    (lea,) = dupont.enfants
    for nom in ("demande", "accuse"):
        assert voisine.get(reverse(f"demandes:{nom}", args=[demande.pk])).status_code == 404
    assert voisine.post(reverse("demandes:retrait", args=[demande.pk])).status_code == 404
    formulaire = reverse("demandes:nouvelle_enfant", args=[lea.pk, "identite"])
    assert voisine.get(formulaire).status_code == 404
    assert voisine.post(formulaire, {"classe": "CE2"}).status_code == 404
    assert [groupe.lignes for groupe in voisine.get(LISTE).context["groupes"]] == []
    assert demande in Demande.objects.en_attente()


@pytest.mark.parametrize("adresse", ["/demandes/nouvelle/inconnue/", "/demandes/nouvelle/identite/"])
def test_un_genre_inconnu_ou_sans_son_enfant_n_existe_pas(parent, adresse):
    assert parent.get(adresse).status_code == 404


def test_un_genre_du_compte_ne_s_ouvre_pas_sur_un_enfant(parent, dupont):
    adresse = reverse("demandes:nouvelle_enfant", args=[dupont.enfants[0].pk, "bancaires"])
    assert parent.get(adresse).status_code == 404


def test_des_jours_du_planning_se_demandent_sans_javascript(parent, dupont, mercredi, inscrire, jeudi_2_avril):
    parent.force_login(dupont.compte)
    inscription = inscrire(mercredi)
    adresse = reverse("demandes:nouvelle_enfant", args=[dupont.enfants[0].pk, "reservation"])
    html = lire(parent, f"{adresse}?inscription={inscription.pk}&jours=2015-04-08,2015-04-06,2015-04-29")
    assert html.count('type="checkbox"') == 2
    assert "férié" in html
    reponse = parent.post(adresse, {"jours": codes(inscription, MERCREDIS[:2]), "avec-commentaire": "Merci"})
    demande = Demande.objects.get()
    assert reponse.url == reverse("demandes:accuse", args=[demande.pk])
    assert etats(inscription, MERCREDIS[:2]) == ["demandee"] * 2


def test_des_jours_de_plusieurs_lignes_du_planning_font_une_seule_demande(
    parent, dupont, mercredi, garderie, inscrire, jeudi_2_avril
):
    parent.force_login(dupont.compte)
    journee, matin = inscrire(mercredi), inscrire(garderie)
    adresse = reverse("demandes:nouvelle_enfant", args=[dupont.enfants[0].pk, "reservation"])
    rangees = f"inscription={journee.pk}&jours=2015-04-08,2015-04-29&inscription={matin.pk}&jours=2015-04-09"
    assert lire(parent, f"{adresse}?{rangees}").count('type="checkbox"') == 3
    voulus = [*codes(journee, MERCREDIS[:2]), f"{matin.pk}:2015-04-09"]
    parent.post(adresse, {"jours": voulus})
    assert sorted(Demande.objects.get().donnees["jours"]) == sorted(voulus)


@pytest.mark.parametrize("methode", ["get", "post"])
def test_sans_jour_coche_on_revient_choisir_dans_le_mois_ou_l_on_etait(parent, dupont, methode):
    (lea,) = dupont.enfants
    choix = reverse("planning:choix", args=[lea.pk, 2015, "05", "reservation"])
    adresse = reverse("demandes:nouvelle_enfant", args=[lea.pk, "reservation"])
    html = getattr(parent, methode)(adresse, {"mois": "2015-05"}).content.decode()
    assert f'href="{choix}">Choisir des jours' in html


def test_le_choix_de_plusieurs_jours_dit_de_quel_mois_il_vient(parent, dupont, mercredi, inscrire, jeudi_2_avril):
    parent.force_login(dupont.compte)
    inscrire(mercredi)
    choix = reverse("planning:choix", args=[dupont.enfants[0].pk, 2015, "05", "reservation"])
    assert '<input type="hidden" name="mois" value="2015-05">' in lire(parent, choix)


@pytest.mark.parametrize("mois", ["", "hier", "0001-01", "2015-13"])
def test_un_mois_illisible_est_celui_d_aujourd_hui(parent, dupont, mois, jeudi_2_avril):
    parent.force_login(dupont.compte)
    adresse = reverse("demandes:nouvelle_enfant", args=[dupont.enfants[0].pk, "reservation"])
    assert parent.get(adresse, {"mois": mois}).context["contenu"].mois == date(2015, 4, 2)


def test_un_prix_un_etat_ou_une_presence_envoyes_avec_la_demande_sont_ignores(
    parent, dupont, mercredi, inscrire, jeudi_2_avril
):
    parent.force_login(dupont.compte)
    inscription = inscrire(mercredi)
    adresse = reverse("demandes:nouvelle_enfant", args=[dupont.enfants[0].pk, "reservation"])
    force = {"etat": "reservee", "presence": "present", "prix": "0", "par": "1", "automatique": "on"}
    parent.post(adresse, {"jours": codes(inscription, MERCREDIS[:1])} | force)
    journee = inscription.journee(MERCREDIS[0])
    assert (journee.etat, journee.presence, journee.par) == ("demandee", "", dupont.compte)


def test_une_date_passee_envoyee_de_force_est_refusee_et_dite(parent, dupont, mercredi, inscrire, jeudi_2_avril):
    parent.force_login(dupont.compte)
    inscription = inscrire(mercredi)
    adresse = reverse("demandes:nouvelle_enfant", args=[dupont.enfants[0].pk, "reservation"])
    reponse = parent.post(adresse, {"jours": [f"{inscription.pk}:2015-04-01"]})
    assert reponse.status_code == 422
    assert "est passé" in reponse.content.decode()
    assert not Demande.objects.exists()


def test_la_voisine_ne_retire_pas_une_reservation_par_son_numero(voisine, dupont, mercredi, inscrire, jeudi_2_avril):
    inscription = inscrire(mercredi)
    demande = demander(dupont, inscription)
    voisine.post(reverse("demandes:retrait", args=[demande.pk]))
    assert etats(inscription) == ["demandee"] * 5


def _requetes(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captees:
        lire(client, url)
    return len(captees)


def test_chaque_page_tient_en_huit_requetes(parent, dupont, agent):
    (lea,) = dupont.enfants
    demande = changer_de_mobile(dupont)
    adresses = [
        LISTE,
        f"{LISTE}?onglet=mes-enfants&toutes=1",
        demande.get_absolute_url(),
        reverse("demandes:accuse", args=[demande.pk]),
        reverse("demandes:nouvelle", args=["caf"]),
        reverse("demandes:nouvelle_enfant", args=[lea.pk, "identite"]),
        reverse("demandes:nouvelle_enfant", args=[lea.pk, "vaccins"]),
    ]
    lire(parent, LISTE)  # the session is written once a minute
    comptes = {url: _requetes(parent, url) for url in adresses}
    assert {url: n for url, n in comptes.items() if n > 8} == {}


def test_la_liste_ne_fait_pas_plus_de_requetes_pour_plus_de_demandes(parent, dupont, agent):
    changer_de_mobile(dupont).accepter(par=agent)
    lire(parent, LISTE)
    peu = _requetes(parent, LISTE)
    for n in range(1, 9):
        changer_de_mobile(dupont, f"060102030{n}").accepter(par=agent)
    assert _requetes(parent, LISTE) == peu


def test_la_liste_ne_dechiffre_rien(parent, dupont, monkeypatch):
    deposer(dupont, "sanitaires", dupont.enfants[0], allergies="Noisette")
    deposer(dupont, "bancaires", iban="FR76 3000 6000 0112 3456 7890 189")
    lectures = []
    monkeypatch.setattr("socle.chiffrement.Secret.en_clair", lambda secret: lectures.append(secret) or "{}")
    for onglet in ("mon-compte", "mes-enfants"):
        assert "Contenu confidentiel" in lire(parent, f"{LISTE}?onglet={onglet}")
    assert lectures == []
