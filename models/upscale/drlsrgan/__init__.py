"""DRLSRGAN: a deeper SRGAN that looks at several scales at once."""
