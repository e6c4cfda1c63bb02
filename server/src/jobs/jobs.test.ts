import { randomUUID } from 'node:crypto';
import { createServer, connect, type Server, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../kernel/clock.ts';
import { systemRandom } from '../kernel/random.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { Jobs } from './jobs.ts';
import type { JobHandlers } from './schedule.ts';

const mongoUrl = process.env['MONGO_TEST_URL'];
if (!mongoUrl) {
  process.stderr.write(
    '\n*** SKIPPED: the jobs were NOT tested on MongoDB, because MONGO_TEST_URL is not set. ***\n\n',
  );
}

/** A cable between the desk and a store that can be pulled out and put back. */
class Cable {
  readonly #target: URL;
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  #port = 0;

  constructor(target: string) {
    this.#target = new URL(target);
  }

  get url(): string {
    const url = new URL(this.#target);
    url.hostname = '127.0.0.1';
    url.port = String(this.#port);
    return url.href;
  }

  async plugIn(): Promise<void> {
    const { hostname, port, protocol } = this.#target;
    const server = createServer((near) => {
      const far = connect(Number(port || (protocol === 'mongodb:' ? 27_017 : 5_432)), hostname);
      for (const socket of [near, far]) {
        this.#sockets.add(socket);
        socket.on('error', () => socket.destroy());
        socket.on('close', () => {
          near.destroy();
          far.destroy();
        });
      }
      near.pipe(far).pipe(near);
    });
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve));
    const address = server.address();
    if (typeof address === 'object' && address) this.#port = address.port;
    this.#server = server;
  }

  async pullOut(): Promise<void> {
    const server = this.#server;
    if (!server) return;
    this.#server = undefined;
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets.clear();
    await closed;
  }
}

const eventually = (check: () => unknown) => vi.waitFor(check, { timeout: 30_000, interval: 20 });

const stores = [
  { name: 'PostgreSQL', url: undefined, skip: false },
  { name: 'MongoDB', url: mongoUrl, skip: !mongoUrl },
];

for (const { name, url, skip } of stores) {
  describe.skipIf(skip)(`jobs on ${name}`, () => {
    let database: TestDatabase;
    let address: string;
    const started: Jobs[] = [];
    const cables: Cable[] = [];
    const unhandled: unknown[] = [];
    const note = (error: unknown) => unhandled.push(error);

    beforeAll(async () => {
      process.on('unhandledRejection', note);
      database = await createTestDatabase();
      address = database.url;
      if (url) {
        const own = new URL(url);
        own.pathname = `/jobs_${randomUUID().replaceAll('-', '')}`;
        address = own.href;
      }
    });
    afterEach(async () => {
      await Promise.all(started.splice(0).map((jobs) => jobs.stop()));
      await Promise.all(cables.splice(0).map((cable) => cable.pullOut()));
      expect(unhandled).toEqual([]);
    });
    afterAll(async () => {
      process.off('unhandledRejection', note);
      await database.drop();
    });

    function begin(handlers: Partial<JobHandlers>, at = address) {
      const problems: string[] = [];
      const jobs = new Jobs({
        url: at,
        handlers,
        instanceName: `test-${randomUUID()}`,
        clock: systemClock,
        random: systemRandom,
        onError: (_error, doing) => problems.push(doing),
        pollMs: 50,
      });
      started.push(jobs);
      jobs.start();
      return { jobs, problems };
    }
    async function cable(): Promise<Cable> {
      const made = new Cable(address);
      cables.push(made);
      await made.plugIn();
      return made;
    }
    const up = (jobs: Jobs) =>
      eventually(async () => expect(await jobs.health()).toEqual({ status: 'UP', detail: name }));

    it('wakes every part on its schedule, again and again', async () => {
      const rung = { engine: 0, reader: 0, reclaim: 0, sweep: 0, sessions: 0 };
      begin({
        wakeEngine: () => void (rung.engine += 1),
        wakeReader: () => void (rung.reader += 1),
        wakeReclaim: () => void (rung.reclaim += 1),
        sweep: () => void (rung.sweep += 1),
        cleanSessions: () => void (rung.sessions += 1),
      });
      await eventually(() => {
        expect(rung.engine).toBeGreaterThan(2);
        expect(Math.min(rung.reader, rung.reclaim, rung.sweep, rung.sessions)).toBeGreaterThan(0);
      });
    });

    it('wakes another process at once, and a crowd of wishes only a few times', async () => {
      let rung = 0;
      const worker = begin({ cleanSessions: () => void (rung += 1) });
      const api = begin({});
      await up(worker.jobs);
      await up(api.jobs);
      const before = rung;
      for (let n = 0; n < 1_000; n += 1) api.jobs.wake('sessions');
      // The schedule alone rings once an hour.
      await eventually(() => expect(rung).toBeGreaterThan(before));
      await eventually(() => expect(rung).toBeGreaterThanOrEqual(before + 2));
      expect(rung).toBeLessThan(before + 10);
    });

    it('goes on when an answer fails', async () => {
      let rung = 0;
      const { problems } = begin({
        wakeEngine() {
          rung += 1;
          throw new Error('no luck today');
        },
      });
      await eventually(() => expect(rung).toBeGreaterThan(1));
      expect(problems).toContain('answering the job delegation');
    });

    it('starts without its store and connects when it comes', async () => {
      const line = await cable();
      await line.pullOut();
      let rung = 0;
      const { jobs, problems } = begin({ wakeEngine: () => void (rung += 1) }, line.url);
      await eventually(() => expect(problems).toContain('connecting to the job store'));
      expect((await jobs.health()).status).toBe('DOWN');
      jobs.wake('delegation');
      await line.plugIn();
      await up(jobs);
      await eventually(() => expect(rung).toBeGreaterThan(0));
    });

    it('survives the loss of its store and rings again afterwards', async () => {
      const line = await cable();
      let rung = 0;
      const { jobs } = begin({ wakeEngine: () => void (rung += 1) }, line.url);
      await up(jobs);
      await eventually(() => expect(rung).toBeGreaterThan(0));
      await line.pullOut();
      await eventually(async () => expect((await jobs.health()).status).toBe('DOWN'));
      jobs.wake('delegation');
      await line.plugIn();
      await up(jobs);
      const before = rung;
      await eventually(() => expect(rung).toBeGreaterThan(before));
    });

    it('stops while its store is away', async () => {
      const line = await cable();
      const { jobs } = begin({ sweep: () => undefined }, line.url);
      await up(jobs);
      await line.pullOut();
      await jobs.stop();
      expect((await jobs.health()).status).toBe('DOWN');
    });

    it('tells no password when it cannot connect', async () => {
      const secret = new URL(address);
      secret.username ||= 'somebody';
      secret.password = 'hunter2';
      secret.port = '1';
      const { jobs, problems } = begin({}, secret.href);
      await eventually(() => expect(problems.length).toBeGreaterThan(0));
      expect(JSON.stringify(await jobs.health())).not.toContain('hunter2');
    });
  });
}
