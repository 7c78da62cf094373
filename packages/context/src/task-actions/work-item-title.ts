/** The most characters of a work item's title (docs/facts/azure-devops.md#work-items). */
export const MAX_TITLE = 255;

/** A title that fits. It ends with a whole character, however many code units that has. */
export function shortTitle(title: string): string {
  if (title.length <= MAX_TITLE) return title;
  let short = '';
  for (const { segment } of new Intl.Segmenter().segment(title)) {
    if (short.length + segment.length >= MAX_TITLE) break;
    short += segment;
  }
  return `${short}…`;
}
