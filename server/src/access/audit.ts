import type { EntityManager } from '../database/database.ts';
import { prepared } from '../database/bundle.ts';
import { execute } from '../database/query.ts';
import { type Actor, formatActor } from '../kernel/actor.ts';

export interface AuditSubject {
  readonly kind: string;
  readonly id: string;
}

/** One row of the audit log. `details` never holds a secret. */
export interface AuditEntry {
  readonly actor: Actor;
  /** Noun and verb: `order.cancel`. */
  readonly action: string;
  readonly subject: AuditSubject | undefined;
  readonly details: Readonly<Record<string, unknown>>;
  readonly requestId: string;
  readonly remoteAddress: string;
}

const INSERT = prepared(
  `insert into audit_log (actor, action, subject_kind, subject_id, details, request_id, remote_address)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::jsonb[], $6::text[], $7::text[])`,
);

/** Writes the rows in the transaction of what they tell about. */
export async function writeAudit(em: EntityManager, entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await execute(em, INSERT, [
    entries.map(({ actor }) => formatActor(actor)),
    entries.map(({ action }) => action),
    entries.map(({ subject }) => subject?.kind ?? null),
    entries.map(({ subject }) => subject?.id ?? null),
    entries.map(({ details }) => JSON.stringify(details, bigintAsText)),
    entries.map(({ requestId }) => requestId),
    entries.map(({ remoteAddress }) => remoteAddress),
  ]);
}

function bigintAsText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}

/**
 * Writes audit rows in the name of one request's caller. The schema counts what it has made: a
 * mutation that succeeds without a row is our mistake and answers INTERNAL.
 */
export class Auditor {
  readonly #origin: Pick<AuditEntry, 'actor' | 'requestId' | 'remoteAddress'>;
  #made = 0;

  constructor(origin: Pick<AuditEntry, 'actor' | 'requestId' | 'remoteAddress'>) {
    this.#origin = origin;
  }

  /** Rows made so far. */
  get made(): number {
    return this.#made;
  }

  /** The use case writes the row itself, since it works on many requests in one transaction. */
  isWrittenElsewhere(): void {
    this.#made += 1;
  }

  /** Writes one row in the given transaction. */
  record(
    em: EntityManager,
    action: string,
    subject?: AuditSubject,
    details: Readonly<Record<string, unknown>> = {},
    actor: Actor = this.#origin.actor,
  ): Promise<void> {
    this.#made += 1;
    return writeAudit(em, [{ ...this.#origin, actor, action, subject, details }]);
  }
}
