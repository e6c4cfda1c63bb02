import { faultKinds, isOfBroadcasts } from '@energy-desk/devnet';
import type { Director } from './director.ts';
import { SOLID_LAG } from './world.ts';

export type ChaosName =
  | 'kill'
  | 'break'
  | 'freeze'
  | 'stall'
  | 'fork'
  | 'nodes'
  | 'alike'
  | 'signer'
  | 'jump'
  | 'drift'
  | 'usage';

interface Chaos {
  readonly name: ChaosName;
  /** How often, among all that can begin. */
  readonly weight: number;
  readonly strike: (director: Director) => unknown;
}

/** `slow` only takes time, which a scheduler has anyway. */
const FAULTS = faultKinds.filter((kind) => kind !== 'slow');
/** Blocks that a node lags behind: a few, or for hours. */
const LAGS = [1, 3, 6, 100];
const JUMPS_MS = [6_000, 20_000, 50_000, 130_000, 3_650_000];

/** What goes wrong besides what strikes single points; each can be left out when a seed is shrunk. */
export const CHAOS: readonly Chaos[] = [
  { name: 'kill', weight: 0.5, strike: (on) => on.kill(on.random.pick(on.processes)) },
  {
    name: 'freeze',
    weight: 0.8,
    strike(on) {
      const desk = on.random.pick(on.processes);
      desk.frozen = !desk.frozen;
      // Two processes that both stand still would only wait.
      for (const other of on.processes) if (other !== desk) other.frozen = false;
    },
  },
  {
    // One that is at work, most often one that waits for signatures, stands still until its leases are
    // lost by the database's clock; the others take over.
    name: 'stall',
    weight: 0.7,
    strike(on) {
      const working = on.processes.filter(({ busy }) => busy.has('engine'));
      const { gate } = on.world.theatre;
      const signing = new Set(
        gate.eligible().flatMap(({ kind, actor }) => (kind === 'signer' ? [actor] : [])),
      );
      const waiting = working.filter((desk) => signing.has(desk));
      const candidates = waiting.length > 0 ? waiting : working;
      if (candidates.length === 0) return;
      const desk = on.random.pick(candidates);
      on.world.clock.time += on.random.pick([40_000, 61_000]);
      for (const other of on.processes) {
        other.frozen = other === desk;
        if (other !== desk) on.begin(other, 'engine', other.steps.engine);
      }
    },
  },
  {
    name: 'fork',
    weight: 0.6,
    strike(on) {
      const depth = 1 + on.random.below(SOLID_LAG - 1);
      on.world.control('fork', { depth, drop: on.random.chance(0.5) });
    },
  },
  {
    name: 'nodes',
    weight: 1.5,
    strike(on) {
      const { faults } = on.random.pick(on.world.nodes).node;
      if (on.random.chance(0.3)) faults.clear();
      else {
        const kind = on.random.chance(0.7)
          ? on.random.pick(FAULTS.filter(isOfBroadcasts))
          : on.random.pick(FAULTS);
        faults.add({
          kind,
          count: 1 + on.random.below(isOfBroadcasts(kind) ? 4 : 30),
          blocks: on.random.pick(LAGS),
          ...(on.random.chance(0.3) && { accepted: true }),
        });
      }
    },
  },
  {
    // All nodes tell the same lie about what is in a block, for a while.
    name: 'alike',
    weight: 0.3,
    strike(on) {
      const kind = on.random.pick(['omit-transaction', 'change-result'] as const);
      for (const { node } of on.world.nodes) {
        node.faults.clear();
        node.faults.add({ kind, count: 400 });
      }
    },
  },
  {
    name: 'signer',
    weight: 0.3,
    strike: (on) => (on.world.signerAway += 1 + on.random.below(3)),
  },
  {
    name: 'jump',
    weight: 0.7,
    strike(on) {
      on.world.advance(on.random.pick(JUMPS_MS));
      on.world.block();
    },
  },
  {
    // The clock of the database runs ahead of the chain's; blocks catch up with it.
    name: 'drift',
    weight: 0.5,
    strike: (on) => (on.world.clock.time += on.random.pick([2_000, 9_000, 16_000, 40_000])),
  },
  {
    // A wallet's own use of its Energy: it can no longer delegate all that was promised.
    name: 'usage',
    weight: 0.15,
    strike(on) {
      const address = on.random.pick(on.world.wallets);
      on.world.control('use-energy', { address, energy: on.random.pick([50_000, 150_000]) });
    },
  },
];
export const ALL_CHAOS: ReadonlySet<ChaosName> = new Set<ChaosName>([
  ...CHAOS.map(({ name }) => name),
  'break',
]);
