"""The 15 skills of the zoo and their 30 sub-skills, and those that only experts for other experts know."""
from . import (add, antonym, caesar, capital, code, count, inflect, logic, mul, price, reverse, roman, sort, sub, unit,
               weekday)

SKILLS = {m.SUBS[0].skill: m.SUBS for m in (add, sub, mul, sort, reverse, caesar, count, roman, weekday, unit,
                                             logic, code, capital, antonym, inflect)}
SUBS = {s.full_name: s for subs in SKILLS.values() for s in subs}
KNOWN = {**SUBS, **{s.full_name: s for s in price.SUBS}}
