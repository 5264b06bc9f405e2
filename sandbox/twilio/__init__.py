"""A pretend Twilio: SMS both ways, receipts, and the part of its REST API that deals in them."""
