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

/** Answers that a group keeps: who is further behind the others executes for itself. */
const KEPT = 32;
/** Those who wait and are told before others get their turn: a few milliseconds. */
const TOLD_IN_A_TURN = 250;
/** Operations of which it is remembered that they ask who the caller is. */
const PERSONAL_OPERATIONS = 1_000;

/** What an execution has come to: bytes, or what it failed with, or neither yet. */
interface Answer {
  /** The result as JSON: data, and errors as they are shown. */
  payload?: Buffer;
  failure?: { readonly error: unknown };
  /** Whom it is for alone, because the execution asked who the caller is. */
  identity?: string | undefined;
  /** Those who asked before it was there. */
  waiting: (() => void)[];
}

/** Those whose answers are the same. */
class Group {
  members = 0;
  readonly answers = new Map<string, Answer>();
  /** What was asked for last: in a wave all ask for the same. */
  event: DeskEvent | undefined;
  answer: Answer | undefined;
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

  /** Answers at once; `waiting` are called when there is a payload or a failure. */
  execute(operation: StreamOperation, caller: Caller, event: DeskEvent): Answer {
    const answer: Answer = { waiting: [] };
    void this.#execute(operation, caller, event)
      .then(
        (found) => Object.assign(answer, found),
        (error: unknown) => Object.assign(answer, { failure: { error } }),
      )
      .then(() => tellInTurns(answer));
    return answer;
  }

  async #execute(
    operation: StreamOperation,
    caller: Caller,
    event: DeskEvent,
  ): Promise<Pick<Answer, 'payload' | 'identity'>> {
    const { schema, contextSources, present } = this.#options;
    let identity: string | undefined;
    const contextValue = sharedContext(contextSources, caller, () => {
      identity ??= identityOf(caller);
    });
    const { document, operationName, variableValues } = operation;
    const result: ExecutionResult = await execute({
      ...{ schema, document, operationName, variableValues, contextValue },
      rootValue: event,
    });
    if (identity !== undefined) this.#personal.set(operation.key, true);
    const { data = null, errors } = result;
    const shown = errors === undefined ? { data } : { data, errors: errors.map(present) };
    return { payload: Buffer.from(JSON.stringify(shown)), identity };
  }
}

/** Others get their turn between those who wait: telling thousands takes tens of milliseconds. */
function tellInTurns(answer: Answer): void {
  const turn = answer.waiting;
  answer.waiting = turn.length > TOLD_IN_A_TURN ? turn.splice(TOLD_IN_A_TURN) : [];
  if (answer.waiting.length > 0) setImmediate(tellInTurns, answer);
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
  /** The answer that is waited for: the group may have forgotten it before it is there. */
  #awaited: Answer | undefined;

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
   * What this listener is told of the event, as JSON. Undefined while that is being made: then
   * `goOn` is called as soon as it is there, to ask again for the same event.
   * @throws what the execution failed with
   */
  payloadOf(event: DeskEvent, goOn: () => void): Buffer | undefined {
    const answer = this.#awaited ?? this.#answerOf(event);
    const { payload, identity, failure } = answer;
    this.#awaited = undefined;
    if (failure !== undefined) throw failure.error;
    if (payload === undefined) {
      this.#awaited = answer;
      answer.waiting.push(goOn);
      return undefined;
    }
    if (identity === undefined || identity === this.#identity) return payload;
    this.#standApart();
    return this.payloadOf(event, goOn);
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

  #answerOf(event: DeskEvent): Answer {
    const group = this.#group;
    if (group.event === event && group.answer?.failure === undefined && group.answer) {
      return group.answer;
    }
    const { answers } = group;
    const at = `${event.cursor.xid}.${event.cursor.position}`;
    let answer = answers.get(at);
    // A failure is for those who waited: whoever comes later tries again.
    if (answer === undefined || answer.failure !== undefined) {
      answer = this.#executions.execute(this.#operation, this.#caller, event);
      answers.set(at, answer);
      for (const oldest of answers.keys()) {
        if (answers.size <= KEPT) break;
        answers.delete(oldest);
      }
    }
    group.event = event;
    group.answer = answer;
    return answer;
  }
}
