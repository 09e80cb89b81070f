"""The REST API, `/api/v1`: bearer tokens with scopes, problem-details errors (RFC 9457)."""
