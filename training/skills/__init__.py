"""The 15 skills of the zoo and their 30 sub-skills."""
from . import (add, antonym, caesar, capital, code, count, inflect, logic, mul, reverse, roman, sort, sub, unit,
               weekday)

SKILLS = {m.SUBS[0].skill: m.SUBS for m in (add, sub, mul, sort, reverse, caesar, count, roman, weekday, unit,
                                             logic, code, capital, antonym, inflect)}
SUBS = {s.full_name: s for subs in SKILLS.values() for s in subs}
