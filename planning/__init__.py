"""When children come: the calendar, the prestations and their rules, inscriptions, réservations, places, the roll.

Knows familles and children; what is asked (demandes) and what is billed (facturation) know it. Rooms: `regles` (pure),
`journees` and `places` (read and counted in SQL), `models` (tables and verbs), `mois`, `appel`, `inscriptions`,
`calendrier`.
"""
