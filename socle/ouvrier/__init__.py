"""The worker that does what is queued: it waits for PostgreSQL when it is away, and what a killed one held goes on.

In: the queue of django-tasks-db. Out: its tasks done, each at least once. Hence a task may run twice: it reads first
what is already done.
"""
