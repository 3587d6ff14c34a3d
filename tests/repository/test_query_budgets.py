"""Pages keep their budget of statements, and the count does not grow with the number of cases."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import world
from tests.repository.query_budgets import PUBLIC, STAFF
from tests.statements import counted

FEW, MANY = 3, 30


def _cost(client: Client, address: str) -> int:
    client.get(address)  # what is kept in memory is read once a process, not once a page
    with CaptureQueriesContext(connection) as made:
        answer = client.get(address)
    assert answer.status_code == 200, f"{address}: {answer.status_code}"
    return counted(made.captured_queries, besides=("SAVEPOINT",))


@pytest.mark.django_db
def test_pages_keep_their_budget_of_statements_with_few_cases_and_with_many() -> None:
    world.offices()
    clients: dict[str, Client] = {"": Client()}
    for role in {role for role, _ in STAFF.values()}:
        clients[role] = Client()
        clients[role].force_login(world.person(role, world.HERE))
    pages: list[tuple[str, str, int]] = [("", address, most) for address, most in PUBLIC.items()]
    pages += [(role, address, most) for address, (role, most) in STAFF.items()]
    costs: dict[str, list[int]] = {address: [] for _, address, _ in pages}
    for count in (FEW, MANY):
        for number in range(count):
            world.application(world.HERE, number)  # the same key again is the same application
        for who, address, _ in pages:
            costs[address].append(_cost(clients[who], address))
    over = {address: costs[address] for _, address, most in pages if max(costs[address]) > most}
    growing = {address: cost for address, cost in costs.items() if cost[1] > cost[0]}
    assert (over, growing) == ({}, {})
