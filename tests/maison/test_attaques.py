"""An attack in every text that somebody can write, read on every page and in every e-mail that could show it.

There is no list of fields to keep: each column of text of each model is written, each field of each kind of request is
filled in, and a text that nothing shows must be named.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from html.parser import HTMLParser

import pytest
from django.apps import apps
from django.core import mail
from django.db import IntegrityError, connection, models, transaction
from django.forms import CharField
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from phonenumber_field.modelfields import PhoneNumberField

from courriels.facteur import Facteur
from demandes.genre.saisie import saisie
from demandes.genre.type_demande import TypeDemande
from demandes.models import Demande
from demandes.types import GENRES
from famille.models import Compte, PieceDemandee, PieceFournie
from messagerie.models import Envoi, Fil
from planning.models import Inscription
from socle.chiffrement import DateChiffree
from socle.fichiers.examen import Fichier, TypeMime
from tests.adresses import ADRESSES, MODELES, Troupe
from tests.adresses.lignes import piece_demandee
from tests.attaques import attaque, dangers
from tests.fabriques import CompteFactory
from tests.facturation.fabriques import operations
from tests.maison.test_cloisons import PAGES_D_UN_MODELE, lignes, troupe

__all__ = ["lignes", "troupe"]
# Only the owner of the tables puts there what they would never hold.
pytestmark = [pytest.mark.lent, pytest.mark.usefixtures("par_le_proprietaire")]
APPLICATIONS = ["demandes", "facturation", "messagerie", "planning", "famille"]
TABLES = [table for nom in APPLICATIONS for table in apps.get_app_config(nom).get_models()]
# Unlike any token that a page may hold.
MARQUE = re.compile(r"x-(\d+)-x", re.IGNORECASE)

# The program's own words: the name of a class or of a template, a password's hash, a file's, an encrypted dictionary.
NOMS_DU_PROGRAMME = {"type", "sorte", "gabarit", "cle", "password", "empreinte", "secret"}
# What PostgreSQL, or the form of a request, holds to a shape that leaves an attack no room.
TENUS_A_UNE_FORME = {
    "famille.Famille.numero",
    "facturation.Regie.code",
    "facturation.PaiementEnLigne.refdet",
    "facturation.PaiementEnLigne.numcli",
    "fiscales.annee",
    "caf.numero_allocataire",
    "bancaires.iban",
    "bancaires.bic",
}
# Pages show its first and last characters only; the print of what binds a device is shown nowhere.
JAMAIS_MONTRES = {"famille.InformationsBancaires.iban", "famille.AppareilDeConfiance.lien"}
# To who has just sent them, or to the account whose device it is: on pages that these rows do not open.
A_UN_SEUL = {"famille.FichierAImporter.nom", "famille.FichierAImporter.table", "famille.AppareilDeConfiance.nom"}
# Lists that open on a part of their rows: these show the others.
FILTRES = {"demandes.demande": "etat=toutes", "messagerie.fil": "suivi=toutes", "courriels.courriel": "etat=tous"}


@pytest.fixture(autouse=True)
def mercredi_8_avril(time_machine) -> None:
    time_machine.move_to("2015-04-08T10:00:00+02:00", tick=False)


class Ville:
    """A town in which every text is hostile."""

    def __init__(self, troupe: Troupe, laisser_passer: Callable[[timedelta], None]) -> None:
        self.troupe = troupe
        self.laisser_passer = laisser_passer
        # Which text each mark stands for; what could not be written.
        self.marques: dict[int, str] = {}
        self.refuses: set[str] = set()
        for adresse in ADRESSES:
            adresse.args(troupe)  # makes the rows that it names
        self._tout_demander()
        self._ecrire_a_plusieurs()
        self._annuler_un_reglement()
        self._refuser_une_piece()
        with sans_declencheurs():
            self._ecrire_partout()

    def poster(self) -> None:
        """All that waits leaves."""
        self.laisser_passer(timedelta(hours=2))
        Facteur().tournee()

    def attaquer(self, texte: str, longueur: int | None = None) -> str:
        numero = len(self.marques) + 1
        hostile = attaque(f"x-{numero}-x", longueur)
        if MARQUE.search(hostile):
            self.marques[numero] = texte
        return hostile

    def _tout_demander(self) -> None:
        """Each kind twice: refused, and pending."""
        inscription = Inscription.objects.get(famille=self.troupe.dupont.famille)
        inscription.reserver([date(2015, 5, 5)], par=self.troupe.agent)
        valeurs = {
            "reservation": {"jours": [f"{inscription.pk}:2015-05-04"]},
            "absence": {"jours": [f"{inscription.pk}:2015-05-05"]},
            "ajouter-enfant": {"date_naissance": "2012-02-29"},
        }
        for genre in GENRES.tous():
            for refuser in (True, False):
                self._demander(genre, valeurs.get(genre.code, {}), refuser=refuser)
            if not mail.outbox:
                # The first decision's e-mail leaves alone; those that follow wait for one another.
                self.poster()

    def _demander(self, genre: type[TypeDemande], valeurs: Mapping[str, object], *, refuser: bool) -> None:
        foyer = self.troupe.dupont
        enfant = foyer.enfants[0] if genre.porte_sur_un_enfant() else None
        vierge = genre(foyer.famille, enfant)
        envoi = saisie(vierge) | valeurs
        textes = {
            nom: self.attaquer(f"{genre.code}.{nom}", champ.max_length)
            for nom, champ in vierge.fields.items()
            if type(champ) is CharField
        }
        fautes = genre(foyer.famille, enfant, envoi | textes).errors
        self.refuses |= {f"{genre.code}.{nom}" for nom in fautes}
        contenu = genre(foyer.famille, enfant, envoi | {nom: t for nom, t in textes.items() if nom not in fautes})
        assert contenu.is_valid(), contenu.errors
        if contenu.changements:
            demande = Demande.deposer(contenu, par=foyer.compte)
            if refuser:
                demande.refuser(par=self.troupe.agent, motif=self.attaquer("le motif d’un refus", 500))

    def _ecrire_a_plusieurs(self) -> None:
        """A draft whose recipients do not exist, and a mailing that left."""
        envoi = {"sujet": "x", "texte": "x", "cree_par": self.troupe.agent}
        numeros = self.attaquer("les numéros des familles choisies")
        Envoi.objects.create(**envoi, sorte="choisies", criteres={"numeros": numeros})
        Envoi.objects.create(**envoi, sorte="toutes", lance_par=self.troupe.agent, lance_le=timezone.now())

    def _annuler_un_reglement(self) -> None:
        _, paye, _ = operations(self.troupe.dupont.famille)
        paye.annuler(motif="x", le=timezone.localdate(), par=self.troupe.agent)

    def _refuser_une_piece(self) -> None:
        """Beside one that waits."""
        piece, foyer = PieceDemandee.objects.get(pk=piece_demandee(self.troupe)[0]), self.troupe.dupont
        recu = Fichier("a.pdf", TypeMime.PDF, b"%PDF-1.7 %%EOF")
        PieceFournie.objects.deposer(piece, foyer.famille, None, [recu], par=foyer.compte).refuser(
            "x", par=self.troupe.agent
        )

    def _ecrire_partout(self) -> None:
        for colonne in colonnes():
            for pk in colonne.model._base_manager.values_list("pk", flat=True):
                hostile = self.attaquer(str(colonne), colonne.max_length)
                try:
                    with transaction.atomic():
                        colonne.model._base_manager.filter(pk=pk).update(**{colonne.name: hostile})
                except IntegrityError:
                    self.refuses.add(str(colonne))


def colonnes() -> Iterator[models.Field]:
    """Where a text is free."""
    for colonne in (colonne for table in TABLES for colonne in table._meta.concrete_fields):
        texte = isinstance(colonne, models.CharField | models.TextField) and not colonne.choices
        tenu = isinstance(colonne, PhoneNumberField | DateChiffree) or colonne.name in NOMS_DU_PROGRAMME
        if texte and not tenu:
            yield colonne


@contextmanager
def sans_declencheurs() -> Iterator[None]:
    """What was issued never changes, except in this town."""
    tables = [table._meta.db_table for table in TABLES if getattr(table._meta, "triggers", [])]
    with connection.cursor() as curseur:
        curseur.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            curseur.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        for table in tables:
            curseur.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def entrer(compte: Compte) -> Client:
    client = Client()
    client.force_login(compte)
    return client


@pytest.fixture
def ville(troupe, lignes, time_machine) -> Ville:
    return Ville(troupe, time_machine.shift)


@pytest.fixture
def chef(db) -> Client:
    """Whom no page is closed to."""
    return entrer(CompteFactory(identifiant="chef", is_staff=True, is_superuser=True))


def pages_du_parent(troupe: Troupe) -> list[str]:
    demandes = [reverse("demandes:demande", args=[demande.pk]) for demande in Demande.objects.all()]
    fils = [reverse("messagerie:fil", args=[fil.pk]) for fil in troupe.dupont.famille.fils.all()]
    nommees = [adresse.chemin(troupe) for adresse in ADRESSES if adresse.est_une_page and adresse.dupont == 200]
    return [*nommees, *demandes, *fils]


def pages_des_agents(troupe: Troupe) -> Iterator[str]:
    for adresse in ADRESSES:
        if adresse.est_une_page and adresse.nom.startswith("admin:"):
            yield adresse.chemin(troupe)
    yield from (reverse("admin:demandes_demande_change", args=[pk]) for pk in _cles(Demande))
    yield from (reverse("admin:messagerie_fil_change", args=[pk]) for pk in _cles(Fil))
    yield from (reverse("admin:messagerie_envoi_destinataires", args=[pk]) for pk in _cles(Envoi))
    for modele in MODELES:
        nom, cles = f"admin:{modele.nom.replace('.', '_')}", _cles(apps.get_model(modele.nom))
        for page in PAGES_D_UN_MODELE:
            yield reverse(f"{nom}_{page}", args=[] if page in {"changelist", "add", "exportation"} else cles[:1])
        if modele.nom in FILTRES:
            yield f"{reverse(f'{nom}_changelist')}?{FILTRES[modele.nom]}"


def _cles(classe: type[models.Model]) -> list:
    return list(classe._base_manager.order_by("pk").values_list("pk", flat=True))


def test_ce_qui_est_ecrit_se_lit_et_ne_s_execute_nulle_part(ville, troupe, chef):
    assert ville.refuses == TENUS_A_UNE_FORME

    jean = entrer(Compte.objects.get(pk=troupe.dupont.compte.pk))
    lues = {chemin: jean.get(chemin).content.decode() for chemin in pages_du_parent(troupe)}
    lues |= {chemin: chef.get(chemin).content.decode() for chemin in pages_des_agents(troupe)}
    ville.poster()
    lues |= {f"{m.subject} {n}": m.alternatives[0].content for n, m in enumerate(mail.outbox)}

    assert {chemin: trouves for chemin, html in lues.items() if (trouves := dangers(html))} == {}
    vus = {ville.marques.get(int(numero)) for html in lues.values() for numero in MARQUE.findall(html)}
    assert set(ville.marques.values()) - vus - TENUS_A_UNE_FORME == JAMAIS_MONTRES | A_UN_SEUL


class Champs(HTMLParser):
    """What the forms of a page would send, with an attack in each field that is not hidden."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.envoi: dict[str, str] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        champ = {nom: valeur or "" for nom, valeur in attrs}
        if tag not in {"input", "select", "textarea"} or not champ.get("name"):
            return
        # Django's own list with a search breaks down on what is no key: before anything is shown.
        intouchable = champ.get("type") in {"hidden", "submit"} or "admin-autocomplete" in champ.get("class", "")
        self.envoi[champ["name"]] = champ.get("value", "") if intouchable else attaque()


