"""The customer's page behind a secret link: any phone, no account, no script. GET and HEAD change nothing."""
