"""The account of a famille. Operations go in; balance, statement and lines ready to be shown come out."""
