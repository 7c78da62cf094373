import { isJsonObject, type JsonValue } from '../../json.ts';
import { CALENDAR_SHAPES, GMAIL_SHAPES } from './discovered.ts';
import type { GoogleApi } from './method.ts';
import { type MaskTree, parseMask } from './partial-response.ts';

/** Members of any name. */
const ANY: MaskTree = { '*': {} };

/** What an API's resources consist of, by the schemas of its discovery document. */
export class Shapes {
  readonly #texts: Readonly<Record<string, string>>;
  readonly #read = new Map<string, MaskTree>();

  constructor(texts: Readonly<Record<string, string>>) {
    this.#texts = texts;
  }

  /** The members of a schema. */
  of(schema: string): MaskTree {
    const known = this.#read.get(schema) ?? parseMask(this.#texts[schema] ?? '*');
    this.#read.set(schema, known);
    return known;
  }

  /** What a mask names first that isn't there, as a path; undefined if all is. */
  missingIn(mask: MaskTree, members: MaskTree, path: readonly string[] = []): readonly string[] | undefined {
    for (const [name, wanted] of Object.entries(mask)) {
      if (name === '*') continue;
      const below = this.#below(members, name);
      const here = [...path, name];
      const missing = below === undefined ? here : this.missingIn(wanted, below, here);
      if (missing) return missing;
    }
    return undefined;
  }

  /** The first name in a value that its schema doesn't have, as a path; undefined if it has them all. */
  unknownIn(
    value: JsonValue,
    members: MaskTree,
    path: readonly string[] = [],
  ): readonly string[] | undefined {
    if (Object.keys(members).length === 0) return undefined;
    const entries = Array.isArray(value)
      ? value.map((item, index): [string, JsonValue, MaskTree | undefined] => [String(index), item, members])
      : Object.entries(isJsonObject(value) ? value : {}).map(
          ([name, item]): [string, JsonValue, MaskTree | undefined] => [
            name,
            item,
            this.#below(members, name),
          ],
        );
    for (const [name, item, below] of entries) {
      const here = [...path, name];
      const unknown = below === undefined ? here : this.unknownIn(item, below, here);
      if (unknown) return unknown;
    }
    return undefined;
  }

  /** The members of a member; `*Name` stands for those of a schema. */
  #below(members: MaskTree, name: string): MaskTree | undefined {
    if (members['*']) return ANY;
    const own = members[name] ?? members[camelCase(name)];
    if (own) return own;
    const references = Object.keys(members).filter((one) => one.startsWith('*'));
    for (const reference of references) {
      const found = this.#below(this.of(reference.slice(1)), name);
      if (found) return found;
    }
    return undefined;
  }
}

/** Names of Protocol Buffers are taken as well: https://protobuf.dev/programming-guides/json. */
export function camelCase(name: string): string {
  return name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

export const SHAPES: Readonly<Record<GoogleApi, Shapes>> = {
  calendar: new Shapes(CALENDAR_SHAPES),
  gmail: new Shapes(GMAIL_SHAPES),
};
