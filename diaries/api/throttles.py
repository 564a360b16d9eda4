"""How many requests are answered in a time: by writer, by address where nobody is signed in, and less for some acts."""

from __future__ import annotations

import ipaddress
from contextlib import suppress
from typing import TYPE_CHECKING

from django.conf import settings
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

if TYPE_CHECKING:
    from rest_framework.views import APIView


class _Throttle(SimpleRateThrottle):
    """Counts in the shared cache. While the cache is down nobody is held back."""

    def get_rate(self) -> str | None:
        return settings.API_RATES[self.scope] or None

    def get_ident(self, request: Request) -> str:
        """Return the address; of IPv6 the network of 64 bits, whose addresses are all one customer's."""
        ident = super().get_ident(request) or ""
        with suppress(ValueError):
            found = ipaddress.ip_address(ident)
            if isinstance(found, ipaddress.IPv6Address):
                if found.ipv4_mapped:
                    return str(found.ipv4_mapped)
                return str(ipaddress.IPv6Network((int(found), 64), strict=False))
        return ident

    def keyed(self, ident: str | None) -> str:
        return self.cache_format % {"scope": self.scope, "ident": ident}


class WriterThrottle(_Throttle):
    """All requests of one writer."""

    scope = "writer"

    def get_cache_key(self, request: Request, view: APIView) -> str | None:
        return self.keyed(str(request.user.pk)) if request.user.is_authenticated else None


class AddressThrottle(_Throttle):
    """All requests of nobody in particular from one address."""

    scope = "address"

    def get_cache_key(self, request: Request, view: APIView) -> str | None:
        return None if request.user.is_authenticated else self.keyed(self.get_ident(request))


class ActThrottle(_Throttle):
    """One kind of act, named by the view's `throttle_scope`, or by its method where that is a dict."""

    scope = "address"

    def allow_request(self, request: Request, view: APIView) -> bool:
        scope = getattr(view, "throttle_scope", None)
        if isinstance(scope, dict):
            scope = scope.get(request.method)
        if scope is None:
            return True
        self.scope = scope
        self.rate = self.get_rate()
        self.num_requests, self.duration = self.parse_rate(self.rate)
        return super().allow_request(request, view)

    def get_cache_key(self, request: Request, view: APIView) -> str | None:
        return self.keyed(str(request.user.pk) if request.user.is_authenticated else self.get_ident(request))
