import type { Draft, GmailClient } from '@context-sdk/google-workspace';
import { type CallOptions, ConflictError } from '@context-sdk/oauth-core';
import { isObject, unlessNotFound } from '@context-sdk/oauth-core/client-kit';
import { asText } from '../../utils/text.ts';
import { type Side, unwritable } from './side.ts';

/** What the side of a draft works with. */
export interface DraftSideParts {
  gmail: GmailClient;
  owner: string;
  call: CallOptions;
}

/** The side of a mail draft: its subject follows the task's title until the user writes another. */
export async function readDraftSide(parts: DraftSideParts, id: string): Promise<Side> {
  return draftSide(parts, id, await readDraft(parts, id));
}

/** The subject of a draft that was read with its headers. */
export function subjectOfDraft({ message: { payload } }: Draft): string {
  const headers: readonly unknown[] = Array.isArray(payload?.headers) ? payload.headers : [];
  const isSubject = ({ name }: Record<string, unknown>): boolean => asText(name).toLowerCase() === 'subject';
  return asText(headers.filter(isObject).find(isSubject)?.['value']);
}

async function readDraft({ gmail, call }: DraftSideParts, id: string): Promise<Draft | undefined> {
  return await unlessNotFound(gmail.drafts.get(id, { ...call, format: 'metadata' }));
}

function draftSide(parts: DraftSideParts, id: string, draft: Draft | undefined): Side {
  const common = { kind: 'draft', id, owner: parts.owner } as const;
  const gone = { now: { ...common, fields: {}, isGone: true } } as const;
  const refuse = (): Promise<Side> => Promise.reject(unwritable('draft', 'status'));
  if (draft === undefined) return { ...gone, write: refuse, remove: refuse };
  return {
    now: {
      ...common,
      version: draft.message.id,
      fields: { title: { value: subjectOfDraft(draft), isFollower: true } },
    },
    async write({ field, value }) {
      if (field !== 'title') return await refuse();
      // Gmail takes no condition; each change gives the message another id.
      const current = await readDraft(parts, id);
      if (current?.message.id !== draft.message.id) {
        throw new ConflictError('The draft was changed meanwhile.', { service: 'gmail' });
      }
      await parts.gmail.drafts.edit(id, { subject: value }, parts.call);
      return await readDraftSide(parts, id);
    },
    async remove() {
      await parts.gmail.drafts.delete(id, parts.call);
      return { ...gone, write: refuse, remove: refuse };
    },
  };
}
