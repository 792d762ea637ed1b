"""Why a network says what it says: its sums, its leads, and what its units see, tell and lack."""
