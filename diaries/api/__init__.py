"""The API at /api/v1/: thin doors to the services for apps. Nothing here decides who may see what."""
