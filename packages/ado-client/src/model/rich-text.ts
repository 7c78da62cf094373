import { isObject } from '@context-sdk/oauth-core/client-kit';
import { invalid } from '../errors.ts';

/** A formatted text of any length. A plain string is HTML, as Azure DevOps has always read it. */
export type RichText = string | { html: string } | MarkdownText;

/** Markdown, which only Azure DevOps Services reads. A field stays Markdown once it was. */
export interface MarkdownText {
  markdown: string;
  /** Whether `<` and `>` are shown as they are; by default they may be HTML. */
  escapeHtml?: boolean | undefined;
}

/** A long text ready to be sent. */
export interface WireText {
  text: string;
  isMarkdown: boolean;
}

export function isRichText(value: unknown): value is Exclude<RichText, string> {
  return isObject(value) && (typeof value['html'] === 'string' || typeof value['markdown'] === 'string');
}

export function wireText(value: RichText, field: string): WireText {
  if (typeof value === 'string') return { text: value, isMarkdown: false };
  if (!isRichText(value)) throw invalid(field, 'is neither a text nor { html } nor { markdown }');
  if (!('markdown' in value)) return { text: value.html, isMarkdown: false };
  const { markdown, escapeHtml } = value;
  const text = escapeHtml ? markdown.replaceAll('<', '&lt;').replaceAll('>', '&gt;') : markdown;
  return { text, isMarkdown: true };
}
