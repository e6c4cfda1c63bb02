/**
 * The rooms of server/src and the arrows between them (docs/design, "The house"), as data.
 * A room may import the rooms of every row above its own, and itself.
 */
export const rows = [
  ['kernel'],
  ['database', 'chain'],
  ['tron'],
  ['following'],
  ['events', 'settings', 'ledger', 'signer', 'safety'],
  ['signing'],
  ['operations'],
  ['capacity', 'users'],
  ['wallets'],
  ['permissions'],
  ['pricing', 'rates', 'withdrawals', 'deposits', 'risk', 'staking', 'upkeep'],
  ['orders', 'sweeps'],
  ['finance', 'monitoring', 'inspection', 'access'],
  ['graphql', 'jobs'],
  ['app'],
];

/** Arrows inside one row, each with its reason. */
export const sideways = [
  { from: 'upkeep', to: 'staking', why: 'it has wallets paid and their permissions changed there' },
  { from: 'withdrawals', to: 'staking', why: 'what a wallet can spend is known there' },
  { from: 'deposits', to: 'withdrawals', why: 'a deposit is returned by a withdrawal' },
  { from: 'deposits', to: 'rates', why: 'a credit may be converted at once' },
  { from: 'events', to: 'settings', why: 'how long events are kept is a setting' },
  { from: 'safety', to: 'events', why: 'a change of the safe mode is told at once' },
];

/** Rooms that may import less than the rows above them. */
export const narrow = [
  { room: 'chain', may: ['kernel'], why: 'bytes and maths, for the signer too' },
  { room: 'tron', may: ['kernel', 'chain'], why: 'nodes are asked without a database' },
  { room: 'signer', may: ['kernel', 'chain'], why: 'it signs without a database and a network' },
];

/** Endings that a framework forces, and what such a file may import beyond its room's arrows. */
export const leaves = [
  { ending: '.resolver.ts', may: ['graphql', 'access'], importedBy: ['graphql'] },
  { ending: '.rules.ts', may: ['graphql', 'access'], importedBy: ['graphql'] },
  { ending: '.jobs.ts', may: ['jobs'], importedBy: ['jobs'] },
  {
    ending: '.graphql.ts',
    may: ['graphql', 'access'],
    importedBy: ['graphql'],
    importedByEndings: ['.graphql.ts', '.resolver.ts', '.rules.ts'],
  },
];

/** Programs and tests: they put rooms together, so they may import all of them. */
export const free = [
  /^[^/]+\.ts$/,
  /^app\//,
  /^testing\//,
  /^simulation\//,
  /^crash\//,
  /\.test\.ts$/,
  /^database\/check-migrations\.ts$/,
  /^graphql\/print-schema\.ts$/,
];
