"""The rules of the planning, pure: plain values in, plain values out. No ORM, no query, no clock of their own."""
