import type { Shape } from '../../graph/types'
import type { Lowering } from './lowering'
import type { LayerConfig } from './config/model'
import { opaqueLayer, shapeGiven, tensorsOf } from './opaque'
import { lowerTold } from './told'
import type { Builder, Call, KerasLayer, Symbolic } from './types'

/** A call of a layer that cannot be lowered. */
export interface OpaqueCall {
  readonly layer: KerasLayer
  readonly call: Call
  readonly build: Builder
  readonly scope: string
  readonly path: readonly LayerConfig[]
  /** The shape of what it gives, where the file says it. */
  readonly stated: Shape | undefined
  readonly why: string
  /** Whether it can be told what it does. */
  readonly canTell: boolean
}

/** What stays one node of its class. */
export function opaque(one: OpaqueCall, lowering: Lowering): Symbolic {
  const { layer, call, build, stated } = one
  noteOpaque(one, lowering)
  return opaqueLayer(layer, call, build, stated ?? null)
}

/** A layer of which only its author knows what it does: what it was told to do, else one node. */
export function unknownLayer(one: OpaqueCall, lowering: Lowering): Symbolic {
  const { layer, call, build, scope, path } = one
  const { scopes } = lowering.draft
  const [input] = tensorsOf(call)
  const name = path.map((each) => each.name).join('/')
  const told = lowering.told.get(name) ?? null
  const info = scopes.get(scope)
  if (info) scopes.set(scope, { ...info, tellable: { layer: name, told } })
  if (told) return lowerTold(told, name, input, build)
  const { shape, guessed } = shapeGiven(layer, call, one.stated)
  const output = opaque({ ...one, stated: shape ?? undefined }, lowering)
  if (guessed) lowering.guessed.add(output.tensor)
  return output
}

/** Remembers why a layer stays opaque; of those after another, whose shapes nobody knows, that is why. */
function noteOpaque({ layer, call, why, canTell }: OpaqueCall, { opaque: known, guessed }: Lowering): void {
  const isAfterAnother =
    known.length > 0 && tensorsOf(call).some(({ shape, tensor }) => shape === null || guessed.has(tensor))
  if (!isAfterAnother && !known.some((other) => other.layer === layer)) known.push({ layer, why, canTell })
}

const mostWarnings = 5

/** What is said of the layers that cannot be run. */
export function warningsOf(opaque: Lowering['opaque']): string[] {
  const shown = opaque.slice(0, mostWarnings).map(({ layer, why, canTell }) => {
    const reason = why.replace(/\.$/, '')
    return `The layer “${layer.name}” (${layer.className}) cannot be run here: ${reason}. It is shown as one box; ${canTell ? 'say what it does, or ' : ''}cut before it.`
  })
  const more = opaque.length - shown.length
  return more > 0 ? [...shown, `${more} more layers cannot be run here.`] : shown
}
