/** What a person can tell a wallet's own account to do. */
export const commands = [
  'stake',
  'unstake',
  'cancelUnstaking',
  'withdraw',
  'vote',
  'claim',
  'transfer',
] as const;
export type Command = (typeof commands)[number];

export type Commandable = { id: string; label: string };

/** The wallet that a person is about to command, if any, and what. */
class Commanding {
  subject = $state.raw<{
    readonly wallet: Commandable;
    readonly command: Command;
    /** One key for one intention: sending it again after a broken connection does it once. */
    readonly key: string;
    /** An amount to begin with, in TRX. */
    readonly amount: string;
  }>();

  begin(command: Command, wallet: Commandable, amount = ''): void {
    this.subject = { wallet, command, amount, key: crypto.randomUUID() };
  }

  end(): void {
    this.subject = undefined;
  }
}

export const commanding = new Commanding();
