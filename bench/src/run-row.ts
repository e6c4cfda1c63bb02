import { mkdir, rm } from 'node:fs/promises';
import type { Figure } from './measure/figure.ts';
import type { RowReport } from './row.ts';
import { loadRow } from './rows.ts';

/** What the main program tells this one, which measures one row and ends. */
export interface Assignment {
  readonly id: string;
  readonly rounds: number;
  readonly seconds: number | null;
  readonly orders: number;
  readonly postgresUrl: string;
  readonly template: string;
  readonly folder: string;
}

export type Message =
  | { readonly kind: 'says'; readonly text: string }
  | { readonly kind: 'report'; readonly report: RowReport };

const tell = (message: Message): Promise<void> =>
  new Promise((resolve) => {
    process.send?.(message, () => resolve());
  });

async function run(assignment: Assignment): Promise<RowReport> {
  const { id, rounds, postgresUrl, template, folder, orders } = assignment;
  const row = await loadRow(id);
  const seconds = assignment.seconds ?? row.seconds;
  const ends: (() => unknown)[] = [];
  const begin = performance.now();
  await mkdir(folder, { recursive: true, mode: 0o711 });
  ends.push(() => rm(folder, { recursive: true, force: true }));
  let figures: readonly Figure[] = [];
  let missing: readonly string[] = [];
  let notes: readonly string[] = [];
  const faults: string[] = [];
  try {
    const outcome = await row.run({
      rounds,
      seconds,
      orders,
      postgresUrl,
      template,
      folder,
      say: (text) => void tell({ kind: 'says', text }),
      defer: (end) => ends.push(end),
    });
    ({ figures, missing = [], notes = [] } = outcome);
    faults.push(...outcome.breaks);
  } catch (error) {
    faults.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  for (const end of ends.toReversed()) {
    try {
      await end();
    } catch (error) {
      faults.push(`clean-up failed: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return {
    id: row.id,
    title: row.title,
    reference: row.reference,
    rounds,
    secondsPerSide: seconds,
    tookSeconds: (performance.now() - begin) / 1_000,
    void: faults.length === 0 ? null : faults.slice(0, 5).join('; '),
    figures,
    missing,
    notes,
  };
}

// The main program was killed: nobody else would end what this row has started.
process.once('disconnect', () => process.kill(-process.pid, 'SIGKILL'));

process.once('message', (assignment: Assignment) => {
  void run(assignment)
    .then((report) => tell({ kind: 'report', report }))
    // Whatever a library keeps open must not hold up the next row.
    .then(() => process.exit(0));
});
