import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { query } from './database/query.ts';
import { system } from './kernel/actor.ts';
import { present } from './kernel/assert.ts';
import { systemClock } from './kernel/clock.ts';
import { IdMaker } from './kernel/ids.ts';
import { parseAmount } from './kernel/money.ts';
import { systemRandom } from './kernel/random.ts';
import { checkBooks } from './ledger/check-books.ts';
import { change, changeSettings } from './settings/change-settings.ts';
import { findPython, type Python } from './testing/find-python.ts';
import { startTestDesk, type TestDesk } from './testing/test-desk.ts';
import { adjustBalance } from './users/adjust-balance.ts';

const folder = fileURLToPath(new URL('../../bot', import.meta.url));
const files = readdirSync(`${folder}/tests`).filter((name) => /^test_.*\.py$/.test(name));
const ids = new IdMaker(systemClock, systemRandom);
let python: Python;
let desk: TestDesk;
let control: Server;
let controlUrl: string;
let comeBack: (() => Promise<void>) | undefined;

beforeAll(async () => {
  python = await findPython(`${folder}/requirements.txt`);
  desk = await startTestDesk();
  control = createServer((request, response) => {
    void act(request).then(
      (answer) => response.end(JSON.stringify(answer ?? {})),
      (error: unknown) => {
        response.statusCode = 500;
        response.end(String(error));
      },
    );
  }).listen(0, '127.0.0.1');
  await once(control, 'listening');
  const address = control.address();
  controlUrl = `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`;
});
afterAll(async () => {
  control.close();
  await comeBack?.();
  await desk.stop();
  await python.forget();
});

/** What the Python tests have done to the desk, and ask of it without the bot. */
async function act(request: IncomingMessage): Promise<unknown> {
  let body = '';
  for await (const part of request) body += String(part);
  const facts = JSON.parse(body) as { telegramId?: string; amount?: string; address?: string };
  switch (request.url) {
    case '/stop':
      comeBack = await desk.away();
      return undefined;
    case '/start':
      await comeBack?.();
      comeBack = undefined;
      return undefined;
    case '/address':
      return { address: await desk.address() };
    case '/credit':
      await desk.app.database.transaction(system('test'), (em) =>
        adjustBalance(em, ids, system('test'), {
          user: { by: 'telegramId', telegramId: BigInt(present(facts.telegramId, 'user')) },
          amount: parseAmount(present(facts.amount, 'amount')),
          currency: 'TRX',
          reason: 'test',
          idempotencyKey: ids.next(),
        }),
      );
      return undefined;
    case '/deposit-address':
      await desk.app.database.transaction(system('test'), (em) =>
        changeSettings(
          em,
          system('test'),
          [change('deposits.addresses', [present(facts.address, 'address')])],
          'test',
        ),
      );
      return undefined;
    case '/orders':
      return query(
        desk.app.database.read(),
        `select o.id, o.state from orders o join users u on u.id = o.user_id
         where u.telegram_id = $1 order by o.placed_at`,
        [facts.telegramId],
      );
    case '/books': {
      const { breaks } = await checkBooks(desk.app.database.read());
      if (breaks.length > 0) throw new Error(JSON.stringify(breaks));
      return undefined;
    }
    default:
      throw new Error(`there is nothing at ${String(request.url)}`);
  }
}

it.each(files)(
  '%s passes against the running desk',
  async (file) => {
    const name = `tests.${file.replace(/\.py$/, '')}`;
    const { code, said } = await new Promise<{ code: unknown; said: string }>((resolve) => {
      const env = {
        ...process.env,
        TEST_DESK_URL: desk.url,
        TEST_DESK_KEY: desk.seeded.apiKey,
        TEST_DESK_CONTROL: controlUrl,
        NO_PROXY: '127.0.0.1',
        PYTHONDONTWRITEBYTECODE: '1',
      };
      const args = ['-W', 'error::SyntaxWarning', '-m', 'unittest', '--verbose', name];
      execFile(python.program, args, { cwd: folder, env }, (error, _out, told) => {
        resolve({ code: error === null ? 0 : error.code, said: told });
      });
    });
    expect({ code, said }).toMatchObject({
      code: 0,
      said: expect.stringMatching(/\nOK\n/) as unknown,
    });
    expect(said).toMatch(/Ran [1-9]\d* tests? in/);
  },
  300_000,
);
