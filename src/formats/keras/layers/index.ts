import type { Lower } from '../types'
import { activationLayers } from './activation'
import { attentionLayers } from './attention'
import { convolutionLayers } from './convolution'
import { denseLayers } from './dense'
import { embeddingLayers } from './embedding'
import { identityLayers } from './identity'
import { imageLayers } from './image'
import { mergeLayers } from './merge'
import { normalisationLayers } from './normalisation'
import { operationLayers } from './operations/index'
import { poolingLayers } from './pooling'
import { shapeLayers } from './shape'

/**
 * How each layer becomes operations, by the keys of `loweringKeys`: the class name (`Conv2D`), or `ops.Add` for an
 * operation of Keras 3. TensorFlow functions inside models of Keras 2 are found under `TFOpLambda`.
 */
export const lowerings: ReadonlyMap<string, Lower> = new Map([
  ...activationLayers,
  ...attentionLayers,
  ...convolutionLayers,
  ...denseLayers,
  ...embeddingLayers,
  ...identityLayers,
  ...imageLayers,
  ...mergeLayers,
  ...normalisationLayers,
  ...operationLayers,
  ...poolingLayers,
  ...shapeLayers,
])
