"""The pages of advice, pure: what is asked, the question of the law engine it becomes, and what is handed over."""
