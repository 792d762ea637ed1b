"""What keeps the work and the memory that visitors cause within bounds."""
