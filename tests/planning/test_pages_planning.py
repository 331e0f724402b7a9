"""The planning's pages as the parents get them: the month, the day, several days; fast, light, and theirs alone."""

import re
from collections.abc import Iterator
from datetime import date, time
from html import unescape

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from famille.models import Enfant
from planning.models import Fermeture, Inscription, Prestation, Reservation, Structure, Vacances
from planning.regles.etats import Etat, Presence
from planning.regles.jours import SEMAINE, Jours, jours_entre
from tests import fabriques

RENTREE = date(2014, 9, 1)
LES_SEPT = [
    ("Accueil de Loisirs", "ALSH Mercredi après-midi"),
    ("Accueil de Loisirs", "ALSH Mercredi journée"),
    ("Accueil de Loisirs", "ALSH Vacances après-midi"),
    ("Accueil de Loisirs", "ALSH Vacances journée"),
    ("Accueil de Loisirs", "ALSH Vacances matin"),
    ("Garderie périscolaire", "Garderie matin"),
    ("Garderie périscolaire", "Restauration scolaire"),
]


def texte(html: str) -> str:
    """What one reads: no tags, plain spaces."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


def rangees(html: str) -> list[tuple[str, str, str, str]]:
    """The rows of the grid: structure, prestation, responsable, symbols (a dot for an empty cell)."""
    corps = html[html.index("<tbody>") : html.index("</tbody>")]
    lues = []
    for rangee in corps.split("<tr")[1:]:
        structure, prestation = re.search(r'structure">(.+?)</span> (.+?)</th>', rangee).groups()
        responsable = re.search(r'payeur">(.+?)</td>', rangee).group(1)
        symboles = "".join(signe or "." for signe in re.findall(r'aria-label="[^"]+">(.*?)</a>', rangee))
        lues.append((structure, prestation, responsable, symboles))
    return lues


def page(client: Client, adresse: str) -> str:
    reponse = client.get(adresse)
    assert reponse.status_code == 200
    return reponse.content.decode()


def mois(enfant: Enfant, annee: int = 2015, numero: int = 4) -> str:
    return reverse("planning:mois", args=[enfant.pk, annee, f"{numero:02}"])


@pytest.fixture
def parent(client, dupont, jeudi_2_avril) -> Client:
    client.force_login(dupont.compte)
    return client


@pytest.fixture
def lea(dupont) -> Enfant:
    return dupont.enfants[0]


@pytest.fixture
def garde_du_matin(lea, dupont, garderie, agent, jeudi_2_avril) -> Inscription:
    return Inscription.objects.inscrire(lea, garderie, dupont.famille, du=RENTREE, par=agent)


@pytest.fixture
def inscrite(dupont, lea, mercredi, apres_midi, vacances, agent, garde_du_matin) -> dict[str, Inscription]:
    """Léa, enrolled everywhere, by name of the prestation."""
    autres = [
        Inscription.objects.inscrire(lea, prestation, dupont.famille, du=RENTREE, par=agent)
        for prestation in (mercredi, apres_midi, vacances)
    ]
    return {inscription.prestation.nom: inscription for inscription in [*autres, garde_du_matin]}


# -- The guide's month ---------------------------------------------------------------------------------


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


# -- What a page costs ---------------------------------------------------------------------------------


def requetes(client: Client, adresse: str) -> int:
    with CaptureQueriesContext(connection) as captees:
        page(client, adresse)
    return len(captees)


def _grandir(alsh, dupont, lea, agent) -> None:
    """More prestations, more bookings, more children, another famille's share of the same child."""
    jours = [date(2015, 4, n) for n in (8, 9, 10, 28, 29, 30)]
    for rang in range(6):
        prestation = Prestation.objects.create(
            structure=alsh, nom=f"Atelier {rang}", heure_debut=time(18 + rang // 2, 30 * (rang % 2)),
            heure_fin=time(18 + rang // 2, 30 * (rang % 2) + 20), places=50,
        )  # fmt: skip
        Inscription.objects.inscrire(lea, prestation, dupont.famille, du=RENTREE, par=agent).reserver(jours, par=agent)
        for _ in range(3):
            famille = fabriques.FamilleFactory()
            enfant = fabriques.EnfantFactory(famille=famille)
            autre = Inscription.objects.inscrire(
                enfant, prestation, famille, du=RENTREE, jours=Jours.MARDI | Jours.JEUDI, par=agent
            )
            autre.reserver([date(2015, 4, 8)], par=agent)


@pytest.mark.parametrize("adresse", ["mois", "jour", "choix", "menu"])
def test_les_requetes_ne_grandissent_pas_avec_ce_que_contient_le_mois(
    adresse, parent, lea, inscrite, alsh, dupont, agent, garde_du_matin
):
    chemin = {
        "mois": mois(lea),
        "jour": reverse("planning:jour", args=[lea.pk, 2015, 4, 9]),
        "choix": reverse("planning:choix", args=[lea.pk, 2015, 4, "reservation"]),
        "menu": reverse("planning:jour", args=[lea.pk, 2015, 4, 9]) + f"?prestation={garde_du_matin.prestation_id}",
    }[adresse]
    page(parent, chemin)
    avant = requetes(parent, chemin)
    _grandir(alsh, dupont, lea, agent)
    assert requetes(parent, chemin) == avant
    # A day also tells its prices: one query more.
    assert avant <= (9 if adresse in {"jour", "menu"} else 8)


def test_un_mois_entierement_reserve_pese_moins_de_60_kio(parent, lea, dupont, agent, jeudi_2_avril):
    jeudi_2_avril.move_to("2026-07-31T20:00:00+02:00")
    parent.force_login(dupont.compte)
    inscriptions = []
    for rang, (structure, nom) in enumerate(LES_SEPT):
        lieu, _ = Structure.objects.get_or_create(nom=structure)
        prestation = Prestation.objects.create(
            structure=lieu, nom=nom, ordre=rang, heure_debut=time(7 + rang), heure_fin=time(7 + rang, 50),
            jours_scolaires=SEMAINE, jours_petites_vacances=SEMAINE, jours_grandes_vacances=SEMAINE,
        )  # fmt: skip
        inscriptions.append(Inscription.objects.inscrire(lea, prestation, dupont.famille, du=RENTREE, par=agent))
    # Two prestations a day, each booked and attended: as much as a child can live.
    juillet = [jour for jour in jours_entre(date(2026, 7, 1), date(2026, 7, 31)) if jour.weekday() < 5]
    Reservation.objects.bulk_create(
        Reservation(
            inscription=inscription,
            prestation=inscription.prestation,
            jour=jour,
            etat=Etat.RESERVEE,
            presence=Presence.PRESENT,
        )
        for inscription in inscriptions[3:5]
        for jour in juillet
    )
    html = page(parent, mois(lea, 2026, 7))
    assert len(rangees(html)) == 7
    assert html.count(">✓<") == 4 * len(juillet) + 2  # in the grid and in the agenda, and twice in the legend
    assert len(html.encode()) <= 60 * 1024


# -- Whose it is ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("nom", "reste"),
    [
        ("planning", []),
        ("mois", [2015, "04"]),
        ("jour", [2015, 4, 8]),
        ("choix", [2015, 4, "reservation"]),
        ("choix", [2015, 4, "absence"]),
    ],
)
def test_l_enfant_d_une_autre_famille_n_existe_pas(nom, reste, client, lea, dupont, martin, inscrite):
    adresse = reverse(f"planning:{nom}", args=[lea.pk, *reste])
    client.force_login(martin.compte)
    assert client.get(adresse).status_code == 404
    assert client.get(reverse(f"planning:{nom}", args=[999_999, *reste])).status_code == 404
    client.force_login(dupont.compte)
    assert client.get(adresse).status_code == (302 if nom == "planning" else 200)


def test_en_garde_alternee_aucune_famille_ne_voit_les_jours_de_l_autre(
    client, lea, dupont, martin, mercredi, agent, inscrite
):
    fabriques.RattachementFactory(famille=martin.famille, enfant=lea)
    chez_martin = Inscription.objects.inscrire(lea, mercredi, martin.famille, du=RENTREE, par=agent)
    chez_martin.reserver([date(2015, 4, 29)], par=agent)
    inscrite["ALSH Mercredi journée"].reserver([date(2015, 4, 8)], par=agent)
    vus = {}
    for foyer in (dupont, martin):
        client.force_login(foyer.compte)
        lu = {prestation: symboles for _, prestation, _, symboles in rangees(page(client, mois(lea)))}
        vus[foyer.titulaire.nom] = (lu["ALSH Mercredi journée"][7], lu["ALSH Mercredi journée"][28])
        for quantieme, reserve in ((8, foyer is dupont), (29, foyer is martin)):
            jour = page(client, reverse("planning:jour", args=[lea.pk, 2015, 4, quantieme]))
            assert ("Absence à déclarer" in jour) == reserve
    assert vus == {"DUPONT": ("●", "."), "MARTIN": (".", "●")}


# -- Which month ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "reste",
    ["2015/13/", "2015/0/", "1999/04/", "2100/01/", "2015/02/30/", "2015/04/0/", "2015/04/31/", "99999999/1/1/",
     "2015/04/autre/", "2015/13/reservation/"],
)  # fmt: skip
def test_une_date_qui_n_existe_pas_est_introuvable(reste, parent, lea, inscrite):
    assert parent.get(f"/enfants/{lea.pk}/planning/{reste}").status_code == 404


