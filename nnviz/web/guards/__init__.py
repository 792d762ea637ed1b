"""Who may come in, and how often: hosts and other sites, visitors, the teacher, the rate."""
