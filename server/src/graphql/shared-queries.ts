import { type ExecutionResult, type OperationDefinitionNode, OperationTypeNode } from 'graphql';
import type { Alarm } from '../kernel/clock.ts';
import type { DeskContext } from './context.ts';
import type { ContextSources } from './create-context.ts';
import type { Execution, CompiledQueries } from './compiled-queries.ts';
import { identityOf, rightsOf, sharedContext } from './stream-scope.ts';

/** An execution for one request. */
type RequestExecution = Execution & { readonly contextValue: DeskContext };

/** Longest wait for an execution under way; whatever it takes, the next one begins then. */
export const PATIENCE_MS = 20;
/** Longer variables are not compared. */
const MOST_VARIABLES = 2_000;

/** What may be shared by those who ask for it: an answer, with its errors never. */
type Sharing = 'rights' | 'caller' | 'never';

interface Waiting {
  readonly execution: RequestExecution;
  readonly resolve: (result: Promise<ExecutionResult>) => void;
}

/** The executions of what the same rights ask for in the same words. */
interface Line {
  running: number;
  waiting: Waiting[];
  alarm: Alarm | undefined;
}

/**
 * A query that is asked for while the same one is being executed waits for that to end, and then shares
 * one execution with all who have come meanwhile. An execution answers only requests that came before it
 * began, so everybody reads what was written before asking. What belongs to a request (its limits, its
 * headers, its place in the logs and figures) is done for each; only the execution is one.
 */
export class SharedQueries {
  readonly #queries: Pick<CompiledQueries, 'execute'>;
  readonly #sources: ContextSources;
  readonly #lines = new Map<string, Line>();
  readonly #sharings = new WeakMap<OperationDefinitionNode, Sharing>();
  readonly #numbers = new WeakMap<OperationDefinitionNode, number>();
  #count = 0;

  constructor(queries: Pick<CompiledQueries, 'execute'>, sources: ContextSources) {
    this.#queries = queries;
    this.#sources = sources;
  }

  execute(execution: RequestExecution): Promise<ExecutionResult> {
    const key = this.#keyOf(execution);
    if (key === undefined) return this.#queries.execute(execution);
    const line = this.#lines.get(key);
    if (line !== undefined) return this.#wait(key, line, execution);
    const begun: Line = { running: 0, waiting: [], alarm: undefined };
    this.#lines.set(key, begun);
    return this.#run(key, begun, () => this.#queries.execute(execution));
  }

  #wait(key: string, line: Line, execution: RequestExecution): Promise<ExecutionResult> {
    if (line.waiting.length === 0) {
      line.alarm = this.#sources.clock.after(PATIENCE_MS, () => this.#next(key, line));
    }
    return new Promise((resolve) => {
      line.waiting.push({ execution, resolve });
    });
  }

  async #run<T>(key: string, line: Line, work: () => Promise<T>): Promise<T> {
    line.running += 1;
    try {
      return await work();
    } finally {
      line.running -= 1;
      this.#next(key, line);
    }
  }

  /** Begins with all who wait. */
  #next(key: string, line: Line): void {
    line.alarm?.cancel();
    const members = line.waiting;
    if (members.length > 0) {
      line.waiting = [];
      void this.#run(key, line, () => this.#together(members));
    } else if (line.running === 0) {
      this.#lines.delete(key);
    }
  }

  /** Never fails: each member is given its own answer or error. */
  async #together(members: readonly Waiting[]): Promise<void> {
    const [first, ...others] = members;
    if (first === undefined) return;
    const shared = others.length === 0 ? undefined : await this.#share(first.execution);
    const own = members.flatMap(({ execution, resolve }) => {
      const isMeant =
        shared !== undefined &&
        (shared.identity ?? identityOf(execution.contextValue.caller)) ===
          identityOf(execution.contextValue.caller);
      const result = isMeant ? Promise.resolve(shared.result) : this.#queries.execute(execution);
      resolve(result);
      return isMeant ? [] : [result];
    });
    await Promise.allSettled(own);
  }

  /** An answer that others may have, too; undefined when there is none. */
  async #share(
    execution: RequestExecution,
  ): Promise<{ readonly result: ExecutionResult; readonly identity?: string } | undefined> {
    const { operation, contextValue } = execution;
    if (operation === undefined) return undefined;
    const { caller } = contextValue;
    const sharing = { is: this.#sharings.get(operation) ?? 'rights' };
    const shared = sharedContext(this.#sources, caller, (name) => {
      const isOfRequest = OF_REQUEST.has(name);
      if (isOfRequest) sharing.is = 'never';
      else if (sharing.is === 'rights') sharing.is = 'caller';
      this.#sharings.set(operation, sharing.is);
      if (isOfRequest) throw new Error('what belongs to a request is shared with nobody');
    });
    const result = await this.#queries
      .execute({ ...execution, contextValue: shared })
      .catch(nothing);
    if (result?.errors !== undefined || result === undefined) return undefined;
    return sharing.is === 'rights' ? { result } : { result, identity: identityOf(caller) };
  }

  /** Equal keys have equal answers, as far as is known yet; undefined for what is not shared. */
  #keyOf({ operation, variableValues, contextValue }: RequestExecution): string | undefined {
    if (operation?.operation !== OperationTypeNode.QUERY) return undefined;
    const sharing = this.#sharings.get(operation);
    if (sharing === 'never') return undefined;
    const variables = JSON.stringify(variableValues);
    if (variables.length > MOST_VARIABLES) return undefined;
    const { caller } = contextValue;
    const scope = sharing === 'caller' ? identityOf(caller) : rightsOf(caller);
    return `${this.#numberOf(operation)} ${scope} ${variables}`;
  }

  #numberOf(operation: OperationDefinitionNode): number {
    let number = this.#numbers.get(operation);
    if (number === undefined) {
      this.#count += 1;
      number = this.#count;
      this.#numbers.set(operation, number);
    }
    return number;
  }
}

/** Of the context, what no two requests have in common. */
const OF_REQUEST: ReadonlySet<string> = new Set([
  ...['audit', 'requestId', 'remoteAddress', 'userAgent', 'responseCookies'],
]);

function nothing(): undefined {
  return undefined;
}
