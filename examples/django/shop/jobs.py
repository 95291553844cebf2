"""Jobs of RQ, which imports them by their names: what they need of Django, they would have to set up themselves."""


def double(number):
    return 2 * number
