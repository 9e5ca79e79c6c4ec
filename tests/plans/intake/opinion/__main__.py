"""Learn the second opinion: `python -m tests.plans.intake.opinion [--hold BATCH]`.

Without `--hold` the tables of `plans/intake/opinion` are written. With it a batch of messages is kept out of learning
and the opinion is measured on it: so much is lost of what was read rightly, so much of what was read falsely is left.

`messages.jsonl` has invented messages, what each says, and how readers of several ages read them; a reader knows no
message of a batch that is younger than it, so that its mistakes there are those it makes on messages nobody fitted it
to. The other messages are those of `reports.tsv` and `few_words.tsv`, and composed ones.
"""

from __future__ import annotations

import argparse
import sys

from plans.intake.opinion.models import FOLDER
from tests.plans.intake.opinion.learning import Learnt, learn, rates, written
from tests.plans.intake.opinion.messages import Message, messages


def main() -> int:
    """Write the tables, or measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hold", type=int, help="the batch that is kept out and measured")
    options = parser.parse_args()
    every = list(messages())
    if options.hold is None:
        for name, table in written(learn(every)).items():
            (FOLDER / name).write_text(table, "utf-8")
        return 0
    report(learn([item for item in every if item.batch != options.hold]), [m for m in every if m.batch == options.hold])
    return 0


def report(learnt: Learnt, held: list[Message]) -> None:
    """What each margin loses and leaves."""
    figures = rates(learnt, held)
    for margin in (1.0, 0.8, 0.7, 0.6, 0.5, 0.45, 0.4, 0.35, 0.3, 0.25, 0.2, 0.15, 0.1):
        right = [chance for chance, is_right in figures if is_right]
        wrong = [chance for chance, is_right in figures if not is_right]
        kept, left = sum(chance <= margin for chance in right), sum(chance <= margin for chance in wrong)
        print(
            f"margin {margin:4}: of {len(right)} right figures {len(right) - kept} asked "
            f"({1 - kept / len(right):.1%}); false among shown {left}/{left + kept} = {left / (left + kept):.1%}"
        )


if __name__ == "__main__":
    sys.exit(main())
