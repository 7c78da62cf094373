import { checkedGuid, checkText } from '../input.ts';

/** A mention in both formats: put the one in that the text has. */
export interface Mention {
  html: string;
  markdown: string;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/**
 * Mentions a person in a comment or description, who gets a notification. Throws {@link InvalidRequestError} for an
 * identity without an id: `client.identities.find` gives one.
 */
export function mention(identity: { id?: string | undefined; displayName: string }): Mention {
  const id = checkedGuid(identity?.id, 'identity.id');
  checkText(identity.displayName, 'identity.displayName');
  const name = escaped(identity.displayName);
  return {
    html: `<a href="#" data-vss-mention="version:2.0,${id}">@${name}</a>`,
    markdown: `@<${id.toUpperCase()}>`,
  };
}
