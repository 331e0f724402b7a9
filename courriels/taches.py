"""The outbox in the queue."""

from django_tasks import task

from courriels.facteur import Facteur

# Of -100 to 100. PDFs, campaigns and mailings have 0: twenty thousand of them hold no e-mail.
PRIORITE = 50
# What writes an e-mail that somebody waits for passes before e-mails that nobody does.
PRIORITE_URGENTE = 60
# E-mails of one task: then the queue chooses anew, and a mailing to everybody does not hold a password.
PAR_TOURNEE = 100


@task(priority=PRIORITE)
def distribuer() -> int:
    """Send what is due, and come back for the rest and for what failed; returns how many left."""
    facteur = Facteur()
    envoyes = facteur.tournee(au_plus=PAR_TOURNEE)
    # A queue that runs at once, as in the tests, cannot wait: `reprendre_envois` also comes back.
    if facteur.a_reprendre and distribuer.get_backend().supports_defer:
        distribuer.using(run_after=min(facteur.a_reprendre)).enqueue()
    if facteur.interrompue:
        distribuer.enqueue()
    return envoyes
