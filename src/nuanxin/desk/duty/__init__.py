"""What the pages of duty show: a person's month, the planner's grid, the need of a day, a calendar to download."""
