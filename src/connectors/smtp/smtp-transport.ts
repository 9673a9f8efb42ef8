// Delivers mail to an SMTP server through nodemailer. It keeps nothing, logs nothing and never names the password.
import { createTransport, type SendMailOptions } from 'nodemailer';
import type { Delivery, Envelope, MailTransport } from '#platform/mail/transport.ts';

const SECOND_MS = 1000;

/** What a failed attempt of nodemailer carries beside its message. */
interface SmtpError extends Error {
  readonly code?: string;
  readonly responseCode?: number;
  readonly command?: string;
}

/** Limits of one dialogue, in milliseconds. */
export interface SmtpLimits {
  readonly connectMs: number;
  readonly answerMs: number;
}

/**
 * A transport to the server at `url` (`smtp://user:password@host:port`; `smtps://` is TLS from the first byte, and
 * `smtp://` turns to TLS where the server offers it), for mail from `from` (an address, or `Name <address>`).
 * Throws when `url` cannot be read, without repeating it.
 */
export function smtpTransport(
  url: string,
  from: string,
  { connectMs, answerMs }: SmtpLimits = { connectMs: 10 * SECOND_MS, answerMs: 30 * SECOND_MS },
): MailTransport {
  const server = readAddress(url);
  const transporter = createTransport({
    host: server.host,
    port: server.port,
    secure: server.secure,
    ...(server.auth ? { auth: server.auth, requireTLS: !server.secure && !isLoopback(server.host) } : {}),
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    socketTimeout: answerMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = /@([^>\s]+)>?\s*$/.exec(from)?.[1] ?? 'localhost';
  return {
    async deliver(envelope) {
      try {
        await transporter.sendMail(asMail(envelope, from, domain));
        return { outcome: 'accepted' };
      } catch (error) {
        return refusalOrThrow(error as SmtpError, server.auth?.pass);
      }
    },
  };
}

function asMail(envelope: Envelope, from: string, domain: string): SendMailOptions {
  return {
    from,
    // An object, so that no text is parsed as a list of addresses.
    to: { name: '', address: envelope.to },
    subject: envelope.subject,
    text: envelope.text,
    messageId: `<${envelope.id}@${domain}>`,
    headers: { 'Content-Language': envelope.locale, 'Auto-Submitted': 'auto-generated' },
  };
}

/** A permanent reply (RFC 5321, section 4.2.1: 5yz) to the recipient or the text; all else may pass by itself. */
function refusalOrThrow(error: SmtpError, password: string | undefined): Delivery {
  const reason = password ? error.message.replaceAll(password, '***') : error.message;
  const aboutTheMessage = error.code === 'EENVELOPE' || error.code === 'EMESSAGE';
  const permanent = (error.responseCode ?? 0) >= 500 && error.command !== 'MAIL FROM';
  if (aboutTheMessage && permanent) return { outcome: 'refused', reason: reason.slice(0, 500) };
  throw new Error(reason.slice(0, 500));
}

function readAddress(url: string) {
  const parsed = URL.parse(url);
  if (!parsed || !['smtp:', 'smtps:'].includes(parsed.protocol) || !parsed.hostname) {
    throw new Error('The address of the mail server must look like smtp://name:password@host:port.');
  }
  const secure = parsed.protocol === 'smtps:';
  const user = decodeURIComponent(parsed.username);
  return {
    host: parsed.hostname.replace(/^\[|\]$/g, ''),
    port: parsed.port ? Number(parsed.port) : secure ? 465 : 587,
    secure,
    auth: user ? { user, pass: decodeURIComponent(parsed.password) } : null,
  };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}
