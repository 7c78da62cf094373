import { styleText } from 'node:util';

/** Fails the demo where something is not as it tells. */
export function expect(condition: unknown, what: string): asserts condition {
  if (!condition) throw new Error(`Expected ${what}.`);
}

export function heading(text: string): void {
  console.log(`\n${styleText('bold', text)}`);
}

export function line(text: string): void {
  console.log(`      ${text}`);
}

/** Runs one step and prints what happened in one line. */
export async function step(name: string, work: () => Promise<string>): Promise<void> {
  const startedAt = performance.now();
  try {
    const happened = await work();
    const ms = `${(performance.now() - startedAt).toFixed()} ms`;
    console.log(`  ${styleText('green', '✓')} ${name.padEnd(22)} ${happened} ${styleText('dim', ms)}`);
  } catch (error) {
    console.log(`  ${styleText('red', '✗')} ${name}`);
    throw error;
  }
}
