"""The rules of the planning, pure: plain values come in, plain values go out. No query, no clock of their own.

Until when one may ask (`delais`), why one may not (`refus`), what is billed of an absence (`absences`), what a cell
shows (`affichage`, in the words of `legende`).
"""
