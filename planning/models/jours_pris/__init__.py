"""The days of an inscription that are given back several at once, and those that were taken beyond the rules.

An inscription's days come in; absences go out, or who went beyond a deadline or the places, when and why.
"""
