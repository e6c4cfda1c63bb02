import { formatDecimal } from '../format/decimal.ts';
import { moneyText } from '../format/money-text.ts';
import { shortenMiddle } from '../format/code.ts';

type Came = {
  money: { amount: string; currency: string } | null;
  token: { contract: string; amount: string } | null;
};

/** What came in, for titles and sentences: money with its currency, or so much of a foreign token. */
export function depositAmount({ money, token }: Came): string {
  if (money !== null) return moneyText(money);
  return token === null ? '–' : `${formatDecimal(token.amount)} × ${shortenMiddle(token.contract)}`;
}
