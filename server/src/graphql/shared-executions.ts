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
/** Operations of which it is remembered that they ask who the caller is. */
const PERSONAL_OPERATIONS = 1_000;

interface Answer {
  /** The result as JSON: data, and errors as they are shown. */
  readonly payload: Buffer;
  /** Whom it is for alone, because the execution asked who the caller is. */
  readonly identity: string | undefined;
}

/** Those whose answers are the same. */
class Group {
  members = 0;
  readonly answers = new Map<string, Answer | Promise<Answer>>();
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

  async execute(operation: StreamOperation, caller: Caller, event: DeskEvent): Promise<Answer> {
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

/** One stream's share in the executions. */
export class Listener {
  readonly #executions: SharedExecutions;
  readonly #operation: StreamOperation;
  readonly #caller: Caller;
  readonly #identity: string;
  #key: string;
  #group: Group;

  constructor(executions: SharedExecutions, operation: StreamOperation, caller: Caller) {
    this.#executions = executions;
    this.#operation = operation;
    this.#caller = caller;
    this.#identity = identityOf(caller);
    const scope = executions.isPersonal(operation) ? this.#identity : rightsOf(caller);
    this.#key = `${scope} ${operation.key}`;
    this.#group = executions.enter(this.#key);
  }

  /** What this listener is told of the event, as JSON; at once when somebody has asked before. */
  payloadOf(event: DeskEvent): Buffer | Promise<Buffer> {
    const answer = this.#answerOf(event);
    if (answer instanceof Promise) return this.#payloadOf(event, answer);
    if (answer.identity === undefined || answer.identity === this.#identity) return answer.payload;
    return this.#ownPayloadOf(event);
  }

  leave(): void {
    this.#executions.leave(this.#key, this.#group);
  }

  async #payloadOf(event: DeskEvent, coming: Promise<Answer>): Promise<Buffer> {
    const { identity, payload } = await coming;
    return identity === undefined || identity === this.#identity
      ? payload
      : this.#ownPayloadOf(event);
  }

  /** Somebody else's answer is that one's alone: from here on only with its own kind. */
  async #ownPayloadOf(event: DeskEvent): Promise<Buffer> {
    this.leave();
    this.#key = `${this.#identity} ${this.#operation.key}`;
    this.#group = this.#executions.enter(this.#key);
    return (await this.#answerOf(event)).payload;
  }

  #answerOf(event: DeskEvent): Answer | Promise<Answer> {
    const { answers } = this.#group;
    const at = `${event.cursor.xid}.${event.cursor.position}`;
    const known = answers.get(at);
    if (known !== undefined) return known;
    const coming = this.#executions.execute(this.#operation, this.#caller, event);
    answers.set(at, coming);
    coming.then(
      (answer) => answers.has(at) && answers.set(at, answer),
      () => answers.delete(at),
    );
    for (const oldest of answers.keys()) {
      if (answers.size <= KEPT) break;
      answers.delete(oldest);
    }
    return coming;
  }
}
