import { present } from '../kernel/assert.ts';
import { Customers } from './customers.ts';
import { DeskProcess, type StepName } from './desk-process.ts';
import { CHAOS, type ChaosName } from './chaos.ts';
import type { Passage, Point } from './gate.ts';
import type { SeededRandom } from './seeded-random.ts';
import { Manager } from './manager.ts';
import { Treasurer } from './treasurer.ts';
import type { World } from './world.ts';

/** How wild a history is; drawn from its seed. */
interface Temper {
  /** Chance that something new begins rather than something begun goes on. */
  readonly begin: number;
  /** Chance that the same task goes on rather than another one. */
  readonly stick: number;
  /** Chance at each point that its process is killed there, or its connection breaks. */
  readonly kill: number;
  readonly breakage: number;
}

const STEPS: readonly (readonly [StepName, number])[] = [
  ['engine', 5],
  ['read', 4],
  ['follow', 3],
  ['check', 2],
  ['observe', 1],
];

/** Plays a history: two processes of the desk, their customers, the chain, and what goes wrong. */
export class Director {
  readonly world: World;
  readonly customers: Customers;
  readonly treasurer: Treasurer;
  readonly manager: Manager;
  readonly chaos: ReadonlySet<ChaosName>;
  readonly random: SeededRandom;
  readonly processes: DeskProcess[] = [];
  readonly #temper: Temper;
  #born = 0;
  #last: Point | undefined;

