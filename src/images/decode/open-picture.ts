/** Opening a picture file: recognised, of bearable size, decoded; refused in plain words else. */
import { CutpointError } from '../../errors'
import { storedSize, type PixelSize } from './dimensions'
import { notAPicture, pictureName, sniff } from './sniff'

/** A picture may have this many pixels; decoded, that is 400 MB. */
export const maxPixels = 100_000_000

/** Enough for a JPEG's frame header to follow its metadata (a colour profile, a preview, maker's notes). */
const headLength = 1 << 18

/**
 * Decodes a picture, turned as its EXIF orientation says, its first frame if it moves, its colours brought to sRGB.
 * The caller closes the bitmap. Throws `bad-image`.
 *
 * @param name for the message; null where the picture has none
 */
export async function openPicture(blob: Blob, name: string | null): Promise<ImageBitmap> {
  const subject = name === null ? 'The picture' : `“${name}”`
  const head = new Uint8Array(await readBytes(blob.slice(0, headLength), subject))
  const kind = sniff(head)
  const picture = pictureName(kind)
  if (picture === undefined) {
    throw badImage(`${subject} cannot be used. ${notAPicture(kind)}`, { name, kind })
  }
  const size = storedSize(head, kind)
  if (size) checkSize(size, subject, name)
  const bitmap = await decodeBlob(blob, subject, picture, { name, kind })
  try {
    checkSize(bitmap, subject, name)
  } catch (error) {
    bitmap.close()
    throw error
  }
  return bitmap
}

async function decodeBlob(
  blob: Blob,
  subject: string,
  picture: string,
  details: { name: string | null; kind: string },
): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(blob, { imageOrientation: 'from-image' })
  } catch {
    if (readEverywhere.has(details.kind)) {
      throw badImage(`${subject} is damaged or incomplete and could not be read as ${picture}.`, details)
    }
    throw badImage(
      `${subject} is a ${picture} picture, and this browser could not read it.`,
      details,
      'Save it as JPEG or PNG and add it again.',
    )
  }
}

const readEverywhere: ReadonlySet<string> = new Set(['jpeg', 'png', 'gif', 'bmp', 'webp', 'ico'])

function checkSize({ width, height }: PixelSize, subject: string, name: string | null): void {
  if (width * height <= maxPixels) return
  const megapixels = Math.ceil((width * height) / 1e6)
  throw badImage(
    `${subject} has ${width} × ${height} pixels (${megapixels} megapixels), and at most ${maxPixels / 1e6} megapixels are read.`,
    { name, width, height, maxPixels },
    'Make it smaller and add it again.',
  )
}

/** The bytes of a blob. A file that was moved, changed or locked since it was dropped cannot be read any more. */
export async function readBytes(blob: Blob, subject: string): Promise<ArrayBuffer> {
  try {
    return await blob.arrayBuffer()
  } catch {
    throw badImage(
      `${subject} could not be read; the file was moved or changed, or may not be opened.`,
      {},
      'Look whether the file is still there and drop it again.',
    )
  }
}

function badImage(
  message: string,
  details: Readonly<Record<string, unknown>>,
  next = 'Leave it out, or save it as JPEG or PNG and add it again.',
): CutpointError {
  return new CutpointError('bad-image', message, next, details)
}
