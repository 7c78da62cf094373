import type { Field } from '../fields/field.ts';
import { findFieldByAnyName } from '../fields/known-fields.ts';
import type { Token } from './tokenize.ts';
import { syntaxFailure, unknownFieldFailure } from './wiql-failure.ts';

/** Walks through a query's pieces. Keywords are matched without regard to case. */
export class TokenReader {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  /** The next piece, which stays the next one. */
  peek(): Token {
    return this.#tokens[this.#at] ?? { kind: 'end', text: 'the end of the query' };
  }

  next(): Token {
    const token = this.peek();
    this.#at += 1;
    return token;
  }

  /** Steps over these words or signs, if all of them come next. */
  take(...texts: readonly string[]): boolean {
    const found = texts.every((text, index) => {
      const token = this.#tokens[this.#at + index];
      return (
        token && ['word', 'sign'].includes(token.kind) && token.text.toLowerCase() === text.toLowerCase()
      );
    });
    if (found) this.#at += texts.length;
    return found;
  }

  expect(text: string): void {
    if (!this.take(text)) throw this.unexpected(text);
  }

  field(): Field {
    const token = this.next();
    if (token.kind !== 'field' && token.kind !== 'word')
      throw syntaxFailure(`A field was expected, not «${token.text}».`);
    const field = findFieldByAnyName(token.text);
    if (!field) throw unknownFieldFailure(token.text);
    return field;
  }

  unexpected(wanted: string): Error {
    return syntaxFailure(`«${wanted}» was expected, not «${this.peek().text}».`);
  }
}
