"""The agents' pages of the familles. One noun a module; each group sees what its rights open."""

from . import banque, caf, compte, ecole, enfant, famille, fiscal, responsable, sante

__all__ = ["banque", "caf", "compte", "ecole", "enfant", "famille", "fiscal", "responsable", "sante"]
