"""What staff do with cards in the chats of departments and levels."""
