"""Writes of assignment: offers and their answers; the register of lawyers, firms and whom they act for."""

from nuanxin.assignment.actions.offers import (
    DECLINE_REASONS,
    accept,
    decline,
    offer,
    recall,
    recall_silent,
)
from nuanxin.assignment.actions.register import (
    add_firm,
    alter_client,
    alter_firm,
    declare_client,
    register_lawyer,
)

__all__ = [
    "DECLINE_REASONS",
    "accept",
    "add_firm",
    "alter_client",
    "alter_firm",
    "declare_client",
    "decline",
    "offer",
    "recall",
    "recall_silent",
    "register_lawyer",
]
