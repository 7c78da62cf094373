/**
 * Text from a service or another person, made fit for a body: line ends become LF, other control characters and those that
 * XML can't carry are left out, halves of surrogate pairs become U+FFFD. For a host's own input, refuse such text instead.
 */
export function cleanText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/(?![\n\t])[\p{Cc}\uFFFE\uFFFF]/gu, '');
}

/** As {@link cleanText}, in one line without surrounding spaces. */
export function cleanLine(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\uFFFE\uFFFF]+/gu, ' ')
    .trim();
}
