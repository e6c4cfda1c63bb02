"""GraphQL over HTTP, with time-outs, and the difference between "no", "nobody there" and "unknown"."""

import threading
from typing import Any, Dict, Optional

import requests
from requests import exceptions

#: Answered by the desk, and yet what was asked for may have happened.
_UNSURE_CODES = ("INTERNAL", "SERVICE_UNAVAILABLE")


class DeskError(Exception):
    """The desk has said no: nothing has happened."""

    def __init__(self, code: str, message: str, extensions: Optional[Dict[str, Any]] = None) -> None:
        super().__init__("%s: %s" % (code, message))
        self.code = code
        self.message = message
        extensions = extensions or {}
        self.field = extensions.get("field")
        self.details = extensions.get("details") or {}
        self.retryable = bool(extensions.get("retryable"))


class DeskAway(Exception):
    """No usable answer. `sent` says whether the desk may have read the request, and may have acted."""

    def __init__(self, reason: str, sent: bool) -> None:
        super().__init__(reason)
        self.sent = sent


class Client:
    """Safe for threads: each has its own connections."""

    def __init__(self, url: str, api_key: str, connect_seconds: float, read_seconds: float) -> None:
        self._endpoint = url + "/graphql"
        self._api_key = api_key
        self._connect_seconds = connect_seconds
        self._read_seconds = read_seconds
        self._local = threading.local()

    def read(self, document: str, variables: Dict[str, Any]) -> Dict[str, Any]:
        """A query, or a mutation that is harmless to repeat: tried twice when a connection breaks.

        Raises DeskError, DeskAway.
        """
        try:
            return self.ask(document, variables)
        except DeskAway as away:
            if isinstance(away.__cause__, exceptions.Timeout):
                raise
            return self.ask(document, variables)

    def ask(
        self, document: str, variables: Dict[str, Any], read_seconds: Optional[float] = None,
        fresh: bool = False,
    ) -> Dict[str, Any]:
        """One request, sent once. `fresh` takes a connection of its own: one that was kept and has died
        would leave it unknown whether the desk has read the request. Raises DeskError, DeskAway."""
        headers = {}
        if self._api_key:
            headers["authorization"] = "Bearer " + self._api_key
        try:
            response = (requests.Session() if fresh else self._session()).post(
                self._endpoint,
                json={"query": document, "variables": variables},
                headers=headers,
                timeout=(self._connect_seconds, read_seconds or self._read_seconds),
                # A POST that is led elsewhere would become a GET.
                allow_redirects=False,
            )
        except exceptions.RequestException as error:
            raise DeskAway(type(error).__name__, _may_be_sent(error)) from error
        return _data_of(response)

    def _session(self) -> requests.Session:
        session = getattr(self._local, "session", None)
        if session is None:
            session = requests.Session()
            self._local.session = session
        return session


def _may_be_sent(error: Exception) -> bool:
    """False only when it is certain that no connection was made."""
    if isinstance(error, (exceptions.ConnectTimeout, exceptions.ProxyError)):
        return False
    if isinstance(error, (exceptions.InvalidURL, exceptions.MissingSchema, exceptions.InvalidHeader)):
        return False
    if isinstance(error, exceptions.ConnectionError) and error.args:
        reason = getattr(error.args[0], "reason", None)
        return type(reason).__name__ not in ("NewConnectionError", "NameResolutionError", "SSLError")
    return True


def _data_of(response: requests.Response) -> Dict[str, Any]:
    try:
        body = response.json()
    except ValueError:
        raise DeskAway("HTTP %d without JSON" % response.status_code, True) from None
    if not isinstance(body, dict):
        raise DeskAway("HTTP %d without an answer" % response.status_code, True)
    errors = body.get("errors")
    if isinstance(errors, list) and errors:
        first = errors[0] if isinstance(errors[0], dict) else {}
        extensions = first.get("extensions") or {}
        code = extensions.get("code")
        if not isinstance(code, str) or code in _UNSURE_CODES:
            raise DeskAway("%s %s" % (code, extensions.get("incidentId") or ""), True)
        raise DeskError(code, str(first.get("message", "")), extensions)
    data = body.get("data")
    if response.status_code != 200 or not isinstance(data, dict):
        raise DeskAway("HTTP %d without data" % response.status_code, True)
    return data
