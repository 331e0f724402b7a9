"""Conversations as pages need them: their lines, their forms, and what was typed when a session ended."""
