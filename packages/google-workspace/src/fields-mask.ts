import type { Invalid } from '@context-sdk/oauth-core/client-kit';

const MASK = /^[\w*/,()-]+$/;

/**
 * A partial response with what the client itself reads. Google returns nothing that the mask leaves out, not even the
 * token of the next page. Throws {@link InvalidRequestError} at `fields` for a text that is not a mask.
 * https://developers.google.com/workspace/calendar/api/guides/performance#partial-response
 */
export function maskWith(fields: string | undefined, needed: string, invalid: Invalid): string | undefined {
  if (fields === undefined) return undefined;
  const mask = typeof fields === 'string' ? fields.replaceAll(/\s/g, '') : '';
  if (!MASK.test(mask) || !isBalanced(mask)) {
    throw invalid('fields', 'is not a mask such as items(summary,start)');
  }
  return `${mask},${needed}`;
}

function isBalanced(mask: string): boolean {
  let depth = 0;
  for (const character of mask) {
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}
