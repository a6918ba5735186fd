import { own } from '../../json'
import type { KerasLayer } from '../types'

/**
 * Why a layer's weights are not the numbers that it computes with: they are quantised, with scales beside them, or what
 * LoRA learnt lies apart; null for those that are. Where only parts of an attention layer are quantised, the whole
 * numbers of their kernels tell. Source: `quantized_build` and `enable_lora` in keras/src/layers/core/dense.py.
 */
export function storedOtherwise({ config, weights }: KerasLayer): string | null {
  const policy = JSON.stringify(own(config, 'dtype') ?? '')
  const isQuantised =
    (own(config, 'quantization_config') ?? null) !== null ||
    /_from_|Quantized(Float8)?DTypePolicy/.test(policy) ||
    weights.some(({ stored: { info } }) => info.shape.length > 1 && /^u?int/.test(info.dtype))
  if (isQuantised) return 'Its weights are quantised in a way that Cutpoint does not read.'
  const isApart = (own(config, 'lora_rank') ?? null) !== null && weights.some(({ name }) => /(^|\/)lora_/.test(name))
  return isApart ? 'What was learnt by LoRA lies beside its weights; save the model as .keras, which joins them.' : null
}
