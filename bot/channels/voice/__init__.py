"""The channel voice: until it has a dialogue of its own it says who answers, and connects to the office."""
