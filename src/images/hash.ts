/** The content hash that features and duplicates are keyed by. */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { readBytes } from './decode/open-picture'

const sliceLength = 1 << 22

/**
 * SHA-256 of a file's bytes, 64 hexadecimal digits, read slice by slice. `crypto.subtle` would be faster, but is
 * missing outside secure contexts and wants all bytes at once.
 */
export async function hashOf(blob: Blob, subject: string): Promise<string> {
  const hash = sha256.create()
  for (let at = 0; at < blob.size; at += sliceLength) {
    hash.update(new Uint8Array(await readBytes(blob.slice(at, at + sliceLength), subject)))
  }
  return bytesToHex(hash.digest())
}
