/**
 * Text from a service or another person, made fit for a body: line ends become LF, other control characters are left out,
 * halves of surrogate pairs become U+FFFD. For a host's own input, refuse such text instead.
 */
export function cleanText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/(?![\n\t])\p{Cc}/gu, '');
}

/** As {@link cleanText}, in one line without surrounding spaces. */
export function cleanLine(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\p{Cc}+/gu, ' ')
    .trim();
}
