import { describe, expect, it } from 'vitest';
import { paceOf, parseNodeLimits, PUBLIC_PACE } from './node-pace.ts';

describe('how often a node may be asked', () => {
  const limits = parseNodeLimits('api.trongrid.io=15/30, node.example.com:8090=none, tron=5/5');

  it.each([
    ['https://api.trongrid.io', { perSecond: 15, burst: 30 }],
    ['http://node.example.com:8090', null],
    ['http://node.example.com', PUBLIC_PACE],
    ['https://nile.trongrid.io', PUBLIC_PACE],
    ['http://172.32.0.1:8090', PUBLIC_PACE],
    ['http://[2001:db8::1]:8090', PUBLIC_PACE],
    ['http://127.0.0.1:18090', null],
    ['http://10.1.2.3:8090', null],
    ['http://172.16.0.1:8090', null],
    ['http://192.168.1.9', null],
    ['http://[::1]:8090', null],
    ['http://localhost:8090', null],
    ['http://fullnode:8090', null],
    ['http://fullnode.internal:8090', null],
    ['http://tron:8090', { perSecond: 5, burst: 5 }],
  ])('%s: %j', (url, pace) => {
    expect(paceOf(url, limits ?? new Map())).toEqual(pace);
  });

  it.each(['', 'host', 'host=', 'host=1', 'host=0/5', 'host=5/0', 'host=-1/2', 'a=1/2,,b=1/2'])(
    'cannot be read from %j',
    (text) => {
      expect(parseNodeLimits(text)).toBeNull();
    },
  );
});
