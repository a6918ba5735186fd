/** What was found among dropped files, and how it is taken in. Plain data, so that it passes between threads. */
import type { Part, RejectedFile } from '../../types'
import type { ListReading, ListResult, PhotoList } from '../lists/types'

export interface DroppedFile {
  /** Relative, with its folders. */
  readonly path: string
  readonly blob: Blob
}

export interface ListedPicture {
  /** As dropped; for a picture out of a zip, `archive.zip/folder/1.jpg`. */
  readonly path: string
  /** As if archives had been unpacked where they lie: `folder/1.jpg`. */
  readonly plainPath: string
}

/** A text that may say labels. */
export interface ListFile extends ListedPicture {
  readonly blob: Blob
}

/** What is among dropped files, told by content. */
export interface Listing {
  /** In the files' order. */
  readonly pictures: readonly ListedPicture[]
  /** Files that may say labels. */
  readonly lists: readonly ListFile[]
  /** Files that are neither, each with the reason. */
  readonly rejected: readonly RejectedFile[]
}

/** How one photo is taken in. */
export interface PlannedPhoto {
  /** null for a photo that nothing names: it goes to the label at hand. */
  readonly label: string | null
  /** Where it is pinned; null to have it dealt. */
  readonly part: Part | null
  /** The recording it belongs to. */
  readonly group: string | null
}

/** A list, or several read as one, held against the pictures. */
export interface IntakeList {
  /** What it is about; its paths are as if archives had been unpacked. */
  readonly list: PhotoList
  /** How it is read, as proposed or chosen; null where it is left out. */
  readonly reading: ListReading | null
  /** What it says of the pictures, where it is used. */
  readonly result: ListResult | null
  /**
   * Why it is not used although it names labels: folders are labels already, and either say `other` things or, under
   * names of their own, the `same`. Null where it is used, has none, or the user has left it out.
   */
  readonly folders: 'same' | 'other' | null
}

/** What the user has chosen; what is left out is as the plan proposes. */
export interface IntakeChoices {
  /** All go to this label, but for those a list names. */
  readonly label?: string
  /** How a list is read, by its first path; null leaves the list out. */
  readonly lists?: Readonly<Record<string, ListReading | null>>
}

/** How dropped files are taken in. */
export interface IntakePlan {
  /** Of each picture of the listing; null where it is left out. */
  readonly photos: readonly (PlannedPhoto | null)[]
  readonly lists: readonly IntakeList[]
  /** What is not taken in, each with the reason. */
  readonly rejected: readonly RejectedFile[]
  /** Whether there is something that the user should decide before anything is taken in. */
  readonly asks: boolean
}
