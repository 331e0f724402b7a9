"""The tables of online payment: the attempts, and what arrived at the notification address."""
