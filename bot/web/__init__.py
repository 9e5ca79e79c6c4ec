"""What the program serves over HTTP: the webhook's receiver, and how it is doing."""
