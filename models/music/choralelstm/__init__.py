"""The chorale network with an LSTM for its memory."""
