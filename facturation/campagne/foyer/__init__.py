"""What a famille's own record reaches: it moves, its quotient changes. Both come in; the days and euros of its invoices
come out, for whoever is about to save it."""
