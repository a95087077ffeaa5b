"""The catalogue in a shell, for people and for scripts: one module per command, and what all commands share."""
