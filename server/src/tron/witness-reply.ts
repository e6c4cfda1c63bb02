import { z } from 'zod';
import type { Address } from '../chain/address.ts';
import { flag, hexAddress, int64 } from './node-json.ts';

/** A candidate for producing blocks. */
export interface Witness {
  readonly address: Address;
  readonly url: string;
  /** Whole TRX of voting power, of the last count. */
  readonly votes: bigint;
  /** Whether it is among the 27 that make blocks. */
  readonly active: boolean;
}

const witness = z.object({
  address: hexAddress,
  voteCount: int64,
  url: z.string().default(''),
  isJobs: flag,
});

/** Reads listwitnesses' reply. @throws ZodError */
export function readWitnesses(reply: unknown): Witness[] {
  const { witnesses } = z.object({ witnesses: z.array(witness).default([]) }).parse(reply);
  return witnesses.map(({ address, url, voteCount, isJobs }) => ({
    address,
    url,
    votes: voteCount,
    active: isJobs,
  }));
}

/** Reads getBrokerage's reply: the per cent of the rewards that the witness keeps. @throws ZodError */
export function readBrokerage(reply: unknown): number {
  return z.object({ brokerage: z.number().int().min(0).max(100).default(0) }).parse(reply)
    .brokerage;
}
