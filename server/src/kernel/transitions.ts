/** The states of one kind of thing and where each may go next; PostgreSQL holds the same table. */
export interface StateMachine<State extends string = string> {
  readonly subject: string;
  readonly births: readonly State[];
  readonly next: Readonly<Record<State, readonly State[]>>;
}

export function isLegal<State extends string>(
  machine: StateMachine<State>,
  from: State,
  to: State,
): boolean {
  return machine.next[from].includes(to);
}

/** The machine as rows of `legal_transitions`; a birth comes from the empty state. */
export function legalTransitions(
  machine: StateMachine,
): { subject: string; from: string; to: string }[] {
  const births = machine.births.map((to) => ({ subject: machine.subject, from: '', to }));
  const moves = Object.entries(machine.next).flatMap(([from, targets]) =>
    targets.map((to) => ({ subject: machine.subject, from, to })),
  );
  return [...births, ...moves];
}
