// The table of messages as the database holds it. Only messages.repository.ts reads this file.
import type { Generated } from 'kysely';
import type { Locale } from '../i18n/locale.ts';
import type { MessageState } from './messages.types.ts';

interface MessagesTable {
  id: string;
  recipient: string;
  locale: Locale;
  subject: string;
  body: string;
  state: MessageState;
  attempts: Generated<number>;
  next_attempt_at: Date;
  last_error: string | null;
  created_at: Date;
  ended_at: Date | null;
}

/** Tables of the schema `mail`. */
export type MailTables = {
  'mail.messages': MessagesTable;
};
