// Where clients find the embedded server's Unix socket. Every process works out the same place from the data folder.
import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, readlinkSync, symlinkSync, unlinkSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

// A socket's path has 104 bytes on macOS and 108 on Linux, its end mark included.
const LONGEST_PATH = 103;
const SOCKET_NAME = '.s.PGSQL.5432';

/**
 * The folder to give to `pg` as host for the cluster in `clusterFolder`: that folder itself, or, where the socket's
 * path would be too long, a short link to it in a private folder of the temporary files.
 * @throws Error when somebody else owns the private folder.
 */
export function socketFolderOf(clusterFolder: string): string {
  if (Buffer.byteLength(join(clusterFolder, SOCKET_NAME)) <= LONGEST_PATH) return clusterFolder;
  const base = Buffer.byteLength(tmpdir()) <= 50 ? tmpdir() : '/tmp';
  const own = join(base, `socle-${userInfo().uid}`);
  mkdirSync(own, { recursive: true, mode: 0o700 });
  const stat = lstatSync(own);
  if (!stat.isDirectory() || stat.uid !== userInfo().uid || (stat.mode & 0o077) !== 0) {
    throw new Error(`EACCES: ${own} must be a folder that this account alone can use.`);
  }
  const link = join(own, createHash('sha256').update(clusterFolder).digest('hex').slice(0, 16));
  if (targetOf(link) !== clusterFolder) {
    unlinkIfThere(link);
    try {
      symlinkSync(clusterFolder, link);
    } catch (error) {
      // Another process of ours made the same link meanwhile.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  return link;
}

function targetOf(link: string): string | null {
  try {
    return readlinkSync(link);
  } catch {
    return null;
  }
}

function unlinkIfThere(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
