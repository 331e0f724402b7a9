"""Familles from a file, on the screen: the file comes in (`depot`), what each of its columns is (`colonnes`), what it
would change (`apercu`), and then it is written. All the rest is `portail.importation`, which the command shares.
"""
