"""Enrolling: children to choose from go in, inscriptions tried then made, one by one or by the class, come out."""
