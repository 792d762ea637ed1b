"""What is found out about a network from thousands of digits: long work, kept by its content."""
