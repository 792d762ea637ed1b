"""What is found out about a network, as JSON."""
