"""The office's pages: Today, requests, customers, held inbox, settings."""
