"""The link that confirms an address: followed by its owner, signed in, it lets the address open the account again.

Signed in: an address mistyped at the desk is a stranger's, who would follow the link too. Whoever has lost the password
and the mailbox asks the centre for a letter. Like the link of a password, it is made as its e-mail leaves.
"""

from datetime import timedelta

from django.core import signing
from django.urls import reverse
from django.utils import timezone

from courriels.echecs import SansObjet
from courriels.models import Courriel
from famille.avis_de_securite import A_CONFIRMER
from famille.models import Compte, Responsable
from famille.models.adresse import AvecAdresse

# « ~ » needs no quoting in an address.
SIGNATURE = signing.TimestampSigner(salt="famille.adresse", sep="~")
VALIDITE = timedelta(days=7)
# Nobody's mailbox is filled by clicks.
DELAI_ENTRE_DEUX_LIENS = timedelta(minutes=5)


def preparer(courriel: Courriel) -> dict:
    """What the e-mail says, as it leaves. Raises SansObjet if there is nothing left to confirm."""
    sorte, pk = courriel.contexte["sorte"], courriel.contexte["pk"]
    modele = {"compte": Compte, "responsable": Responsable}[sorte]
    porteur: AvecAdresse | None = modele._default_manager.filter(pk=pk).first()
    if porteur is None or not porteur.adresse_est_a_confirmer or porteur.email != courriel.destinataire:
        raise SansObjet("Cette adresse est confirmée, ou a changé depuis.")
    return {"chemin": reverse("famille:adresse", args=[jeton(porteur)]), "jours": VALIDITE.days}


def jeton(porteur: AvecAdresse) -> str:
    """What the link says: whose address, and which."""
    return SIGNATURE.sign_object([porteur._meta.model_name, porteur.pk, porteur.email])


def lire(texte: str, compte: Compte) -> AvecAdresse | None:
    """Whose address this link confirms, if it is this account's and has not changed since; else None."""
    try:
        sorte, pk, email = SIGNATURE.unsign_object(texte, max_age=VALIDITE)
    except (signing.BadSignature, ValueError):
        return None
    porteur = compte if sorte == "compte" else getattr(compte, "responsable", None)
    return porteur if porteur and porteur.pk == pk and porteur.email == email else None


def redemander(porteur: AvecAdresse) -> None:
    """The link again, at most once in five minutes."""
    maintenant = timezone.now()
    recents = (maintenant - DELAI_ENTRE_DEUX_LIENS, maintenant + DELAI_ENTRE_DEUX_LIENS)
    if not Courriel.objects.filter(gabarit=A_CONFIRMER, destinataire=porteur.email, depose_le__range=recents).exists():
        porteur.demander_confirmation()
