"""The pages of advice: what they ask in which words, and how they tell the answer of the law engine."""
