"""An e-mail that did not leave: whether and when it is tried again."""

import smtplib
from datetime import datetime, timedelta

# After the nth failure, wait that long; after the last one, give up and tell the agents.
DELAIS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
    timedelta(hours=24),
)
# What says no to this e-mail only. Any other error of the conversation is the server's: the round stops.
REFUS = (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, smtplib.SMTPSenderRefused)


class SansObjet(Exception):
    """Nothing calls for this e-mail any more. One French sentence says why, to the agents."""


def prochain_essai(essais: int, erreur: Exception, *, a: datetime) -> datetime | None:
    """When to try again, after `essais` failures before this one; None: give up, at once if « no » means « never »."""
    if est_definitif(erreur) or essais >= len(DELAIS):
        return None
    return a + DELAIS[essais]


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


def dire(erreur: Exception) -> str:
    """What the agents read in the list."""
    phrase = str(erreur) if isinstance(erreur, SansObjet) else f"{type(erreur).__name__}: {erreur}"
    return phrase[:1000]
