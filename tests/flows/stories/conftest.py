"""The fixture that every story takes."""

from tests.contract.channels import place

__all__ = ["place"]
