import { describe, expect, it } from 'vitest';
import type { BlockHeader } from '../chain/block.ts';
import { canConfirm, judgeNode, type NodeObservation } from './node-health.ts';

const now = new Date(1_000_000);

function header(number: number, timeMs = now.getTime()): BlockHeader {
  return { number, timeMs, id: 'ab'.repeat(32), parentId: 'cd'.repeat(32), witness: null };
}

const fine: NodeObservation = {
  unreachable: null,
  wrongChain: null,
  blemish: null,
  forked: false,
  outvoted: null,
  head: header(1_000),
  solid: header(981),
};

describe('the judgement of a node', () => {
  it.each<[string, Partial<NodeObservation>, number, string, RegExp]>([
    ['in good health', {}, 1_000, 'UP', /Block 1000, 19 not solid/],
    ['10 blocks behind', {}, 1_010, 'UP', /Block 1000/],
    ['11 blocks behind', {}, 1_011, 'DEGRADED', /11 blocks behind the best/],
    ['not asked yet', { unreachable: undefined }, 1_000, 'DOWN', /not been asked/],
    ['that does not answer', { unreachable: 'no' }, 1_000, 'DOWN', /does not answer: no/],
    ['without a block', { solid: null }, 1_000, 'DOWN', /no block yet/],
    ['of another network', { wrongChain: 'It is Nile.' }, 1_000, 'DOWN', /It is Nile/],
    ['that just failed', { blemish: 'It coughed.' }, 1_000, 'DEGRADED', /It coughed/],
    ['53 blocks unsolid', { head: header(1_034) }, 1_034, 'UP', /53 not solid/],
    ['54 blocks unsolid', { head: header(1_035) }, 1_035, 'DEGRADED', /last 54 blocks/],
    ['10 solid blocks behind', { solid: header(971) }, 1_000, 'UP', /29 not solid/],
    ['11 solid blocks behind', { solid: header(970) }, 1_000, 'DEGRADED', /solid block is 11/],
    ['that others contradict', { outvoted: 'It is alone.' }, 1_000, 'DOWN', /It is alone/],
    ['a minute old', { head: header(1_000, 940_000) }, 1_000, 'UP', /Block 1000/],
    ['older', { head: header(1_000, 938_000) }, 1_000, 'DEGRADED', /62 s old/],
    ['ahead of our clock', { head: header(1_000, 2_000_000) }, 1_000, 'UP', /Block 1000/],
  ])('%s', (_what, change, best, state, reason) => {
    const health = judgeNode({ ...fine, ...change }, { head: best, solid: 981 }, now);
    expect(health.state).toBe(state);
    expect(health.reason).toMatch(reason);
  });
});

describe('a second opinion', () => {
  it.each<[string, Partial<NodeObservation>, boolean]>([
    ['in good health', {}, true],
    ['not asked yet', { unreachable: undefined, head: null, solid: null }, true],
    ['on a chain that stands still', { head: header(1_000, 0) }, true],
    ['whose blocks do not follow ours', { blemish: 'forked', forked: true }, true],
    ['that just failed', { blemish: 'It coughed.' }, false],
    ['that does not answer', { unreachable: 'no' }, false],
    ['of another network', { wrongChain: 'It is Nile.' }, false],
    ['that others contradict', { outvoted: 'It is alone.' }, false],
    ['whose head lags', { head: header(989), solid: header(980) }, false],
    ['whose solid block lags', { solid: header(970) }, false],
  ])('is had of a node %s: %s', (_what, change, can) => {
    expect(canConfirm({ ...fine, ...change }, { head: 1_000, solid: 981 })).toBe(can);
  });
});
