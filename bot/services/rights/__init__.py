"""What people may ask about data kept of them, and what ends by itself."""
