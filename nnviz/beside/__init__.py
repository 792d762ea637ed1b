"""Work beside the server: in processes of their own, so that drawing never waits for it."""
