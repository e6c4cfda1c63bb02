import type { EntityManager } from '../database/database.ts';
import { query, queryOne } from '../database/query.ts';
import { isUuid } from '../kernel/ids.ts';
import { type OrderRow, SELECT_ORDERS } from './order-rows.ts';
import type { OrderState } from './order-states.ts';

/** Every condition that is given must hold. */
export interface OrderConditions {
  /** Only this API client's own orders. */
  readonly clientId?: string | null | undefined;
  readonly states?: readonly OrderState[] | null | undefined;
  readonly userId?: string | null | undefined;
  /** The wallet has a slice of the order, maybe a dropped one. */
  readonly walletId?: string | null | undefined;
  readonly receiver?: string | null | undefined;
  readonly txid?: string | null | undefined;
  readonly durations?: readonly string[] | null | undefined;
  /** Inclusive. */
  readonly placedFrom?: Date | null | undefined;
  /** Exclusive. */
  readonly placedTo?: Date | null | undefined;
  /** An id, number, client order id, txid, receiver or Telegram id, whole. */
  readonly search?: string | null | undefined;
}

export type OrderSort = 'PLACED_AT_DESC' | 'PLACED_AT_ASC';

/** A place in the list: the moment, as text with microseconds, and the id. */
export interface OrderCursor {
  readonly placedAtText: string;
  readonly id: string;
}

export interface OrderPage {
  readonly sort: OrderSort;
  readonly first: number;
  readonly after: OrderCursor | null;
}

/** Up to here `countOrders` counts; beyond, it costs more than anybody wants to know. */
export const COUNTED_AT_MOST = 10_000;

/** One page by keyset (placed_at, id): one row more than asked for when there are more. */
export function listOrders(
  em: EntityManager,
  conditions: OrderConditions,
  page: OrderPage,
): Promise<OrderRow[]> {
  const sql = new Conditions();
  const limit = sql.parameter(page.first + 1);
  const parts = partsOf(conditions).map((part) => `${pageOf(sql, part, page)} limit ${limit}`);
  const [only = ''] = parts;
  const direction = directionOf(page);
  const text =
    parts.length === 1
      ? only
      : `select * from (${parts.map((part) => `(${part})`).join(' union all ')}) o
         order by "placedAt" ${direction}, id ${direction} limit ${limit}`;
  return query<OrderRow>(em, text, sql.parameters);
}

/**
 * Of several states, each has its rows in the list's order in an index, all together have not: they
 * would be sorted for each page, however many they are. Where the list is one user's or one receiver's
 * it is read in that order and the states are told apart on the way.
 */
function partsOf(conditions: OrderConditions): OrderConditions[] {
  const { states, userId, receiver, txid, search } = conditions;
  const isNarrow = [userId, receiver, txid, search?.trim()].some(Boolean);
  if (!states || states.length < 2 || isNarrow) return [conditions];
  return [...new Set(states)].map((state) => ({ ...conditions, states: [state] }));
}

const directionOf = ({ sort }: OrderPage): string => (sort === 'PLACED_AT_DESC' ? 'desc' : 'asc');

function pageOf(sql: Conditions, conditions: OrderConditions, page: OrderPage): string {
  sql.begin();
  addConditions(sql, conditions);
  const direction = directionOf(page);
  if (page.after !== null) {
    const compare = page.sort === 'PLACED_AT_DESC' ? '<' : '>';
    const at = sql.parameter(page.after.placedAtText);
    const id = sql.parameter(page.after.id);
    sql.add(`(o.placed_at, o.id) ${compare} (${at}::timestamptz, ${id}::uuid)`);
  }
  return `${SELECT_ORDERS} ${sql.where()}
     order by o.placed_at ${direction}, o.id ${direction}`;
}

/** How many orders fulfil the conditions, exact up to 10,000, and 10,000 when there are more. */
export async function countOrders(em: EntityManager, conditions: OrderConditions): Promise<number> {
  const sql = new Conditions();
  addConditions(sql, conditions);
  const row = await queryOne<{ count: bigint }>(
    em,
    `select count(*) from (select from orders o ${sql.where()} limit ${COUNTED_AT_MOST}) counted`,
    sql.parameters,
  );
  return Number(row?.count ?? 0n);
}

