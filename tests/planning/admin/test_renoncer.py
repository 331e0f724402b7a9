"""« Renoncer », on a page that asks: nothing is done, and the form, or the list, comes back as it was sent."""

import re
from datetime import date

import pytest
from django.urls import reverse

from planning.models import Fermeture, Inscription, Reservation, Vacances
from planning.regles.etats import Etat
from planning.regles.jours import Jours
from socle.admin.retour.renoncer import RIEN_N_A_CHANGE
from tests import fabriques
from tests.planning.admin.outils import MERCREDI, confirmer, demander_en_nombre, question

pytestmark = pytest.mark.usefixtures("jeudi_2_avril")


def renoncer(client, page):
    """The other button of the page that asks."""
    assert question(page)
    assert 'name="renoncer"' in page.text
    return confirmer(client, page, renoncer="oui")


def saisis(reponse) -> dict:
    """What the fields of the record show, by name."""
    form = reponse.context["adminform"].form
    return {champ.name: champ.value() for champ in form}


def est_revenue(reponse) -> bool:
    return (reponse.status_code, RIEN_N_A_CHANGE in reponse.text, "errornote" in reponse.text) == (200, True, False)


def test_une_fermeture_revient_avec_ce_qui_etait_saisi(accueil, inscription, mercredi, agent):
    inscription.reserver([MERCREDI], par=agent)
    saisie = {"structure": str(mercredi.structure_id), "du": "07/04/2015", "au": "09/04/2015", "motif": "travaux"}
    revenue = renoncer(accueil, accueil.post(reverse("admin:planning_fermeture_add"), saisie))
    assert est_revenue(revenue)
    assert saisis(revenue) == saisie
    assert not Fermeture.objects.filter(motif="travaux").exists()


def test_un_rythme_revient_sans_etre_change(accueil, inscription, agent):
    """Its form judges by doing."""
    Inscription.objects.filter(pk=inscription.pk).update(jours=Jours.MERCREDI)
    page = reverse("admin:planning_inscription_change", args=[inscription.pk])
    saisie = {"au": "", "jours": ["2"], "parite": "0", "a_compter_du": "08/04/2015"}
    revenue = renoncer(accueil, accueil.post(page, saisie))
    assert est_revenue(revenue)
    assert (saisis(revenue)["a_compter_du"], saisis(revenue)["parite"]) == ("08/04/2015", "0")
    inscription.refresh_from_db()
    assert (inscription.jours, inscription.parite, Inscription.objects.count()) == (Jours.MERCREDI, None, 1)


def test_ce_qu_un_collegue_a_change_entre_temps_se_dit_au_retour(direction, inscription, mercredi, agent):
    inscription.reserver([MERCREDI], par=agent)
    fermeture = Fermeture.objects.create(du=date(2015, 4, 15), au=date(2015, 4, 15), motif="travaux")
    page = reverse("admin:planning_fermeture_change", args=[fermeture.pk])
    vu = {"fiche_vue": direction.get(page).context["vu"]}
    demande = direction.post(page, {"structure": "", "du": "08/04/2015", "au": "15/04/2015", "motif": "travaux", **vu})
    Fermeture.objects.filter(pk=fermeture.pk).update(motif="neige")
    revenue = renoncer(direction, demande)
    assert "neige" in revenue.text
    assert saisis(revenue)["du"] == "08/04/2015"


def test_une_liste_revient_cochee_avec_son_action(accueil, inscription, agent):
    choisies = inscription.reserver([MERCREDI, date(2015, 4, 29)], par=agent)
    inscription.reserver([date(2015, 5, 6)], par=agent)
    revenue = renoncer(accueil, demander_en_nombre(accueil, "excuser", *choisies))
    assert est_revenue(revenue)
    cochees = re.findall(r'<input checked type="checkbox" name="_selected_action" value="(\d+)"', revenue.text)
    assert sorted(map(int, cochees)) == sorted(une.pk for une in choisies)
    assert '<option value="excuser" selected>' in revenue.text
    assert revenue.text.count('name="_selected_action"') == 3
    assert set(Reservation.objects.values_list("etat", flat=True)) == {Etat.RESERVEE}


def test_un_changement_de_famille_revient_rempli(direction, inscription):
    autre = fabriques.FamilleFactory()
    fabriques.ResponsableFactory(famille=autre)
    page = reverse("admin:planning_inscription_deplacer", args=[inscription.enfant_id])
    saisie = {"de": str(inscription.famille_id), "vers": autre.numero, "du": "2015-05-06", "reste": "on"}
    revenue = renoncer(direction, direction.post(page, saisie))
    assert est_revenue(revenue)
    lus = {champ.name: champ.value() for champ in revenue.context["confirmation"].form}
    assert lus == saisie | {"reste": True}
    assert Inscription.objects.get().famille_id == inscription.famille_id


def test_l_import_du_calendrier_revient_avec_ses_annees(direction):
    Vacances.objects.all().delete()
    page = reverse("admin:planning_vacances_importation")
    saisie = {"depuis": "2014", "annees": "1", "zone": "A"}
    revenue = renoncer(direction, direction.post(page, saisie))
    assert est_revenue(revenue)
    assert {champ.name: champ.value() for champ in revenue.context["confirmation"].form} == saisie
    assert not Vacances.objects.exists()
