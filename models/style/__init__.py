"""Style: a picture painted again in another manner."""
