/** Who does something: written on every change of state, ledger transfer and audit row. */
export type Actor =
  | { readonly kind: 'OPERATOR'; readonly id: string; readonly name: string }
  | { readonly kind: 'API_CLIENT'; readonly id: string; readonly name: string }
  | { readonly kind: 'SYSTEM'; readonly id: null; readonly name: string };

/** A part of the desk that acts by itself: `system('reclaim')`. */
export function system(name: string): Actor {
  return { kind: 'SYSTEM', id: null, name };
}

/** The actor as one text, as stored: `OPERATOR:<id>:<name>`. */
export function formatActor(actor: Actor): string {
  return `${actor.kind}:${actor.id ?? ''}:${actor.name}`;
}

/** Reads what {@link formatActor} wrote. */
export function parseActor(text: string): Actor {
  const [kind, id, ...name] = text.split(':');
  if ((kind === 'OPERATOR' || kind === 'API_CLIENT') && id)
    return { kind, id, name: name.join(':') };
  return system(name.join(':') || text);
}
