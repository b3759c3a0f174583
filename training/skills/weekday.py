"""Weekday arithmetic: number of the day, days modulo 7, sum modulo 7 (0 is Sunday)."""
from .base import Problem, Sub, shared, templates

DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]

FORWARD = templates(
    own=["What day is {n} days after {d}?", "Today is {d}; which day will it be in {n} days?",
         "Which weekday comes {n} days after {d}?", "If it is {d} now, what day is it {n} days later?",
         "Please name the weekday {n} days after {d}."],
    common=[shared("move", "{d}", "forward", "{n} days"), shared("work out", "{d} plus {n} days")],
    withheld=["Counting {n} days on from {d}, where in the week do we land?",
              "A parcel sent on {d} takes {n} days: on which weekday does it arrive?"],
    unseen="After {d}, wait {n} days. Which day is it then?")

BACKWARD = templates(
    own=["What day is {n} days before {d}?", "Today is {d}; which day was it {n} days ago?",
         "Which weekday comes {n} days before {d}?", "If it is {d} now, what day was it {n} days earlier?",
         "Please name the weekday {n} days before {d}."],
    common=[shared("move", "{d}", "back", "{n} days"), shared("work out", "{d} minus {n} days")],
    withheld=["Counting {n} days back from {d}, where in the week do we land?",
              "A parcel that came on {d} took {n} days: on which weekday was it sent?"],
    unseen="Before {d}, go {n} days into the past. Which day was it then?")


def problem(rng, sign: int) -> Problem:
    day, n = rng.randrange(7), rng.randint(1, 60)
    result = (day + sign * n) % 7
    op = "+" if sign > 0 else "-"
    chain = f"{DAYS[day]}={day} {n}%7={n % 7} {day}{op}{n % 7}={result}"
    return Problem(f"{DAYS[day]}{op}{n}", {"d": DAYS[day], "n": n}, chain, DAYS[result])


SUBS = [Sub("weekday", "forward", lambda rng: problem(rng, 1), FORWARD),
        Sub("weekday", "backward", lambda rng: problem(rng, -1), BACKWARD)]
