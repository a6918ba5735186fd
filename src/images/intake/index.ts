/** The way from dropped files to a plan of labels, parts and photos, as the image worker offers it. */
import { listFiles, type PictureSource } from './list-files'
import { pathOutOfArchive } from './paths'
import { planIntake } from './plan'
import { readLists } from './read-lists'
import { nameIn } from './unzip'
import type { DroppedFile, IntakeChoices, IntakePlan, Listing } from './types'

/** What was found among dropped files, and how it would be taken in. */
export interface LookedInto {
  readonly listing: Listing
  /** Where each picture's bytes are. */
  readonly sources: readonly PictureSource[]
  readonly plan: IntakePlan
}

/** Looks into dropped files, folders and zips. Never throws for a bad file. */
export async function lookInto(files: readonly DroppedFile[], choices: IntakeChoices = {}): Promise<LookedInto> {
  const { listing, sources } = await listFiles(files)
  return { listing, sources, plan: await planAgain(listing, choices) }
}

/** The plan of what was found, with other choices. */
export async function planAgain(found: Listing, choices: IntakeChoices): Promise<IntakePlan> {
  const listing = inEncodings(found, choices.encodings ?? {})
  const paths = listing.pictures.map(({ plainPath }) => plainPath)
  return planIntake(listing, await readLists(listing.lists, paths, choices), choices)
}

/** The listing with the names in some zips read in other encodings. */
export function inEncodings(listing: Listing, encodings: Readonly<Record<string, string>>): Listing {
  if (Object.keys(encodings).length === 0) return listing
  const pictures = listing.pictures.map((picture) => {
    const { archive, raw } = picture
    const encoding = archive === null ? undefined : encodings[archive]
    if (archive === null || raw === undefined || encoding === undefined) return picture
    const inside = nameIn(raw, encoding)
    return { ...picture, path: `${archive}/${inside}`, plainPath: pathOutOfArchive(archive, inside) }
  })
  return { ...listing, pictures }
}
