import type { Finding } from './health-registry.ts';

/** The pool as something the desk leans on. @param low the setting `inventory.lowEnergy` */
export function findStock(freeEnergy: bigint, low: bigint): Finding {
  if (freeEnergy === 0n) return { status: 'DOWN', detail: 'No Energy is free to be sold.' };
  if (freeEnergy < low) {
    const detail = `Only ${freeEnergy.toString()} Energy is free; below ${low.toString()} it is low.`;
    return { status: 'DEGRADED', detail };
  }
  return { status: 'UP', detail: `${freeEnergy.toString()} Energy is free.` };
}
