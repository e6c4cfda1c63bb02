import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../kernel/clock.ts';
import { ExchangeClient, mayConnect } from './ask-exchange.ts';
import { type Exchange, KNOWN_EXCHANGES } from './exchanges.ts';
import type { NoQuote, Quote } from './judge-quotes.ts';

const servers: Server[] = [];
const clients: ExchangeClient[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) await client.close();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** A server that answers so; its address. */
async function exchange(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/ticker`;
}

function ask(
  url: string,
  kind: Exchange['kind'] = 'BINANCE',
  privateToo = true,
): Promise<Quote | NoQuote> {
  const client = new ExchangeClient({ clock: systemClock, privateToo, timeoutMs: 500 });
  clients.push(client);
  return client.ask({ name: 'it', kind, url });
}

async function answerOf(body: unknown, kind: Exchange['kind'] = 'BINANCE') {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return ask(await exchange((_request, response) => response.end(text)), kind);
}

const whys = async (answer: Promise<Quote | NoQuote>): Promise<string> => {
  const settled = await answer;
  return 'why' in settled ? settled.why : 'it gave a quote';
};

const binance = { symbol: 'TRXUSDT', bidPrice: '0.30110000', bidQty: '1', askPrice: '0.30130000' };

describe('an exchange', () => {
  it('is read as Binance, OKX and Gate answer', async () => {
    const prices = { source: 'it', bid: 301_100_000_000n, ask: 301_300_000_000n };
    expect(await answerOf(binance)).toEqual({ ...prices, at: null });
    const okx = {
      code: '0',
      msg: '',
      data: [
        {
          instType: 'SPOT',
          instId: 'TRX-USDT',
          last: '0.3012',
          askPx: '0.3013',
          bidPx: '0.3011',
          ts: '1795334400000',
        },
      ],
    };
    expect(await answerOf(okx, 'OKX')).toEqual({ ...prices, at: new Date(1_795_334_400_000) });
    const gate = [
      { currency_pair: 'TRX_USDT', last: '0.3012', lowest_ask: '0.3013', highest_bid: '0.3011' },
    ];
    expect(await answerOf(gate, 'GATE')).toEqual({ ...prices, at: null });
    expect(KNOWN_EXCHANGES.map(({ kind }) => kind)).toEqual(['BINANCE', 'OKX', 'GATE']);
  });

  it.each([
    ['another pair', { ...binance, symbol: 'USDTTRX' }, 'symbol'],
    ['a negative price', { ...binance, bidPrice: '-0.3' }, 'bidPrice is no price above 0'],
    ['NaN', { ...binance, askPrice: 'NaN' }, 'askPrice is no price above 0'],
    ['zero', { ...binance, bidPrice: '0.00000000' }, 'bidPrice is no price above 0'],
    ['a number', { ...binance, bidPrice: 0.3 }, 'bidPrice'],
    ['an exponent', { ...binance, bidPrice: '3e-1' }, 'bidPrice is no price above 0'],
    ['another shape', [binance], 'is not what BINANCE answers'],
    ['null', null, 'is not what BINANCE answers'],
    ['no JSON', '<html>', 'its answer is no JSON'],
    ['nothing', '', 'its answer is no JSON'],
  ])('is left out when it answers %s', async (_name, body, why) => {
    expect(await whys(answerOf(body))).toContain(why);
  });

  it('is left out when it is slow, in the beginning or in the middle', async () => {
    const silent = await exchange(() => undefined);
    expect(await whys(ask(silent))).toBe('it gave no answer in 500 ms');
    const dripping = await exchange((_request, response) => {
      response.write('{"symbol":');
    });
    expect(await whys(ask(dripping))).toBe('it gave no answer in 500 ms');
  });

  it('is cut off when it answers 100 MB', async () => {
    let written = 0;
    const chunk = Buffer.alloc(64 * 1024, ' ');
    const url = await exchange((_request, response) => {
      response.on('error', () => undefined);
      const pour = (): void => {
        while (written < 100 * 1024 * 1024 && !response.destroyed) {
          written += chunk.length;
          if (!response.write(chunk)) {
            response.once('drain', pour);
            return;
          }
        }
        response.end();
      };
      pour();
    });
    expect(await whys(ask(url))).toBe('it answered more than 65536 bytes');
    expect(written).toBeLessThan(20 * 1024 * 1024);
  });

  it('is followed nowhere', async () => {
    let asked = 0;
    const target = await exchange((_request, response) => {
      asked += 1;
      response.end(JSON.stringify(binance));
    });
    for (const location of [target, 'http://169.254.169.254/latest/meta-data/']) {
      const url = await exchange((_request, response) => {
        response.writeHead(302, { location }).end();
      });
      expect(await whys(ask(url))).toBe('it answered HTTP 302');
    }
    expect(asked).toBe(0);
  });

  it('is not asked where no exchange is', async () => {
    const inner = await exchange((_request, response) => response.end(JSON.stringify(binance)));
    expect(await whys(ask(inner, 'BINANCE', false))).toContain('inner one');
    const { port } = new URL(inner);
    // By a name, which is judged when it is connected to.
    expect(await whys(ask(`http://localhost:${port}/`, 'BINANCE', false))).toContain(
      'inner address',
    );
    expect(await whys(ask('http://169.254.169.254/latest/', 'BINANCE', true))).toContain('inner');
    expect(await whys(ask(`http://2130706433:${port}/`, 'BINANCE', false))).toContain('inner');
    expect(await whys(ask(`http://[::ffff:127.0.0.1]:${port}/`, 'BINANCE', false))).toContain(
      'inner',
    );
  });

  it.each([
    ['8.8.8.8', true, true],
    ['10.1.2.3', false, true],
    ['127.0.0.1', false, true],
    ['::1', false, true],
    ['::ffff:10.0.0.1', false, true],
    ['169.254.169.254', false, false],
    ['::ffff:169.254.169.254', false, false],
    ['fe80::1', false, false],
    ['2606:4700::1111', true, true],
    ['no address', false, false],
  ])('may be at %s: %s in public, %s on the local network', (address, publicly, locally) => {
    expect(mayConnect(address, false)).toBe(publicly);
    expect(mayConnect(address, true)).toBe(locally);
  });
});
