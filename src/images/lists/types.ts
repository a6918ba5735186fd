/**
 * Lists that name photos (CSV, TSV, `path label` texts, JSON lines): what is in them and how they may be read. Plain data,
 * so that it passes between threads.
 */
import type { Part } from '../../types'

/** A list as read, before anything is known of its columns. */
export interface ListTable {
  /** Of the file, with its folders: names in it are resolved from its folder first. */
  readonly path: string
  /** Cells, trimmed; rows may differ in length. The first may hold headings. */
  readonly rows: readonly (readonly string[])[]
}

export type ColumnRole = 'file' | 'label' | 'part' | 'ignored'

/** What is known of a column, to choose by. */
export interface ListColumn {
  /** Its heading; null where the list has none. */
  readonly name: string | null
  /** A few different values, in the order they come. */
  readonly examples: readonly string[]
  /** Different values. */
  readonly distinct: number
  /** Dropped photos that its values name. */
  readonly photos: number
  /** In the proposed reading. */
  readonly role: ColumnRole
}

/** Where a photo's label is: in one column, or in the heading of that of several columns which holds a 1. */
export type LabelSource =
  | { readonly kind: 'column'; readonly column: number }
  | { readonly kind: 'one-hot'; readonly columns: readonly number[] }

/** Where a photo's part is: in one column, or in the name of the list (`train.csv`, `val.csv`). */
export type PartSource = { readonly kind: 'column'; readonly column: number } | { readonly kind: 'name' }

/** One way to read a list: which columns, by index, say what. */
export interface ListReading {
  readonly file: number
  readonly label: LabelSource | null
  readonly part: PartSource | null
}

/**
 * What a list is about:
 * - `labels`: a column, or one-hot columns, name the photos' labels (and perhaps parts)
 * - `parts`: it only says which photos are trained on and which are held out
 * - `submission`: a form to be filled in, the same for all photos
 * - `probabilities`: numbers that somebody's network gave
 * - `several`: photos have several labels each
 * - `boxes`: several labelled boxes a photo, of a detection set
 * - `unclear`: it names photos, but no column looks like labels
 * - `unrelated`: it names none of the photos
 */
export type ListKind =
  'labels' | 'parts' | 'submission' | 'probabilities' | 'several' | 'boxes' | 'unclear' | 'unrelated'

/** A list, or several with the same columns that are read as one (`GT-00000.csv`, `GT-00001.csv`, …), as it is understood. */
export interface PhotoList {
  readonly paths: readonly string[]
  readonly kind: ListKind
  readonly columns: readonly ListColumn[]
  /** Rows without the headings. */
  readonly rows: number
  /**
   * What is proposed: with a label for `labels`, with a part alone for `parts`; for other kinds that name photos, the
   * column of files, for the user to choose a label's beside. null for `unrelated`.
   */
  readonly reading: ListReading | null
  /** Photos named, in the proposed reading. */
  readonly photos: number
  /** Labels in the proposed reading, most frequent first, with how many photos each has. */
  readonly labels: readonly { readonly label: string; readonly photos: number }[]
  /** `sure`: a usual name or the only column that could be meant; `guess`: others come as near. */
  readonly confidence: 'sure' | 'likely' | 'guess'
}

/** What a list says of one photo. */
export interface ListedPhoto {
  /** null where it has none, or where labels are not read from the list. */
  readonly label: string | null
  readonly part: Part | null
}

export interface ListResult {
  /** By the photo's place among the paths. */
  readonly photos: ReadonlyMap<number, ListedPhoto>
  /** Rows that cannot be used, each with the reason, by the list's path. */
  readonly problems: readonly { readonly path: string; readonly reason: string }[]
}
