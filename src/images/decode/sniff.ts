/** What a file is, by its first bytes; names and MIME types lie too often. */

export type FileKind =
  | 'jpeg'
  | 'png'
  | 'gif'
  | 'bmp'
  | 'webp'
  | 'avif'
  | 'heic'
  | 'tiff'
  | 'jxl'
  | 'ico'
  | 'svg'
  | 'zip'
  | 'archive'
  | 'pdf'
  | 'video'
  | 'sound'
  | 'text'
  | 'empty'
  | 'unknown'

/** How many bytes `sniff` wants to see (fewer where the file is shorter). */
export const sniffLength = 1024

/**
 * The kind of a file from its first bytes. Signatures as in the WHATWG MIME Sniffing Standard
 * (https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern) and, where that has none, the format's own
 * specification; brands of ISO media files by https://mp4ra.org/registered-types/brands.
 */
export function sniff(head: Uint8Array): FileKind {
  if (head.length === 0) return 'empty'
  const latin = String.fromCharCode(...head.subarray(0, 32))
  for (const [kind, at, signature] of signatures) {
    if (latin.startsWith(signature, at)) return kind
  }
  // "BM" may begin a text; the four reserved bytes after the file's size are zero in a bitmap.
  if (latin.startsWith('BM') && latin.startsWith('\0\0\0\0', 6)) return 'bmp'
  if (latin.startsWith('RIFF'))
    return latin.startsWith('WEBP', 8) ? 'webp' : latin.startsWith('WAVE', 8) ? 'sound' : 'video'
  if (latin.startsWith('ftyp', 4)) return mediaKind(head)
  const text = asText(head)
  if (text === null) return 'unknown'
  return isSvg(text) ? 'svg' : 'text'
}

const signatures: readonly (readonly [FileKind, number, string])[] = [
  ['jpeg', 0, '\xff\xd8\xff'],
  ['png', 0, '\x89PNG\r\n\x1a\n'],
  ['gif', 0, 'GIF87a'],
  ['gif', 0, 'GIF89a'],
  ['tiff', 0, 'II*\0'],
  ['tiff', 0, 'MM\0*'],
  ['jxl', 0, '\xff\x0a'],
  ['jxl', 0, '\0\0\0\x0cJXL \r\n\x87\n'],
  ['ico', 0, '\0\0\x01\0'],
  ['zip', 0, 'PK\x03\x04'],
  ['zip', 0, 'PK\x05\x06'],
  ['archive', 0, 'Rar!\x1a\x07'],
  ['archive', 0, '7z\xbc\xaf\x27\x1c'],
  ['archive', 0, '\x1f\x8b'],
  ['archive', 0, 'BZh'],
  ['archive', 0, '\xfd7zXZ\0'],
  ['pdf', 0, '%PDF-'],
  ['video', 0, '\x1aE\xdf\xa3'],
  ['video', 4, 'moov'],
  ['video', 4, 'mdat'],
  ['sound', 0, 'ID3'],
  ['sound', 0, 'OggS'],
  ['sound', 0, 'fLaC'],
]

/** Kind of an ISO base media file by its brands: the major one, then the compatible ones. */
function mediaKind(head: Uint8Array): FileKind {
  const boxLength = new DataView(head.buffer, head.byteOffset, head.byteLength).getUint32(0)
  const box = String.fromCharCode(...head.subarray(8, Math.max(12, Math.min(boxLength, head.length))))
  const brands = [box.slice(0, 4), ...(box.slice(8).match(/[^]{4}/g) ?? [])]
  if (brands.some((brand) => brand === 'avif' || brand === 'avis')) return 'avif'
  if (brands.some((brand) => /^(?:hei[cxms]|hev[cxms]|mif1|msf1)$/.test(brand))) return 'heic'
  if (brands[0].startsWith('M4A')) return 'sound'
  return 'video'
}

/** Whether the first element is `svg`, after whitespace, the XML declaration, comments and a document type. */
function isSvg(text: string): boolean {
  let rest = text.trimStart()
  for (;;) {
    const end = rest.startsWith('<!--') ? '-->' : /^<[?!]/.test(rest) ? '>' : null
    if (end === null) return /^<svg[\s>]/i.test(rest)
    const at = rest.indexOf(end)
    if (at < 0) return false
    rest = rest.slice(at + end.length).trimStart()
  }
}

/** The bytes as text, or null where they are not UTF-8 or hold control characters no text has. */
function asText(head: Uint8Array): string | null {
  if (head.some((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0c && byte !== 0x0d)) return null
  try {
    // `stream` forgives a character cut in two by the end of the head.
    return new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
  } catch {
    return null
  }
}

/** The kinds that are pictures, as people call them. Whether this browser can decode one is another matter. */
const pictureNames: Partial<Record<FileKind, string>> = {
  jpeg: 'JPEG',
  png: 'PNG',
  gif: 'GIF',
  bmp: 'BMP',
  webp: 'WebP',
  avif: 'AVIF',
  heic: 'HEIC',
  tiff: 'TIFF',
  jxl: 'JPEG XL',
  ico: 'icon',
}

/** `JPEG` for a JPEG, undefined for what is not a picture of pixels. */
export function pictureName(kind: FileKind): string | undefined {
  return pictureNames[kind]
}

/** Why a file of this kind is not taken as a picture, as a sentence. */
export function notAPicture(kind: FileKind): string {
  switch (kind) {
    case 'empty':
      return 'The file is empty.'
    case 'svg':
      return 'This is an SVG drawing, which has no pixels of its own; save it as PNG first.'
    case 'text':
      return 'This is text, not a picture.'
    case 'pdf':
      return 'This is a PDF, not a picture.'
    case 'video':
      return 'This is a video, not a picture.'
    case 'sound':
      return 'This is a sound file, not a picture.'
    case 'zip':
      return 'This is a zip inside another file; unpack it and drop what is in it.'
    case 'archive':
      return 'This kind of archive is not opened; unpack it, or make it a zip.'
    default:
      return 'This is not a picture Cutpoint knows.'
  }
}
