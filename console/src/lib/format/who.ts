import type { ActorKind } from '../graphql/generated/graphql.ts';

/** Who did it: the name, or what kind of somebody it was when there is none. */
export function whoText(
  actor: { kind: ActorKind; name: string },
  kinds: Record<ActorKind, string>,
): string {
  if (actor.kind === 'SYSTEM') return kinds.SYSTEM;
  return actor.name === '' ? kinds[actor.kind] : actor.name;
}
