/** Whether the palette (search and commands) is open. */
class Palette {
  open = $state(false);

  show(): void {
    this.open = true;
  }
}

export const palette = new Palette();
