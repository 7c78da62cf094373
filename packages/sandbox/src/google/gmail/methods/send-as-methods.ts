import type { JsonObject } from '../../../json.ts';
import { pathParam, readBody } from '../../api/read-call.ts';
import { entityNotFound, invalidArgument } from '../failures.ts';
import type { SendAs } from '../mailbox/send-as.ts';
import type { GmailCall, GmailHandler } from './gmail-call.ts';
import { alreadyExists } from './settings-methods.ts';

type Method = 'create' | 'delete' | 'get' | 'list' | 'patch' | 'update' | 'verify';

/** The addresses to send from. A new one is pending until its owner agrees: `testUser().gmail.acceptAlias`. */
export const SEND_AS_METHODS: Readonly<Record<`settings.sendAs.${Method}`, GmailHandler>> = {
  'settings.sendAs.list': ({ mailbox }) => ({ sendAs: mailbox.settings.sendAs.all }),
  'settings.sendAs.get': find,
  'settings.sendAs.create': create,
  'settings.sendAs.patch': (call) => change(call, find(call)),
  'settings.sendAs.update': (call) => change(call, { ...find(call), ...NOTHING }),
  'settings.sendAs.delete': remove,
  'settings.sendAs.verify': (call) => void find(call),
};

const NOTHING = { displayName: '', replyToAddress: '', signature: '' };

function find(call: GmailCall): SendAs {
  const found = call.mailbox.settings.sendAs.find(pathParam(call, 'sendAsEmail'));
  if (!found) throw entityNotFound();
  return found;
}

function create(call: GmailCall): SendAs {
  const body = readBody(call);
  const { sendAsEmail } = body;
  const { sendAs } = call.mailbox.settings;
  if (typeof sendAsEmail !== 'string' || !sendAsEmail.includes('@'))
    throw invalidArgument('Invalid sendAsEmail');
  if (sendAs.find(sendAsEmail)) throw alreadyExists();
  const created = withFields({ sendAsEmail, ...NOTHING, verificationStatus: 'pending' }, body);
  sendAs.set(created);
  return created;
}

function change(call: GmailCall, current: SendAs): SendAs {
  const body = readBody(call);
  if (body['isDefault'] === false) throw invalidArgument('Invalid isDefault: only true can be set');
  const changed = withFields(current, body);
  call.mailbox.settings.sendAs.set(changed);
  return changed;
}

function remove(call: GmailCall): undefined {
  const { sendAsEmail, isPrimary } = find(call);
  if (isPrimary) throw invalidArgument('Cannot delete the primary address');
  call.mailbox.settings.sendAs.delete(sendAsEmail);
}

function withFields(current: SendAs, body: JsonObject): SendAs {
  const text = (name: keyof typeof NOTHING): string => {
    const value = body[name];
    return typeof value === 'string' ? value : current[name];
  };
  const { treatAsAlias } = body;
  return {
    ...current,
    displayName: text('displayName'),
    replyToAddress: text('replyToAddress'),
    signature: text('signature'),
    ...(typeof treatAsAlias === 'boolean' && { treatAsAlias }),
    ...(body['isDefault'] === true && { isDefault: true }),
  };
}
