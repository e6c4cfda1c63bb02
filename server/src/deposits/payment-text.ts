import type { Address } from '../chain/address.ts';
import { type Currency, formatAmount } from '../kernel/money.ts';
import type { RequestRow } from './deposit-rows.ts';

/** The memo that names a user: what the scanner reads. */
export function memoOfUser(user: {
  readonly id: string;
  readonly telegramId: bigint | null;
}): string {
  return user.telegramId === null ? user.id : `tg${user.telegramId.toString()}`;
}

/**
 * What wallets make of a QR code: the address, the exact amount, and the contract of the token where
 * it is USDT. Wallets that know no more than addresses take the part before the question mark.
 */
export function qrPayload(
  { address, amount, currency }: Pick<RequestRow, 'address' | 'amount' | 'currency'>,
  usdt: Address,
): string {
  const token = currency === 'USDT' ? `&token=${usdt}` : '';
  return `tron:${address}?amount=${formatAmount(amount)}${token}`;
}

const NAMES: Readonly<Record<Currency, string>> = { TRX: 'TRX', USDT: 'USDT (TRC-20)' };

/** For people, in Chinese and English. */
export function paymentTexts(request: RequestRow): { readonly zh: string; readonly en: string } {
  const { address, currency, expiresAt, code } = request;
  const amount = `${formatAmount(request.amount)} ${NAMES[currency]}`;
  const until = `${expiresAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return {
    zh: `请在 ${until} 之前向 ${address} 转账 ${amount}。金额必须完全一致（包括最后几位小数），系统以此识别您的付款；也可备注 ${code}。`,
    en: `Send exactly ${amount} to ${address} before ${until}. The last digits of the amount tell that it is yours; or write ${code} as memo.`,
  };
}
