"""What the program does for itself and its operators, beside the work: audits, checkpoints, backups, life signs."""
