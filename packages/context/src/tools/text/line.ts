import { foreignText } from './foreign-text.ts';

/**
 * One line of a text view. Every value passes through {@link foreignText}, so that no field of a service can begin another line.
 * Values that are absent leave no space.
 */
export function line(texts: TemplateStringsArray, ...values: readonly unknown[]): string {
  const parts = texts.flatMap((text, at) => (at < values.length ? [text, foreignText(values[at])] : [text]));
  return parts.join('').replaceAll(/ {2,}/g, ' ').trim();
}
