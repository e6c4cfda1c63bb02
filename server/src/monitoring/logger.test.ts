import { describe, expect, it } from 'vitest';
import { createLogger } from './logger.ts';

const CANARY = 'canary-4f1c';

function logged(pretty = false) {
  const lines: string[] = [];
  const log = createLogger({
    level: 'debug',
    pretty,
    instanceName: 'test-1',
    destination: { write: (line) => void lines.push(line) },
  });
  const last = () => JSON.parse(lines.at(-1) ?? '') as Record<string, unknown>;
  return { log, lines, last };
}

describe('the logger', () => {
  it('writes lines of JSON with ids as bindings', () => {
    const { log, last } = logged();
    log.child({ requestId: 'r-1' }).info({ orderId: 'o-1', sun: 5n }, 'placed');
    expect(last()).toMatchObject({
      level: 'info',
      instance: 'test-1',
      requestId: 'r-1',
      orderId: 'o-1',
      sun: '5',
      msg: 'placed',
    });
    expect(last()['time']).toMatch(/^\d{4}-\d\d-\d\dT/);
  });

  it.each([
    'key',
    'privateKey',
    'private_key',
    'apiKey',
    'password',
    'passwordHash',
    'current_password',
    'secret',
    'clientSecret',
    'token',
    'csrfToken',
    'accessToken',
    'authorization',
    'Authorization',
    'proxy-authorization',
    'cookie',
    'set-cookie',
    'x-csrf-token',
    'identity',
    'signedHex',
    'signed_hex',
    'sealed',
    'mnemonic',
  ])('never writes the value of %s, at any depth, in bindings or in errors', (name) => {
    const { log, lines } = logged();
    const held = { [name]: CANARY };
    const error = Object.assign(new Error('broken'), { config: { headers: held }, ...held });
    log.info(held, 'flat');
    log.info({ a: { b: [{ c: held }] } }, 'deep');
    log.info({ many: { [name]: { inner: CANARY } } }, 'an object');
    log.child(held).info('bound');
    log
      .child({ request: { headers: held } })
      .child({ again: held })
      .info('bound deep');
    const bound = log.child({ requestId: 'r-1' });
    bound.setBindings(held);
    bound.info('bound later');
    log.error(error);
    log.error({ err: error, cause: new Error('outer', { cause: error }) }, 'caught');
    expect(lines).toHaveLength(8);
    expect(lines.join('')).not.toContain(CANARY);
  });

  it.each([
    ['an age identity', `AGE-SECRET-KEY-1${'Q'.repeat(58)}`, 'Q'.repeat(20)],
    ['a bearer token', `Authorization: Bearer ${CANARY}`, CANARY],
    ['a database address', `connect postgres://desk:${CANARY}@db:5432/desk failed`, CANARY],
    ['a MongoDB address', `mongodb+srv://desk:${CANARY}@cluster/jobs`, CANARY],
    ['an API key', `edk_0a1b2c3d_${CANARY}`, CANARY],
    ['a password hash', `$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$${CANARY}`, CANARY],
  ])('takes %s out of messages, fields, stacks and lists', (_what, text, secret) => {
    const { log, lines } = logged();
    log.info(text);
    log.info({ detail: text, list: [text] }, 'field');
    log.error(new Error(text));
    log.error({ err: new Error('outer', { cause: new Error(text) }) });
    expect(lines).toHaveLength(4);
    expect(lines.join('')).not.toContain(secret);
  });

  it('keeps what looks like a secret and is none', () => {
    const { log, last } = logged();
    const txid = 'ab'.repeat(32);
    log.info({ txid, idempotencyKey: 'demo-1', keyPrefix: 'edk_0a1b2c3d' }, 'sent');
    expect(last()).toMatchObject({ txid, idempotencyKey: 'demo-1', keyPrefix: 'edk_0a1b2c3d' });
  });

  it('writes no bytes, endless objects or long texts', () => {
    const { log, lines, last } = logged();
    const ring: Record<string, unknown> = {};
    ring['ring'] = ring;
    log.info({ bytes: Buffer.from(CANARY), ring, long: 'x'.repeat(100_000) }, 'odd');
    expect(last()['bytes']).toBe(`[${CANARY.length} bytes]`);
    expect(lines.at(-1)?.length).toBeLessThan(10_000);
  });

  it('tells an error with its type, code and stack', () => {
    const { log, last } = logged();
    log.error(Object.assign(new TypeError('no'), { code: '23505', constraint: 'users_pkey' }));
    expect(last()['err']).toMatchObject({
      type: 'TypeError',
      message: 'no',
      code: '23505',
      constraint: 'users_pkey',
      stack: expect.stringContaining('logger.test.ts') as string,
    });
  });

  it('can write for people', () => {
    const { log, lines } = logged(true);
    log.warn({ orderId: 'o-1' }, 'late');
    expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d\.\d{3} WARN {2}late orderId=o-1\n$/);
  });
});
