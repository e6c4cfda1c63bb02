"""Where the desk is and where the bot keeps its files: read from the environment, once."""

import os
from typing import NamedTuple


class Settings(NamedTuple):
    url: str
    api_key: str
    #: Folder of what must survive a restart: orders not answered yet, sessions, the last known state.
    state_dir: str
    #: The old bot's file, read for users whom the desk does not know yet.
    wallet_file: str
    #: "zh" or "en", for users who have chosen none.
    language: str
    connect_seconds: float
    #: Of a read; a handler of the bot is blocked no longer than about twice this.
    read_seconds: float
    #: Of placing an order, for each of two tries.
    order_seconds: float
    #: Whether users have agreed beforehand that an order waits while the desk is away.
    wait_when_away: bool
    #: How long an order waits then, before it is given up.
    wait_minutes: float
    #: Shown where the desk has not told its own.
    deposit_address: str


def read_settings(environ=None) -> Settings:
    """Raises ValueError, naming the variable, when a value cannot be used."""
    env = os.environ if environ is None else environ
    url = env.get("ENERGY_DESK_URL", "http://127.0.0.1:3000").strip().rstrip("/")
    if not url.startswith(("http://", "https://")):
        raise ValueError("ENERGY_DESK_URL must begin with http:// or https://")
    if url.endswith("/graphql"):
        url = url[: -len("/graphql")]
    language = env.get("ENERGY_DESK_LANGUAGE", "zh").strip().lower()
    if language not in ("zh", "en"):
        raise ValueError("ENERGY_DESK_LANGUAGE must be zh or en")
    return Settings(
        url=url,
        api_key=env.get("ENERGY_DESK_API_KEY", "").strip(),
        state_dir=env.get("ENERGY_DESK_STATE_DIR", "energy_desk_state"),
        wallet_file=env.get("ENERGY_DESK_WALLET_FILE", "user_wallets.json"),
        language=language,
        connect_seconds=_seconds(env, "ENERGY_DESK_CONNECT_SECONDS", 2.0),
        read_seconds=_seconds(env, "ENERGY_DESK_READ_SECONDS", 4.0),
        order_seconds=_seconds(env, "ENERGY_DESK_ORDER_SECONDS", 8.0),
        wait_when_away=env.get("ENERGY_DESK_WAIT_WHEN_AWAY", "0").strip() in ("1", "true", "yes"),
        wait_minutes=_seconds(env, "ENERGY_DESK_WAIT_MINUTES", 30.0),
        deposit_address=env.get("ENERGY_DESK_DEPOSIT_ADDRESS", "").strip(),
    )


def _seconds(env, name: str, default: float) -> float:
    text = env.get(name)
    if text is None or text.strip() == "":
        return default
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < 100000:
        raise ValueError("%s must be a number above 0" % name)
    return value
