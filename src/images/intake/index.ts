/** The way from dropped files to a plan of labels, parts and photos, as the image worker offers it. */
import { listFiles, type PictureSource } from './list-files'
import { planIntake } from './plan'
import { readLists } from './read-lists'
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
export async function planAgain(listing: Listing, choices: IntakeChoices): Promise<IntakePlan> {
  const paths = listing.pictures.map(({ plainPath }) => plainPath)
  return planIntake(listing, await readLists(listing.lists, paths, choices), choices)
}
