"""The two towns, two databases of one server: the small one, and the same one grown to any size and age."""

from contextlib import AbstractContextManager
from datetime import date, datetime, time, timedelta
from io import StringIO
from math import ceil

from django.core.management import call_command
from django.db import connection
from django.db.models import F
from django.utils import timezone

from bench.croissance.copie import copier, sans_declencheurs
from bench.croissance.lignes import DES_FOYERS, foyers, lignes_des_foyers, lignes_du_passe, vieillies
from demandes.models import Decision, Demande
from demandes.types import Titulaire
from facturation.models import Compteur
from famille.models import Compte, Famille
from messagerie.models import Fil, Lecture, Message
from planning.models import Inscription
from socle.annee_scolaire import AnneeScolaire
from socle.roles.proprietaire import autrement, en_proprietaire

PETITE, GRANDE = "postgres", "grande"
FAMILLES = 200  # of the small one
SEMAINES_MIN = 4  # the past that is copied, even in early September
REPONSE = timedelta(hours=3)
QUESTION = "Bonjour,\n\nL’avez-vous retrouvé ?\n\nMerci !"
# Gigabytes are written at once, into towns that can be made again; `analyser` does autovacuum's part when nothing is
# measured; the last one is that of docs/exploitation.md.
HABITUDES = (
    "autovacuum = off",
    "full_page_writes = off",
    "max_wal_size = '16GB'",
    "checkpoint_timeout = '30min'",
    "random_page_cost = 1.1",
)
SUJETS = ("Une question sur le mercredi", "Un blouson oublié à la garderie")


def dans(base: str) -> AbstractContextManager[None]:
    """In the block, the town that Django reads."""
    return autrement(connection, {"NAME": base})


def installer() -> None:
    """The server's own habits, and the tables."""
    call_command("migrate", interactive=False, verbosity=0)
    with en_proprietaire(connection), connection.cursor() as curseur:
        for habitude in HABITUDES:
            curseur.execute(f"ALTER SYSTEM SET {habitude}")
        curseur.execute("SELECT pg_reload_conf()")


def fonder() -> None:
    """The small town, in the database that Django reads: the demo's, where each household has spoken and asked."""
    call_command("peupler", familles=FAMILLES, annees=1, verbosity=0)
    if not Fil.objects.filter(sujet=SUJETS[0]).exists():
        _echanger(timezone.localdate())


def recopier() -> None:
    """The big town, still the size of the small one. Nobody is connected to either."""
    with autrement(connection, {"NAME": "template1"}), en_proprietaire(connection), connection.cursor() as curseur:
        curseur.execute(f"DROP DATABASE IF EXISTS {GRANDE} WITH (FORCE)")
        curseur.execute(f"CREATE DATABASE {GRANDE} TEMPLATE {PETITE}")


def agrandir(fois: int, annees: int) -> None:
    """The town that Django reads gets `annees` of history, then as many households times `fois`."""
    au = timezone.localdate()
    jours = _passe_copiable(au)
    vieillir(au, jours, ceil((annees * 365 - jours) / jours))
    with sans_declencheurs() as curseur:
        copier(curseur, lignes_des_foyers(), fois - 1, DES_FOYERS)
        for genre, table in (("facture", "facturation_facture"), ("reglement", "facturation_reglement")):
            curseur.execute(
                f"UPDATE {Compteur._meta.db_table} c SET dernier ="
                f" (SELECT coalesce(max(numero), 0) FROM {table} t WHERE t.regie_id = c.regie_id) WHERE genre = %s",
                [genre],
            )


def analyser() -> None:
    """As autovacuum would have, in a town that grew in five years."""
    with en_proprietaire(connection), connection.cursor() as curseur:
        curseur.execute("VACUUM ANALYZE")
        curseur.execute("CHECKPOINT")  # not during the measures


def vieillir(au: date, jours: int, fois: int) -> None:
    """The last `jours` days before `au`, again and again before themselves: a whole number of weeks."""
    if fois < 1:
        return
    debut = au - timedelta(days=jours * (fois + 1))
    rentree = AnneeScolaire.de(debut).debut
    call_command(
        "importer_calendrier",
        depuis=rentree,
        annees=AnneeScolaire.de(au).debut - rentree,
        stdout=StringIO(),
        stderr=StringIO(),
    )
    with sans_declencheurs() as curseur:
        Inscription.objects.filter(famille__in=foyers(), du__gt=debut, du__lte=au).update(
            du=F("du") - timedelta(days=jours * fois)
        )
        lignes = lignes_du_passe(au - timedelta(days=jours), au)
        copier(curseur, lignes, fois, vieillies(lignes, jours))


def _passe_copiable(au: date) -> int:
    """Days since the school year began, in whole weeks: copied, a Wednesday stays a Wednesday."""
    return 7 * max(SEMAINES_MIN, ceil((au - AnneeScolaire.de(au).du).days / 7))


def _echanger(au: date) -> None:
    """For each household: threads that were answered and read, requests that were accepted; one in 25 still asks."""
    agent = Compte.objects.get(identifiant="agent")
    comptes = list(Compte.objects.filter(responsable__famille__in=foyers()).select_related("responsable__famille"))
    for rang, sujet in enumerate(SUJETS):
        le = timezone.make_aware(datetime.combine(au - timedelta(days=10 + 7 * rang), time(10)))
        _converser(comptes, agent, sujet, le)
        demandes = Demande.objects.bulk_create(_changement(compte, le) for compte in comptes)
        Decision.objects.bulk_create(
            Decision(demande=demande, verdict=Decision.Verdict.ACCEPTEE, par=agent, le=le + REPONSE)
            for demande in demandes
        )
    Demande.objects.bulk_create(_changement(compte, le) for compte in comptes[::25])


def _converser(comptes: list[Compte], agent: Compte, sujet: str, le: datetime) -> None:
    fils = {
        compte: Fil(famille=_famille(compte), sujet=sujet, cree_le=le, dernier_le=le + REPONSE) for compte in comptes
    }
    Fil.objects.bulk_create(fils.values())
    Message.objects.bulk_create(
        Message(fil=fil, auteur=compte, signature="Un parent", du_centre=False, texte=QUESTION, le=le)
        for compte, fil in fils.items()
    )
    Message.objects.bulk_create(
        Message(fil=fil, auteur=agent, du_centre=True, texte="Oui, passez à l’accueil.", le=le + REPONSE)
        for fil in fils.values()
    )
    Lecture.objects.bulk_create(Lecture(fil=fil, compte=compte, jusqu_a=le + REPONSE) for compte, fil in fils.items())


def _changement(compte: Compte, le: datetime) -> Demande:
    return Demande(
        famille=_famille(compte),
        type=Titulaire.code,
        donnees={"mobile": "+33601020304"},
        deposee_par=compte,
        deposee_le=le,
    )


def _famille(compte: Compte) -> Famille:
    return compte.responsable.famille
