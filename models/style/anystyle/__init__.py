"""Any style: one network for every pair of a picture and a style picture."""
