import { type Address, addressFromHex, parseAddress } from '../chain/address.ts';

/**
 * What a node's refusal is about. WALLET: what it holds, its bandwidth, its permissions: another wallet
 * may deliver. RECEIVER: nobody can deliver to it. NOBODY: the answer says nothing of either (time,
 * reference block, a busy node).
 */
export type RefusalSubject = 'WALLET' | 'RECEIVER' | 'NOBODY';

const ABOUT_THE_WALLET = /^(BANDWITH_ERROR|SIGERROR)/;
const VALIDATION = /^CONTRACT_VALIDATE_ERROR/;
/**
 * Of java-tron's DelegateResourceActuator and UnDelegateResourceActuator: who does not exist is named
 * as 21 bytes of hex (StringUtil.createReadableString); base58 is read too, for other versions.
 */
const MISSING = /Account\s*\[([0-9A-Za-z]+)\] (?:not exists|does not exist)/;
const BAD_RECEIVER =
  /Do not allow delegate resources to contract addresses|Invalid receiverAddress|receiverAddress must not be the same as ownerAddress/;

/**
 * Whom the answer of a node to a delegation blames. It is advice: only a proof of death decides that
 * nothing was delivered.
 * @param answer code and message, as stored with the attempt
 */
export function refusalSubject(
  answer: string,
  { owner, receiver }: { readonly owner: Address; readonly receiver: Address | null },
): RefusalSubject {
  if (ABOUT_THE_WALLET.test(answer)) return 'WALLET';
  if (!VALIDATION.test(answer)) return 'NOBODY';
  if (BAD_RECEIVER.test(answer)) return 'RECEIVER';
  const missing = MISSING.exec(answer)?.[1];
  if (missing === undefined) return 'WALLET';
  const address = readAddress(missing);
  if (address === receiver && receiver !== owner) return 'RECEIVER';
  return address === owner ? 'WALLET' : 'NOBODY';
}

function readAddress(text: string): Address | null {
  try {
    return /^41[0-9a-fA-F]{40}$/.test(text) ? addressFromHex(text) : parseAddress(text);
  } catch {
    return null;
  }
}
