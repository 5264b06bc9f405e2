"""The HTTP side that people and tests hold: phones, chats, clock, trouble, and what has happened."""
