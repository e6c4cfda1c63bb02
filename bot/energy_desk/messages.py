"""What the chat is told: one sentence per case, in Chinese and English."""

from typing import Any, Dict, Tuple

from .client import DeskError

_TEXTS = {
    # --- the desk's error codes
    "BAD_INPUT": ("输入有误（{field}），请检查后重试。", "Something in the input is wrong ({field}); check it and try again."),
    "BAD_ADDRESS": ("这不是有效的 TRON 地址。", "This is not a valid TRON address."),
    "ADDRESS_NOT_ACTIVATED": (
        "该地址尚未激活，请先向它转入少量 TRX。",
        "This address is not activated yet: send it some TRX first.",
    ),
    "ADDRESS_IS_CONTRACT": ("合约地址不能接收能量。", "A contract's address cannot be given Energy."),
    "ADDRESS_IS_OURS": ("不能为本平台自己的地址购买能量。", "This address belongs to the supplier."),
    "ENERGY_OUT_OF_RANGE": (
        "能量数量须在 {minEnergy} 到 {maxEnergy} 之间。",
        "Order between {minEnergy} and {maxEnergy} Energy.",
    ),
    "UNKNOWN_DURATION": ("没有这个租用时长，可选：{durations}。", "This duration is not sold; choose {durations}."),
    "UNKNOWN_USER": ("没有找到这个用户。", "There is no such user."),
    "USER_BLOCKED": ("您的账户已被停用，请联系客服。", "Your account is blocked; please ask support."),
    "USER_LIMIT_REACHED": (
        "您已达到 24 小时限额（上限 {most}，已用 {used}），请稍后再试或联系客服。",
        "You have reached a limit of 24 hours ({used} of {most} used): wait, or ask support.",
    ),
    "INSUFFICIENT_BALANCE": (
        "余额不足：需要 {required} {currency}，可用 {available} {currency}。",
        "Your balance is short: {required} {currency} are needed, {available} {currency} are available.",
    ),
    "INSUFFICIENT_STOCK": (
        "当前可用能量不足（剩余 {available}），请稍后再试或减少数量。",
        "Only {available} Energy are free now: try later, or order less.",
    ),
    "PRICE_CHANGED": (
        "价格已变为 {price} TRX，请重新确认后下单。",
        "The price is now {price} TRX: look at it and confirm again.",
    ),
    "SALES_PAUSED": ("暂停接单，请稍后再试。", "Orders are not taken at the moment; try again later."),
    "SAFE_MODE": ("系统维护中，暂停接单。", "The desk is being looked after and takes no orders."),
    "CHAIN_UNAVAILABLE": ("TRON 网络暂时无法访问，请稍后再试。", "The TRON network cannot be reached; try again later."),
    "RATE_LIMITED": ("请求太频繁，请稍后再试。", "Too many requests; try again in a moment."),
    "IDEMPOTENCY_CONFLICT": ("订单编号冲突，请重新下单。", "This order's number was used before; order again."),
    "UNAUTHENTICATED": ("机器人的访问密钥无效，请联系客服。", "The bot's key is not accepted; please tell support."),
    "API_KEY_REVOKED": ("机器人的访问密钥已失效，请联系客服。", "The bot's key was revoked; please tell support."),
    "FORBIDDEN": ("机器人没有此操作的权限，请联系客服。", "The bot may not do this; please tell support."),
    "NO_DEPOSIT_ADDRESS": ("暂未开通充值，请联系客服。", "Deposits are not open yet; please ask support."),
    "DELIVERY_TIMED_OUT": ("未能按时交付，款项将退回余额。", "It could not be delivered in time; the money comes back."),
    # --- the bot's own cases
    "BAD_ENERGY": ("能量数量无效，请输入如 65K 或 65000。", "This is no amount of Energy; write 65K or 65000."),
    "AWAY": (
        "后台暂时无法连接，订单没有提交，也没有扣款。请稍后再试。",
        "The desk cannot be reached: the order was not placed and nothing was charged. Try again later.",
    ),
    "AWAY_CAN_WAIT": (
        "后台暂时无法连接，订单没有提交，也没有扣款。可以稍后再试，或选择排队等待（编号 {order}）。",
        "The desk cannot be reached: the order was not placed and nothing was charged. "
        "Try again later, or let it wait (number {order}).",
    ),
    "UNSURE": (
        "后台没有及时答复，还不能确定订单是否已提交，正在核实（编号 {order}）。请不要当作已完成；重复下单不会重复扣款。",
        "The desk did not answer in time, and it is not known yet whether the order was placed; "
        "it is being looked up (number {order}). Do not count on it yet; to order the same again charges once.",
    ),
    "QUEUED": (
        "后台暂时无法连接，订单已排队（编号 {order}），尚未提交，也未确认扣款；恢复后会自动提交一次。",
        "The desk cannot be reached. The order waits (number {order}); it is not placed and not paid yet, "
        "and will be placed once when the desk is back.",
    ),
    "NOT_PLACED": (
        "经核实，该订单没有提交，也没有扣款。",
        "It was looked up: this order was not placed, and nothing was charged.",
    ),
    "WAITED_TOO_LONG": (
        "排队时间过长，订单已取消，没有扣款。",
        "The order has waited too long and was given up; nothing was charged.",
    ),
    "ABANDONED": ("订单已取消，没有扣款。", "The order was given up; nothing was charged."),
    "STALE": ("（{time} 的数据，后台暂时无法连接）", " (as of {time}; the desk cannot be reached)"),
    "UNKNOWN": ("暂时无法查询", "not known right now"),
    "STALE_ORDER": (
        "后台暂时无法连接，以上是 {time} 时的状态。",
        "The desk cannot be reached; this is how it stood at {time}.",
    ),
    "OTHER": ("操作失败：{message}", "It did not work: {message}"),
    # --- states of an order
    "state.pending": ("订单已创建，等待处理", "placed, waiting"),
    "state.processing": ("正在执行能量委托", "on its way to the chain"),
    "state.completed": ("交易完成，能量已到账", "done: the Energy is there"),
    "state.failed": ("交易失败", "failed"),
    "state.cancelled": ("已取消", "cancelled"),
    "state.refunded": ("已退款", "refunded"),
    # --- pages
    "BALANCE": ("💰 余额\nTRX：{TRX}\nUSDT：{USDT}", "💰 Balance\nTRX: {TRX}\nUSDT: {USDT}"),
    "DEPOSIT": ("充值地址：\n{address}", "Deposit address:\n{address}"),
    "DEPOSIT_MEMO": (
        "转账时请填写备注：{memo}（或先用“申请充值”获取专属金额），否则无法自动识别付款人。",
        "Write this memo with the transfer: {memo} (or ask for an amount of your own), so that it is known who paid.",
    ),
    "DEPOSIT_NONE": ("暂时无法提供充值地址，请稍后再试。", "No deposit address can be given right now; try later."),
    "DEPOSIT_RATE": ("汇率：1 USDT ≈ {rate} TRX", "Rate: 1 USDT ≈ {rate} TRX"),
    "DEPOSIT_NO_RATE": ("暂无最新汇率，USDT 暂不兑换。", "There is no fresh rate: USDT are not converted now."),
    "DEPOSIT_MINIMUM": ("最低充值：{trx} TRX / {usdt} USDT", "Minimum: {trx} TRX / {usdt} USDT"),
    "DEPOSIT_FEE": ("误充退回手续费：{fee}%", "Fee for returning a mistaken deposit: {fee}%"),
    "ORDER": (
        "订单 {id}\n能量：{energy}\n时长：{duration}\n地址：{address}\n费用：{cost} TRX\n状态：{state}",
        "Order {id}\nEnergy: {energy}\nFor: {duration}\nAddress: {address}\nCost: {cost} TRX\nState: {state}",
    ),
    "ORDER_TX": ("交易：{tx}", "Transaction: {tx}"),
}  # type: Dict[str, Tuple[str, str]]


class _Lenient(dict):
    def __missing__(self, key: str) -> str:
        return "?"


def say(key: str, language: str, **facts: Any) -> str:
    """The sentence in the language; a fact that is missing is shown as "?", never an exception."""
    chinese, english = _TEXTS[key]
    text = english if language.startswith("en") else chinese
    return text.format_map(_Lenient(facts))


def explain(error: DeskError, language: str) -> str:
    """Why the desk said no, for the user."""
    code = error.code
    if code not in _TEXTS or not code.isupper():
        return say("OTHER", language, message=error.message)
    facts = {key: _text(value) for key, value in error.details.items()}
    facts.setdefault("field", str(error.field or "").replace("input.", ""))
    return say(code, language, **facts)


def _text(value: Any) -> str:
    return ", ".join(str(one) for one in value) if isinstance(value, list) else str(value)
