import { uniform } from '../layer-facts'
import { block, type Pieces } from '../pieces'
import type { Wiring } from '../wiring'
import { depthwise, pointwise } from './walk'

/** Depthwise separable convolutions: a depthwise one directly followed by a 1×1 one. */
export function addSeparables(wiring: Wiring, pieces: Pieces): void {
  for (const op of wiring.ops) {
    const filter = depthwise(pieces.of(op))
    const mix = filter && pointwise(pieces.after(filter.output))
    if (!mix) continue
    const { kernel, strides, dilations } = filter.facts
    const head = [
      `Separable conv ${kernel?.join('×') ?? ''}`.trim(),
      String(mix.facts.to ?? ''),
      strides.some((stride) => stride > 1) && `stride ${uniform(strides)}`,
      dilations.some((dilation) => dilation > 1) && `dilation ${uniform(dilations)}`,
    ]
    const title = [head.filter(Boolean).join(', '), ...mix.words].join(' · ')
    const found = block('separable', title, filter.input, [filter, mix], mix.output)
    if (found) pieces.add(found)
  }
}
