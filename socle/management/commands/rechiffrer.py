"""Once a new key comes first in CLES_CHIFFREMENT: rewrite every encrypted value with it, so that the old may go."""

from collections.abc import Iterator

from cryptography.fernet import InvalidToken
from django.core.management.base import BaseCommand, CommandError
from django.db import models, transaction

import francais
from socle.chiffrement import Secret
from socle.cles import modeles_chiffres

LOT = 500  # rows locked at once


class Command(BaseCommand):
    help = "Rewrites every encrypted value with the newest key of CLES_CHIFFREMENT. May run again, and while serving."

    def handle(self, *args: object, **options: object) -> None:
        for modele, champs in modeles_chiffres():
            total = sum(_rechiffrer_par_lots(modele, champs))
            self.stdout.write(f"{modele._meta.verbose_name_plural}\u00a0: {francais.pluriel(total, 'ligne')}")


def _rechiffrer_par_lots(modele: type[models.Model], champs: list[str]) -> Iterator[int]:
    """Each batch in its own short transaction: an agent who saves a record at the same time waits a moment."""
    dernier = 0
    while True:
        with transaction.atomic():
            lot = modele._base_manager.filter(pk__gt=dernier).order_by("pk").select_for_update()[:LOT]
            lignes = list(lot.values_list("pk", *champs))
            for pk, *valeurs in lignes:
                _rechiffrer_ligne(modele, pk, dict(zip(champs, valeurs, strict=True)))
        if not lignes:
            return
        dernier = lignes[-1][0]
        yield len(lignes)


def _rechiffrer_ligne(modele: type[models.Model], pk: int, valeurs: dict[str, Secret | str]) -> None:
    try:
        nouvelles = {nom: v.avec_la_cle_courante() for nom, v in valeurs.items() if isinstance(v, Secret)}
    except InvalidToken:
        nom = modele._meta.label
        raise CommandError(f"{nom} {pk}: none of CLES_CHIFFREMENT decrypts it. Put the missing key back.") from None
    if nouvelles:
        modele._base_manager.filter(pk=pk).update(**nouvelles)
