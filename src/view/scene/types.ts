import type { Direction, Edge, Box, OutputPort } from '../../layout/types'
import type { OpCategory } from '../../graph/op-tables/ops'

export interface SceneRequest {
  readonly unfolded: readonly string[]
  readonly direction: Direction
  /** Whether constants and weights get boxes of their own. */
  readonly constants: boolean
  readonly cut: readonly string[]
}

export interface Scene {
  /** Frames come before what stands in them. */
  readonly boxes: readonly SceneBox[]
  readonly edges: readonly Edge[]
  readonly width: number
  readonly height: number
  readonly direction: Direction
  readonly marks: Marks
  /** Whether shapes, costs and cuts were known when this was made. */
  readonly complete: boolean
}

/** What a box stands for; the screen words and shapes it accordingly. */
export type BoxLook = 'op' | 'constant' | 'pattern' | 'scope' | 'run' | 'blocks' | 'function' | 'loop'

export interface SceneBox extends Box {
  readonly look: BoxLook
  /** What it is, in the field's terms: `Conv 3×3, 32, stride 2 · BN · ReLU6`. */
  readonly title: string
  /** Its name as seen from the frame around it; the whole one is in `name`. */
  readonly label: string
  /** Further lines: weights' shapes (`kernel 3×3×3×32`), or how much is inside. */
  readonly lines: readonly string[]
  /** Lines that the title takes. */
  readonly titleRows: 1 | 2
  /** For screen readers: `Conv2D, expanded_conv/depthwise, output 56×56×48`. */
  readonly spoken: string
  /** Whether groups or patterns stand in it. */
  readonly nested: boolean
  /** Op categories inside with their shares, the largest first. */
  readonly categories: readonly { readonly category: OpCategory; readonly share: number }[]
  /** How many operations in it cannot be run here. */
  readonly blocked: number
  readonly cost: BoxCost | null
  readonly ports: readonly Port[]
}

export interface BoxCost {
  readonly parameters: number
  readonly multiplyAdds: number
  /** Bytes as stored. */
  readonly weightBytes: number
  /** Bytes of all that leaves it, for one image. */
  readonly outputBytes: number
}

/** Where a tensor leaves a box, and what is known of it. */
export interface Port extends OutputPort {
  /** `112×112×32`, without the batch; '' while it is not known. */
  readonly shape: string
  readonly dtype: string
  readonly canCut: boolean
  /** Why not. */
  readonly why: string | null
  readonly recommended: boolean
  /** Whether that is shown: at the end of a part of the network, and at the suggested one. */
  readonly marked: boolean
}

/** How the boxes of a scene stand to the cut. */
export interface Marks {
  /** Ids of the boxes that hold something of the trunk; null where nothing is cut. */
  readonly lit: readonly string[] | null
  /** Folded groups with a cut tensor inside that does not leave them. */
  readonly cutInside: readonly string[]
  /** Operations between each box and the cut, negative before it, by box id; empty where nothing is cut. */
  readonly distance: Readonly<Record<string, number>>
}
