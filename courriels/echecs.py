"""An e-mail that did not leave: whether and when it is tried again."""

import smtplib
from datetime import datetime, timedelta

# After the nth failure, wait that long; then the last one again, for as long as the server says « later ».
DELAIS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
    timedelta(hours=24),
)
# No e-mail waits longer. One that seems to was put off by a clock that has been put back since.
JAMAIS_PLUS_LOIN = 2 * DELAIS[-1]
# A server that is gone says nothing of this e-mail: once it is back, nothing waits longer than that.
RETOUR_DU_SERVEUR = timedelta(minutes=15)
# What says no to this e-mail only. Any other error of the conversation is the server's: the round stops.
REFUS = (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, smtplib.SMTPSenderRefused)


class SansObjet(Exception):
    """Nothing calls for this e-mail any more. One French sentence says why, to the agents."""


def prochain_essai(essais: int, erreur: Exception, *, a: datetime) -> datetime | None:
    """When to try again, after `essais` failures before this one; None: « no » means « never », and it is given up."""
    if est_definitif(erreur):
        return None
    delai = DELAIS[min(essais, len(DELAIS) - 1)]
    return a + (min(delai, RETOUR_DU_SERVEUR) if arrete_la_tournee(erreur) else delai)


def est_definitif(erreur: Exception) -> bool:
    """Whether there is nothing left to send, or the server refuses this address or this text for good (SMTP 5xx)."""
    if isinstance(erreur, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in erreur.recipients.values())
    if isinstance(erreur, smtplib.SMTPDataError):
        return erreur.smtp_code >= 500
    return isinstance(erreur, SansObjet)


def arrete_la_tournee(erreur: Exception) -> bool:
    """Whether the server is gone for everybody, not for this e-mail alone."""
    return isinstance(erreur, OSError) and not isinstance(erreur, REFUS)


def nature(erreur: Exception) -> str:
    """For the log, where no address may appear: what kind of failure, and the server's code if it gave one."""
    codes = {code for code, _ in erreur.recipients.values()} if isinstance(erreur, REFUS[:1]) else set()
    if isinstance(erreur, smtplib.SMTPResponseException):
        codes = {erreur.smtp_code}
    return " ".join([type(erreur).__name__, *map(str, sorted(codes))])


def dire(erreur: Exception) -> str:
    """What the agents read in the list."""
    phrase = str(erreur) if isinstance(erreur, SansObjet) else f"{type(erreur).__name__}: {erreur}"
    return phrase[:1000]
