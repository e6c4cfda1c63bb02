import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { orderStates } from './order-states.ts';
import {
  belongsTo,
  csvAddress,
  everyOrder,
  isFiltered,
  type OrderView,
  readOrderView,
  timeSpans,
  toOrderFilter,
  writeOrderView,
} from './order-view.ts';

const now = Date.parse('2026-11-22T12:00:00Z');
const whole: OrderView = everyOrder;
const order = {
  id: '0193-a',
  number: 'A7K2-9QWD',
  clientOrderId: 'tg-1',
  state: 'PENDING' as const,
  duration: '1h',
  receiver: 'TXYZ',
  txid: null,
  placedAt: '2026-11-22T11:30:00Z',
  user: { id: 'u1', telegramId: '42', externalId: null },
};

test('the address of the file asks for what the view shows', () => {
  const view: OrderView = { ...whole, states: ['FAILED'], time: 'hour', search: 'tg-1' };
  const { pathname, searchParams } = new URL(csvAddress(view, now), 'https://desk.test');
  expect(pathname).toBe('/export/orders.csv');
  expect(JSON.parse(searchParams.get('variables') ?? '')).toEqual({
    filter: toOrderFilter(view, now),
    orderBy: 'PLACED_AT_DESC',
  });
});

describe('the view in the URL', () => {
  test('comes back as it was written', () => {
    const views = fc.record({
      states: fc.subarray([...orderStates]),
      durations: fc.subarray(['1h', '1d', '3d', '14d']),
      time: fc.option(fc.constantFrom(...timeSpans), { nil: undefined }),
      search: fc.string({ maxLength: 60 }).map((text) => text.trim()),
      user: fc.option(fc.uuid(), { nil: undefined }),
      wallet: fc.option(fc.uuid(), { nil: undefined }),
    });
    fc.assert(
      fc.property(views, (view) => {
        expect(readOrderView(new URLSearchParams(writeOrderView(view)))).toEqual(view);
      }),
    );
  });

  test('is nothing for the whole list', () => {
    expect(writeOrderView(whole)).toBe('');
    expect(isFiltered(whole)).toBe(false);
  });

  test('reads like a sentence', () => {
    const view: OrderView = { ...whole, states: ['COMPLETED', 'PENDING'], durations: ['1h'] };
    expect(writeOrderView(view)).toBe('?state=PENDING,COMPLETED&duration=1h');
  });

  test('leaves out what it does not know', () => {
    const params = new URLSearchParams('state=PENDING,LOST&duration=1h,<b>&time=century');
    expect(readOrderView(params)).toEqual({ ...whole, states: ['PENDING'], durations: ['1h'] });
  });
});

test('the filter holds only what was chosen', () => {
  expect(toOrderFilter(whole, now)).toEqual({});
  expect(toOrderFilter({ ...whole, time: 'hour', user: 'u1' }, now)).toEqual({
    placedFrom: '2026-11-22T11:00:00.000Z',
    userId: 'u1',
  });
});

describe('an order that arrives', () => {
  test.each<[string, Partial<OrderView>, boolean]>([
    ['the whole list', {}, true],
    ['its state', { states: ['PENDING'] }, true],
    ['another state', { states: ['FAILED'] }, false],
    ['its duration', { durations: ['1h'] }, true],
    ['another duration', { durations: ['1d'] }, false],
    ['the last hour', { time: 'hour' }, true],
    ['its number, whatever the case', { search: '9qwd' }, true],
    ["its user's Telegram id", { search: '42' }, true],
    ['another word', { search: 'nothing' }, false],
    ['another user', { user: 'u2' }, false],
    ['a wallet, which a row cannot tell', { wallet: 'w1' }, false],
  ])('and %s', (_name, view, belongs) => {
    expect(belongsTo({ ...whole, ...view }, order, now)).toBe(belongs);
  });

  test('two hours old, and the last hour', () => {
    const old = { ...order, placedAt: '2026-11-22T10:00:00Z' };
    expect(belongsTo({ ...whole, time: 'hour' }, old, now)).toBe(false);
  });
});
