"""The Flask side: pages, the JSON interface, and what protects them."""