@pytest.mark.parametrize(
    ("choix", "mois_lu"),
    [
        ("", "2015/04"),
        ("?mois=9&annee=2014", "2014/09"),
        ("?mois=13&annee=2014", "2015/04"),
        ("?mois=4", "2015/04"),
        ("?mois=x&annee=y", "2015/04"),
        ("?mois=4&annee=1066", "2015/04"),
        ("?mois=4&annee=99999999999999999999", "2015/04"),
    ],
)
def test_le_choix_du_mois_y_mene(choix, mois_lu, parent, lea):
    reponse = parent.get(reverse("planning:planning", args=[lea.pk]) + choix)
    assert reponse.headers["Location"] == f"/enfants/{lea.pk}/planning/{mois_lu}/"


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


# -- What a screen reader says -------------------------------------------------------------------------


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
    assert texte(presents).split("Légende ")[1].strip() == "● Réservé P Petites vacances F Jour férié"
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


# -- The details of a day ------------------------------------------------------------------------------


def menu(client: Client, inscription: Inscription, quantieme: int, mois: int = 4) -> str:
    adresse = reverse("planning:jour", args=[inscription.enfant_id, 2015, mois, quantieme])
    return texte(page(client, f"{adresse}?prestation={inscription.prestation_id}"))


def test_le_menu_d_un_jour_libre_mene_a_la_demande(parent, garde_du_matin):
    adresse = reverse("planning:jour", args=[garde_du_matin.enfant_id, 2015, 4, 9])
    html = page(parent, f"{adresse}?prestation={garde_du_matin.prestation_id}")
    lien = (
        f"/enfants/{garde_du_matin.enfant_id}/demandes/reservation/"
        f"?inscription={garde_du_matin.pk}&amp;jours=2015-04-09"
    )
    assert f'href="{lien}"' in html
    assert parent.get(unescape(lien)).status_code == 200
    lu = texte(html)
    assert "Rien de réservé" in lu
    assert "Horaires de 7 h 30 à 8 h 30" in lu
    assert "À réserver avant le mardi 7 avril à 12 h" in lu
    assert "Déclaration d’absence Le jeudi 9 avril n’est pas réservé." in lu
    assert "demandes/absence" not in html


