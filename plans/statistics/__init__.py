"""What is counted of a month, a quarter, a year (统计): each definition once, pure, with its clause."""
