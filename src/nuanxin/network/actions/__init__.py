"""Changes of the network: agencies and promises, service points. Each one transaction with its audit event."""

from nuanxin.network.actions.agencies import (
    AgencyFields,
    alter_agency,
    create_agency,
    load_regions,
    set_promise,
    set_province_setting,
)
from nuanxin.network.actions.points import (
    PointFields,
    alter_point,
    end_point,
    merge_point,
    open_point,
    set_exception,
    verify_point,
)

__all__ = [
    "AgencyFields",
    "PointFields",
    "alter_agency",
    "alter_point",
    "create_agency",
    "end_point",
    "load_regions",
    "merge_point",
    "open_point",
    "set_exception",
    "set_promise",
    "set_province_setting",
    "verify_point",
]