def test_le_menu_d_un_jour_reserve_dit_depuis_quand_et_par_qui(parent, garde_du_matin, dupont):
    garde_du_matin.reserver([date(2015, 4, 9)], par=dupont.compte)
    lu = menu(parent, garde_du_matin, 9)
    assert "Réservé Horaires" in lu
    assert "Depuis le 02/04/2015 à 8 h Par Jean DUPONT Absence à déclarer avant le" in lu
    assert "À réserver" not in lu
    assert "Demande de réservation Le jeudi 9 avril est déjà réservé ou demandé." in lu


def test_un_agent_n_est_pas_nomme(parent, garde_du_matin, agent):
    garde_du_matin.reserver([date(2015, 4, 9)], par=agent)
    lu = menu(parent, garde_du_matin, 9)
    assert "Par le centre" in lu
    assert "Alice" not in lu


def test_le_menu_d_un_refus_en_dit_le_motif(parent, inscrite, dupont, agent):
    mercredi = inscrite["ALSH Mercredi journée"]
    (journee,) = mercredi.demander([date(2015, 4, 8)], par=dupont.compte)
    assert "Demande en attente" in menu(parent, mercredi, 8)
    journee.refuser("Sortie complète.", par=agent)
    lu = menu(parent, mercredi, 8)
    assert "Réservation refusée" in lu
    assert "Motif Sortie complète." in lu
    assert "Places restantes 3" in lu


def test_le_menu_d_un_jour_passe_ne_promet_rien(parent, garde_du_matin):
    lu = menu(parent, garde_du_matin, 1)
    assert "Le mercredi 1er avril est passé." in lu
    assert "À réserver" not in lu
    assert "Places restantes" not in lu


def test_hors_delai_le_menu_le_dit(parent, garde_du_matin):
    Prestation.objects.filter(pk=garde_du_matin.prestation_id).update(hors_delai_autorise=True)
    assert "avant le mardi 7 avril à 12 h, ou hors délai" in menu(parent, garde_du_matin, 9)


