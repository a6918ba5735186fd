import { isRecord, own } from '../../json'
import { NotLowered, type Lower } from '../types'
import { scaledSum } from './merge'
import { asFloat, unary } from './ops'
import { field, inputOf, inputsOf } from './read'

const identity: Lower = (_, call, build) => {
  const [x, ...others] = inputsOf(call)
  // Of a StochasticDepth of other packages: a sum of two branches.
  if (others.length > 0) throw new NotLowered('It is called with several tensors.')
  return [unary(build, 'Identity', x)]
}

/** Augmentation computes in float32 also when it changes nothing. */
const augmentation: Lower = (_, call, build) => [unary(build, 'Identity', asFloat(build, inputOf(call)))]

/** Of these, one is known: InceptionResNetV2 as Keras 2 wrote it scales a branch, by a number kept beside the code. */
const lambda: Lower = (layer, call, build) => {
  const given = field(layer, 'arguments')
  const scale = isRecord(given) && Object.keys(given).length === 1 ? own(given, 'scale') : undefined
  const inputs = inputsOf(call)
  if (typeof scale !== 'number' || inputs.length !== 2 || !/^block(35|17|8)_\d+$/.test(layer.name)) {
    throw new NotLowered('It is Python code.')
  }
  return [scaledSum(build, inputs, scale)]
}

const identities =
  'Dropout SpatialDropout1D SpatialDropout2D SpatialDropout3D AlphaDropout GaussianDropout GaussianNoise ActivityRegularization Identity StochasticDepth FixedDropout DropConnect'
const augmentations =
  'RandomFlip RandomRotation RandomZoom RandomTranslation RandomContrast RandomBrightness RandomHeight RandomWidth RandomHue RandomSaturation RandomColorJitter RandomColorDegeneration RandomGrayscale RandomSharpness RandomShear RandomPerspective RandomInvert RandomPosterization RandomErasing RandomElasticTransform RandomGaussianBlur AugMix RandAugment CutMix MixUp'

/** Layers that change nothing when a network is used. */
export const identityLayers: ReadonlyMap<string, Lower> = new Map([
  ...identities.split(' ').map((name) => [name, identity] as const),
  ...augmentations.split(' ').map((name) => [name, augmentation] as const),
  ['Lambda', lambda],
])
