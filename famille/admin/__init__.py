"""The agents' pages of the familles. One noun a module; each group sees what its rights open."""

from famille.admin import compte, courriel, ecole, enfant, famille, responsable, sante
from famille.admin.finances import banque, caf, fiscal

__all__ = ["banque", "caf", "compte", "courriel", "ecole", "enfant", "famille", "fiscal", "responsable", "sante"]
