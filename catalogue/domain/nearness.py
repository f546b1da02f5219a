"""How far one word is from another, in slips of the fingers."""

from __future__ import annotations

# A word further off is another word.
MOST_SLIPS = 2


def slips(word: str, other: str, *, most: int = MOST_SLIPS) -> int:
    """Count the letters added, left out, mistaken or swapped with their neighbour; `most + 1` where there are more.

    The optimal string alignment distance (Boytsov 2011, 2.2), given up where a whole line is beyond `most`.

    >>> [slips("chemo", other) for other in ("chemo", "cehmo", "cheemo", "thermos")]
    [0, 1, 1, 3]
    """
    if abs(len(word) - len(other)) > most:
        return most + 1
    before: list[int] = []
    line = list(range(len(other) + 1))
    for row, letter in enumerate(word, start=1):
        earlier, before, line = before, line, [row]
        for column, mine in enumerate(other, start=1):
            cost = min(before[column] + 1, line[-1] + 1, before[column - 1] + (letter != mine))
            if row > 1 < column and letter == other[column - 2] and mine == word[row - 2]:
                cost = min(cost, earlier[column - 2] + 1)
            line.append(cost)
        if min(line) > most:
            return most + 1
    return min(line[-1], most + 1)
