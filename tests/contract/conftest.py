"""The fixture that every contract test takes."""

from tests.contract.channels import place

__all__ = ["place"]
