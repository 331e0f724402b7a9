"""The agents' desk. The queue and one request go in; decisions, alone or in number, come out. And the usual reasons."""

from . import demande, motif

__all__ = ["demande", "motif"]
