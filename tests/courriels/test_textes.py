"""The texts that the direction may write: variables and nothing else, the same words as the templates to begin with."""

import pytest
from django.template.loader import render_to_string

from courriels.avis import Avis
from courriels.models import Courriel
from courriels.redaction import rediger
from courriels.textes.langue import fautes, paragraphes, une_ligne
from courriels.textes.origine import TEXTES
from socle.reglages.ecriture import ecrire

# What the templates are given, in each of their two forms where they have two.
CONTEXTES = {
    "demande_deposee": [
        {"numero": 12, "objet": "Réserver", "pour": " pour Léa", "jours": ["lundi", "mardi"], "total": "3\u00a0€"}
        | {"titre_du_total": "Total", "jour": "08/04/2015", "heure": "18\u00a0h"},
        {"numero": 12, "objet": "Adresse", "jour": "08/04/2015", "heure": "18\u00a0h"},
    ],
    "demande_decidee": [{"phrases": ["Acceptée.", "Lundi\u00a0: réservé."]}],
    "jours_changes": [{"phrases": ["Léa, lundi\u00a0: annulé."], "bouton": "Voir le planning"}],
    "message_nouveau": [{}],
    "facture_emise": [
        {"facture": "AL-36", "regie": "Régie", "montant": "3\u00a0€", "du": "01/04", "au": "30/04", "echeance": "31/05"}
        | {"reste": reste}
        for reste in ("3\u00a0€", "")
    ],
    "paiement_recu": [
        {"montant": "3\u00a0€", "facture": "AL-36", "regie": "Régie", "jour": "08/04", "heure": "18\u00a0h"}
        | {"reglement": "AL-2", "refdet": "abc", "par_le_centre": centre}
        for centre in (True, False)
    ],
    "mot_de_passe_change": [
        {"jour": "08/04", "heure": "18\u00a0h", "par_le_centre": centre} for centre in (True, False)
    ],
    "adresse_remplacee": [{"jour": "08/04", "heure": "18\u00a0h", "nouvelle": nouvelle} for nouvelle in ("a@b.fr", "")],
    "second_facteur": [{"phrase": "Relié", "jour": "08/04", "heure": "18\u00a0h"}],
}


def mots(texte: str) -> list[str]:
    return texte.replace("\u00a0", " ").split()


def test_le_texte_d_origine_est_celui_du_gabarit_au_mot_pres():
    for cle, contextes in CONTEXTES.items():
        texte = TEXTES[cle]
        for contexte in contextes:
            entier = {"centre_nom": texte.valeurs({})["centre"], "centre_telephone": "", "lien": "https://p.example/"}
            gabarit = render_to_string(f"courriels/{cle}.txt", entier | contexte)
            corps = texte.rediger({}, texte.valeurs(contexte)).texte
            for paragraphe in corps.split("\n\n"):
                assert " ".join(mots(paragraphe)).rstrip(".") in " ".join(mots(gabarit)), cle


def test_une_variable_inconnue_ou_une_accolade_seule_se_dit():
    assert list(fautes("Bonjour {prenom}, {centre}", ["centre"])) == [
        "La variable {prenom} n’existe pas ici. Celles que l’on peut écrire\u00a0: {centre}."
    ]
    [phrase] = fautes("Bonjour {centre", ["centre"])
    assert phrase.startswith("Une accolade est seule")
    assert not list(fautes("Bonjour { centre }", ["centre"]))


def test_ce_qui_est_vide_s_en_va_et_une_valeur_ne_se_relit_pas():
    assert paragraphes("A\n{b}\n\n{b}\n\n{c}", {"b": "", "c": "{b} {% now %}"}) == ["A", "{b} {% now %}"]
    assert paragraphes("Total : {b}", {"b": ""}) == ["Total :"]
    assert une_ligne("{a}", {"a": "Bonjour\nBcc: x@example.org"}) == "Bonjour Bcc: x@example.org"


def test_chaque_texte_d_origine_ne_nomme_que_ses_variables():
    for texte in TEXTES.values():
        assert not list(fautes(texte.corps + texte.sujet, [variable.nom for variable in texte.toutes])), texte.cle


@pytest.mark.django_db
def test_un_e_mail_part_avec_les_mots_de_la_direction_en_texte_et_en_html():
    contexte = {"chemin": "/releve/", "facture": "AL-36", "montant": "3\u00a0€", "regie": "<b>R</b>", "reste": ""}
    avis = Avis(sujet="Prête", gabarit="facture_emise", contexte=contexte, cle="facture:1")
    ecrire(
        "texte:facture_emise",
        {"sujet": "{centre}\u00a0: {facture}", "corps": "Chère famille,\n\n{regie}\u00a0: {montant}.\n{a_payer}"},
        par="Diane",
    )
    message = rediger(Courriel.a("jean@example.org", avis))
    assert message.subject == "Centre social Les Tilleuls\u00a0: AL-36"
    assert message.body.startswith("Chère famille,\n\n<b>R</b>\u00a0: 3\u00a0€.\nVous n’avez rien à payer")
    assert "Voir mes factures\u00a0:\n" in message.body
    html = str(message.alternatives[0][0])
    assert "<p>Chère famille,</p>" in html
    assert "&lt;b&gt;R&lt;/b&gt;\u00a0: 3\u00a0€.<br>" in html
    assert "Bonjour," not in html
    ecrire("texte:facture_emise", {}, par="Diane")
    assert "Votre facture AL-36" in str(rediger(Courriel.a("jean@example.org", avis)).body)


def test_un_objet_tient_sur_une_ligne_quoi_qu_on_y_ecrive():
    assert une_ligne("Facture\rBcc: {a}\x0b!", {"a": "x\u2028y\u00a0z"}) == "Facture Bcc: x y\u00a0z !"
