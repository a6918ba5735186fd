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
  /** Path of the zip it is in; null where it is in none. */
  readonly archive: string | null
  /** Its name in the zip as bytes, where the zip does not say in which encoding that is. */
  readonly raw?: Uint8Array
}

/** A text that may say labels. */
export interface ListFile {
  /** As dropped. */
  readonly path: string
  /** As if archives had been unpacked. */
  readonly plainPath: string
  readonly blob: Blob
}

/** A zip whose names had to be guessed. */
export interface ListedArchive {
  readonly path: string
  /** Encodings in which its names can be read, the likeliest first. */
  readonly encodings: readonly string[]
  /** Whether another one is nearly as likely as the first. */
  readonly unsure: boolean
}

/** How an object-detection set says where things are in its pictures. */
export type AnnotationFormat = 'YOLO' | 'Pascal VOC' | 'COCO' | 'CreateML' | 'LabelMe'

/** What a tool or system left behind. */
export interface LeftByTool {
  readonly name: string
  /** Whether it is a folder's name, or that of the files themselves. */
  readonly folder: boolean
  readonly files: number
}

/** What is among dropped files, told by content. */
export interface Listing {
  /** In the files' order. */
  readonly pictures: readonly ListedPicture[]
  /** Files that may say labels. */
  readonly lists: readonly ListFile[]
  readonly archives: readonly ListedArchive[]
  readonly annotations: readonly { readonly path: string; readonly format: AnnotationFormat }[]
  /** Files that tools and systems leave behind, by what they are in or called. */
  readonly leftByTools: readonly LeftByTool[]
  /** Files that are nothing of these, each with the reason. */
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

/** A way to make labels of folders: by their names at one depth, or at several, joined. */
export interface LevelOption {
  /** Counted from 0 at the top, without the level of `train` and `test`. */
  readonly depths: readonly number[]
  /** How many labels that gives. */
  readonly labels: number
  /** The first of them. */
  readonly examples: readonly { readonly label: string; readonly photos: number }[]
}

/** Folders side by side, as they are shown to choose the level of the labels. */
export interface Folders {
  readonly folders: readonly FolderNode[]
  /** Folders that are not listed. */
  readonly more: number
}

export interface FolderNode extends Folders {
  readonly name: string
  /** Photos in it and below. */
  readonly photos: number
  /** What its name is taken for. */
  readonly role: 'label' | 'part' | null
}

/** Parts that folders say. */
export interface PlannedParts {
  /** The folders' names. */
  readonly names: readonly string[]
  readonly photos: Readonly<Record<Part, number>>
  readonly used: boolean
}

/** Boxes in pictures without any label of the whole picture. */
export interface FoundBoxes {
  readonly formats: readonly AnnotationFormat[]
  readonly files: number
}

/** What the user has chosen; what is left out is as the plan proposes. */
export interface IntakeChoices {
  /** All go to this label, but for those a list names. */
  readonly label?: string
  /** How a list is read, by its first path; null leaves the list out. */
  readonly lists?: Readonly<Record<string, ListReading | null>>
  /** The depths of the folders that are labels. */
  readonly level?: readonly number[]
  /** Whether folders' parts are kept. */
  readonly parts?: boolean
  /** Whether photos beside the folders of labels are taken. */
  readonly loose?: boolean
  /** Of the names in a zip, by its path. */
  readonly encodings?: Readonly<Record<string, string>>
}

/** How dropped files are taken in. */
export interface IntakePlan {
  /** Of each picture of the listing, by its place; null where it is left out. */
  readonly photos: readonly (PlannedPhoto | null)[]
  readonly lists: readonly IntakeList[]
  /** What is not taken in, each with the reason. */
  readonly rejected: readonly RejectedFile[]
  /** Ways to make labels of the folders, the proposed one first; none where they do not say the labels. */
  readonly levels: readonly LevelOption[]
  /** The depths that are taken. */
  readonly level: readonly number[]
  readonly tree: Folders
  readonly parts: PlannedParts | null
  /** Photos that lie beside the folders of labels, not in one. */
  readonly loose: { readonly photos: number; readonly taken: boolean } | null
  readonly boxes: FoundBoxes | null
  /** Folders that are one label, or two, by what is hard to see. */
  readonly near: NearNames
  /** Whether there is something that the user should decide before anything is taken in. */
  readonly asks: boolean
}

/** Folders whose names are nearly the same, which nobody sees by looking at them. */
export interface NearNames {
  /** Folders' names that differ, and are one label all the same: by spaces, by how letters are stored, far at their end. */
  readonly joined: readonly { readonly label: string; readonly names: readonly string[] }[]
  /** Labels that differ only in capitals. */
  readonly apart: readonly (readonly string[])[]
}
