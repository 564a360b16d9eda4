"""What the API reads and says, field by field."""
