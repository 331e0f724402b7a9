"""The month as the parents get it: true, light, theirs alone, and readable by ear."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from famille.models import Enfant
from planning.models import Vacances
from planning.regles.jours import Jours
from tests.planning.views.outils import LES_SEPT, mois, page, rangees, texte


@pytest.fixture
def guide(client, db) -> Iterator[tuple[Client, Enfant]]:
    """The demo town's Léa DUPONT, as her father sees her, in the spring of 2026."""
    with time_machine.travel("2026-03-10T09:00:00+01:00", tick=False):
        call_command("peupler", familles=2, verbosity=0)
        enfant = Enfant.objects.get(prenom="Léa", nom="DUPONT")
        client.force_login(enfant.familles.get().titulaire.compte)
        yield client, enfant


def test_avril_2015_est_celui_du_guide(guide):
    parent, lea = guide
    lu = rangees(page(parent, mois(lea)))
    assert [(structure, prestation) for structure, prestation, _, _ in lu] == LES_SEPT
    assert {responsable for _, _, responsable, _ in lu} == {"DUPONT JEAN"}
    # Toulouse was in zone A then: holidays from the 11th to the 26th. Easter Monday is the 6th.
    scolaire = ".....F....PPPPPPPPPPPPPPPP...."
    vacances = ".....F........................"
    presente = ".....F......✓✓✓✓.............."
    assert [symboles for _, _, _, symboles in lu] == [
        scolaire,
        scolaire,
        vacances,
        presente,
        vacances,
        scolaire,
        scolaire,
    ]


def test_mai_2026_montre_le_pont_de_l_ascension_une_fois_corrige(guide):
    parent, _ = guide
    adresse = mois(Enfant.objects.get(prenom="Hugo", nom="DUPONT"), 2026, 5)

    def quatre_jours() -> dict[str, str]:
        return {prestation: symboles[13:17] for _, prestation, _, symboles in rangees(page(parent, adresse))}

    # The 14th is Ascension Day; the published data lack the Friday.
    avant = quatre_jours()
    assert avant["ALSH Mercredi journée"] == "F..."
    Vacances.objects.create(nom="Pont de l’Ascension", du=date(2026, 5, 14), au=date(2026, 5, 17))
    apres = quatre_jours()
    assert apres["Restauration scolaire"] == apres["ALSH Mercredi journée"] == "FPPP"
    assert apres["ALSH Vacances matin"] == "F..."


@pytest.mark.parametrize(
    ("choix", "mois_lu"),
    [
        # The current month opens on today.
        ("", "2015/04/#j2"),
        ("?mois=4&annee=2015", "2015/04/#j2"),
        ("?mois=9&annee=2014", "2014/09/"),
        ("?mois=13&annee=2014", "2015/04/#j2"),
        ("?mois=4", "2015/04/#j2"),
        ("?mois=x&annee=y", "2015/04/#j2"),
        ("?mois=4&annee=1066", "2015/04/#j2"),
        ("?mois=4&annee=9999999999", "2015/04/#j2"),
    ],
)
def test_le_choix_du_mois_y_mene(choix, mois_lu, parent, lea):
    reponse = parent.get(reverse("planning:planning", args=[lea.pk]) + choix)
    assert reponse.headers["Location"] == f"/enfants/{lea.pk}/planning/{mois_lu}"


def test_le_mois_mene_a_ses_voisins_et_dit_le_sien(parent, lea, inscrite):
    html = page(parent, mois(lea, 2014, 12))
    assert f'rel="prev" href="/enfants/{lea.pk}/planning/2014/11/#planning"' in html
    assert f'rel="next" href="/enfants/{lea.pk}/planning/2015/01/#planning"' in html
    assert '<option value="12" selected>décembre</option>' in html
    assert "<option selected>2014</option>" in html
    assert '<h2 id="planning-mois">Décembre 2014</h2>' in html


def test_un_enfant_sans_inscription_le_lit(parent, lea):
    assert "Aucune inscription ce mois-ci" in page(parent, mois(lea))
    assert "Aucune inscription ce jour-là" in page(parent, reverse("planning:jour", args=[lea.pk, 2015, 4, 8]))
    assert "Rien à choisir ce mois-ci" in page(parent, reverse("planning:choix", args=[lea.pk, 2015, 4, "absence"]))


def test_la_grille_se_suit_a_l_oreille(parent, lea, garde_du_matin, dupont):
    garde_du_matin.reserver([date(2015, 4, 8)], par=dupont.compte)
    html = page(parent, mois(lea))
    assert '<caption class="visually-hidden">Planning de Léa DUPONT, avril 2015</caption>' in html
    assert html.count('<th scope="col"') == 2 + 30
    assert html.count('<th scope="row">') == 1
    assert 'aria-label="Garderie matin, mercredi 8 avril\N{NO-BREAK SPACE}: réservé"' in html
    assert 'aria-label="Garderie matin, jeudi 9 avril\N{NO-BREAK SPACE}: rien"' in html
    assert '<th scope="col" class="auj" aria-current="date"><abbr title="jeudi 2 avril">' in html


def test_la_legende_dit_d_abord_les_signes_du_mois(parent, lea, garde_du_matin, dupont):
    garde_du_matin.reserver([date(2015, 4, 8)], par=dupont.compte)
    html = page(parent, mois(lea))
    legende = html[html.index('id="legende-titre"') :]
    presents, complete = legende.split("<summary>")[:2]
    assert texte(presents).split("Légende ")[1].strip() == (
        "● Réservé P Petites vacances F Jour férié Pas d’accueil, ou pas inscrit"
    )
    complete = complete[: complete.index("</details>")]
    assert complete.count("<li>") == 18
    assert "Réservation en cours de traitement" in texte(complete)


def test_l_agenda_dit_chaque_jour_une_fois(parent, lea, garde_du_matin, dupont):
    garde_du_matin.reserver([date(2015, 4, 8)], par=dupont.compte)
    html = page(parent, mois(lea))
    agenda = texte(html[html.index('<ol class="agenda">') : html.index("</ol>")])
    assert "Lundi 6 avril Jour férié : Lundi de Pâques Mardi 7 avril" in agenda
    assert "Mercredi 8 avril ● Garderie matin réservé Jeudi 9 avril" in agenda
    assert "Samedi 4 avril" not in agenda
    assert "Mardi 14 avril Petites vacances" in agenda


def test_chaque_case_sait_a_quelle_inscription_elle_appartient(parent, lea, inscrite, agent):
    ancienne = inscrite["ALSH Mercredi journée"]
    suite = ancienne.changer_rythme(Jours.MERCREDI, a_compter_du=date(2015, 4, 29), par=agent)
    html = page(parent, mois(lea))
    rangee = next(r for r in html.split("<tr")[2:] if "ALSH Mercredi journée" in r)
    assert rangee.startswith(f' data-i="{ancienne.pk}"')
    assert re.findall(r'data-i="(\d+)"><a href="(\d+)/', rangee) == [(str(suite.pk), "29"), (str(suite.pk), "30")]


@pytest.mark.parametrize("adresse", ["/", "/enfants/", "/enfants/{}/"])
def test_le_planning_est_a_un_clic(adresse, parent, lea):
    assert f'href="/enfants/{lea.pk}/planning/"' in page(parent, adresse.format(lea.pk))
