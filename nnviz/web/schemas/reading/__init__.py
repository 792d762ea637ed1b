"""What is read, what comes of it, and why: a module a kind of question."""
