"""Files of reference values, and the root finder that some of them need."""

import platform

import mpmath
import numpy as np
import scipy
import statsmodels

VERSIONS = (
    f"Python {platform.python_version()}, numpy {np.__version__}, scipy {scipy.__version__}, mpmath {mpmath.__version__}"
    f", statsmodels {statsmodels.__version__}"
)
mpmath.mp.dps = 40


def write(name, calls, columns, rows):
    with open(name, "w", encoding="utf-8") as file:
        file.write(f"# made by fixtures.py with {VERSIONS}\n")
        for call in calls:
            file.write(f"# {call}\n")
        file.write(",".join(columns) + "\n")
        for row in rows:
            file.write(",".join(cell(value) for value in row) + "\n")


def cell(value):
    if isinstance(value, str):
        return value
    if isinstance(value, (list, np.ndarray)):
        return " ".join(cell(item) for item in value)
    if isinstance(value, (int, np.integer)):
        return str(int(value))
    return "Infinity" if value == np.inf else repr(float(value))


def bisect(function, start, sign, step):
    """The root on the side of start where the pivot falls (sign +1: below start), the step being doubled until it is bracketed."""
    width = step
    while function(start - sign * width) * sign < 0:
        width *= 2
    return mpmath.findroot(function, (start - sign * width, start), solver="bisect", maxsteps=400, tol=mpmath.mpf(10) ** -35, verify=False)
