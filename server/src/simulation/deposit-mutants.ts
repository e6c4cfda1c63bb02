import type { Mutant } from './mutants.ts';

/** Mistakes in what is taken for paid in. */
export const DEPOSIT_MUTANTS: readonly Mutant[] = [
  {
    name: 'credit at head',
    edits: [
      {
        file: 'see-deposits.ts',
        from: `import { decideInOrder } from './credit-deposits.ts';`,
        to: `import { creditDeposits, decideInOrder } from './credit-deposits.ts';`,
      },
      {
        file: 'see-deposits.ts',
        from: `const written = await writeDeposits(tx, ids, 'head', judged, (timeMs) => timeMs + waitMs);`,
        to: `await creditDeposits(tx, ids, values, found, { number: 0, timeMs: 0 });
      const written = await writeDeposits(tx, ids, 'head', judged, (timeMs) => timeMs + waitMs);`,
      },
    ],
    seeds: 200,
  },
  {
    name: 'credit per transaction instead of per log',
    edits: [
      {
        file: 'read-receipts.ts',
        from: 'logIndex: OWN_TRANSFER - 1 - place,',
        to: 'logIndex: OWN_TRANSFER - 1 - 0 * place,',
      },
    ],
    seeds: 100,
  },
  {
    name: 'cursor committed before the credits',
    edits: [
      {
        file: 'block-reader.ts',
        from: `      for (const read of reads) await read(em, blocks, proof);
      await moveCursor(em, name, last);
      return null;
    });`,
        to: `      await moveCursor(em, name, last);
      return null;
    });
    if (found === null) {
      await database.transaction(system(\`block-reader:\${name}\`), async (em) => {
        for (const read of reads) await read(em, blocks, proof);
      });
    }`,
      },
    ],
    seeds: 200,
  },
  {
    name: 'failed calls count as paid',
    edits: [
      {
        file: 'find-payments.ts',
        from: `if (transaction.kind !== 'TriggerSmartContract' || !transaction.succeeded) return null;`,
        to: `if (transaction.kind !== 'TriggerSmartContract') return null;`,
      },
      {
        file: 'find-payments.ts',
        from: `if (transaction.kind !== 'TriggerSmartContract' || !transaction.succeeded) return false;`,
        to: `if (transaction.kind !== 'TriggerSmartContract') return false;`,
      },
      {
        file: 'read-receipts.ts',
        from: `return transaction.succeeded ? paymentsOf(block, transaction, info, watch) : [];`,
        to: `return transaction.succeeded ? paymentsOf(block, transaction, info, watch) : calledFor(block, transaction.txid, watch);`,
      },
      {
        file: 'read-receipts.ts',
        from: `/** What an event of any token says;`,
        to: `function calledFor(block: ChainBlock, txid: string, watch: Watch): Payment[] {
  return findTokenCalls([block], watch).filter((call) => call.txid === txid);
}

/** What an event of any token says;`,
      },
    ],
    seeds: 100,
  },
];
