"""Tables of the network: regions, agencies, promises, settings of provinces, service points."""

from nuanxin.network.models.agencies import Agency, ProvinceSetting, ServicePromise
from nuanxin.network.models.coverage import CoverageFigure
from nuanxin.network.models.points import PointChange, PointException, ServicePoint
from nuanxin.network.models.regions import HIGHEST_REGION, Edition, Region

__all__ = [
    "HIGHEST_REGION",
    "Agency",
    "CoverageFigure",
    "Edition",
    "PointChange",
    "PointException",
    "ProvinceSetting",
    "Region",
    "ServicePoint",
    "ServicePromise",
]
