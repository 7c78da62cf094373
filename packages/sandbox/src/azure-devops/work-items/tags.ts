import { ApiFailure } from '../api-failure.ts';

const MAX_TAGS = 100;
const MAX_TAG_LENGTH = 400;

/** `A; B` as a list; semicolons and commas part tags. */
export function parseTags(text: string): readonly string[] {
  return text
    .split(/[;,]/)
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
}

/** Tags in the order of the service, each once whatever its case: the spelling that came first stays. */
export function formatTags(tags: readonly string[]): string {
  const unique = new Map<string, string>();
  for (const tag of tags) if (!unique.has(tag.toLowerCase())) unique.set(tag.toLowerCase(), tag);
  checkTags([...unique.values()]);
  return [...unique]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([, tag]) => tag)
    .join('; ');
}

function checkTags(tags: readonly string[]): void {
  const tooLong = tags.find((tag) => tag.length > MAX_TAG_LENGTH);
  if (tooLong !== undefined) {
    throw new ApiFailure(
      400,
      'InvalidTagNameException',
      `The tag name '${tooLong.slice(0, 20)}…' is not valid.`,
    );
  }
  if (tags.length > MAX_TAGS) {
    throw new ApiFailure(
      400,
      'WorkItemTagLimitExceededException',
      `The number of tags exceeds the limit of ${MAX_TAGS}.`,
    );
  }
}
