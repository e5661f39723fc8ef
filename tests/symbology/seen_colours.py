"""How far two colours are apart, for whom: CIEDE2000 between sRGB colours as they look under a deficiency of colour vision."""

import numpy as np

SIGHT = {
    "all cones": np.eye(3),
    "no red cones": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    "no green cones": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
    "no blue cones": np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
}  # Machado, Oliveira and Fernandes 2009, doi 10.1109/TVCG.2009.113, severity 1.0, for linear RGB
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)  # IEC 61966-2-1
WHITE = np.array([0.95047, 1.0, 1.08883])  # D65


def lab(colours: tuple[str, ...], sight: str = "all cones") -> np.ndarray:
    """CIELAB (n, 3) of sRGB colours such as #0b5c6b, as *sight* sees them."""
    coded = np.array([[int(colour[at : at + 2], 16) for at in (1, 3, 5)] for colour in colours]) / 255
    linear = np.where(coded <= 0.04045, coded / 12.92, ((coded + 0.055) / 1.055) ** 2.4)
    ratio = np.clip(linear @ SIGHT[sight].T, 0, 1) @ TO_XYZ.T / WHITE
    root = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio * (29 / 6) ** 2 / 3 + 4 / 29)
    return np.column_stack([116 * root[:, 1] - 16, 500 * (root[:, 0] - root[:, 1]), 200 * (root[:, 1] - root[:, 2])])


def ciede2000(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """The difference of each pair (n,) of CIELAB colours (n, 3); the equations of Sharma, Wu and Dalal 2005, doi 10.1002/col.20070."""
    (light, chroma, hue), (light2, chroma2, hue2) = _lch(one, other)
    grey = chroma * chroma2 == 0
    turn = np.where(grey, 0.0, (hue2 - hue + 180) % 360 - 180)
    apart = np.abs(hue2 - hue)
    # Opposite hues turn by +180, and their middle lies on the side the formula prescribes.
    turn = np.where(~grey & (apart == 180), hue2 - hue, turn)
    middle_hue = (hue + hue2) / 2 + np.where(grey, (hue + hue2) / 2, np.where(apart <= 180, 0, np.where(hue + hue2 < 360, 180, -180)))
    middle, middle_chroma = (light + light2) / 2, (chroma + chroma2) / 2
    rise = 2 * np.sqrt(chroma * chroma2) * np.sin(np.radians(turn / 2))
    tone = (
        1 - 0.17 * _cos(middle_hue - 30) + 0.24 * _cos(2 * middle_hue) + 0.32 * _cos(3 * middle_hue + 6) - 0.20 * _cos(4 * middle_hue - 63)
    )
    of_light = (light2 - light) / (1 + 0.015 * (middle - 50) ** 2 / np.sqrt(20 + (middle - 50) ** 2))
    of_chroma, of_hue = (chroma2 - chroma) / (1 + 0.045 * middle_chroma), rise / (1 + 0.015 * middle_chroma * tone)
    bend = -np.sin(np.radians(60 * np.exp(-(((middle_hue - 275) / 25) ** 2)))) * 2 * _saturation(middle_chroma)
    return np.sqrt(of_light**2 + of_chroma**2 + of_hue**2 + bend * of_chroma * of_hue)


def _lch(one: np.ndarray, other: np.ndarray) -> list[tuple[np.ndarray, ...]]:
    """Lightness, chroma and hue in degrees of both, with a stretched so that greys part as they look."""
    mean = (np.hypot(one[:, 1], one[:, 2]) + np.hypot(other[:, 1], other[:, 2])) / 2
    red = [some[:, 1] * (1.5 - 0.5 * _saturation(mean)) for some in (one, other)]
    return [
        (some[:, 0], np.hypot(a, some[:, 2]), np.degrees(np.arctan2(some[:, 2], a)) % 360)
        for some, a in zip((one, other), red, strict=True)
    ]


def _saturation(chroma: np.ndarray) -> np.ndarray:
    return np.sqrt(chroma**7 / (chroma**7 + 25.0**7))


def _cos(degrees: np.ndarray) -> np.ndarray:
    return np.cos(np.radians(degrees))
