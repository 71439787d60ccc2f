"""What we told a customer, and whether it was kept. Nobody types "kept": it is judged from what happened."""
