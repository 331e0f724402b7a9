"""A day of an inscription (`Journee`): what is stored, or what the weekly pattern gives where nothing is.

Prestations, inscriptions or a famille and days come in; journées go out, read by PostgreSQL's one definition of them
(`planning_journees`, in migration 0005): roll call, headcounts, invoices, accueil.
"""
