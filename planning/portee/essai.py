"""What a change would reach, told without being made: it is done, read, and undone."""

from abc import abstractmethod
from collections.abc import Callable
from typing import Generic, TypeVar

from django.db import transaction

L = TypeVar("L")


class SeDitAvant(Generic[L]):
    """A reach (`socle.admin.confirmation.Portee`) that is also asked about outside the admin's own forms."""

    @abstractmethod
    def lire(self) -> L: ...

    @abstractmethod
    def dire(self, avant: L, apres: L) -> list[str]: ...

    def si(self, faire: Callable[[], object]) -> list[str]:
        """What would be said, were that done."""
        avant = self.lire()
        with transaction.atomic():
            faire()
            apres = self.lire()
            transaction.set_rollback(True)
        return self.dire(avant, apres)
