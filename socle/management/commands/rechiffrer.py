"""Once a new key comes first in CLES_CHIFFREMENT: rewrite every encrypted value and file, so that the old may go.

Files that were in clear, from before they were encrypted, are encrypted by the same pass.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import TypeAlias

import pgtrigger
from cryptography.fernet import InvalidToken
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import models, transaction

import francais
from socle.chiffrement import Secret
from socle.cles import modeles_chiffres
from socle.fichiers.coffre import Coffre, Etat
from socle.fichiers.rechiffrement import champs_au_coffre, etat, fichiers, rechiffrer

LOT = 500  # rows locked at once
Ligne: TypeAlias = tuple[int, dict[str, Secret]]


class Command(BaseCommand):
    help = (
        "Rewrites every encrypted value and file with the newest key of CLES_CHIFFREMENT, and encrypts the files that "
        "are still in clear. May be stopped, run again, and run while serving. "
        "--verifier: writes nothing, tells what cannot be read and what an older key has written."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--verifier", action="store_true", help="reads only")

    def handle(self, *args: object, verifier: bool, **options: object) -> None:
        if verifier:
            self._verifier()
            return
        for modele, champs in modeles_chiffres():
            total = sum(_rechiffrer_par_lots(modele, champs))
            self.stdout.write(f"{modele._meta.verbose_name_plural}\u00a0: {francais.pluriel(total, 'ligne')}")
        perdus = sum(self._rechiffrer_les_fichiers(modele, champ) for modele, champ in champs_au_coffre())
        self._se_plaindre(perdus, "fichier non rechiffré", "fichiers non rechiffrés")

    def _rechiffrer_les_fichiers(self, modele: type[models.Model], champ: models.FileField) -> int:
        """Those that are not under the newest key; returns how many could not be read."""
        faits = perdus = 0
        for piece in fichiers(modele, champ):
            try:
                if Coffre().etat(piece[1]) is not Etat.CLE_COURANTE:
                    rechiffrer(modele, champ, piece)
                    faits += 1
            except (InvalidToken, OSError):
                perdus += 1
                self.stderr.write(f"{modele._meta.label} {piece[0]}\u00a0: fichier illisible, absent ou disque plein")
        combien = francais.pluriel(faits, "fichier rechiffré", "fichiers rechiffrés")
        self.stdout.write(f"{modele._meta.verbose_name_plural} ({modele._meta.app_label})\u00a0: {combien}")
        return perdus

    def _verifier(self) -> None:
        """Each value and each file is opened. Raises CommandError if one of them cannot be."""
        lignes = sum(self._verifier_les_lignes(modele, champs) for modele, champs in modeles_chiffres())
        perdus = sum(self._verifier_les_fichiers(modele, champ) for modele, champ in champs_au_coffre())
        self._se_plaindre(lignes + perdus, "valeur illisible", "valeurs illisibles")

    def _verifier_les_lignes(self, modele: type[models.Model], champs: list[str]) -> int:
        total = anciennes = illisibles = 0
        for pk, secrets in _lignes(modele, champs):
            total += 1
            perdus = [nom for nom, secret in secrets.items() if not _lisible(secret)]
            anciennes += not perdus and not all(s.est_de_la_cle_courante for s in secrets.values())
            illisibles += bool(perdus)
            if perdus:
                self.stderr.write(f"{modele._meta.label} {pk}\u00a0: illisible ({', '.join(perdus)})")
        dites = f", dont {francais.nombre(anciennes)} d’une ancienne clé" if anciennes else ""
        self.stdout.write(f"{modele._meta.verbose_name_plural}\u00a0: {francais.pluriel(total, 'ligne')}{dites}")
        return illisibles

    def _verifier_les_fichiers(self, modele: type[models.Model], champ: models.FileField) -> int:
        etats = Counter[Etat | None]()
        for cle, nom in fichiers(modele, champ):
            etats[lu := etat(champ, nom)] += 1
            if lu is None:
                self.stderr.write(f"{modele._meta.label} {cle}\u00a0: fichier illisible ou absent")
        restes = [f"{francais.nombre(etats[un])} {un}" for un in (Etat.CLAIR, Etat.ANCIENNE_CLE) if etats[un]]
        combien = ", dont ".join(
            [francais.pluriel(etats.total(), "fichier"), *([" et ".join(restes)] if restes else [])]
        )
        self.stdout.write(f"{modele._meta.verbose_name_plural} ({modele._meta.app_label})\u00a0: {combien}")
        return etats[None]

    def _se_plaindre(self, nombre: int, un: str, plusieurs: str) -> None:
        if nombre:
            raise CommandError(
                f"{francais.pluriel(nombre, un, plusieurs)}\u00a0: remettez dans CLES_CHIFFREMENT la clé qui les a "
                "écrites, ou les fichiers de la sauvegarde."
            )


def _lisible(secret: Secret) -> bool:
    try:
        secret.en_clair()
    except InvalidToken:
        return False
    return True


def _lignes(modele: type[models.Model], champs: list[str]) -> Iterator[Ligne]:
    """Every row, batch by batch, with those of its values that are encrypted."""
    dernier = 0
    while lot := _lot(modele, champs, dernier):
        yield from lot
        dernier = lot[-1][0]


def _lot(modele: type[models.Model], champs: list[str], apres: int, *, verrou: bool = False) -> list[Ligne]:
    lignes = modele._base_manager.filter(pk__gt=apres).order_by("pk")
    if len(champs) == 1:
        # Most days have no motif: what is empty is passed over by PostgreSQL.
        lignes = lignes.exclude(**{champs[0]: ""})
    if verrou:
        lignes = lignes.select_for_update()
    return [
        (pk, {nom: valeur for nom, valeur in zip(champs, valeurs, strict=True) if isinstance(valeur, Secret)})
        for pk, *valeurs in lignes.values_list("pk", *champs)[:LOT]
    ]


def _rechiffrer_par_lots(modele: type[models.Model], champs: list[str]) -> Iterator[int]:
    """Each batch in its own short transaction: an agent who saves a record at the same time waits a moment."""
    dernier = 0
    while True:
        with transaction.atomic(), _sans_leurs_interdits(modele):
            lignes = _lot(modele, champs, dernier, verrou=True)
            for pk, secrets in lignes:
                _rechiffrer_ligne(modele, pk, secrets)
        if not lignes:
            return
        dernier = lignes[-1][0]
        yield len(lignes)


def _sans_leurs_interdits(modele: type[models.Model]) -> AbstractContextManager[None]:
    """What PostgreSQL forbids to change says the same afterwards: its words are only written with another key."""
    interdits = [t for t in getattr(modele._meta, "triggers", []) if isinstance(t, pgtrigger.ReadOnly)]
    adresses = [f"{modele._meta.label}:{interdit.name}" for interdit in interdits]
    return pgtrigger.ignore(*adresses) if adresses else nullcontext()


def _rechiffrer_ligne(modele: type[models.Model], pk: int, secrets: dict[str, Secret]) -> None:
    try:
        nouveaux = {nom: secret.avec_la_cle_courante() for nom, secret in secrets.items()}
    except InvalidToken:
        nom = modele._meta.label
        raise CommandError(f"{nom} {pk}: none of CLES_CHIFFREMENT decrypts it. Put the missing key back.") from None
    if nouveaux:
        modele._base_manager.filter(pk=pk).update(**nouveaux)
