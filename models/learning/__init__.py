"""The loops (adversarial, variational, closed form) and what they share: job, sheet, ledger."""
