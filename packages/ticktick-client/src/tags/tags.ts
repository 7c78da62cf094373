import type { CallOptions } from '@context-sdk/oauth-core';
import { checkFields, checkText } from '../input/checked-fields.ts';
import { invalid } from '../input/invalid.ts';
import type { Transport } from '../transport/transport.ts';
import type { Tag, TagInput } from './tag.ts';

function labelled(input: TagInput): Required<TagInput> {
  checkFields(input, 'tag');
  const { name, label = name } = input;
  checkText(name, 'name', 64);
  if (name !== name.toLowerCase()) throw invalid('name', 'is not in lower case');
  if (name !== name.trim()) throw invalid('name', 'begins or ends with space');
  checkText(label, 'label', 64);
  if (label.toLowerCase() !== name) throw invalid('label', 'is not the name, in capitals or not');
  return { ...input, label };
}

/** The user's own list of tags. The Open API can neither change nor delete one. */
export class Tags {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * The list of tags. It may be empty though tasks have tags, which was seen live: to know which tags are in use,
   * look at the tasks. Scope `tasks:read`.
   */
  async list(options?: CallOptions): Promise<Tag[]> {
    const answer = await this.#transport.get('tags.list', '/tag', options);
    return answer.list<Tag>('name');
  }

  /**
   * Creates a tag. A task's tags need not be created first. Never sent twice on a lost answer. Scope
   * `tasks:write`. Documented; no live answer of it is on record.
   */
  async create(input: TagInput, options?: CallOptions): Promise<Tag> {
    const json = labelled(input);
    const answer = await this.#transport.post('tags.create', 'unsafe', '/tag', json, options);
    return answer.object<Tag>('name');
  }
}
