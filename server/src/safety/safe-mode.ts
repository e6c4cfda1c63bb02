/** From the freest to the strictest. */
export const SAFE_MODES = ['ACCEPT', 'QUEUE', 'REFUSE'] as const;
export type SafeMode = (typeof SAFE_MODES)[number];

export const SAFE_MODE_SCOPES = ['ALL', 'PRODUCT', 'WALLET'] as const;
export type SafeModeScope = (typeof SAFE_MODE_SCOPES)[number];

/** What is sold, each by the resource that its delegations give. */
export const PRODUCTS = { ENERGY_RENTAL: 'ENERGY' } as const satisfies Record<
  string,
  'ENERGY' | 'BANDWIDTH'
>;
export type Product = keyof typeof PRODUCTS;

export function isProduct(text: string): text is Product {
  return Object.hasOwn(PRODUCTS, text);
}

/** Who says so: people, or the check of one invariant. The strictest of all of them holds. */
export const SOURCES = ['PERSON', 'BOOKS', 'DRIFT', 'REFUNDS', 'NODES'] as const;
export type SafeModeSource = (typeof SOURCES)[number];
export type InvariantSource = Exclude<SafeModeSource, 'PERSON'>;

/** One source's word about one subject. */
export interface SafeModeWord {
  readonly scope: SafeModeScope;
  /** Empty for ALL, a product's name, a wallet's id. */
  readonly subject: string;
  /** The wallet's account; null for other scopes. */
  readonly address: string | null;
  readonly mode: SafeMode;
  readonly reason: string;
}

/** The row that the claim and the placing of orders read: all words in one. */
export interface CompiledSafeMode {
  readonly mode: SafeMode;
  readonly reason: string | null;
  readonly heldResources: readonly string[];
  readonly refusedResources: readonly string[];
  /** Resource → why, of those that are not accepted. */
  readonly resourceReasons: Readonly<Record<string, string>>;
  readonly heldWallets: readonly string[];
  readonly refusedWallets: readonly string[];
}

/** The stricter of two. */
export function stricter(a: SafeMode, b: SafeMode): SafeMode {
  return SAFE_MODES.indexOf(a) >= SAFE_MODES.indexOf(b) ? a : b;
}

/** Brings every source's word into one row; the strictest word about a subject gives its reason. */
export function compileSafeMode(words: readonly SafeModeWord[]): CompiledSafeMode {
  const all = strictest(words.filter(({ scope }) => scope === 'ALL'));
  const products = words.filter(({ scope }) => scope === 'PRODUCT');
  const resources = [...Map.groupBy(products, resourceOf)].flatMap(([resource, said]) => {
    const word = strictest(said);
    return resource === undefined || word === undefined ? [] : [{ resource, word }];
  });
  const wallets = words.flatMap(({ scope, address, mode }) =>
    scope === 'WALLET' && address !== null ? [{ address, mode }] : [],
  );
  return {
    mode: all?.mode ?? 'ACCEPT',
    reason: all?.reason ?? null,
    heldResources: resources.map(({ resource }) => resource).sort(),
    refusedResources: resources
      .filter(({ word }) => word.mode === 'REFUSE')
      .map(({ resource }) => resource)
      .sort(),
    resourceReasons: Object.fromEntries(
      resources.map(({ resource, word }) => [resource, word.reason]),
    ),
    heldWallets: addresses(wallets.filter(({ mode }) => mode !== 'ACCEPT')),
    refusedWallets: addresses(wallets.filter(({ mode }) => mode === 'REFUSE')),
  };
}

/** Undefined when nobody says more than ACCEPT. */
function strictest(words: readonly SafeModeWord[]): SafeModeWord | undefined {
  let found: SafeModeWord | undefined;
  for (const word of words) {
    if (word.mode === 'ACCEPT') continue;
    if (!found || (word.mode === 'REFUSE' && found.mode === 'QUEUE')) found = word;
  }
  return found;
}

/** Undefined for a product of another version of the desk. */
function resourceOf({ subject }: SafeModeWord): string | undefined {
  return isProduct(subject) ? PRODUCTS[subject] : undefined;
}

function addresses(wallets: readonly { readonly address: string }[]): string[] {
  return [...new Set(wallets.map(({ address }) => address))].sort();
}

/** Why orders that need this resource are refused, in words for buyers; undefined when they are not. */
export function refusalOf(
  compiled: Pick<CompiledSafeMode, 'mode' | 'reason' | 'refusedResources' | 'resourceReasons'>,
  resource: string,
): string | undefined {
  if (compiled.mode === 'REFUSE') return compiled.reason ?? '';
  if (!compiled.refusedResources.includes(resource)) return undefined;
  return compiled.resourceReasons[resource] ?? '';
}