# What an address may carry: a search, a page, where to go next, days.
PARAMETRES = dict.fromkeys(("q", "page", "annee", "next", "jour", "jours", "inscription", "onglet"), attaque())


def allers_retours(client: Client, chemin: str) -> Iterator[str]:
    """What a page answers to an attack in its address, then in its form."""
    admin = chemin.startswith("/admin/")
    # A search looks for each word.
    reponse = client.get(chemin, {"q": attaque(longueur=60)} if admin else PARAMETRES)
    if reponse.status_code != 200:
        reponse = client.get(chemin)
    yield reponse.content.decode()
    if envoi := Champs(reponse.content.decode()).envoi:
        reponse = client.post(chemin, envoi)
        if reponse["Content-Type"].startswith("text/html"):
            yield reponse.content.decode()


def test_ce_qu_une_page_refuse_revient_en_texte(troupe, lignes, chef):
    jean = entrer(troupe.dupont.compte)
    visites = [(jean, chemin) for chemin in pages_du_parent(troupe)]
    # Not the pages that delete the others' rows, nor those without a form.
    visites += [(chef, chemin) for chemin in pages_des_agents(troupe) if not chemin.endswith(("/delete/", "/history/"))]
    revenues = set()
    for client, chemin in visites:
        for html in allers_retours(client, chemin):
            assert dangers(html) == [], chemin
            if "mechant.example" in html:
                revenues.add(chemin)
    assert {reverse("messagerie:nouveau"), reverse("admin:messagerie_information_add")} <= revenues
