import { uniform } from '../layer-facts'
import { block, type Pieces } from '../pieces'
import type { Wiring } from '../wiring'
import { isDepthwise, isPointwise } from './walk'

/** Depthwise separable convolutions: a depthwise one directly followed by a 1×1 one. */
export function addSeparables(wiring: Wiring, pieces: Pieces): void {
  for (const node of wiring.index.graph.nodes) {
    const depthwise = pieces.of(node)
    if (!isDepthwise(depthwise)) continue
    const pointwise = pieces.after(depthwise.pattern.output)
    if (!isPointwise(pointwise)) continue
    const { kernel, strides, dilations } = depthwise.facts
    const head = [
      `Separable conv ${kernel?.join('×') ?? ''}`.trim(),
      String(pointwise.facts.to ?? ''),
      strides.some((stride) => stride > 1) && `stride ${uniform(strides)}`,
      dilations.some((dilation) => dilation > 1) && `dilation ${uniform(dilations)}`,
    ]
    const title = [head.filter(Boolean).join(', '), ...pointwise.words].join(' · ')
    const parts = [depthwise, pointwise]
    const found = block(wiring, 'separable', title, depthwise.input, parts, pointwise.pattern.output)
    if (found) pieces.add(found)
  }
}
