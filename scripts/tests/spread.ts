import { matchesGlob, relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { ROOT } from '../lib/workspace.ts';
import { WAITING } from './kinds-of-files.ts';

function waits({ moduleId }: TestSpecification): boolean {
  return WAITING.some((pattern) => matchesGlob(relative(ROOT, moduleId), pattern));
}

/** Spreads the files that wait over all others: all at once they would leave the machine idle. */
export class Spread extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await BaseSequencer.prototype.sort.call(this, files);
    const waiting = sorted.filter(waits);
    const working = sorted.filter((file) => !waits(file));
    const step = Math.ceil(working.length / Math.max(1, waiting.length));
    const spread = waiting.flatMap((file, index) => [
      file,
      ...working.slice(index * step, (index + 1) * step),
    ]);
    return waiting.length === 0 ? working : spread;
  }
}
