"""Invoices and packing lists as they come: parties, goods and route from any layout."""
