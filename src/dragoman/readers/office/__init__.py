"""Word processors, PDF, workbooks and mail; their libraries are imported here and nowhere else."""
