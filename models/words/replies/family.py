"""Replies of a customer service: a question in, an answer out, by the translator's network.

After Vinyals and Le, "A Neural Conversational Model", 2015 (arXiv 1506.05869); the latent that
chooses among answers as in Serban and others, AAAI 2017 (arXiv 1605.06069).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from models.family import Words
from models.words import answerer


@dataclass(frozen=True)
class Recipe(answerer.Recipe):
    minutes: float = 5
    usual: float = 0.2  # a question has several answers by design
    most: int = 60


class RepliesWords(answerer.Answerer):
    id = "words/replies"
    row = "W10"
    place = 80
    title = Words("Customer service", "客服应答")
    summary = Words(
        "Answers a customer's question with what a shop would say; it knows no shop and no order.",
        "像商店客服一样回答顾客的问题;它并不了解任何商店或订单。",
    )
    heard = (
        Words("Question", "问题"),
        Words(
            "A question about orders, payment, delivery, refunds, accounts or invoices.",
            "关于订单、付款、配送、退款、账户或发票的英语问题。",
        ),
    )
    Recipe = Recipe
    examples: ClassVar = {"support": "how can i get my money back?"}


FAMILY = RepliesWords()
