"""The synthetic generator: an invented country of offices and people in the contract's format."""

from navbook.extract.demo.make import DemoSummary, make_demo

__all__ = ["DemoSummary", "make_demo"]