def test_une_demande_close_dit_depuis_quand(parent, garde_du_matin, jeudi_2_avril, dupont):
    jeudi_2_avril.move_to("2015-04-07T12:00:00+02:00")
    parent.force_login(dupont.compte)
    assert "closes depuis le mardi 7 avril à 12 h." in menu(parent, garde_du_matin, 9)


def test_un_jour_ferme_se_dit_a_part_sans_menu_mort(parent, lea, garde_du_matin, dupont, agent):
    garde_du_matin.reserver([date(2015, 5, 12)], par=dupont.compte)
    Fermeture.objects.create(du=date(2015, 5, 11), au=date(2015, 5, 11), motif="travaux")
    html = page(parent, reverse("planning:jour", args=[lea.pk, 2015, 5, 11]))
    assert "Pas d’accueil ce jour-là" in html
    assert f'<li id="p{garde_du_matin.prestation_id}">' in html
    assert "detail__actions" not in html
    assert "Pas d’accueil" not in page(parent, reverse("planning:jour", args=[lea.pk, 2015, 5, 12]))


def test_un_jour_reserve_puis_ferme_garde_son_detail(parent, lea, garde_du_matin, dupont):
    garde_du_matin.reserver([date(2015, 5, 12)], par=dupont.compte)
    Fermeture.objects.create(du=date(2015, 5, 12), au=date(2015, 5, 12), motif="travaux")
    lu = texte(page(parent, reverse("planning:jour", args=[lea.pk, 2015, 5, 12])))
    assert "Fermeture Horaires" in lu
    assert "Depuis le 02/04/2015" in lu


def test_la_prestation_d_une_autre_famille_n_a_pas_de_menu(parent, lea, garde_du_matin, apres_midi):
    adresse = reverse("planning:jour", args=[lea.pk, 2015, 4, 9])
    assert parent.get(f"{adresse}?prestation={apres_midi.pk}").status_code == 404
    assert parent.get(f"{adresse}?prestation=x").status_code == 404


# -- Several days --------------------------------------------------------------------------------------


def test_plusieurs_jours_se_choisissent_parmi_ceux_qui_peuvent_l_etre(parent, lea, garde_du_matin, dupont):
    garde_du_matin.reserver([date(2015, 4, 8), date(2015, 4, 10)], par=dupont.compte)
    choix = {
        action: re.findall(r'name="jour" value="(.+?)"', page(parent, mois(lea) + f"{action}/"))
        for action in ("reservation", "absence")
    }
    # Friday the 3rd is closed since noon of the 1st.
    assert choix["reservation"] == [f"{garde_du_matin.pk}:2015-04-{n:02}" for n in (7, 9, 27, 28, 29, 30)]
    assert choix["absence"] == [f"{garde_du_matin.pk}:2015-04-{n:02}" for n in (8, 10)]


def test_les_jours_choisis_arrivent_dans_la_demande(parent, lea, garde_du_matin, inscrite):
    mercredi = inscrite["ALSH Mercredi journée"]
    formulaire = reverse("demandes:nouvelle_enfant", args=[lea.pk, "reservation"])
    coches = f"?jour={garde_du_matin.pk}:2015-04-09&jour={mercredi.pk}:2015-04-29"
    # The grid's script writes it shorter: a whole month of seven rows stays under what servers accept.
    groupes = f"?inscription={garde_du_matin.pk}&jours=2015-04-09&inscription={mercredi.pk}&jours=2015-04-29"
    attendus = [f"{garde_du_matin.pk}:2015-04-09", f"{mercredi.pk}:2015-04-29"]
    for parametres in (coches, groupes):
        html = page(parent, formulaire + parametres)
        assert re.findall(r'name="jours" value="(.+?)"', html) == attendus


def test_chaque_case_sait_a_quelle_inscription_elle_appartient(parent, lea, inscrite, agent):
    ancienne = inscrite["ALSH Mercredi journée"]
    suite = ancienne.changer_rythme(Jours.MERCREDI, a_compter_du=date(2015, 4, 29), par=agent)
    html = page(parent, mois(lea))
    rangee = next(r for r in html.split("<tr")[2:] if "ALSH Mercredi journée" in r)
    assert rangee.startswith(f' data-i="{ancienne.pk}"')
    assert re.findall(r'data-i="(\d+)"><a href="(\d+)/', rangee) == [(str(suite.pk), "29"), (str(suite.pk), "30")]


# -- The way in ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("adresse", ["/", "/enfants/", "/enfants/{}/"])
def test_le_planning_est_a_un_clic(adresse, parent, lea):
    assert f'href="/enfants/{lea.pk}/planning/"' in page(parent, adresse.format(lea.pk))
