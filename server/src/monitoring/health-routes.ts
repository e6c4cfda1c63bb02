import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { type HealthRegistry, overallStatus } from './health-registry.ts';
import type { Metrics } from './metrics.ts';

/** An answer of a path beside GraphQL. */
export interface PlainAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

export type PlainRoute = (request: IncomingMessage) => Promise<PlainAnswer> | PlainAnswer;

export interface HealthRouteParts {
  readonly registry: HealthRegistry;
  readonly metrics: Metrics;
  /** /metrics asks for it as a bearer token; undefined means that /metrics is open. */
  readonly metricsToken: string | undefined;
  readonly version: string;
}

/**
 * /healthz: the process lives, nothing else is asked. /readyz: every dependency with its state, 503
 * when an essential one is down. /metrics: Prometheus.
 */
export function healthRoutes(parts: HealthRouteParts): Readonly<Record<string, PlainRoute>> {
  return {
    '/healthz': () => json(200, { status: 'UP', version: parts.version }),
    '/readyz': async () => {
      const dependencies = await parts.registry.states();
      const status = overallStatus(dependencies);
      return json(status === 'DOWN' ? 503 : 200, { status, dependencies });
    },
    '/metrics': async (request) => {
      if (!mayRead(request, parts.metricsToken)) {
        return { status: 401, contentType: 'text/plain', body: 'Send the metrics token.\n' };
      }
      const body = await parts.metrics.expose();
      return { status: 200, contentType: parts.metrics.contentType, body };
    },
  };
}

function json(status: number, body: object): PlainAnswer {
  return { status, contentType: 'application/json', body: `${JSON.stringify(body)}\n` };
}

function mayRead(request: IncomingMessage, token: string | undefined): boolean {
  if (token === undefined) return true;
  const given = Buffer.from(request.headers.authorization ?? '');
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
