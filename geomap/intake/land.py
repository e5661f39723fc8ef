"""Where on earth there is land at all, on a grid of one degree; enough to see that a city lies in the open sea.

Made from NOAA's GLOBE elevation model (1 km, public domain), by way of the package global-land-mask 1.0.0: a cell counts when any of its
kilometres is land. Antarctica is left out, because no city is there.
"""

import base64
import zlib

import numpy as np

ROWS, COLUMNS = 180, 360
NEAR = 2
LAND = """
eNrtmT2M3MYVgB+X6+UqWYkrWIDWyEHcIrCANDohBiLDgri2izQqXLqyr0iRzpcEiAXkcmRswwoMwUG6pDoFKQKkUulKplJEKVy4d4AdWYVUWbwoxs3lxpy8+SHn
zXBXsgp3N4AkLvfb4ft/jyOA47V6xRIgkbL+NmwuZSNxNezpbCq7Vdon5QL/uraCjZYdK/RjNkp1NYvkaiHkNwZmSnw5h9gownvsroKXBH7cSv52b+usKVC5vQ6G
XdGq8udWhW5pqMkMXOGNjatKD7w8qXWI2b8cXBjF7nU72+dBkms4kw+JO+QdqTQpWlgrl5fqGw3vO+NH8usDvGts4hTahV9pNY7ECzV1tDyQn6KESuqm24LDkbV8
pBV5CHGl4X1Z4PNSDc+UvCXCsfPqEVOkYiTGj9q0NPCm+jk+uHjfwbL5fmytphZKXaXW20qe8hTZWK86cdePZB23lsN/9x/JcJFf35dNbMM5cpFC1wN3yQoFs1QA
EW7duq53LtFv2hfLHpCelURDHqEbFZysQNFb+wTOOaDISa2NsQo+311WKjoKZYsJmGzswc50+PxtyCsDi6LP1nHqMi+RtyBTMGyv2HYPkwDhLyycyWsQq7QYsRVw
9qWKe26iWMJZaXMprQoZiMFmBW6zQOWN7ixtozNjWQiXoMJ8nm/Z+sKzNu7TKv2fzzZTUz9E2VpkaXJV7ZzWAQxRs4W+4sa51jomfes0VO9m1FwCuAwUNtXnt7xv
Y8yxMqttQFK4EH0YGByYb/d8+DdyJZy4qkjguA/fisuwNje7+uOoHxifDGjdMA+T63Z+OCIVqQs9/2O3tsd9eI/USc8p29f6cOkU9gqBuMd6cEPgu3R7XkAP/kXZ
skvMcmrmpgeLrhldwMJA4+Oe6MHtzzN50i9HTfR5D24rdnZ4wzeGiKoerO+cKFGMG37h4BELu5WBI4TFxIs7weOqBxtbzCGrcy+iG5lSuPDhR/IWtXKzsyyDzt35
T+XkzYxYju94XTaTtKchDBMKF17/zqiZp7omkNATFw4pnJg0meoPmyjUPm1rIr3jjSbUJ0oDz4MihR7cGn6ch9GcAFVwiLcetzsPwthvhuaLrQ7m823wc/2og0+F
00kNv7bXvbIhNuCmfmQHMCioadRqxeGX0K1qla2hGeQejC3o07aN/Q4WvlcYvFsF46BobX0HFlrHoXnACOEjRn2vlvXiv7s9Z7Zisb80dQjb0L3hBLBByr6RnwRl
UprQbSauztn0399Jaw9eYmTlWP7k1ocwtrzJxTM556/IQAw1MzHZ1FgUh2Csp3e+mkme2MKRtYONgsuiYac07AUpf3+sI3oz6yYKvIuSQAfPu7jDQqeL8EudGNgZ
lNh/Ogcw8qPjFawE2vkbuaupiYCfyM/fCsXQI62eQGd51ykh5vBTHOBKBU+8wCutGTPXjRB+oOFx+IZQZQPPdBVT8F1ZZVVvkk/K4gsPRt+eqOFu/g8ND37WkQPl
Sls5UteNTtZwPX8v1xH2I/8FyMKJUxA4XL/92jts8AHAL8PBv6RtEOGhgLsfw32mvPG8Bxe26Mbu5Wa8Aa+X8IDNT0/nJ4IXMdu7HTzZgFdZ9Ah3Xvw8UkNSX2g7
QuAvh2PYqGOBDxy+PkF46sFa6CtbhYXRa+f2r/OL6vbY/jHrfNsprPVqDWcHf6i22kIw8EppRaoBM7Bcsjf1zYWDI/12YBP8rO1HGD/JofzK6F05iYFlDj5vGwHu
nGDJu21goqCGbdu9YB2odubFMuN48cM5MTMj70qp6xpxo6ZDnCvhEq3SuRupEveQSJe8+1yVo8p5RYem2GxN3rYYhHPJr+DVc6WDc39Kqi18Od5LcC57gxZdv3Nq
+A1dCPO/F398II+mfmrlrtsbuNJ7J/L23/4qH1cmYyNvFKx02mv493qzRL5TnJc4uI5U+YhKH7axTdticsAbtemLw4gGhJVZwT9u6UMs9OLyNILBpvajg7us4aeN
RkN866wuihG65T0/Y1u/IXx4pkv9mG+fms3DtOpgvDr8zDRn9Q3Hhjoeni5Lv4GLDubnum/eVfAmbDGI/rN4Cowvfjsqjj4CePVrOlYJXZ7U7/iuq91ixwbdbkHH
KgcfNpFTRixglqDVknxBwk50Ej0WRPPmZRin/5yP9atlEMUKviNIJqORJsln8xE8XxGYd+KDaFNOv+xfHCVXVXhQuB604kf8DLFSFf0Xw+57EM0oDA6eekVEZ86s
S3ACY6Sd4ODBL2vPl5NFryQhHFG9ySHXaar1atjN8W5n3sEN1DSDRNCuZuRILScHU97O03YKS8nYvw6mB2tPgMcwD2DWXdZ+Uih4EcDOmSyE+2Ksgk1STPuwG/sr
AnPZO7XbSOnYTxO5zPvHlJk7yoqJjPEBaLiCcCBdtZj5Zjs4Z1x3JnpSwddWwRG51VUJhK8EcE+M1g9K3wBu1h6x/gBtuuPDwntr8HQv1VTjTSdi/eGtOuvzYb4W
TnDoYzMPXn+anKi5z4efeJicBW82PjwIjoYD2PP+IvYPca88cedgXXoaTB81D+CyH29rdejDdAV+lfGThA7FiMOperjmWjkFxXhxLRyeyHMdBH74r5EC0uqZ/4ui
fBZ48Z3Bzy748Tpex+t4Ha9vs/4PH6o6Sg==
"""


def near_land(longitude: float, latitude: float) -> bool:
    """Whether there is land within about two degrees of a place; False for what is no place on earth."""
    if not (abs(longitude) <= 180 and abs(latitude) <= 90):
        return False
    row, column = int(90 - latitude), int(longitude + 180)
    rows = np.clip(np.arange(row - NEAR, row + NEAR + 1), 0, ROWS - 1)
    columns = np.arange(column - NEAR, column + NEAR + 1) % COLUMNS
    return bool(_grid()[np.ix_(rows, columns)].any())


def _grid() -> np.ndarray:
    """Rows from the north pole southwards, columns from 180° west eastwards."""
    bits = np.frombuffer(zlib.decompress(base64.b64decode(LAND)), dtype=np.uint8)
    return np.unpackbits(bits).reshape(ROWS, COLUMNS).astype(bool)
