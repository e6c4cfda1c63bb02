import { defineEntity, p } from '@mikro-orm/core';

/**
 * The tables that placing an order touches, as an ORM would map them: whole rows, relations where the
 * order of the inserts depends on them.
 */
export const User = defineEntity({
  name: 'User',
  tableName: 'users',
  properties: { id: p.uuid().primary(), telegramId: p.bigint(), standing: p.text() },
});

export const Wallet = defineEntity({
  name: 'Wallet',
  tableName: 'wallets',
  properties: {
    id: p.uuid().primary(),
    address: p.text(),
    state: p.text(),
    committedSun: p.bigint(),
    sellableSun: p.bigint(),
  },
});

export const Account = defineEntity({
  name: 'Account',
  tableName: 'ledger_accounts',
  properties: {
    id: p.bigint().primary(),
    code: p.text(),
    asset: p.text(),
    userId: p.uuid().nullable(),
    balance: p.bigint(),
    entries: p.bigint(),
  },
});

export const Order = defineEntity({
  name: 'Order',
  tableName: 'orders',
  properties: {
    id: p.uuid().primary(),
    number: p.text(),
    userId: p.uuid(),
    caller: p.text(),
    clientId: p.uuid(),
    clientOrderId: p.text(),
    contentHash: p.blob(),
    energy: p.bigint(),
    duration: p.text(),
    durationSeconds: p.integer(),
    receiver: p.text(),
    state: p.text(),
    priceSun: p.bigint(),
    pricePerEnergy: p.text(),
    explanation: p.text(),
    walletChoices: p.json<unknown>(),
    settingsVersion: p.bigint(),
    placedBy: p.text(),
    placedAt: p.datetime(),
    deadlineAt: p.datetime(),
    updatedAt: p.datetime(),
  },
});

export const Slice = defineEntity({
  name: 'Slice',
  tableName: 'order_slices',
  properties: {
    id: p.uuid().primary(),
    order: () => p.manyToOne(Order),
    position: p.integer(),
    walletId: p.uuid(),
    energy: p.bigint(),
    stakeSun: p.bigint(),
    state: p.text(),
  },
});

export const Reservation = defineEntity({
  name: 'Reservation',
  tableName: 'reservations',
  properties: {
    slice: () => p.manyToOne(Slice).primary().fieldName('id'),
    walletId: p.uuid(),
    sun: p.bigint(),
    state: p.text(),
  },
});

export const Operation = defineEntity({
  name: 'Operation',
  tableName: 'chain_operations',
  properties: {
    id: p.uuid().primary(),
    kind: p.text(),
    owner: p.text(),
    receiver: p.text(),
    amountSun: p.bigint(),
    resource: p.text(),
    permissionId: p.integer(),
    purpose: p.text(),
    reference: p.uuid(),
    deadlineAt: p.datetime(),
    state: p.text(),
  },
});

export const Transfer = defineEntity({
  name: 'Transfer',
  tableName: 'ledger_transfers',
  properties: {
    id: p.bigint().primary().autoincrement(),
    kind: p.text(),
    reference: p.text(),
    actor: p.text(),
    at: p.datetime(),
  },
});

export const Entry = defineEntity({
  name: 'Entry',
  tableName: 'ledger_entries',
  properties: {
    id: p.bigint().primary().autoincrement(),
    transfer: () => p.manyToOne(Transfer),
    accountId: p.bigint(),
    amount: p.bigint(),
    balanceAfter: p.bigint(),
    position: p.bigint(),
    at: p.datetime(),
  },
});

export const Event = defineEntity({
  name: 'Event',
  tableName: 'events',
  properties: {
    position: p.bigint().primary().autoincrement(),
    kind: p.text(),
    subjectKind: p.text(),
    subjectId: p.uuid(),
  },
});

export const Audit = defineEntity({
  name: 'Audit',
  tableName: 'audit_log',
  properties: {
    id: p.bigint().primary().autoincrement(),
    actor: p.text(),
    action: p.text(),
    subjectKind: p.text(),
    subjectId: p.text(),
    details: p.json<unknown>(),
    requestId: p.text(),
    remoteAddress: p.text(),
  },
});

export const ENTITIES = [
  ...[User, Wallet, Account, Order, Slice, Reservation, Operation],
  ...[Transfer, Entry, Event, Audit],
];
