"""What writers can do, as typed verbs. Views and the API call these and nothing below them."""
