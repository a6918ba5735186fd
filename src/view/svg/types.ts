import type { OpCategory } from '../../graph/op-tables/ops'

/** Colours of an exported picture, as CSS colours. */
export interface PictureLook {
  readonly background: string
  readonly box: string
  readonly frame: string
  readonly border: string
  readonly text: string
  readonly quiet: string
  readonly line: string
  readonly cut: string
  readonly categories: Readonly<Record<OpCategory, string>>
  /** The colour of each box by id, where boxes are coloured by something else than their category. */
  readonly fills?: Readonly<Record<string, string>>
}
