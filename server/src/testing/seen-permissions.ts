import type { GraphqlCaller } from './graphql-desk.ts';

const PERMISSIONS = `query ($id: ID!) { wallet(id: $id) { state stateReason permissions {
  signer permissionId changedBlock alarm
  set { owns beyond missing verdict owner { keys { address weight } }
        actives { id name threshold operations keys { address } } } } } }`;

export interface SeenWallet {
  state: string;
  stateReason: string | null;
  permissions: {
    signer: string;
    permissionId: number;
    changedBlock: number | null;
    alarm: string | null;
    set: { owns: boolean; beyond: string[]; missing: string[]; verdict: string };
  };
}

/** A wallet's state and what its permissions allow, as a caller sees them. */
export async function seePermissions(caller: GraphqlCaller, id: string): Promise<SeenWallet> {
  return (await caller.request<{ wallet: SeenWallet }>(PERMISSIONS, { id })).wallet;
}
