// The files of one host over SFTP, as promises that always settle: with the answer, or when waiting for one is of no use any more.
import type { SFTPWrapper, Stats } from 'ssh2';

/** What every server takes in one request. */
export const PIECE_BYTES = 32_768;
/** The status with which a server says that there is nothing more to read. */
const END_OF_FILE = 1;
/** For clearing up on a link that may be dead. */
const LAST_WORD_MS = 2_000;

type Answer<T> = (error: Error | null | undefined, value: T) => void;

export class Files {
  /** Why no more answers are waited for; null as long as they are. */
  ended: 'lost' | 'stopped' | null = null;
  private readonly end = Promise.withResolvers<never>();

  constructor(
    private readonly sftp: SFTPWrapper,
    gone: Promise<unknown>,
  ) {
    this.end.promise.catch(() => undefined); // told by whichever request it ends
    const lose = (): void => this.giveUp('lost');
    void gone.then(lose);
    sftp.on('close', lose);
    sftp.on('error', lose);
  }

  /** Requests under way reject at once, and so do later ones. */
  giveUp(why: 'lost' | 'stopped'): void {
    this.ended ??= why;
    this.end.reject(new Error(why));
  }

  /** Fails when there is such a file already. */
  create(path: string): Promise<Buffer> {
    return this.ask((answer) => this.sftp.open(path, 'wx', 0o600, answer));
  }

  openToRead(path: string): Promise<Buffer> {
    return this.ask((answer) => this.sftp.open(path, 'r', answer));
  }

  /** Null at the end of the file. */
  async read(handle: Buffer, position: number): Promise<Buffer | null> {
    const piece = Buffer.alloc(PIECE_BYTES);
    const length = await this.ask<number>((answer) =>
      this.sftp.read(handle, piece, 0, piece.length, position, (error, count) => {
        const isEnd = error !== undefined && error !== null && 'code' in error && error.code === END_OF_FILE;
        answer(isEnd ? undefined : error, isEnd ? 0 : count);
      }),
    );
    return length === 0 ? null : piece.subarray(0, length);
  }

  async write(handle: Buffer, bytes: Buffer): Promise<void> {
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
      const length = Math.min(PIECE_BYTES, bytes.length - at);
      await this.ask<void>((answer) => this.sftp.write(handle, bytes, at, length, at, (error) => answer(error, undefined)));
    }
  }

  setMode(handle: Buffer, mode: number): Promise<void> {
    return this.ask((answer) => this.sftp.fchmod(handle, mode, (error) => answer(error, undefined)));
  }

  close(handle: Buffer): Promise<void> {
    return this.ask((answer) => this.sftp.close(handle, (error) => answer(error, undefined)));
  }

  /** Null when there is nothing of that name, or nothing that may be seen. */
  async stat(path: string): Promise<Stats | null> {
    return this.ask<Stats | null>((answer) => this.sftp.stat(path, (error, stats) => answer(undefined, error === undefined ? stats : null)));
  }

  /** In one go, in the place of a file that is there. Throws where the server is not able to. */
  replace(from: string, to: string): Promise<void> {
    return this.ask((answer) => this.sftp.ext_openssh_rename(from, to, (error) => answer(error, undefined)));
  }

  /** Also after the end, for a moment; that it does not work out is no fault of its own. */
  async removeIfPossible(path: string): Promise<void> {
    await new Promise<void>((settle) => {
      const timer = setTimeout(settle, LAST_WORD_MS);
      this.sftp.unlink(path, () => {
        clearTimeout(timer);
        settle();
      });
    });
  }

  private ask<T>(request: (answer: Answer<T>) => void): Promise<T> {
    const answered = new Promise<T>((settle, fail) => {
      request((error, value) => {
        if (error === undefined || error === null) settle(value);
        else fail(error);
      });
    });
    return Promise.race([answered, this.end.promise]);
  }
}
