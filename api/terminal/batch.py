"""What a batch says when it is done."""

from api.sentences.words import count
from api.shapes.batch import BatchShape
from api.terminal.blocks import Block, Column, Grid, Page, Para, Point

MOST = 20
"""Refused rows that are listed; the file of plans has them all."""


def batch_page(shape: BatchShape) -> Page:
    """The page of `credpath batch`."""
    people = count(shape.rows, "person", "people")
    questions = count(shape.questions, "different question")
    blocks: list[Block] = [
        Para(f"{shape.out} is written: {people}, {questions}.", "good"),
        Grid([Column("Status"), Column("People", right=True)], [[name, str(n)] for name, n in shape.statuses.items()]),
    ]
    if shape.planned_before:
        blocks.append(Para(f"{count(shape.planned_before, 'question')} had been answered by an earlier run.", "faint"))
    if shape.not_read:
        blocks.append(Para(f"Columns that were not read: {', '.join(shape.not_read)}.", "faint"))
    if shape.refused:
        blocks.append(Para(f"{count(len(shape.refused), 'row')} could not be used:", "bad"))
    blocks += [Point(f"{row.person or 'nobody'}: {row.reason}") for row in shape.refused[:MOST]]
    if len(shape.refused) > MOST:
        blocks.append(Para(f"and {len(shape.refused) - MOST} more; {shape.out} has them all.", "faint"))
    return blocks
