import type * as v from 'valibot'
import type { Pool } from '../graph/graft/pools'

/** What is known of a kind of head wherever heads are spoken of: its options, and what they come to. */
export interface HeadSpec<Options extends { readonly kind: string }> {
  readonly kind: Options['kind']
  /** As it is offered first. */
  readonly defaults: Options
  /** The form of its options in what is kept and in project files. */
  readonly stored: v.GenericSchema<unknown, Options>
  /** What options of later versions were before they could be chosen: what is kept without them is of these. */
  readonly before: Partial<Options>
  /** Throws CutpointError `bad-option`. */
  readonly check: (options: Options) => void
  /** How the values at the cut become features for it. */
  readonly pool: (options: Options) => Pool
  /** How many numbers it learns from that many features; null where photos decide. */
  readonly parameters: (options: Options, features: number, labels: number) => number | null
  /** Whether something in its training is random, so that another seed gives another head. */
  readonly random: boolean
  /** Whether it is trained in next to no time, and so by itself whenever something changes. */
  readonly quick: boolean
  /** Whether class weights make a difference to it. */
  readonly weighs: boolean
  /** Whether the network's last layers can learn with it. */
  readonly tunes: boolean
  /** Whether features of photos are among its numbers, so that they are in what is exported. */
  readonly keepsPhotos: (options: Options) => boolean
  /** Whether it looks at the validation photos to know when to stop. */
  readonly watchesValidation: boolean
  /** What one entry of its history is: a round over all photos, or a step of a solver. */
  readonly steps: 'epoch' | 'step'
}
