"""The outbox of the version before: its rows and rights are there after the upgrade, and after the way back."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command

from courriels.models import Courriel
from famille.models import Famille

AVANT = [("messagerie", "0004_information_structures"), ("courriels", None), ("famille", "0004_naissance_passee")]


def _remplir(anciens) -> int:
    """As the version before wrote it: an e-mail of a famille, a receipt, and a group of the town that may retry."""
    famille = anciens.get_model("famille", "Famille").objects.create(numero="1001001818331")
    courriels = anciens.get_model("messagerie", "Courriel").objects
    courriels.create(cle="message:1", destinataire="jean@example.org", famille=famille, sujet="Bonjour", gabarit="x")
    courriels.create(cle="paiement:1:recu", destinataire="jean@example.org", sujet="Reçu", gabarit="x")
    permission = anciens.get_model("auth", "Permission").objects.get(
        content_type__app_label="messagerie", codename="change_courriel"
    )
    groupes = anciens.get_model("auth", "Group").objects
    groupes.create(name="Bénévoles").permissions.add(permission)
    # The town trusts its front desk less than the table does.
    groupes.get(name="Accueil").permissions.remove(permission)
    return famille.pk


@pytest.mark.long
@pytest.mark.lent
def test_lignes_et_droits_suivent_la_boite_d_envoi_puis_reviennent(migrations):
    call_command("migrate", verbosity=0)
    pk = _remplir(migrations(AVANT))

    call_command("migrate", verbosity=0)
    assert list(Courriel.objects.order_by("cle").values_list("cle", "dossier", "urgent")) == [
        ("message:1", pk, False),
        ("paiement:1:recu", None, False),
    ]
    droits = Group.objects.get(name="Bénévoles").permissions
    assert [droit.content_type.app_label for droit in droits.all()] == ["courriels"]
    assert _droits("Accueil") == {"view_courriel"}
    assert _droits("Direction") == {"view_courriel", "change_courriel"}
    assert not Group.objects.filter(
        permissions__codename__endswith="_courriel", permissions__content_type__app_label="messagerie"
    ).exists()
    Courriel.objects.create(cle="apres", destinataire="a@example.org", sujet="x", gabarit="x")

    anciens = migrations(AVANT)
    revenus = anciens.get_model("messagerie", "Courriel").objects.order_by("cle")
    assert [(courriel.cle, courriel.famille_id) for courriel in revenus] == [
        ("apres", None),
        ("message:1", pk),
        ("paiement:1:recu", None),
    ]
    call_command("migrate", verbosity=0)
    Famille.objects.get(pk=pk).delete()
    assert Courriel.objects.count() == 2


def _droits(groupe: str) -> set[str]:
    droits = Group.objects.get(name=groupe).permissions.filter(content_type__app_label="courriels")
    return set(droits.values_list("codename", flat=True))
