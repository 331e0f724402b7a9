"""Values drawn for the rules."""

from datetime import date
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

STRUCTURE = 1
PARIS = ZoneInfo("Europe/Paris")
jours = st.dates(date(2014, 9, 1), date(2028, 8, 31))
