/** @file What data loading needs of its surroundings: folders to look in, a cache to write to, and the network. */

/** Bytes that this thread owns: what files and the network deliver. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** A file's content, with the name by which messages speak of it. */
export interface NamedFile {
  readonly name: string;
  readonly bytes: Bytes;
}

/** A folder to read from. Paths inside it use "/". */
export interface DataFolder {
  /** How people call the file or folder at `path`: its full path, or an address. */
  locate(path: string): string;
  /** The file's content, or undefined if there is no such file. */
  read(path: string): Promise<Bytes | undefined>;
}

/** A folder for downloaded files. */
export interface DataCache extends DataFolder {
  /** Writes the whole file or, if anything goes wrong, none of it. */
  write(path: string, bytes: Bytes): Promise<void>;
}

/** What happens during a download, for a progress bar and for the log. */
export type DownloadEvent =
  | {
      readonly kind: "progress";
      readonly file: string;
      readonly url: string;
      /** Bytes so far. */
      readonly bytes: number;
      /** Bytes in all, or undefined if the server does not say. */
      readonly total: number | undefined;
    }
  | {
      readonly kind: "mirrorFailed";
      readonly file: string;
      readonly url: string;
      readonly reason: string;
      /** The mirror that is tried next. */
      readonly next: string;
    };

/** Handed to everything that loads data: Node and a browser page each bring their own. */
export interface DataAccess {
  /** The setting by which a user names a folder of their own: "HOLDOUT_DATA_DIR". */
  readonly folderSetting: string;
  /** The folder that the user named. If there is one, no other place is looked at. */
  readonly givenFolder?: DataFolder;
  /** Where downloads are kept; without one, they are not. */
  readonly cache?: DataCache;
  readonly fetch: (url: string) => Promise<Response>;
  readonly onDownload?: (event: DownloadEvent) => void;
}
