"""SRGAN: sharper than the error allows; how sharp is a control."""
