"""Setting a wait or a limit for a region from a day on."""

from __future__ import annotations

from datetime import date, datetime

from nuanxin.audit.actor import Actor
from nuanxin.audit.events import NewEvent, append
from nuanxin.audit.streams import STREAM_SITE
from nuanxin.audit.transactions import write
from nuanxin.cases.faults import Refused
from nuanxin.hotline.models import HotlineSetting
from nuanxin.hotline.permissions import check, may_keep
from nuanxin.hotline.rules.settings import KINDS, UnknownSetting, faults


def put_setting(
    *, key: str, region: int, value: int, valid_from: date, valid_until: date | None = None, source: str = "",
    by: Actor, at: datetime,
) -> HotlineSetting:  # fmt: skip
    """Set a value from a day on, or correct it: the same key, region and first day are one row. Done twice, it is
    done once. Raises NotPermitted, UnknownSetting, and Refused for a value out of range or days that end too early.
    """
    check(may_keep(by, region))
    _check(key, value, valid_from, valid_until)
    told = {"value": value, "valid_until": valid_until, "source": source}
    with write():
        row = HotlineSetting.objects.select_for_update().filter(
            key=key, region=region, valid_from=valid_from
        ).first()  # fmt: skip
        if row is not None and all(getattr(row, name) == given for name, given in told.items()):
            return row
        row = row or HotlineSetting(key=key, region=region, valid_from=valid_from)
        row.value, row.valid_until, row.source = value, valid_until, source
        row.save()
        said = {
            "setting": row.pk, "key": key, "region": region, "value": value, "from": valid_from.isoformat(),
            "until": valid_until.isoformat() if valid_until else "",
        }  # fmt: skip
        append([NewEvent(STREAM_SITE, 0, "hotline.setting_put", said)], by=by, at=at)
    return row


def _check(key: str, value: int, valid_from: date, valid_until: date | None) -> None:
    if key not in KINDS:
        raise UnknownSetting(key)
    if faults(key, value):
        kind = KINDS[key]
        raise Refused(
            "out_of_range", f"请填{kind.least}到{kind.most}之间的数。",
            f"Write a number from {kind.least} to {kind.most}.",
        )  # fmt: skip
    if valid_until is not None and valid_until < valid_from:
        raise Refused(
            "until_before_from", "最后一天不能早于第一天。", "The last day cannot be before the first."
        )
