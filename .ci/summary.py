"""Sums the counters of all .trx files in a folder and prints `N passed, N failed`; fails on failures or no test."""
import glob
import os
import sys
import xml.etree.ElementTree as ElementTree

counters = [
    ElementTree.parse(path).getroot().find(".//{*}Counters").attrib
    for path in glob.glob(os.path.join(sys.argv[1], "**", "*.trx"), recursive=True)
]


def total(*names):
    return sum(int(counter[name]) for counter in counters for name in names)


passed, failed = total("passed"), total("failed", "error", "timeout", "aborted")
print(f"{passed} passed, {failed} failed")
sys.exit(0 if passed and not failed else 1)
