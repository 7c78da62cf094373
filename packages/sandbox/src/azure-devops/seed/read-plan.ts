/** A work item to create. */
export interface PlannedItem {
  readonly depth: number;
  readonly type: string;
  readonly state: string;
  readonly title: string;
  readonly tags: readonly string[];
}

export function readPlan(plan: string): readonly PlannedItem[] {
  return plan
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [type = '', state = '', rest = ''] = line.split('|').map((part) => part.trim());
      const [title = '', ...tags] = rest.split(' #');
      return { depth: (line.length - line.trimStart().length) / 2, type, state, title, tags };
    });
}
