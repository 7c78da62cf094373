interface Paragraph {
  /** How often it is quoted. */
  depth: number;
  text: string;
  /** Whether the next line goes on with it. */
  isOpen: boolean;
}

/** The text of `format=flowed` with its lines joined as its author wrote them. https://www.rfc-editor.org/rfc/rfc3676#section-4 */
export function unflow(text: string, options: { deleteSpace: boolean }): string {
  const paragraphs: Paragraph[] = [];
  for (const line of text.split(/\r?\n/)) addLine(paragraphs, line, options.deleteSpace);
  return paragraphs.map(({ depth, text: joined }) => `${quoteMark(depth)}${joined}`).join('\n');
}

function addLine(paragraphs: Paragraph[], line: string, deleteSpace: boolean): void {
  const depth = /^>*/.exec(line)?.[0].length ?? 0;
  // A blank before a line is stuffing.
  const content = line.slice(depth).replace(/^ /, '');
  const isSignature = content === '-- ';
  const isOpen = content.endsWith(' ') && !isSignature;
  const text = isOpen && deleteSpace ? content.slice(0, -1) : content;
  const last = paragraphs.at(-1);
  if (last?.isOpen === true && last.depth === depth && !isSignature) {
    last.text += text;
    last.isOpen = isOpen;
  } else {
    paragraphs.push({ depth, text, isOpen });
  }
}

function quoteMark(depth: number): string {
  return depth === 0 ? '' : `${'>'.repeat(depth)} `;
}
