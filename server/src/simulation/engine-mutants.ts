import type { Mutant } from './mutants.ts';

const NEVER_SENT = `'{"neverSent": true}'::jsonb`;
const RECORD = `  \`update attempts a set last_node = s.node, last_answer = s.answer
   from unnest($1::uuid[], $2::text[], $3::text[]) as s(id, node, answer) where a.id = s.id\`,`;

/** Believes a node: an answer that begins so decides about attempt and operation. */
function believing(answer: string, attempt: string, operation: string): string {
  const heard = `s.answer like '${answer}%' and a.state = 'SENDING'`;
  return `  \`with told as (
       update attempts a set last_node = s.node, last_answer = s.answer,
         state = case when ${heard} then '${attempt}' else a.state end,
         evidence = case when ${heard} and '${attempt}' = 'DEAD' then ${NEVER_SENT} else a.evidence end
       from unnest($1::uuid[], $2::text[], $3::text[]) as s(id, node, answer) where a.id = s.id
       returning a.operation_id, a.state)
     update chain_operations o set state = '${operation}', due_at = desk_now() from told
     where told.state = '${attempt}' and o.id = told.operation_id and o.state = 'ATTEMPTING'\`,`;
}

/** Mistakes in what is sent to the chain and in what is taken for its word. */
export const ENGINE_MUTANTS: readonly Mutant[] = [
  {
    name: 'txid stored after the send',
    edits: [
      {
        file: 'engine.ts',
        from: 'const { signed, unsigned } = await this.#sign(built, sign);',
        to: `const { signed, unsigned } = await this.#sign(built, sign);
    await Promise.all(
      signed.map(({ signedHex }) => this.#parts.broadcaster.broadcast(signedHex, null)),
    );`,
      },
    ],
    seeds: 200,
  },
  {
    name: 'no unique timestamp (nor the key that refuses a second one)',
    edits: [
      {
        file: 'begin-attempts.ts',
        from: 'Math.max(newestMs, Number(last ?? 0n) + 1)',
        to: 'newestMs + 0 * Number(last)',
      },
      {
        file: 'begin-attempts.ts',
        from: 'next.set(owner, timestamp + 1);',
        to: '',
      },
      {
        file: 'migration-20261122-4-wallets-and-operations.ts',
        from: 'constraint attempts_timestamp_key unique (owner, timestamp_ms),',
        to: '',
      },
    ],
    seeds: 100,
  },
  {
    name: 'rebuild by the wall clock',
    edits: [
      {
        file: 'settle-blocks.ts',
        from: `in ('SENDING', 'INCLUDED') and expiration_ms <= $2`,
        to: `in ('SENDING', 'INCLUDED')
         and expiration_ms <= greatest($2, extract(epoch from desk_now()) * 1000)`,
      },
      {
        file: 'settle-blocks.ts',
        from: 'absent.filter(({ expiration_ms }) => expiration_ms <= BigInt(last.timeMs));',
        to: `absent.filter(
    ({ expiration_ms, attempt_state }) =>
      expiration_ms <= BigInt(last.timeMs) || attempt_state === 'SENDING',
  );`,
      },
    ],
    seeds: 400,
  },
  {
    name: `rebuild on the node's word "expired"`,
    edits: [
      {
        file: 'commit-sending.ts',
        from: RECORD,
        to: believing('TRANSACTION_EXPIRATION', 'DEAD', 'INTENDED'),
      },
    ],
    seeds: 400,
  },
  {
    name: 'DUP taken as success',
    edits: [
      {
        file: 'commit-sending.ts',
        from: RECORD,
        to: believing('DUP_TRANSACTION', 'SOLID', 'SOLID'),
      },
    ],
    seeds: 200,
  },
  {
    name: 'gettransactionbyid taken as inclusion (what a node has taken counts as final)',
    edits: [
      {
        file: 'engine.ts',
        from: 'database.transaction(engine, (em) => recordAnswers(em, answers))',
        to: `database.transaction(engine, async (em) => {
        await recordAnswers(em, answers);
        const { lockAttempts, putInBlocks } = await import('./move-fates.ts');
        const ids = answers.map(({ attemptId }) => attemptId);
        const condition = "a.id = any($1::uuid[]) and a.state = 'SENDING' and a.last_answer like 'SUCCESS%'";
        const rows = await lockAttempts(em, condition, [ids]);
        const block = { number: 1, id: 'known', timeMs: this.#parts.headTimeMs() };
        const blockOf = new Map(rows.map(({ txid }) => [txid, block]));
        await putInBlocks(em, rows, blockOf, 'SOLID', this.#parts.purposes);
      })`,
      },
    ],
    seeds: 100,
  },
  {
    name: 'no fencing check (nor a look at the own clock)',
    edits: [
      {
        file: 'engine.ts',
        from: 'if (clock.monotonic() - began > settings.leaseSeconds * 1_000) return;',
        to: '',
      },
      {
        file: 'commit-sending.ts',
        from: 'on mine.id = o.id and mine.fence = o.fence',
        to: 'on mine.id = o.id',
      },
      {
        file: 'commit-sending.ts',
        from: 'where o.lease_owner = $3 and o.lease_until > desk_now() and o.state',
        to: 'where $3::text is not null and o.state',
      },
    ],
    seeds: 600,
  },
  {
    name: `lease by the process's clock (and no fence behind it)`,
    edits: [
      {
        file: 'engine.ts',
        from: 'if (clock.monotonic() - began > settings.leaseSeconds * 1_000) return;',
        to: '',
      },
      {
        file: 'begin-attempts.ts',
        from: 'return query(em, DUE, [options.limit]);',
        to: `const own = Number.parseInt(options.ids.next().replaceAll('-', '').slice(0, 12), 16) / 1000;
  const due = DUE.replace('o.due_at <= (select desk_now())', \`o.due_at <= to_timestamp(\${own})\`);
  return query(em, due.replace('o.lease_until < desk_now()', \`o.lease_until < to_timestamp(\${own})\`), [options.limit]);`,
      },
      {
        file: 'commit-sending.ts',
        from: 'on mine.id = o.id and mine.fence = o.fence',
        to: 'on mine.id = o.id',
      },
      {
        file: 'commit-sending.ts',
        from: 'where o.lease_owner = $3 and o.lease_until > desk_now() and o.state',
        to: 'where $3::text is not null and o.state',
      },
    ],
    seeds: 600,
  },
  {
    name: 'reclaim twice (and intended more than once)',
    edits: [
      {
        file: 'reclaim-rentals.ts',
        from: `update rentals set state = 'RECLAIMING' where id = any($1::uuid[])`,
        to: `update rentals set state = state where id = any($1::uuid[])`,
      },
      {
        file: 'migration-20261129-1-lean-placing.ts',
        from: `'chain_operations_once', 'reference, purpose'`,
        to: `'chain_operations_once', 'id, reference, purpose'`,
      },
    ],
    seeds: 40,
  },
  {
    name: 'reclaim before the end',
    edits: [
      {
        file: 'reclaim-rentals.ts',
        from: 'r.ends_at <= to_timestamp($1 / 1000.0)',
        to: `r.ends_at - interval '59 minutes' <= to_timestamp($1 / 1000.0)`,
      },
    ],
    seeds: 400,
  },
];
