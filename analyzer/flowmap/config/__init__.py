"""What a team writes down about its system: `[tool.flowmap]` in pyproject.toml, or flowmap.toml, at the scan root.

The public spelling of a key has hyphens; underscores are accepted. This package does not look at the scanned code, and does not
check whether rules, their thresholds, services or folders exist.
"""

from flowmap.config.contracts import (
    CONTRACTS,
    AllowedEdge,
    AllowedOnlyContract,
    AnyContract,
    BudgetContract,
    Contract,
    DomainConfig,
    EdgeKinds,
    ForbiddenContract,
    IndependenceContract,
    LayersContract,
    OwnershipContract,
)
from flowmap.config.loading import has_configuration, load_config
from flowmap.config.sections import WRAPPER_KEYS, ExternalConfig, IgnoreConfig, ServiceConfig, WrapperConfig
from flowmap.config.whole import CheckConfig, Config, OverrideConfig

__all__ = [
    "CONTRACTS", "WRAPPER_KEYS", "AllowedEdge", "AllowedOnlyContract", "AnyContract", "BudgetContract", "CheckConfig", "Config",
    "Contract", "DomainConfig", "EdgeKinds", "ExternalConfig", "ForbiddenContract", "IgnoreConfig", "IndependenceContract",
    "LayersContract", "OverrideConfig", "OwnershipContract", "ServiceConfig", "WrapperConfig", "has_configuration", "load_config",
]  # fmt: skip
