"""Likeness of spellings by shared runs of letters, for words that no name fits exactly.

Kept apart from `names` because scikit-learn takes a second to import, and an exact name needs none of it.
"""

from collections.abc import Sequence
from typing import cast

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from sklearn.feature_extraction.text import TfidfVectorizer


class Similarity:
    """Names as weighted character n-grams (2 to 4 letters inside words); cosine says how alike two are.

    A body is words, the number of whom they name, and how much (0 to 1) a likeness to them counts.
    """

    def __init__(self, bodies: Sequence[tuple[str, int, float]]) -> None:
        self._vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), dtype=np.float64, sublinear_tf=True)
        weights = self._vectorizer.fit_transform([words for words, _, _ in bodies])
        self._by_run = cast("csr_array", csr_array(weights.T))
        self._owners = np.array([owner for _, owner, _ in bodies], dtype=np.int64)
        self._counts = np.array([count for _, _, count in bodies], dtype=np.float64)

    def nearest(self, spellings: Sequence[str], *, least: float) -> list[tuple[int, float]]:
        """The owners of the names most like one of these spellings, most alike first, ties by owner."""
        asked = self._vectorizer.transform(spellings)
        cosines = np.asarray((csr_array(asked) @ self._by_run).max(axis=0).todense()).ravel()
        alike: NDArray[np.float64] = np.round(cosines * self._counts, 6)
        hits = np.flatnonzero(alike >= least)
        best: dict[int, float] = {}
        for owner, score in zip(self._owners[hits].tolist(), alike[hits].tolist(), strict=True):
            best[owner] = max(score, best.get(owner, 0.0))
        return sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))
