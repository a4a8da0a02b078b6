"""The recipe that makes the shipped models: corpus → batches → finetune → export → scores."""
