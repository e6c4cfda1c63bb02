/** SQL: whether no halt is open. While one is, nothing is claimed, and nothing waits for a signature. */
export const SIGNING_GOES_ON = 'not exists (select from signer_halts where lifted_at is null)';
