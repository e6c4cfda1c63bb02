import { hash } from 'node:crypto';
import type { Actor } from '../kernel/actor.ts';
import { BadInput } from '../kernel/domain-error.ts';

const MAX_KEY = 128;
const MAX_REASON = 500;

/** Whose namespace a caller's keys are in. */
export function callerOf(actor: Actor): string {
  return `${actor.kind}:${actor.id ?? actor.name}`;
}

/** The same text for the same content. */
export function contentHash(...content: readonly string[]): string {
  return hash('sha256', JSON.stringify(content), 'hex');
}

/** @throws BadInput unless it has 1 to 128 characters */
export function checkKey(clientId: string): void {
  if (clientId === '' || clientId.length > MAX_KEY) {
    throw new BadInput(`Give a key of your own, of 1 to ${MAX_KEY} characters.`, {
      field: 'input.clientId',
    });
  }
}

/** Without blanks around it. @throws BadInput unless it has 1 to 500 characters */
export function checkReason(reason: string): string {
  const trimmed = reason.trim();
  if (trimmed === '' || trimmed.length > MAX_REASON) {
    throw new BadInput(`Say why, in 1 to ${MAX_REASON} characters.`, { field: 'input.reason' });
  }
  return trimmed;
}
