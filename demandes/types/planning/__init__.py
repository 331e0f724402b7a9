"""Kinds about days of a child's planning. The days that a parent wants go in; places asked for, or a refusal, come out.

The days' state is the planning's: these kinds only call its verbs.
"""
