import {
  type Bindings,
  type ChildLoggerOptions,
  type DestinationStream,
  type Logger,
  pino,
} from 'pino';
import { censor, scrub } from './censor.ts';
import { prettyLine } from './pretty-line.ts';

export interface LoggerOptions {
  readonly level: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
  /** Lines for people instead of JSON. */
  readonly pretty: boolean;
  readonly instanceName: string;
  /** Standard output unless told. */
  readonly destination?: DestinationStream;
}

type MakeChild = (this: Logger, bindings: Bindings, options?: ChildLoggerOptions) => Logger;
type SetBindings = (this: Logger, bindings: Bindings) => void;

/**
 * The process's logger: a line of JSON each, with ids as bindings (`log.child({ requestId })`,
 * `orderId`, `txid`). Every object and every line goes through the censor on its way out.
 */
export function createLogger(options: LoggerOptions): Logger {
  const { level, pretty, instanceName, destination } = options;
  const log = pino(
    {
      level,
      base: { instance: instanceName },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: {
        level: (label) => ({ level: label }),
        log: (object) => censor(object),
      },
      // The censor has made a plain object of it already.
      serializers: { err: (error: unknown) => error },
      hooks: { streamWrite: (line) => (pretty ? prettyLine(scrub(line)) : scrub(line)) },
    },
    destination ?? pino.destination({ dest: 1, sync: false }),
  );
  // Bindings of children pass no formatter of pino's; children inherit these two from their parent.
  const child = Reflect.get(log, 'child') as unknown as MakeChild;
  const setBindings: SetBindings = Reflect.get(log, 'setBindings');
  Object.defineProperties(log, {
    child: {
      value(this: Logger, bindings: Bindings, options?: ChildLoggerOptions): Logger {
        return child.call(this, censor(bindings), options);
      },
    },
    setBindings: {
      value(this: Logger, bindings: Bindings): void {
        setBindings.call(this, censor(bindings));
      },
    },
  });
  return log;
}
