/** Figures that proposals set on mainnet; amounts in sun. Sources: tron-facts 1.2, 3.2, 3.3, 7. */
export interface Parameters {
  readonly bandwidthPrice: bigint;
  readonly energyPrice: bigint;
  readonly memoFee: bigint;
  readonly multiSignFee: bigint;
  readonly permissionUpdateFee: bigint;
  /** Burnt for the bandwidth of a transfer that creates an account. */
  readonly createAccountFee: bigint;
  /** Fee of the creation itself. */
  readonly newAccountFee: bigint;
  readonly freeNetLimit: bigint;
  readonly totalNetLimit: bigint;
  readonly totalEnergyLimit: bigint;
  readonly unfreezeDelayDays: number;
  /** Blocks; a value above 86,400 lets the sender choose the period. */
  readonly maxDelegateLockPeriod: bigint;
  /** ms */
  readonly maintenanceInterval: number;
  readonly blockReward: bigint;
  readonly voteReward: bigint;
  /** Percent of a reward that a representative keeps. */
  readonly brokerage: bigint;
}

export const mainnetParameters: Parameters = {
  bandwidthPrice: 1_000n,
  energyPrice: 100n,
  memoFee: 1_000_000n,
  multiSignFee: 1_000_000n,
  permissionUpdateFee: 100_000_000n,
  createAccountFee: 100_000n,
  newAccountFee: 1_000_000n,
  freeNetLimit: 600n,
  totalNetLimit: 43_200_000_000n,
  totalEnergyLimit: 180_000_000_000n,
  unfreezeDelayDays: 14,
  maxDelegateLockPeriod: 864_000n,
  maintenanceInterval: 21_600_000,
  blockReward: 8_000_000n,
  voteReward: 128_000_000n,
  brokerage: 20n,
};

/** Chain time between two blocks. */
export const slotMs = 3_000;
/** Slots of 24 h: a used resource is back after so many. */
export const fullWindow = 28_800n;
export const dayMs = 86_400_000;
/** Bytes added to every transaction's bandwidth for its result. */
export const resultSize = 64;
export const trx = 1_000_000n;
export const maxUnfreezes = 32;
/** Contract types that a permission may allow; also the operations of a default active permission. */
export const availableOperations = '7fff1fc0033efb0f'.padEnd(64, '0');
