"""Twenty-three real grants, each reckoned a second time.

Written from what the municipalities publish, in another language, with inputs of its own and nothing of the
product's. It is slow and plain on purpose: lists, loops, fractions.
"""
