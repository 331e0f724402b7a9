"""« Fiche à certifier »: the dates from which the centre wants records confirmed, and who has confirmed theirs.

A date and an agent, or a famille and who has read its record, come in; since when a famille must certify goes out.
"""