class Conditions {
  readonly parameters: unknown[] = [];
  #all: string[] = [];

  /** The conditions of another part of the same statement. */
  begin(): void {
    this.#all = [];
  }

  parameter(value: unknown): string {
    this.parameters.push(value);
    return `$${this.parameters.length}`;
  }

  add(condition: string): void {
    this.#all.push(condition);
  }

  where(): string {
    return this.#all.length === 0 ? '' : `where ${this.#all.join(' and ')}`;
  }
}

function addConditions(sql: Conditions, wanted: OrderConditions): void {
  addId(sql, 'o.client_id', wanted.clientId);
  if (wanted.states) sql.add(ofStates(sql, wanted.states));
  addId(sql, 'o.user_id', wanted.userId);
  if (wanted.walletId) sql.add(ofWallet(sql, wanted.walletId));
  if (wanted.receiver) sql.add(`o.receiver = ${sql.parameter(wanted.receiver)}`);
  if (wanted.txid) sql.add(ofTransaction(sql, wanted.txid));
  if (wanted.durations) sql.add(`o.duration = any(${sql.parameter(wanted.durations)}::text[])`);
  if (wanted.placedFrom) sql.add(`o.placed_at >= ${sql.parameter(wanted.placedFrom)}`);
  if (wanted.placedTo) sql.add(`o.placed_at < ${sql.parameter(wanted.placedTo)}`);
  const search = wanted.search?.trim();
  if (search) sql.add(found(sql, search));
}

/** What is no id names nothing: it finds no rows, and PostgreSQL is not asked to read it as one. */
function addId(sql: Conditions, column: string, id: string | null | undefined): void {
  if (id) sql.add(isUuid(id) ? `${column} = ${sql.parameter(id)}::uuid` : 'false');
}

/** One state has an index in the order of the list, which the planner only sees in an equation. */
function ofStates(sql: Conditions, states: readonly OrderState[]): string {
  const [state] = states;
  return states.length === 1
    ? `o.state = ${sql.parameter(state)}`
    : `o.state = any(${sql.parameter(states)}::text[])`;
}

function ofWallet(sql: Conditions, walletId: string): string {
  if (!isUuid(walletId)) return 'false';
  return `exists (select from order_slices s
                  where s.order_id = o.id and s.wallet_id = ${sql.parameter(walletId)}::uuid)`;
}

function ofTransaction(sql: Conditions, txid: string): string {
  return `o.id in (select s.order_id from attempts a
                   join chain_operations c on c.id = a.operation_id
                   join order_slices s on s.id = c.reference
                   where a.txid = ${sql.parameter(txid.toLowerCase())})`;
}

const ORDER_NUMBER = /^([0-9A-HJKMNP-TV-Z]{5})[- ]?([0-9A-HJKMNP-TV-Z]{5})$/;
const TXID = /^[0-9a-fA-F]{64}$/;
const ADDRESS = /^T[1-9A-HJ-NP-Za-km-z]{33}$/;
const TELEGRAM_ID = /^\d{1,18}$/;

/** Each way of reading the text that its shape allows, each on its own index. */
function found(sql: Conditions, search: string): string {
  const ways = [`o.client_order_id = ${sql.parameter(search)}`];
  if (isUuid(search)) ways.push(`o.id = ${sql.parameter(search)}::uuid`);
  // People read and type O for 0, I and L for 1: the number has no such letters.
  const upper = search.toUpperCase().replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  const number = ORDER_NUMBER.exec(upper);
  if (number) ways.push(`o.number = ${sql.parameter(`${number[1] ?? ''}-${number[2] ?? ''}`)}`);
  if (ADDRESS.test(search)) ways.push(`o.receiver = ${sql.parameter(search)}`);
  if (TXID.test(search)) ways.push(ofTransaction(sql, search));
  if (TELEGRAM_ID.test(search)) {
    const id = sql.parameter(BigInt(search));
    ways.push(`o.user_id = (select u.id from users u where u.telegram_id = ${id}::bigint)`);
  }
  return `(${ways.join(' or ')})`;
}
