"""What is computed about a network, against plain loops and other libraries."""
