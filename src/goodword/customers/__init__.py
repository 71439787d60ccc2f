"""People and companies, how to reach them and with whose consent, where their equipment stands, how to find them."""
