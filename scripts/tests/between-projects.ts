import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The project whose files wait more than they work. */
export const WAITING_PROJECT = 'waiting';

/**
 * Starts the files that wait a few at a time, before each project's own: all at once they would leave the machine idle, and
 * in the middle of a project each would end a process that the project's files share.
 */
export class BetweenProjects extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await BaseSequencer.prototype.sort.call(this, files);
    const byProject = Map.groupBy(sorted, ({ project }) => project.name);
    const waiting = byProject.get(WAITING_PROJECT) ?? [];
    byProject.delete(WAITING_PROJECT);
    const share = Math.ceil(waiting.length / Math.max(1, byProject.size));
    const spread = [...byProject.values()].flatMap((own) => [...waiting.splice(0, share), ...own]);
    return [...waiting, ...spread];
  }
}
