import type { Row } from './row.ts';

/** Where each row is, in the order in which they run. Only the one that runs is loaded. */
const ROWS: Readonly<Record<string, () => Promise<{ readonly row: Row }>>> = {
  P1: () => import('./rows/p1-placing.ts'),
  P1b: () => import('./rows/p1b-orm.ts'),
  P1c: () => import('./rows/p1c-one-user.ts'),
  P2: () => import('./rows/p2-http.ts'),
  P2b: () => import('./rows/p2b-page.ts'),
  P6: () => import('./rows/p6-delivery.ts'),
  P6b: () => import('./rows/p6b-delegations.ts'),
  P7: () => import('./rows/p7-streams.ts'),
  P7b: () => import('./rows/p7b-stuck-reader.ts'),
  P3: () => import('./rows/p3-mix.ts'),
  P8: () => import('./rows/p8-block-reader.ts'),
  P8b: () => import('./rows/p8b-credit.ts'),
  P9: () => import('./rows/p9-memory.ts'),
  P11: () => import('./rows/p11-without-stores.ts'),
  P12: () => import('./rows/p12-export.ts'),
  // They share tables whose filling takes longer than both.
  'P4+P5': () => import('./rows/p4-p5-full-tables.ts'),
};

export const rowIds: readonly string[] = Object.keys(ROWS);

/** Whether the row answers for this goal. @param wanted upper case */
export function isAbout(id: string, wanted: string): boolean {
  return id.toUpperCase().split('+').includes(wanted);
}

/** @throws when there is no such row */
export async function loadRow(id: string): Promise<Row> {
  const load = ROWS[id];
  if (load === undefined) throw new Error(`there is no row ${id}`);
  return (await load()).row;
}
