import { CutpointError } from './errors'

/** What an archive may hold. */
export interface UnpackLimits {
  readonly entries: number
  /** Bytes that may always be unpacked; more only where the archive is not far smaller. */
  readonly bytes: number
}

/** Weights and photos hardly shrink: what unpacks to more than so many times its size is made to do harm. */
const mostRatio = 100

/** Watches that an archive does not unpack to more than it may: by what it says of itself, and by what comes out. */
export interface UnpackGuard {
  /** One more entry is listed, of so many bytes as it says itself; 0 where it does not say. Throws CutpointError `bad-zip`. */
  listed(bytes: number): void
  /** So many more bytes came out. Throws CutpointError `bad-zip`. */
  unpacked(bytes: number): void
}

/** A guard for the archive at `path`, which has `size` bytes. */
export function unpackGuard(path: string, size: number, { entries, bytes }: UnpackLimits): UnpackGuard {
  const most = Math.max(bytes, mostRatio * size)
  let [listed, stated, out] = [0, 0, 0]
  return {
    listed: (length) => {
      listed += 1
      stated += length
      if (listed > entries) {
        throw refused(
          path,
          `holds more than ${entries.toLocaleString('en')} files`,
          'Unpack it yourself, and drop what you need of it.',
        )
      }
      if (stated > most) throw tooMuch(path, size, most)
    },
    unpacked: (length) => {
      out += length
      if (out > most) throw tooMuch(path, size, most)
    },
  }
}

function tooMuch(path: string, size: number, most: number): CutpointError {
  return refused(
    path,
    `would unpack to more than ${megabytes(most)} from ${megabytes(size)}, as only files made to do harm do`,
    'Do not trust it; if you know what is in it, unpack it yourself, and drop the folder.',
  )
}

const megabytes = (bytes: number): string =>
  `${bytes < 1e7 ? (bytes / 1e6).toPrecision(2) : Math.round(bytes / 1e6).toLocaleString('en')} MB`

function refused(path: string, what: string, next: string): CutpointError {
  return new CutpointError('bad-zip', `${path} ${what}.`, next, { path, reason: 'unpacks' })
}
