"""Requests and their decisions. One noun a module."""

from .decision import Decision
from .demande import Demande
from .motif import MotifUsuel
from .piece import Piece

__all__ = ["Decision", "Demande", "MotifUsuel", "Piece"]
