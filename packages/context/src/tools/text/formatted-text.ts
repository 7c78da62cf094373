import { htmlToText } from '@context-sdk/google-workspace';
import { asText, escapeHtml } from '../../utils/text.ts';

/** Code, and addresses in angle brackets: in both, what looks like a tag is text. */
const LITERAL = /```[\s\S]*?(?:```|$)|`[^`\n]+`|<(?:https?:|mailto:)[^<>\s]+>/g;

/** What editors of HTML write into every text of more than a line. */
const TAG = /<\/?(?:a|b|blockquote|br|code|div|em|h[1-6]|i|img|li|ol|p|pre|span|strong|table|u|ul)\b/i;

/**
 * The text of HTML or Markdown that is no mail: what looks like a quote belongs to it. The service's released version does not say
 * which it is (docs/facts/azure-devops.md#markdown): then what has no tags is Markdown.
 */
export function formattedText(text: string, format?: unknown): string {
  const told = asText(format).toLowerCase();
  const isHtml = told === '' ? TAG.test(text.replace(LITERAL, '')) : told !== 'markdown';
  if (isHtml) return htmlToText(text);
  // Line ends count, and HTML between them is HTML.
  return htmlToText(text.replace(LITERAL, escapeHtml).replaceAll(/\r?\n/g, '<br>'));
}
