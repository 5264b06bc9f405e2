"""What a text means: pure functions of the words, the services and the local time; no database, no conversation."""
