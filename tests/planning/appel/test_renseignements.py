"""What an animateur must know of each child of the roll, and whom to call: on the page, for who may read it."""

from io import BytesIO

import pytest
import time_machine
from django.urls import reverse
from pypdf import PdfReader

from famille.models import Enfant, FicheSanitaire, LectureConfidentielle
from tests import fabriques
from tests.planning.appel.outils import accueillir_en_nombre, adresse, ligne

pytestmark = pytest.mark.usefixtures("jeudi_2_avril")


def texte(client, prestation) -> str:
    return client.get(adresse(prestation)).text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("qui", "voit"), [("animateur", True), ("directrice", True), ("agent", False), ("regisseur", False)]
)
def test_l_allergie_se_lit_par_qui_le_peut_et_c_est_note(request, client, mercredi, lea, qui, voit):
    compte = request.getfixturevalue(qui)
    client.force_login(compte)
    assert ("<strong>Allergies</strong> Arachide" in texte(client, mercredi)) is voit
    assert list(LectureConfidentielle.objects.values_list("enfant", "par")) == (
        [(lea.enfant_id, compte.pk)] if voit else []
    )


def test_pai_et_traitement_aussi_sans_rien_que_par_la_couleur(porte, mercredi, lea):
    FicheSanitaire.objects.filter(enfant=lea.enfant).update(pai="Stylo dans le sac", traitement="Ventoline à midi")
    page = texte(porte, mercredi)
    assert "<strong>PAI</strong> Stylo dans le sac" in page
    assert "<strong>Traitement</strong> Ventoline à midi" in page
    assert page.count('<span aria-hidden="true">⚠</span>') == 3


def test_un_enfant_sans_rien_a_signaler_ne_note_aucune_lecture(porte, mercredi, tom):
    FicheSanitaire.objects.filter(enfant=tom.enfant).update(allergies="", medecin_nom="", medecin_telephone="")
    assert "alertes-enfant__une" not in texte(porte, mercredi)
    assert not LectureConfidentielle.objects.exists()


def test_le_regime_et_qui_peut_partir_seul(porte, mercredi, lea):
    Enfant.objects.filter(pk=lea.enfant_id).update(regime=Enfant.Regime.SANS_PORC, autorise_sortie_seul=True)
    page = texte(porte, mercredi)
    assert "<strong>Régime</strong> Sans porc" in page
    assert "<strong>Peut partir seul</strong>" in page


@pytest.mark.parametrize(("qui", "voit"), [("animateur", True), ("agent", True), ("regisseur", False)])
def test_a_qui_ne_pas_le_remettre_et_qui_peut_venir(request, client, mercredi, lea, qui, voit):
    fabriques.TiersFactory(enfant=lea.enfant, statut="interdit", nom="DURAND", prenom="Luc", lien="Oncle")
    client.force_login(request.getfixturevalue(qui))
    page = texte(client, mercredi)
    assert ("<strong>Ne peut être remis à</strong> Luc DURAND (Oncle)" in page) is voit
    assert ("Peut venir le chercher : Odile BERNARD (Grand-mère)" in page) is voit
    assert "Peut venir le chercher : Luc" not in page


def test_les_telephones_a_un_doigt(porte, mercredi, lea):
    page = texte(porte, mercredi)
    assert 'Jean DUPONT (père) <a href="tel:+33-1-02-03-04-05">01 02 03 04 05</a>' in page
    assert page.index("Jean DUPONT (père)") < page.index("Jeanne DUPONT")


def test_en_garde_alternee_les_deux_familles_se_previennent(porte, mercredi, lea, martin):
    martin.famille.enfants.add(lea.enfant)
    page = texte(porte, mercredi)
    assert "Jean DUPONT (père)" in page
    assert "Sophie MARTIN" in page


def test_enregistrer_ne_relit_pas_la_sante(porte, mercredi, lea):
    porte.post(adresse(mercredi), ligne(lea, "present"))
    assert not LectureConfidentielle.objects.exists()


def test_cent_vingt_lectures_se_notent_d_un_coup(porte, mercredi, agent, animateur, django_assert_max_num_queries):
    accueillir_en_nombre(mercredi, agent, 120)
    for enfant in Enfant.objects.all():
        FicheSanitaire.objects.create(enfant=enfant, allergies="Œuf")
    porte.get(adresse(mercredi))
    with django_assert_max_num_queries(15):
        porte.get(adresse(mercredi))
    # Once a day for each child, however many times the roll is opened.
    assert LectureConfidentielle.objects.count() == 120
    with time_machine.travel("2015-04-03T08:00:00+02:00", tick=False):
        porte.force_login(animateur)
        porte.get(adresse(mercredi))
    assert LectureConfidentielle.objects.count() == 240


def test_le_telephone_du_medecin_a_qui_lit_la_sante(porte, client, mercredi, lea, agent):
    FicheSanitaire.objects.filter(enfant=lea.enfant).update(
        allergies="", medecin_nom="Dr Simone Petit", medecin_telephone="05 61 00 00 00"
    )
    assert 'Médecin : Dr Simone Petit <a href="tel:0561000000">05 61 00 00 00</a>' in texte(porte, mercredi)
    assert LectureConfidentielle.objects.count() == 1  # nothing but the doctor is health too
    client.force_login(agent)
    assert "Simone Petit" not in texte(client, mercredi)


def papier(client, prestation):
    chemin = reverse("admin:planning_prestation_appel_papier", args=[prestation.pk, 2015, 4, 1])
    return PdfReader(BytesIO(client.get(chemin).content)).pages


def test_sur_papier_les_cases_les_alertes_les_telephones(porte, mercredi, lea):
    FicheSanitaire.objects.filter(enfant=lea.enfant).update(pai="PAI du 15 septembre")
    Enfant.objects.filter(pk=lea.enfant_id).update(regime=Enfant.Regime.PANIER_REPAS)
    [page] = papier(porte, mercredi)
    texte = " ".join(page.extract_text().replace("\u00a0", " ").split())
    assert "DUPONT Léa" in texte
    assert "⚠ Allergies : Arachide · ⚠ PAI : du 15 septembre · Régime : panier repas (PAI)" in texte
    assert "Jean 01 02 03 04 05" in texte


@pytest.mark.parametrize(("enfants", "pages"), [(40, 1), (71, 2)])
def test_quarante_enfants_tiennent_sur_une_page(porte, mercredi, agent, enfants, pages):
    accueillir_en_nombre(mercredi, agent, enfants)
    # As long as names are: a compound one, a class, two adults to call.
    Enfant.objects.update(nom="DUPONT-DE-LA-ROCHE", prenom="Marie-Angélique", classe="CE1")
    famille = Enfant.objects.first().familles.get()
    for role, prenom in (("titulaire", "Jean-Baptiste"), ("conjoint", "Anne-Charlotte")):
        fabriques.ResponsableFactory(famille=famille, role=role, prenom=prenom, mobile="06 11 22 33 44")
    for enfant in Enfant.objects.all()[::4]:
        FicheSanitaire.objects.create(enfant=enfant, allergies="Arachide, pas de trace tolérée")
    assert len(papier(porte, mercredi)) == pages
