import { expect, it } from 'vitest';
import { isDisconnected } from './database-errors.ts';

it.each([
  'Connection terminated unexpectedly',
  'Client has encountered a connection error and is not queryable',
])('knows pg’s word for a connection that broke: %s', (message) => {
  expect(isDisconnected(new Error(message))).toBe(true);
  expect(isDisconnected(new Error(`no ${message.slice(0, 10)}`))).toBe(false);
});
