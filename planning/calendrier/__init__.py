"""The published calendar of schools. The two libraries come in (`donnees`); rows of the town's calendar go out
(`importation`), which agents then correct: the tables are in `planning.models.calendrier`.
"""
