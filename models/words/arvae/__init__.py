"""ARVAE: stories with a latent for every sentence, each drawn from the sentences before."""
