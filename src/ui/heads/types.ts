import type { ComponentType } from 'react'

/** What a kind's fields are given: the options as they are, and what to do with changed ones. */
export interface HeadFieldsProps<Options> {
  readonly head: Options
  readonly onChange: (head: Options) => void
}

/** A kind of head on screen: what it is called, and what there is to choose of it. */
export interface HeadPanel<Options> {
  readonly name: string
  readonly help: string
  /** Why it is not trained by itself; null where it is. */
  readonly notByItself: string | null
  /** What there is to choose first of all; null for nothing. */
  readonly Fields: ComponentType<HeadFieldsProps<Options>> | null
  /** What there is to choose under “More”; null for nothing. */
  readonly MoreFields: ComponentType<HeadFieldsProps<Options>> | null
}
