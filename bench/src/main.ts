import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buildPrograms } from '../../server/src/crash/build.ts';
import { durability } from './desk/bench-database.ts';
import {
  type BenchPostgres,
  openRunFolder,
  removeServer,
  startBenchPostgres,
} from './desk/bench-postgres.ts';
import { describeMachine } from './machine.ts';
import { BadOptions, readOptions, root, ROUNDS } from './options.ts';
import type { RowReport } from './row.ts';
import { RowProcess } from './row-process.ts';
import { isAbout, loadRow, rowIds } from './rows.ts';
import { remarks, table } from './table.ts';

/** A row that is set up and checked in less than this, beside what it measures. */
const SETUP_SECONDS = 300;

let postgres: BenchPostgres | undefined;
let current: RowProcess | undefined;
let stopped = false;

async function stop(): Promise<void> {
  stopped = true;
  await current?.end();
  await postgres?.stop();
  postgres = undefined;
}

async function bench(): Promise<void> {
  const options = readOptions(process.argv.slice(2), rowIds);
  const { rounds, wanted } = options;
  const chosen = rowIds.filter(
    (id) => wanted.length === 0 || wanted.some((goal) => isAbout(id, goal)),
  );
  const folder = await openRunFolder(path.join(root, '.data/bench'));
  const machine = await describeMachine(folder);
  console.log(
    `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB, ${machine.system}, Node ${machine.node}, ${machine.syncsPerSecond} syncs/s`,
  );
  for (const warning of machine.warnings) console.log(`! ${warning}`);
  if (rounds < ROUNDS) console.log(`! ${rounds} rounds are a look, no measurement.`);
  await buildPrograms();
  postgres = await startBenchPostgres(folder);
  const durable = await durability(postgres.url);
  console.log(
    `PostgreSQL ${durable.version}, fsync ${durable.fsync}, synchronous_commit ${durable.synchronousCommit}\n`,
  );
  const began = new Date();
  const reports: RowReport[] = [];
  for (const id of chosen) {
    if (stopped) return;
    const report = await measure(id, path.join(folder, id), options, postgres);
    console.log(`   ${report.tookSeconds.toFixed(0)} s`);
    reports.push(report);
  }
  console.log(`\n${table(reports)}\n`);
  for (const remark of remarks(reports)) console.log(remark);
  const report = { began, ended: new Date(), machine, durability: durable, rows: reports };
  await mkdir(path.dirname(options.out), { recursive: true });
  await writeFile(options.out, `${JSON.stringify(report, null, 2)}\n`);
  console.log(`\nWritten to ${options.out}`);
}

async function measure(
  id: string,
  folder: string,
  options: ReturnType<typeof readOptions>,
  { url, template }: BenchPostgres,
): Promise<RowReport> {
  const { rounds, orders } = options;
  const row = await loadRow(id);
  const { title, reference, seconds: usual } = row;
  const secondsPerSide = options.seconds ?? usual;
  console.log(`${id} ${title}`);
  const begin = performance.now();
  current = new RowProcess(row, options.profile);
  try {
    // Filling tables takes its time too.
    const limit = SETUP_SECONDS + secondsPerSide * (rounds + 1) * 6 + orders / 1_000;
    return await current.measure(
      { id, rounds, seconds: options.seconds, orders, postgresUrl: url, template, folder },
      limit,
      (text) => console.log(`   ${text}`),
    );
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const tookSeconds = (performance.now() - begin) / 1_000;
    const nothing = { figures: [], missing: [], notes: [] };
    return { id, title, reference, rounds, secondsPerSide, tookSeconds, void: why, ...nothing };
  } finally {
    current = undefined;
    // Some have a server of their own, which outlives a row that did not end by itself.
    await removeServer(folder);
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void stop().finally(() => process.exit(1)));
}
try {
  await bench();
} catch (error) {
  console.error(error instanceof BadOptions ? error.message : error);
  process.exitCode = 1;
} finally {
  await stop();
}
