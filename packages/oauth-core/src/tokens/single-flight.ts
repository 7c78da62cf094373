/** Work of which at most one runs at a time, shared by everybody who asks meanwhile. */
export class SingleFlight<T> {
  #running: Promise<T> | undefined;

  run(work: () => Promise<T>): Promise<T> {
    if (this.#running !== undefined) return this.#running;
    const running = work().finally(() => {
      if (this.#running === running) this.#running = undefined;
    });
    this.#running = running;
    return running;
  }

  /** Whoever asks from here on starts anew; those who asked before still share what runs. */
  detach(): void {
    this.#running = undefined;
  }
}
