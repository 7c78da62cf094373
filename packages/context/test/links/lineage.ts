/** Which edit was made upon which: an edit that is in no side, and that nothing was made upon, is lost. */
export class Lineage {
  readonly #bases = new Map<number, readonly number[]>([[0, []]]);
  readonly #forgotten = new Set<number>();
  #count = 0;

  /** Remembers an edit that was made by somebody who saw these, and returns its number. */
  add(bases: readonly number[]): number {
    this.#count += 1;
    this.#bases.set(this.#count, bases);
    return this.#count;
  }

  isUpon(later: number, earlier: number): boolean {
    return later === earlier || (this.#bases.get(later) ?? []).some((base) => this.isUpon(base, earlier));
  }

  /** Whether of any two of these, one was made upon the other. */
  isLine(edits: readonly number[]): boolean {
    return edits.every((one) => edits.every((other) => this.isUpon(one, other) || this.isUpon(other, one)));
  }

  /** Edits that nothing of what is seen was made upon. */
  lost(seen: readonly number[]): number[] {
    return [...this.#bases.keys()].filter((edit) => !this.#forgotten.has(edit) && !this.isSeen(edit, seen));
  }

  isSeen(edit: number, seen: readonly number[]): boolean {
    return seen.some((one) => this.isUpon(one, edit));
  }

  /** The user deletes a side: what was only there, and what only that was made upon, is no loss. */
  forget(edit: number, seen: readonly number[]): void {
    if (this.isSeen(edit, seen)) return;
    this.#forgotten.add(edit);
    for (const base of this.#bases.get(edit) ?? []) this.forget(base, seen);
  }

  /** What was forgotten is there again: from now on it can be lost. */
  remember(edit: number): void {
    this.#forgotten.delete(edit);
  }
}

/** A title that names its edit, in a form that services change. */
export function titleOf(edit: number, random: number): string {
  const forms = ['', ' ', '  with  spaces ', '\r\nof lines', ' Cafe\u0301', ` ${'long '.repeat(80)}`];
  return `#${edit}${forms[random % forms.length] ?? ''}`;
}

/** The edit that a title names; -1 for none. */
export function editIn(title: string): number {
  return Number(/#(\d+)/.exec(title)?.[1] ?? -1);
}
