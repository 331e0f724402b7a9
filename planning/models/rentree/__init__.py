"""What a rentrée did to inscriptions: one goes on in another, or ends; rows come out, by year and by what was made
together."""
