import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { systemRandom } from '../kernel/random.ts';
import { remoteAddressOf, RequestIds } from './http-request.ts';

function request(headers: Record<string, string>): IncomingMessage {
  const made = new IncomingMessage(new Socket());
  Object.defineProperty(made.socket, 'remoteAddress', { value: '::ffff:10.0.0.1' });
  Object.assign(made.headers, headers);
  return made;
}

describe("the sender's address", () => {
  const forwarded = { 'x-forwarded-for': '6.6.6.6, 1.2.3.4, 10.0.0.2' };

  it.each([
    [0, forwarded, '10.0.0.1'],
    [1, forwarded, '10.0.0.2'],
    [2, forwarded, '1.2.3.4'],
    [2, {}, '10.0.0.1'],
  ])('with %i proxies of our own', (proxies, headers, address) => {
    expect(remoteAddressOf(request(headers), proxies)).toBe(address);
  });
});

describe('the name of a request', () => {
  const ids = new RequestIds(systemRandom);

  it('is the one that was sent, when it is harmless', () => {
    expect(ids.of(request({ 'x-request-id': 'bot-12345678' }))).toBe('bot-12345678');
    expect(ids.of(request({ 'x-request-id': 'a\r\nset-cookie: x' }))).not.toContain('cookie');
  });

  it('is never the same', () => {
    const made = Array.from({ length: 1_000 }, () => ids.of(request({})));
    expect(new Set(made).size).toBe(1_000);
  });
});
