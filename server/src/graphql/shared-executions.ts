import {
  type DocumentNode,
  execute,
  type ExecutionResult,
  type GraphQLFormattedError,
  type GraphQLSchema,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Caller } from '../access/caller.ts';
import type { DeskEvent } from '../events/event.ts';
import type { ContextSources } from './create-context.ts';
import { identityOf, rightsOf, sharedContext } from './stream-scope.ts';

/** A subscription as it was asked for, without where it begins. */
export interface StreamOperation {
  readonly document: DocumentNode;
  readonly operationName: string | null;
  readonly variableValues: Readonly<Record<string, unknown>>;
  /** Of the document with its operation and variables: equal keys have equal answers. */
  readonly key: string;
}

export interface ExecutionOptions {
  readonly schema: GraphQLSchema;
  readonly contextSources: ContextSources;
  readonly present: (error: unknown) => GraphQLFormattedError;
}

/** Events of which a group keeps what is told, or one run: who is further behind executes for itself. */
const KEPT = 32;
/** Those who wait and are told before others get their turn: a few milliseconds. */
const TOLD_IN_A_TURN = 250;
/** Operations of which it is remembered that they ask who the caller is. */
const PERSONAL_OPERATIONS = 1_000;

/** What executions have come to. */
export interface Told {
  /** Results as JSON: data, and errors as they are shown. In the order of the events, up to the first that failed. */
  readonly payloads: readonly Buffer[];
  readonly failure?: { readonly error: unknown };
  /** Whom it is for alone, because an execution asked who the caller is. */
  readonly identity?: string | undefined;
}

/** Events that are executed and told together. */
interface Run {
  readonly size: number;
  /** Undefined while that is being made. */
  told?: Told;
  /** Those who asked before it was there. */
  waiting: (() => void)[];
}

/** Those whose answers are the same. */
class Group {
  members = 0;
  readonly runs = new Map<string, Run>();
  /** Events of all runs. */
  size = 0;
  /** What was asked for last: in a wave all ask for the same. */
  events: readonly DeskEvent[] | undefined;
  run: Run | undefined;
}

/**
 * One execution for all who asked for the same with the same rights. What is chosen for each is not
 * its business: an event comes here only from the stream of somebody who may see it.
 */
export class SharedExecutions {
  readonly #options: ExecutionOptions;
  readonly #groups = new Map<string, Group>();
  readonly #personal = new LRUCache<string, true>({ max: PERSONAL_OPERATIONS });

  constructor(options: ExecutionOptions) {
    this.#options = options;
  }

  /** Counts a listener in; it must leave. */
  join(operation: StreamOperation, caller: Caller): Listener {
    return new Listener(this, operation, caller);
  }

  /** For listeners: the group of an operation and a scope, with one member more. */
  enter(key: string): Group {
    let group = this.#groups.get(key);
    if (group === undefined) {
      group = new Group();
      this.#groups.set(key, group);
    }
    group.members += 1;
    return group;
  }

  /** For listeners: one member less. */
  leave(key: string, group: Group): void {
    group.members -= 1;
    if (group.members === 0) this.#groups.delete(key);
  }

  isPersonal(operation: StreamOperation): boolean {
    return this.#personal.has(operation.key);
  }

  /** Answers at once; `waiting` are called when it is told what they come to. */
  execute(operation: StreamOperation, caller: Caller, events: readonly DeskEvent[]): Run {
    const run: Run = { size: events.length, waiting: [] };
    void this.#execute(operation, caller, events)
      .catch((error: unknown): Told => ({ payloads: [], failure: { error } }))
      .then((told) => {
        run.told = told;
        tellInTurns(run);
      });
    return run;
  }

