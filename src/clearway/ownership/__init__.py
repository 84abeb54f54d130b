"""Who owns whom, and how much of it listed parties own, under a threshold it is given.

It never knows the law: whoever asks brings the `Test`. Shares are exact fractions.
"""
