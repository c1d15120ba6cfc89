"""Who asks, what they may, and what keeps others out."""
