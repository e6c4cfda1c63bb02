import type { NodePace } from './paced-transport.ts';

/** Limits by host, as configured; null lifts the limit. */
export type NodeLimits = ReadonlyMap<string, NodePace | null>;

/**
 * What a public node is asked at most. Providers count differently and change it; 15 requests a
 * second is what one of the best known is reported to bear (tron-facts 8).
 */
export const PUBLIC_PACE: NodePace = { perSecond: 12, burst: 24 };

/**
 * How often a node may be asked: what is configured for its host, else no limit for a node in one's
 * own house (a name without a dot, `.local`, `.internal`, a private address), else
 * {@link PUBLIC_PACE}.
 */
export function paceOf(url: string, limits: NodeLimits): NodePace | null {
  const { host, hostname } = new URL(url);
  const configured = limits.get(host) ?? limits.get(hostname);
  if (configured !== undefined) return configured;
  if (limits.has(host) || limits.has(hostname)) return null;
  return isOwn(hostname) ? null : PUBLIC_PACE;
}

function isOwn(hostname: string): boolean {
  if (hostname.startsWith('[')) return /^\[(::1|f[cd][0-9a-f]{2}:.*|fe80:.*)\]$/i.test(hostname);
  if (!hostname.includes('.')) return true;
  if (/\.(local|internal|localhost|lan)$/i.test(hostname)) return true;
  return /^(127\.|10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.)[\d.]+$/.test(hostname);
}

/**
 * Reads `host=perSecond/burst` or `host=none`, with commas between; null where it is none of these.
 */
export function parseNodeLimits(text: string): NodeLimits | null {
  const limits = new Map<string, NodePace | null>();
  for (const item of text.split(',').map((part) => part.trim())) {
    const match = /^([\w.:[\]-]+)=(?:none|(\d{1,6})\/(\d{1,6}))$/.exec(item);
    const [, host, perSecond, burst] = match ?? [];
    if (host === undefined) return null;
    if (perSecond === undefined) limits.set(host, null);
    else limits.set(host, { perSecond: Number(perSecond), burst: Number(burst) });
  }
  const paces = [...limits.values()].filter((pace) => pace !== null);
  return paces.every(({ perSecond, burst }) => perSecond > 0 && burst > 0) ? limits : null;
}
