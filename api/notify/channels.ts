// The channels that messages of drills go to.
import { readFile } from 'node:fs/promises';
import { sendMail } from './mail.ts';
import { DRILL_CHANNEL, readChannels, type Channel } from './read-channels.ts';
import { postWebhook } from './webhook.ts';

export interface Channels {
  readonly names: ReadonlySet<string>;
  /** Null when the message was taken, or else a sentence on why it was not; addresses and passwords of the channel are in neither. */
  readonly post: (channel: string, message: string, signal: AbortSignal) => Promise<string | null>;
}

export interface ChannelSettings {
  /** Null when there is no such file: then there is the channel `drill` alone. */
  readonly file: string | null;
  readonly smtpUrl: string | null;
}

/** The channels cannot be used; every line of the message is a sentence for an operator. */
export class ChannelsError extends Error {
  override readonly name = 'ChannelsError';
  readonly code = 'UNUSABLE_CHANNELS';
}

/** Throws a ChannelsError. */
export async function openChannels({ file, smtpUrl }: ChannelSettings): Promise<Channels> {
  const channels = file === null ? [] : await channelsIn(file);
  const mail = channels.find((channel) => channel.kind === 'mail');
  if (mail !== undefined && smtpUrl === null)
    throw new ChannelsError(`Channel ${mail.name} sends mail. Set MUSTER_SMTP_URL to the server that takes it.`);
  const byName = new Map(channels.map((channel) => [channel.name, channel]));
  return {
    names: new Set([DRILL_CHANNEL, ...byName.keys()]),
    async post(name, message, signal) {
      if (name === DRILL_CHANNEL) return null;
      const channel = byName.get(name);
      if (channel === undefined) return `There is no channel ${name}. Add it to the file that MUSTER_CHANNELS names.`;
      const reason = await send(channel, { message, smtpUrl, signal });
      return reason === null ? null : `The message did not reach channel ${name}: ${reason}.`;
    },
  };
}

async function channelsIn(file: string): Promise<readonly Channel[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ChannelsError(`The file of channels cannot be read (${why}). Set MUSTER_CHANNELS to one that can.`, { cause });
  }
  const read = readChannels(text, file);
  if ('problems' in read) throw new ChannelsError(read.problems.join('\n'));
  return read.channels;
}

interface Message {
  readonly message: string;
  readonly smtpUrl: string | null;
  readonly signal: AbortSignal;
}

function send(channel: Channel, { message, smtpUrl, signal }: Message): Promise<string | null> {
  switch (channel.kind) {
    case 'webhook':
      return postWebhook(channel.url, message, signal);
    case 'mail':
      return sendMail({ smtpUrl: smtpUrl ?? '', to: channel.to, from: channel.from }, message, signal);
  }
}
