import type { SentRequest } from '@context-sdk/test-support';
import { refused } from './answering.ts';

interface Operation {
  op: string;
  path: string;
  value?: unknown;
}

/** One work item with revisions: enough to lose races against. */
export class FakeItem {
  rev = 1;
  fields: Record<string, unknown> = {};
  relations: { rel: string; url: string }[] = [];
  readonly revisions: Map<number, Record<string, unknown>> = new Map();

  toWire(): unknown {
    return { id: 7, rev: this.rev, fields: { ...this.fields }, relations: [...this.relations], url: 'u' };
  }

  answer({ method, path, json }: Pick<SentRequest, 'method' | 'path' | 'json'>): unknown {
    const revision = /\/revisions\/(\d+)$/.exec(path)?.[1];
    if (revision !== undefined) {
      return { id: 7, rev: Number(revision), fields: this.revisions.get(Number(revision)), url: 'u' };
    }
    return method === 'PATCH' ? this.#patch(json as Operation[]) : this.toWire();
  }

  #patch(operations: Operation[]): unknown {
    const test = operations.find(({ op }) => op === 'test');
    if (test !== undefined && test.value !== this.rev) {
      return refused(
        412,
        'TestPatchOperationFailedException',
        'VS403351: Test Operation for path /rev failed.',
      );
    }
    for (const operation of operations) this.#apply(operation);
    this.rev += 1;
    this.revisions.set(this.rev, { ...this.fields });
    return this.toWire();
  }

  #apply({ op, path, value }: Operation): void {
    const [, kind, name = ''] = path.split('/');
    if (kind === 'relations') {
      if (op === 'remove') this.relations.splice(Number(name), 1);
      else this.relations.push(value as { rel: string; url: string });
    }
    if (kind !== 'fields') return;
    const present = this.fields[name];
    const merges = name === 'System.Tags' && op === 'add' && typeof present === 'string' && present !== '';
    if (op === 'remove' || value === '') delete this.fields[name];
    else this.fields[name] = merges ? `${present}; ${String(value)}` : value;
  }
}
