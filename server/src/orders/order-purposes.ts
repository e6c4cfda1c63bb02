/** Purpose of the delegation of a slice; the reference is the slice. */
export const DELIVER = 'deliver';

/** Purpose of the undelegation of a rental; the reference is the rental, that is its slice. */
export const RECLAIM = 'reclaim';
