/** Annotations of object-detection sets: boxes drawn in pictures, which say where things are, not what a picture is of. */
import { findLevels } from './levels'
import type { AnnotationFormat, FoundBoxes, Listing } from './types'

/** The format of a file's annotations by how it begins; null for other files. */
export function annotationFormat(path: string, head: string): AnnotationFormat | null {
  if (/\.xml$/i.test(path)) return /<annotation[\s>]/i.test(head) ? 'Pascal VOC' : null
  if (/\.txt$/i.test(path)) return isYolo(path, head) ? 'YOLO' : null
  if (/\.ya?ml$/i.test(path))
    return /^\s*names\s*:/m.test(head) && /^\s*(?:nc|train|val)\s*:/m.test(head) ? 'YOLO' : null
  if (/\.json$/i.test(path)) return formatOfJson(path, head)
  return null
}

/** Lines of a class's number and four or more numbers from 0 to 1; a picture without boxes has an empty file. */
function isYolo(path: string, head: string): boolean {
  const lines = head.split('\n').map((line) => line.trim())
  // The head may end within a line.
  const whole = (lines.length > 1 ? lines.slice(0, -1) : lines).filter((line) => line !== '')
  if (whole.length === 0) return /(?:^|\/)labels\//i.test(path)
  return whole.every((line) => /^\d+(?:\s+(?:0?\.\d+(?:e-\d+)?|[01](?:\.0*)?)){4,}$/i.test(line))
}

function formatOfJson(path: string, head: string): AnnotationFormat | null {
  if (/"(?:bbox|segmentation|iscrowd)"/.test(head)) return 'COCO'
  if (/"coordinates"\s*:\s*\{\s*"x"/.test(head)) return 'CreateML'
  if (/"shapes"\s*:/.test(head) && /"imagePath"|"points"/.test(head)) return 'LabelMe'
  return /(?:^|\/)(?:instances|_annotations\.coco|annotations?)[^/]*\.json$/i.test(path) &&
    /"(?:images|categories|annotations|info|licenses)"\s*:/.test(head)
    ? 'COCO'
    : null
}

/** Annotations of boxes where no folders name labels; else null, for then they may be left aside. */
export function boxesAlone(
  { annotations, pictures }: Listing,
  folders: readonly (readonly string[])[],
): FoundBoxes | null {
  const files = annotations.length
  if (files === 0 || pictures.length === 0) return null
  const formats = [...new Set(annotations.map(({ format }) => format))]
  // COCO has one file for all pictures; of the others each picture has its own.
  const many = formats.some((format) => format === 'COCO' || format === 'CreateML') || files * 2 >= pictures.length
  if (!many || findLevels(folders).distinguishes) return null
  return { formats, files }
}
