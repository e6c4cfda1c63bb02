import type {
  Currency,
  DepositFilter,
  DepositRowFragment,
  DepositState,
  UnclaimedReason,
} from '../graphql/generated/graphql.ts';
import { depositStates, unclaimedReasons } from './deposit-states.ts';

export const currencies: readonly Currency[] = ['TRX', 'USDT'];

/** Which deposits a page shows. */
export type DepositView = {
  states: DepositState[];
  reasons: UnclaimedReason[];
  currency: Currency | undefined;
  user: string | undefined;
  /** A whole txid or the sender's address. */
  search: string;
};

export const everyDeposit: DepositView = {
  states: [],
  reasons: [],
  currency: undefined,
  user: undefined,
  search: '',
};

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const txid = /^[0-9a-f]{64}$/i;
const address = /^T[1-9A-HJ-NP-Za-km-z]{33}$/;

/** Reads a view from a query string; what is unknown is left out. */
export function readDepositView(params: URLSearchParams): DepositView {
  const states = new Set((params.get('state') ?? '').split(','));
  const reasons = new Set((params.get('reason') ?? '').split(','));
  const user = params.get('user') ?? '';
  return {
    states: depositStates.filter((state) => states.has(state)),
    reasons: unclaimedReasons.filter((reason) => reasons.has(reason)),
    currency: currencies.find((currency) => currency === params.get('currency')),
    user: uuid.test(user) ? user.toLowerCase() : undefined,
    search: (params.get('q') ?? '').trim().slice(0, 100),
  };
}

/** Writes the view as a query string, `` when it is the whole list; the same view, the same text. */
export function writeDepositView(view: DepositView): string {
  const pairs: [string, string][] = [
    ['state', depositStates.filter((state) => view.states.includes(state)).join(',')],
    ['reason', unclaimedReasons.filter((reason) => view.reasons.includes(reason)).join(',')],
    ['currency', view.currency ?? ''],
    ['user', view.user ?? ''],
    ['q', view.search.trim()],
  ];
  const params = new URLSearchParams(pairs.filter(([, value]) => value !== ''));
  const text = params.toString().replaceAll('%2C', ',');
  return text === '' ? '' : `?${text}`;
}

/** What the search names; undefined when it names neither. */
export function searchKind(search: string): 'txid' | 'sender' | undefined {
  if (txid.test(search)) return 'txid';
  return address.test(search) ? 'sender' : undefined;
}

/** The view as the API's filter; a search that names nothing whole is left out. */
export function toDepositFilter(view: DepositView): DepositFilter {
  const kind = searchKind(view.search);
  return {
    ...(view.states.length > 0 && { states: view.states }),
    ...(view.reasons.length > 0 && { reasons: view.reasons }),
    ...(view.currency !== undefined && { currency: view.currency }),
    ...(view.user !== undefined && { userId: view.user }),
    ...(kind === 'txid' && { txid: view.search.toLowerCase() }),
    ...(kind === 'sender' && { sender: view.search }),
  };
}

/** Whether a deposit that was just reported would be in the view. */
export function isInDepositView(
  deposit: Pick<DepositRowFragment, 'state' | 'reason' | 'money' | 'user' | 'txid' | 'sender'>,
  view: DepositView,
): boolean {
  const kind = searchKind(view.search);
  return (
    (view.states.length === 0 || view.states.includes(deposit.state)) &&
    (view.reasons.length === 0 ||
      (deposit.reason !== null && view.reasons.includes(deposit.reason))) &&
    (view.currency === undefined || view.currency === deposit.money?.currency) &&
    (view.user === undefined || view.user === deposit.user?.id) &&
    (kind !== 'txid' || view.search.toLowerCase() === deposit.txid) &&
    (kind !== 'sender' || view.search === deposit.sender)
  );
}
