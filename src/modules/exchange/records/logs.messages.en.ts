// The words of the gateways' logs, in English.
import type { fr } from './logs.messages.fr.ts';

/** English. */
export const en: typeof fr = {
  home: 'Data exchange',
  room: 'Producer’s room',
  logs: {
    title: 'Logs of the gateways',
    lead: 'Each call, allowed or refused, is a record in the log of a gateway. Each second the gateway signs the size and the root of its log: nothing can be removed or changed any more without it showing.',
    caption: 'Logs, by name',
    gateway: 'Gateway',
    one: (name: string) => `Log of the gateway ${name}`,
    origin: 'Name of the log',
    size: 'Signed records',
    entries: 'Records taken over into the database',
    signedAt: 'Last signature',
    never: 'Not yet',
    root: 'Root',
    verifier: 'Verifier key',
    empty: 'No gateway has a log yet. It opens with the first call to a gateway.',
    howTitle: 'How to verify',
    how: [
      'Keep the verifier key and today’s checkpoint on your side.',
      'A producer downloads its slice: its own records, and the proofs that none is missing.',
      'The command below verifies a slice, or the folder of the log, on any machine and without a network.',
    ],
    privacy: 'Hashes and signatures are public. The records never are.',
    sliceLink: 'Download my slice (producers)',
    checkpointLink: 'Signed checkpoint',
    keyLink: 'Verifier key',
    tilesTitle: 'Reading the tiles',
    tiles:
      'The hashes are read tile by tile, in the format C2SP tlog-tiles, from this address on. The address of the records (tile/entries) does not exist.',
  },
  slice: {
    title: 'My slice of the logs',
    lead: 'Your records of a period, in order, with what proves that none is missing. You verify it without trusting us, and without seeing the records of other producers.',
    from: 'From',
    to: 'To',
    day: 'Day in universal time (UTC), included.',
    download: 'Download',
    proofTitle: 'What the verification proves',
    proof: [
      'Each record holds the hash of your record before it: one removed, added or changed breaks the chain.',
      'The first and the last are in the log that the gateway signed.',
      'The gateway also signs how many records it holds for you: the command says where your slice stands among them.',
    ],
    command: 'Verify the downloaded file',
  },
  retention: {
    done: (months: string, records: string) =>
      months === '0'
        ? 'No month had reached the end of its retention.'
        : `Months erased: ${months}; records: ${records}.`,
  },
};
