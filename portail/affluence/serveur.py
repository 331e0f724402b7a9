"""gunicorn's worker whose threads measure: `gunicorn --worker-class portail.affluence.serveur.Travailleur`.

Under another one, or another server, nobody measures: the room stays open.
"""

from concurrent.futures import ThreadPoolExecutor

from gunicorn.workers.gthread import ThreadWorker

from portail.affluence.fils import Fils


class Travailleur(ThreadWorker):
    """gthread; overriding this method is what gunicorn documents for another pool."""

    def get_thread_pool(self) -> ThreadPoolExecutor:
        return Fils(max_workers=self.cfg.threads)
