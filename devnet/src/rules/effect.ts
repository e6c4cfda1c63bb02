/** One event of a contract, addresses without the leading 41. */
export interface LogEntry {
  readonly address: string;
  readonly topics: readonly string[];
  readonly data: string;
}

/** TRX that a contract sent on. */
export interface InternalTransaction {
  readonly hash: string;
  readonly caller: string;
  readonly to: string;
  readonly value: bigint;
  readonly rejected: boolean;
}

/** What the virtual machine used and did. */
export interface VmReceipt {
  readonly result: 'SUCCESS' | 'REVERT' | 'OUT_OF_ENERGY';
  /** Energy of the whole call. */
  readonly energyTotal: bigint;
  /** Part of it paid by stake. */
  readonly energyUsage: bigint;
  /** Sun burnt for the rest. */
  readonly energyFee: bigint;
  readonly penalty: bigint;
  readonly contract: string;
  readonly output: string;
  readonly message: string;
  readonly logs: readonly LogEntry[];
  readonly internal: readonly InternalTransaction[];
}

/** What executing a contract did beyond changing state; amounts in sun. */
export interface Effect {
  /** Fee of the contract itself, burnt. */
  readonly fee: bigint;
  readonly withdrawAmount?: bigint;
  readonly unfreezeAmount?: bigint;
  readonly withdrawExpireAmount?: bigint;
  readonly cancelled?: Readonly<Record<'BANDWIDTH' | 'ENERGY' | 'TRON_POWER', bigint>>;
  readonly vm?: VmReceipt;
}
