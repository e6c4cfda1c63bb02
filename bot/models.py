"""What the bot's other files import, by the names of the module that this one replaces.

Behind it is the desk (see docs/bot.md). Every call is synchronous and takes at most a few seconds;
from a handler of python-telegram-bot 20 call it as `await asyncio.to_thread(function, …)`.
"""

from typing import Any, Callable, Dict, List

from energy_desk import user_session as _user_session
from energy_desk.addresses import is_valid_tron_address
from energy_desk.desk import desk as _desk
from energy_desk.formats import format_energy
from energy_desk.user_session import UserSession

__all__ = [
    "UserSession",
    "user_sessions",
    "get_user_session",
    "add_wallet_address",
    "remove_wallet_address",
    "get_wallet_addresses",
    "is_valid_tron_address",
    "calculate_mock_cost",
    "format_energy",
    "load_wallet_data",
    "save_wallet_data",
    "get_user_wallet_data",
    "save_user_wallet_data",
    # New, for those who want more than the old module had.
    "balance_text",
    "deposit_data",
    "deposit_text",
    "request_deposit",
    "order_status_text",
    "on_order_settled",
]

#: The sessions of this process; what is in them outlives it.
user_sessions = {}  # type: Dict[Any, UserSession]


def get_user_session(user_id: Any) -> UserSession:
    """The user's session, as it was left, even by a process that is gone."""
    session = user_sessions.get(user_id)
    if session is None:
        # Of two threads that come at once both get the first one's.
        session = user_sessions.setdefault(user_id, UserSession(user_id))
    return session


def add_wallet_address(user_id: Any, address: str) -> bool:
    """True when it is kept now and was not before."""
    return _desk().wallets.add(str(user_id), address)


def remove_wallet_address(user_id: Any, address: str) -> bool:
    """True when it was kept and is not any more."""
    return _desk().wallets.remove(str(user_id), address)


def get_wallet_addresses(user_id: Any) -> List[str]:
    """The user's addresses, the default first; the last known ones while the desk is away."""
    return _desk().wallets.of(str(user_id))


def calculate_mock_cost(energy: Any, duration: Any) -> str:
    """The real price in TRX, "12.34"; "--" when nobody knows it or it is not sold."""
    return _desk().account.cost(energy, duration, _desk().settings.language)


def load_wallet_data() -> Dict[str, List[str]]:
    """ {"<telegram id>": ["T…", …]} of everybody, as last known."""
    return _desk().wallets.everybody()


def save_wallet_data(data: Dict[str, List[str]]) -> bool:
    """Brings what differs into the desk; False when a part of it could not be."""
    return _desk().wallets.save_everybody(data)


def get_user_wallet_data(user_id: Any) -> List[str]:
    """As `get_wallet_addresses`."""
    return _desk().wallets.of(str(user_id))


def save_user_wallet_data(user_id: Any, addresses: List[str]) -> bool:
    """Makes the user's list this one; False when it could not be."""
    return _desk().wallets.replace(str(user_id), list(addresses))


def balance_text(user_id: Any) -> str:
    """The balance for the chat."""
    return _user_session.balance_text(get_user_session(user_id))


def deposit_data(user_id: Any) -> Dict[str, Any]:
    """`address memo rate minimum_trx minimum_usdt refund_fee_percent as_of`; None for what is not known."""
    return _desk().account.deposit(str(user_id))


def request_deposit(user_id: Any, amount: str, currency: str = "USDT") -> Dict[str, Any]:
    """An amount that nobody else is given, by which the desk knows who pays: `text` is for the chat."""
    session = get_user_session(user_id)
    return _desk().account.request_deposit(str(user_id), amount, currency, session.language)


def deposit_text(user_id: Any) -> str:
    """The page on depositing for the chat."""
    return _user_session.deposit_text(get_user_session(user_id))


def order_status_text(user_id: Any, order_id: str) -> str:
    """The order for the chat; empty when the user has none such."""
    session = get_user_session(user_id)
    order = session.get_order_status(order_id)
    return "" if order is None else _user_session.order_text(order, session.language)


def on_order_settled(listener: Callable[[str, Dict[str, Any]], None]) -> None:
    """Calls `listener(telegram_id, result)`, in another thread, when an order that had waited or was
    not answered for is placed, or certainly not. `result` is as from `create_order`."""
    _desk().orders.on_settled(listener)
