import { createRequire } from 'node:module';
import util from 'node:util';
import type { applyMiddleware as ApplyMiddleware } from 'graphql-middleware';
import type { rule as Rule, shield as Shield } from 'graphql-shield';

// graphql-shield 7.6 calls util.isUndefined, which Node 24 took away.
if (!('isUndefined' in util)) {
  Object.defineProperty(util, 'isUndefined', { value: (value: unknown) => value === undefined });
}

// Both through one require: from two module formats they do not know each other's classes.
const load = createRequire(import.meta.url);
const fromShield = load('graphql-shield') as { shield: typeof Shield; rule: typeof Rule };
const fromMiddleware = load('graphql-middleware') as { applyMiddleware: typeof ApplyMiddleware };

export const shield = fromShield.shield;
export const rule = fromShield.rule;
export const applyMiddleware = fromMiddleware.applyMiddleware;
