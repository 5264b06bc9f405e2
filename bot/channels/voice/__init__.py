"""The channel voice: until it has a dialogue of its own it greets, and connects to the office."""
