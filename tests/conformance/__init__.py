"""Published indices, reproduced from their published inputs: one file of cases per publisher."""
