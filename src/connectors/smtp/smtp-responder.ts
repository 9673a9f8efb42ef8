// A small SMTP server over node:net for tests: it speaks enough of RFC 5321 to take or refuse one message after another.
// It stores mail in memory only and is never started by a running installation.

import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';

/** A message as it came over the wire. */
export interface ReceivedMail {
  readonly sender: string;
  readonly recipients: readonly string[];
  /** Headers and text with LF line ends, dot-stuffing removed. */
  readonly source: string;
}

/** What a test may have the server say instead of yes. */
export interface SmtpReplies {
  readonly recipient?: string;
  readonly data?: string;
  readonly greeting?: string;
}

/** A running test server. */
export interface SmtpResponder {
  readonly url: string;
  readonly received: readonly ReceivedMail[];
  /** Sets what it says from here on; an empty object accepts everything. */
  reply(replies: SmtpReplies): void;
  close(): Promise<void>;
}

/** Starts a server on a free port of 127.0.0.1. */
export async function startSmtpResponder(): Promise<SmtpResponder> {
  const received: ReceivedMail[] = [];
  const sockets = new Set<Socket>();
  let replies: SmtpReplies = {};
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    converse(socket, () => replies, received);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    reply(next) {
      replies = next;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
}

function converse(socket: Socket, replies: () => SmtpReplies, received: ReceivedMail[]): void {
  let buffer = '';
  let sender = '';
  let recipients: string[] = [];
  let text: string[] | null = null;
  const say = (line: string) => socket.write(`${line}\r\n`);

  const takeText = (line: string, lines: string[]) => {
    if (line !== '.') {
      lines.push(line.startsWith('..') ? line.slice(1) : line);
      return;
    }
    text = null;
    if (replies().data) return void say(replies().data as string);
    received.push({ sender, recipients, source: lines.join('\n') });
    say('250 taken');
  };
  const takeCommand = (line: string) => {
    const verb = line.slice(0, 4).toUpperCase();
    const path = /<([^>]*)>/.exec(line)?.[1] ?? '';
    if (verb === 'EHLO' || verb === 'HELO') return say('250 responder');
    if (verb === 'MAIL') {
      sender = path;
      recipients = [];
      return say('250 ok');
    }
    if (verb === 'RCPT') {
      const refusal = replies().recipient;
      if (!refusal) recipients.push(path);
      return say(refusal ?? '250 ok');
    }
    if (verb === 'DATA') {
      text = [];
      return say('354 go on');
    }
    if (verb === 'QUIT') {
      say('221 bye');
      return socket.end();
    }
    return say(verb === 'RSET' || verb === 'NOOP' ? '250 ok' : '502 not here');
  };

  say(replies().greeting ?? '220 responder');
  socket.setEncoding('utf8');
  socket.on('data', (chunk: string) => {
    buffer += chunk;
    for (let end = buffer.indexOf('\r\n'); end >= 0; end = buffer.indexOf('\r\n')) {
      const line = buffer.slice(0, end);
      buffer = buffer.slice(end + 2);
      if (text) takeText(line, text);
      else takeCommand(line);
    }
  });
}
