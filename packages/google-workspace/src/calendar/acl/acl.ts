import {
  type CallOptions,
  isObject,
  type OwnOptions,
  unlessNotFound,
} from '@context-sdk/oauth-core/client-kit';
import { checkedId } from '../../input.ts';
import { itemListing, type ItemListing, type ItemListOptions } from '../../list-items.ts';
import { type LibraryRequest, pagesOf } from '../../wire.ts';
import { invalid, SERVICE } from '../errors.ts';
import { type CalendarCall, type CalendarOperationName, type CalendarService } from '../operations.ts';

/** To whom a rule applies: everyone (`default`), or a user, group or domain by `value`. */
export interface AclScope {
  /** `default`, `user`, `group` or `domain`. */
  type: string;
  value?: string;
}

/** Who may do what with a calendar. Fields that are not named here are passed on too. */
export interface AclRule {
  /** Follows from the scope: `user:grace@example.com`. */
  id: string;
  etag?: string;
  /** `none`, `freeBusyReader`, `reader`, `writer` or `owner`, or one that Google has added. */
  role?: string;
  scope?: AclScope;
}

/** Where a rule is. */
export interface AclOptions extends CallOptions {
  /** Default: `primary`, the user's own calendar. */
  calendarId?: string | undefined;
}

/** How a rule is set. */
export interface AclWriteOptions extends AclOptions {
  /** Whether Google tells the person by email. */
  sendNotifications: boolean;
}

const PLACE: OwnOptions<AclOptions> = { calendarId: 'string' };
const WRITE: OwnOptions<AclWriteOptions> = { calendarId: 'string', sendNotifications: 'boolean' };

/** With whom a calendar is shared. Scope `calendar.acls`; for reading, `calendar.acls.readonly`. */
export class Acl {
  readonly #service: CalendarService;

  constructor(service: CalendarService) {
    this.#service = service;
  }

  /** All rules of a calendar that the user owns. */
  list(options?: AclOptions & ItemListOptions): ItemListing<AclRule> {
    return itemListing<AclRule>(options, () =>
      pagesOf(
        SERVICE,
        this.#service.call(options, { calendarId: 'string', onSkipped: 'function' }),
        'acl.list',
        {
          calendarId: calendarOf(options ?? {}),
          maxResults: 250,
        },
      ),
    );
  }

  /** Throws {@link NotFoundError}. */
  async get(ruleId: string, options?: AclOptions): Promise<AclRule> {
    return await this.#send(
      'acl.get',
      { params: placeOf(ruleId, options ?? {}) },
      this.#service.call(options, PLACE),
    );
  }

  /** Shares a calendar. A rule for the same scope is replaced. */
  async create(rule: Pick<AclRule, 'role' | 'scope'>, options: AclWriteOptions): Promise<AclRule> {
    const { role, scope } = rule ?? {};
    if (!isObject(scope) || typeof scope['type'] !== 'string') throw invalid('scope', 'has no type');
    if (scope['type'] !== 'default' && !scope['value']) throw invalid('scope.value', 'is missing');
    const json = { role: checkedRole(role), scope };
    const params = { calendarId: calendarOf(options), sendNotifications: checkedNotifications(options) };
    return await this.#send('acl.create', { params, json }, this.#service.call(options, WRITE));
  }

  /** Changes the role of a rule. Throws {@link NotFoundError}. */
  async patch(ruleId: string, changes: Pick<AclRule, 'role'>, options: AclWriteOptions): Promise<AclRule> {
    const json = { role: checkedRole(changes?.role) };
    const params = { ...placeOf(ruleId, options), sendNotifications: checkedNotifications(options) };
    return await this.#send('acl.patch', { params, json }, this.#service.call(options, WRITE));
  }

  /** Ends sharing. Succeeds if there is no such rule. */
  async delete(ruleId: string, options?: AclOptions): Promise<void> {
    const params = placeOf(ruleId, options ?? {});
    await unlessNotFound(this.#service.call(options, PLACE).send('acl.delete', { params }));
  }

  async #send(name: CalendarOperationName, request: LibraryRequest, call: CalendarCall): Promise<AclRule> {
    const response = await call.send(name, request);
    return response.object<AclRule>({ id: 'string' });
  }
}

function calendarOf(options: AclOptions): string {
  return checkedId(options?.calendarId ?? 'primary', 'calendarId', invalid);
}

function placeOf(ruleId: string, options: AclOptions): { calendarId: string; ruleId: string } {
  return { calendarId: calendarOf(options), ruleId: checkedId(ruleId, 'ruleId', invalid) };
}

function checkedRole(role: unknown): string {
  if (typeof role === 'string' && role !== '') return role;
  throw invalid('role', 'is missing: none, freeBusyReader, reader, writer or owner');
}

/** Google's default is to send an email, which a host may not expect. */
function checkedNotifications(options: AclWriteOptions): boolean {
  if (typeof options?.sendNotifications === 'boolean') return options?.sendNotifications;
  throw invalid('sendNotifications', 'must be true or false');
}
