"""Every model says what is personal in it."""

from __future__ import annotations

from nuanxin.audit.personal import declared_models, faults


def test_every_model_declares_its_personal_fields() -> None:
    assert [fault for model in declared_models() for fault in faults(model)] == []
