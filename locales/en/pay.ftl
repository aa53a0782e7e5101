# Payment and statistics.
