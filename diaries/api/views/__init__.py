"""Doors for apps: each fetches with access, checks what was sent, calls a service and answers."""
