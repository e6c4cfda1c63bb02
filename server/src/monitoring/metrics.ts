import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Gauges that others fill at each scrape: numbers by the value of one label. */
export interface Measurement {
  readonly name: string;
  readonly help: string;
  readonly label: string;
  readonly read: () =>
    Promise<Iterable<readonly [string, number]>> | Iterable<readonly [string, number]>;
}

/** Between two looks at how late the event loop is: each wakes the process. */
const LOOK_MS = 50;
const SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
/** Callers choose the names of their operations: beyond this many different ones they count as one. */
const MOST_NAMES = 200;
const OTHER = 'other';

/** What Prometheus reads of this process. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #names = new Set<string>();
  readonly #http: Histogram<'method' | 'path' | 'status'>;
  readonly #operations: Histogram<'name' | 'kind'>;
  readonly #errors: Counter<'name' | 'code'>;
  readonly #onError: (error: unknown) => void;

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
    const registers = [this.#registry];
    // Memory, garbage collection, event-loop delay, open handles.
    collectDefaultMetrics({ register: this.#registry, eventLoopMonitoringPrecision: LOOK_MS });
    this.#http = new Histogram({
      name: 'desk_http_request_seconds',
      help: 'HTTP requests by method, path and status.',
      labelNames: ['method', 'path', 'status'],
      buckets: SECONDS,
      registers,
    });
    this.#operations = new Histogram({
      name: 'desk_graphql_operation_seconds',
      help: 'GraphQL operations by name and kind.',
      labelNames: ['name', 'kind'],
      buckets: SECONDS,
      registers,
    });
    this.#errors = new Counter({
      name: 'desk_graphql_errors_total',
      help: 'Errors that GraphQL operations answered with, by operation and code.',
      labelNames: ['name', 'code'],
      registers,
    });
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** One HTTP request. `path` is one of few known ones, never what the caller wrote. */
  observeHttp(method: string, path: string, status: number, seconds: number): void {
    const known = ['GET', 'POST', 'HEAD', 'OPTIONS'].includes(method) ? method : OTHER;
    this.#http.observe({ method: known, path, status: String(status) }, seconds);
  }

  /** One GraphQL operation with the codes of its errors. */
  observeOperation(
    name: string | null | undefined,
    kind: string,
    seconds: number,
    codes: readonly string[],
  ): void {
    const label = this.#nameOf(name);
    this.#operations.observe({ name: label, kind }, seconds);
    for (const code of codes) this.#errors.inc({ name: label, code });
  }

  /** Adds a gauge that is read at each scrape; when that fails, it is left out of the answer. */
  measure({ name, help, label, read }: Measurement): void {
    const onError = this.#onError;
    new Gauge({
      name,
      help,
      labelNames: [label],
      registers: [this.#registry],
      async collect() {
        this.reset();
        try {
          for (const [value, number] of await read()) this.set({ [label]: value }, number);
        } catch (error) {
          onError(error);
        }
      },
    });
  }

  /** Everything, in Prometheus' text format. */
  expose(): Promise<string> {
    return this.#registry.metrics();
  }

  #nameOf(name: string | null | undefined): string {
    const given = name || 'anonymous';
    if (this.#names.has(given)) return given;
    if (this.#names.size >= MOST_NAMES) return OTHER;
    this.#names.add(given);
    return given;
  }
}