  constructor(world: World, chaos: ReadonlySet<ChaosName>) {
    this.world = world;
    this.chaos = chaos;
    this.random = world.random.fork();
    this.customers = new Customers(world);
    this.treasurer = new Treasurer(world);
    this.manager = new Manager(world);
    this.#temper = {
      begin: this.random.pick([0.02, 0.05, 0.15]),
      stick: this.random.pick([0, 0.6, 0.9, 0.97]),
      kill: this.random.pick([0, 0.003, 0.012]),
      breakage: this.random.pick([0, 0, 0.006]),
    };
  }

  /** @param actions how many things begin */
  async play(actions: number): Promise<void> {
    for (const worker of ['one', 'two']) await this.#start(worker);
    this.#order(this.random.pick(this.processes));
    for (let begun = 0; begun < actions;) {
      const points = this.world.theatre.gate.eligible();
      if (points.length === 0 || this.random.chance(this.#temper.begin)) {
        begun += 1;
        await this.#act();
      } else {
        await this.#pass(points);
      }
    }
  }

  /** Nothing goes wrong from now on. */
  endFaults(): void {
    for (const { node } of this.world.nodes) node.faults.clear();
    for (const desk of this.processes) desk.frozen = false;
    this.world.signerAway = 0;
  }

  /** Lets everything that has begun come to its end, without anything going wrong. */
  async drain(): Promise<void> {
    const { gate } = this.world.theatre;
    for (;;) {
      await gate.settle();
      const [first] = gate.eligible();
      if (!first) return;
      await gate.grant(first);
    }
  }

  begin(desk: DeskProcess, task: string, work: () => Promise<unknown>): boolean {
    if (desk.busy.has(task)) return false;
    desk.busy.add(task);
    this.world.theatre.gate.run(desk, task, async () => {
      try {
        await work();
      } catch (error) {
        this.world.noteError(`${desk.name} ${task}`, error);
      } finally {
        desk.busy.delete(task);
      }
    });
    return true;
  }

  async kill(desk: DeskProcess): Promise<void> {
    const { gate, pool } = this.world.theatre;
    this.world.note(`${desk.name} is killed`);
    this.world.count('kills');
    await gate.kill(desk);
    await pool.bury(desk);
    await gate.lookAgain();
    const place = this.processes.indexOf(desk);
    const worker = place === 0 ? 'one' : 'two';
    this.processes.splice(place, 1);
    await this.#start(worker, place);
  }

  async #start(worker: string, place = this.processes.length): Promise<void> {
    this.#born += 1;
    const desk = new DeskProcess(this.world, `${worker}.${this.#born}`, worker);
    this.processes.splice(place, 0, desk);
    this.begin(desk, 'check', desk.steps.check);
    await this.world.theatre.gate.settle();
  }

  async #act(): Promise<void> {
    const { world, customers, treasurer, manager, random } = this;
    world.payers.mayPay();
    const desk = random.pick(this.processes);
    const kinds: (readonly [() => unknown, number])[] = [
      [() => this.#step(desk), 10],
      [() => this.#block(), 6],
      [() => this.#order(desk), 3.5],
      [() => this.#errand(desk), 1],
      [() => this.begin(desk, 'reprice', () => manager.reprice()), 0.2],
      [() => this.begin(desk, 'by hand', () => manager.byHand(random.chance(0.7))), 0.2],
    ];
    if (treasurer.errands.length > 0) {
      const errand = random.pick(treasurer.errands);
      kinds.push(
        [() => this.begin(desk, `again ${errand.key}`, () => treasurer.ask(desk, errand)), 0.3],
        [() => this.begin(desk, `cancel ${errand.key}`, () => treasurer.cancel(desk, errand)), 0.3],
      );
    }
    if (customers.wishes.length > 0) {
      const wish = random.pick(customers.wishes);
      kinds.push(
        [() => this.begin(desk, `cancel ${wish.key}`, () => customers.cancel(desk, wish)), 0.7],
        [() => this.begin(desk, `retry ${wish.key}`, () => manager.retry(desk, wish)), 0.4],
        [() => this.begin(desk, `refund ${wish.key}`, () => manager.refund(desk, wish)), 0.2],
        [() => this.begin(desk, `again ${wish.key}`, () => customers.place(desk, wish)), 0.8],
        [() => this.begin(desk, `misuse ${wish.key}`, () => customers.misuse(desk, wish)), 0.3],
      );
    }
    for (const { name, weight, strike } of CHAOS) {
      if (this.chaos.has(name)) {
        kinds.push([
          () => {
            world.note(`chaos ${name}`);
            world.count(name);
            return strike(this);
          },
          weight,
        ]);
      }
    }
    await random.weighted(kinds)();
    await world.theatre.gate.settle();
  }

  #step(desk: DeskProcess): void {
    const name = this.random.weighted(STEPS);
    this.begin(desk, name, desk.steps[name]);
  }

  #block(): void {
    this.world.block();
    this.world.note(`block ${this.world.local.chain.head.number}`);
  }

  /** Sometimes twice at once, at two processes; sometimes several of one user in one batch. */
  #order(desk: DeskProcess): void {
    const wish = this.customers.newWish();
    this.begin(desk, `place ${wish.key}`, () => this.customers.place(desk, wish));
    for (let more = 0; more < 2 && this.random.chance(0.2); more += 1) {
      const next = this.customers.newWish(wish.telegramId);
      this.begin(desk, `place ${next.key}`, () => this.customers.place(desk, next));
    }
    if (this.random.chance(0.2)) {
      const other = this.random.pick(this.processes);
      this.begin(other, `double ${wish.key}`, () => this.customers.place(other, wish));
    }
  }

  /** Sometimes twice at once, at two processes. */
  #errand(desk: DeskProcess): void {
    const errand = this.treasurer.newErrand();
    this.begin(desk, `do ${errand.key}`, () => this.treasurer.ask(desk, errand));
    if (this.random.chance(0.2)) {
      const other = this.random.pick(this.processes);
      this.begin(other, `double ${errand.key}`, () => this.treasurer.ask(other, errand));
    }
  }

  async #pass(points: readonly Point[]): Promise<void> {
    const { gate } = this.world.theatre;
    const same = points.find(
      ({ actor, task }) => actor === this.#last?.actor && task === this.#last.task,
    );
    const point = same && this.random.chance(this.#temper.stick) ? same : this.random.pick(points);
    this.#last = point;
    this.world.count(`${point.kind} points`);
    const desk = this.processes.find((candidate) => candidate === point.actor);
    const passage = desk ? this.#passage(point) : 'go';
    this.world.note(`${point.actor.name} ${point.task}: ${point.kind} ${point.label} ${passage}`);
    if (passage === 'die') {
      await this.kill(present(desk, 'process'));
      return;
    }
    await gate.grant(point, passage);
    if (passage === 'die-after') await this.kill(present(desk, 'process'));
  }

  #passage({ kind, label }: Point): Passage | 'die' {
    const { random } = this;
    if (this.chaos.has('kill') && random.chance(this.#temper.kill)) {
      return random.chance(0.5) ? 'die' : 'die-after';
    }
    const breakable = kind === 'sql' && !/^(begin|start|rollback|had a lock)/.test(label);
    if (breakable && this.chaos.has('break') && random.chance(this.#temper.breakage)) {
      this.world.count('breaks');
      return random.chance(0.5) ? 'fail-before' : 'fail-after';
    }
    return 'go';
  }
}