  /** In one context, so that what they load is loaded together. */
  async #execute(
    operation: StreamOperation,
    caller: Caller,
    events: readonly DeskEvent[],
  ): Promise<Told> {
    const { schema, contextSources } = this.#options;
    let identity: string | undefined;
    const contextValue = sharedContext(contextSources, caller, () => {
      identity ??= identityOf(caller);
    });
    const { document, operationName, variableValues } = operation;
    const results = await Promise.allSettled(
      events.map(async (rootValue) =>
        this.#payloadOf(
          await execute({
            ...{ schema, document, operationName, variableValues, contextValue, rootValue },
          }),
        ),
      ),
    );
    if (identity !== undefined) this.#personal.set(operation.key, true);
    const payloads: Buffer[] = [];
    for (const result of results) {
      if (result.status === 'rejected') {
        return { payloads, identity, failure: { error: result.reason } };
      }
      payloads.push(result.value);
    }
    return { payloads, identity };
  }

  #payloadOf({ data = null, errors }: ExecutionResult): Buffer {
    const { present } = this.#options;
    const shown = errors === undefined ? { data } : { data, errors: errors.map(present) };
    return Buffer.from(JSON.stringify(shown));
  }
}

/** Others get their turn between those who wait: telling thousands takes tens of milliseconds. */
function tellInTurns(run: Run): void {
  const turn = run.waiting;
  run.waiting = turn.length > TOLD_IN_A_TURN ? turn.splice(TOLD_IN_A_TURN) : [];
  if (run.waiting.length > 0) setImmediate(tellInTurns, run);
  for (const tell of turn) tell();
}

/** One stream's share in the executions. */
export class Listener {
  readonly #executions: SharedExecutions;
  readonly #operation: StreamOperation;
  readonly #caller: Caller;
  readonly #identity: string;
  #key: string;
  #group: Group;
  /** The run that is waited for: the group may have forgotten it before it is there. */
  #awaited: Run | undefined;

  constructor(executions: SharedExecutions, operation: StreamOperation, caller: Caller) {
    this.#executions = executions;
    this.#operation = operation;
    this.#caller = caller;
    this.#identity = identityOf(caller);
    const scope = executions.isPersonal(operation) ? this.#identity : rightsOf(caller);
    this.#key = `${scope} ${operation.key}`;
    this.#group = executions.enter(this.#key);
  }

  /**
   * What this listener is told of the events. Undefined while that is being made: then `goOn` is called as
   * soon as it is there, to ask again for the same events.
   */
  toldOf(events: readonly DeskEvent[], goOn: () => void): Told | undefined {
    const run = this.#awaited ?? this.#runOf(events);
    const { told } = run;
    this.#awaited = undefined;
    if (told === undefined) {
      this.#awaited = run;
      run.waiting.push(goOn);
      return undefined;
    }
    if (told.identity === undefined || told.identity === this.#identity) return told;
    this.#standApart();
    return this.toldOf(events, goOn);
  }

  leave(): void {
    this.#executions.leave(this.#key, this.#group);
  }

  /** Somebody else's answer is that one's alone: from here on only with its own kind. */
  #standApart(): void {
    this.leave();
    this.#key = `${this.#identity} ${this.#operation.key}`;
    this.#group = this.#executions.enter(this.#key);
  }

  #runOf(events: readonly DeskEvent[]): Run {
    const group = this.#group;
    if (group.events === events && group.run && group.run.told?.failure === undefined) {
      return group.run;
    }
    const { runs } = group;
    const at = events.map(({ cursor }) => `${cursor.xid}.${cursor.position}`).join();
    let run = runs.get(at);
    // A failure is for those who waited: whoever comes later tries again.
    if (run === undefined || run.told?.failure !== undefined) {
      group.size += events.length - (run?.size ?? 0);
      run = this.#executions.execute(this.#operation, this.#caller, events);
      runs.set(at, run);
      for (const [oldest, { size }] of runs) {
        if (group.size <= KEPT || runs.size === 1) break;
        runs.delete(oldest);
        group.size -= size;
      }
    }
    group.events = events;
    group.run = run;
    return run;
  }
}
