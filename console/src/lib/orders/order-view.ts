import { startOfDay } from '../format/time.ts';
import type { OrderFilter, OrderState } from '../graphql/generated/graphql.ts';
import { orderStates } from './order-states.ts';

export const timeSpans = ['hour', 'today', 'day', 'week'] as const;
export type TimeSpan = (typeof timeSpans)[number];

/** What the list of orders shows, as it stands in the URL. */
export type OrderView = {
  states: OrderState[];
  durations: string[];
  time: TimeSpan | undefined;
  search: string;
  user: string | undefined;
  wallet: string | undefined;
};

export const everyOrder: OrderView = {
  states: [],
  durations: [],
  time: undefined,
  search: '',
  user: undefined,
  wallet: undefined,
};

const listed = (params: URLSearchParams, key: string): string[] =>
  (params.get(key) ?? '').split(',').filter((part) => part !== '');

/** Reads the view from a URL; what it does not know it leaves out. */
export function readOrderView(params: URLSearchParams): OrderView {
  const wanted = new Set(listed(params, 'state'));
  return {
    states: orderStates.filter((state) => wanted.has(state)),
    durations: listed(params, 'duration').filter((code) => /^\w{1,8}$/.test(code)),
    time: timeSpans.find((span) => span === params.get('time')),
    search: (params.get('q') ?? '').trim().slice(0, 200),
    user: params.get('user') ?? undefined,
    wallet: params.get('wallet') ?? undefined,
  };
}

/** Writes the view as a query string, `` when it is the whole list; the same view, the same text. */
export function writeOrderView(view: OrderView): string {
  const pairs: [string, string][] = [
    ['state', orderStates.filter((state) => view.states.includes(state)).join(',')],
    ['duration', view.durations.join(',')],
    ['time', view.time ?? ''],
    ['q', view.search.trim()],
    ['user', view.user ?? ''],
    ['wallet', view.wallet ?? ''],
  ];
  const params = new URLSearchParams(pairs.filter(([, value]) => value !== ''));
  const text = params.toString().replaceAll('%2C', ',');
  return text === '' ? '' : `?${text}`;
}

/** Whether anything is filtered. */
export function isFiltered(view: OrderView): boolean {
  return writeOrderView(view) !== '';
}

const hours: Record<Exclude<TimeSpan, 'today'>, number> = { hour: 1, day: 24, week: 7 * 24 };

/** The earliest time of placing that the view shows, in ms since 1970. */
function earliest(view: OrderView, now: number): number | undefined {
  if (view.time === undefined) return undefined;
  return view.time === 'today' ? startOfDay(now) : now - hours[view.time] * 3_600_000;
}

/** The view as the API's filter. `now` in ms since 1970. */
export function toOrderFilter(view: OrderView, now: number): OrderFilter {
  const from = earliest(view, now);
  return {
    ...(view.states.length > 0 && { states: view.states }),
    ...(view.durations.length > 0 && { durations: view.durations }),
    ...(from !== undefined && { placedFrom: new Date(from).toISOString() }),
    ...(view.search !== '' && { search: view.search }),
    ...(view.user !== undefined && { userId: view.user }),
    ...(view.wallet !== undefined && { walletId: view.wallet }),
  };
}

/** Where all orders of the view are to be had as a CSV file. `now` in ms since 1970. */
export function csvAddress(view: OrderView, now: number): string {
  const variables = JSON.stringify({ filter: toOrderFilter(view, now), orderBy: 'PLACED_AT_DESC' });
  return `/export/orders.csv?${new URLSearchParams({ variables }).toString()}`;
}

type Row = {
  id: string;
  number: string;
  clientOrderId: string;
  state: OrderState;
  duration: string;
  receiver: string;
  txid: string | null;
  placedAt: string;
  user: { id: string; telegramId: string | null; externalId: string | null };
};

/**
 * Whether an order that a stream reports would be in the view. A wallet cannot be judged from a
 * row, so such a view counts no new ones.
 */
export function belongsTo(view: OrderView, order: Row, now: number): boolean {
  const from = earliest(view, now);
  const search = view.search.toLowerCase();
  const searched = [
    order.id,
    order.number,
    order.clientOrderId,
    order.receiver,
    order.txid,
    order.user.telegramId,
    order.user.externalId,
  ];
  return (
    view.wallet === undefined &&
    (view.states.length === 0 || view.states.includes(order.state)) &&
    (view.durations.length === 0 || view.durations.includes(order.duration)) &&
    (view.user === undefined || view.user === order.user.id) &&
    (from === undefined || Date.parse(order.placedAt) >= from) &&
    (search === '' || searched.some((text) => text?.toLowerCase().includes(search) === true))
  );
}
