/** Whether a person is about to halt the signers, or to let them sign again. */
class StoppingSigning {
  now = $state.raw<{
    step: 'halt' | 'resume';
    /** One key for one intention: sending it again after a broken connection does it once. */
    key: string;
    /** Journals that resuming would give up. */
    broken: number;
  }>();

  halt(): void {
    this.now = { step: 'halt', key: crypto.randomUUID(), broken: 0 };
  }

  resume(broken: number): void {
    this.now = { step: 'resume', key: crypto.randomUUID(), broken };
  }

  end(): void {
    this.now = undefined;
  }
}

export const stoppingSigning = new StoppingSigning();
