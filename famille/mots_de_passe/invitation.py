"""A new agent, invited: an account without a password, and the link by which its owner chooses one."""

from collections.abc import Iterable

from django.contrib.auth.models import Group
from django.db import transaction

from famille.models import Compte
from famille.mots_de_passe.lien import envoyer_un_lien


@transaction.atomic
def inviter(compte: Compte, groupes: Iterable[Group]) -> bool:
    """`compte`: an agent's, unsaved, with an address. Whether the link leaves."""
    compte.is_staff = True
    compte.set_unusable_password()
    compte.save()
    compte.groups.set(groupes)
    return envoyer_un_lien(compte)
