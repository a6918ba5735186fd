import { isArray } from '../../json'
import { NotLowered, type Builder, type KerasLayer, type Lower, type Numbers, type Symbolic } from '../types'
import { channelsLast } from './layout'
import { add, asFloat, binary, multiply, resize, roundedBack, subtract, unary } from './ops'
import {
  axesField,
  choiceField,
  field,
  flagField,
  inputOf,
  needRank,
  rankOf,
  shapeOf,
  sizeOf,
  sizesField,
} from './read'
import { slice } from './slice'
import { sizes } from './sizes'

type Resized = readonly [height: number, width: number]

function targetOf(layer: KerasLayer): Resized {
  return [sizesField(layer, 'height', 1, 1)[0], sizesField(layer, 'width', 1, 1)[0]]
}

/** The window `[height, width]` of an image that starts at `top` and `left`. */
function crop(build: Builder, x: Symbolic, [top, left]: Resized, [height, width]: Resized): Symbolic {
  if (shapeOf(x)[1] === height && shapeOf(x)[2] === width) return x
  const all = { start: null, stop: null, step: 1 }
  return slice(build, x, [
    all,
    { start: top, stop: top + height, step: 1 },
    { start: left, stop: left + width, step: 1 },
  ])
}

function scaled(build: Builder, x: Symbolic, method: 'bilinear' | 'nearest', size: Resized): Symbolic {
  if (shapeOf(x)[1] === size[0] && shapeOf(x)[2] === size[1]) return x
  return resize(build, x, method, sizes(build, size, 'size'))
}

/**
 * The middle of the image in the aspect ratio that is wanted, then scaled.
 * Source: keras/src/utils/image_utils.py, `smart_resize`
 */
function croppedAndScaled(build: Builder, x: Symbolic, method: 'bilinear' | 'nearest', size: Resized): Symbolic {
  const [height, width] = [sizeOf(x, 1), sizeOf(x, 2)]
  const cropHeight = Math.max(1, Math.min(height, Math.trunc((width * size[0]) / size[1])))
  const cropWidth = Math.max(1, Math.min(width, Math.trunc((height * size[1]) / size[0])))
  const start: Resized = [Math.trunc((height - cropHeight) / 2), Math.trunc((width - cropWidth) / 2)]
  return scaled(build, crop(build, x, start, [cropHeight, cropWidth]), method, size)
}

const resizing: Lower = (layer, call, build) => {
  const input = inputOf(call)
  needRank(input, 4)
  if (flagField(layer, 'pad_to_aspect_ratio', false)) {
    throw new NotLowered('It keeps the aspect ratio by padding, which Cutpoint does not do inside a network.')
  }
  if (flagField(layer, 'antialias', false)) throw new NotLowered('It scales with antialiasing.')
  const method = choiceField(layer, 'interpolation', ['bilinear', 'nearest'], 'bilinear')
  const size = targetOf(layer)
  const work = flagField(layer, 'crop_to_aspect_ratio', false) ? croppedAndScaled : scaled
  const scaledImage = channelsLast(layer, build, asFloat(build, input), (x) => work(build, x, method, size))
  return [roundedBack(build, scaledImage, input, layer.kerasVersion)]
}

/** The middle of an image; one that is too small is scaled up. */
const centerCrop: Lower = (layer, call, build) => {
  const input = inputOf(call)
  needRank(input, 4)
  const size = targetOf(layer)
  return [
    channelsLast(layer, build, asFloat(build, input), (x) => {
      const [down, across] = [sizeOf(x, 1) - size[0], sizeOf(x, 2) - size[1]]
      if (down < 0 || across < 0) return croppedAndScaled(build, x, 'bilinear', size)
      return crop(build, x, [Math.floor(down / 2), Math.floor(across / 2)], size)
    }),
  ]
}

/** In use, Keras 2 takes the middle in the aspect ratio that is wanted; of Keras 3 it depends on the release. */
const randomCrop: Lower = (layer, call, build) => {
  const input = inputOf(call)
  needRank(input, 4)
  const [height, width] = targetOf(layer)
  return [
    channelsLast(layer, build, asFloat(build, input), (x) => {
      if (sizeOf(x, 1) === height && sizeOf(x, 2) === width) return unary(build, 'Identity', x)
      if (layer.kerasVersion < 3) return croppedAndScaled(build, x, 'bilinear', [height, width])
      throw new NotLowered('It crops at random, and what it does in use differs between releases of Keras.')
    }),
  ]
}

/** One number, or one for each channel, as constants of a layer's configuration. */
function factorsField(layer: KerasLayer, name: string, fallback: number): Numbers {
  const values = flatNumbers(field(layer, name) ?? fallback, name)
  return values.length === 1 ? values[0] : values
}

/** The numbers of a list, however nested. */
function flatNumbers(value: unknown, name: string): readonly number[] {
  if (typeof value === 'number' && Number.isFinite(value)) return [value]
  if (isArray(value) && value.length > 0) return value.flatMap((entry) => flatNumbers(entry, name))
  throw new NotLowered(`Its “${name}” is not given by numbers.`)
}

const rescaling: Lower = (layer, call, build) => {
  const x = asFloat(build, inputOf(call))
  const scale = factorsField(layer, 'scale', 1)
  const offset = factorsField(layer, 'offset', 0)
  const product = multiply(build, x, build.numbers('scale', scale, 'float32'))
  return [offset === 0 ? product : add(build, product, build.numbers('offset', offset, 'float32'))]
}

/** Keras' `backend.epsilon()`, which no file says. */
const epsilon = 1e-7

/** (x − mean) / max(√variance, ε), or its inverse; mean and variance for each index of the axes that are kept. */
const normalization: Lower = (layer, call, build) => {
  const x = asFloat(build, inputOf(call))
  const [mean, variance] = momentsOf(layer, build, x)
  const deviation = binary(build, 'Maximum', unary(build, 'Sqrt', variance), epsilon)
  if (flagField(layer, 'invert', false)) return [add(build, multiply(build, x, deviation), mean)]
  return [binary(build, 'RealDiv', subtract(build, x, mean), deviation, 'truediv')]
}

function momentsOf(layer: KerasLayer, build: Builder, x: Symbolic): readonly [mean: Symbolic, variance: Symbolic] {
  const axes = keptAxes(layer, x)
  const shape = shapeOf(x).map((_, axis) => (axes.includes(axis) ? sizeOf(x, axis) : 1))
  const isLast = axes.length === 1 && axes[0] === rankOf(x) - 1
  const isAdapted = field(layer, 'mean') === undefined
  if (isAdapted) {
    const weightShape = axes.length === 0 ? [] : isLast ? [sizeOf(x, axes[0])] : shape
    return [build.weight(layer, 'mean', 0, weightShape), build.weight(layer, 'variance', 1, weightShape)]
  }
  const given = (name: string): Symbolic => {
    const values = factorsField(layer, name, 1)
    if (typeof values !== 'number' && !isLast) {
      throw new NotLowered('It is given means for other dimensions than the last.')
    }
    return build.numbers(name, values, 'float32')
  }
  return [given('mean'), given('variance')]
}

/** No axis: one mean for all. */
function keptAxes(layer: KerasLayer, x: Symbolic): readonly number[] {
  const axis = 'axis' in layer.config ? layer.config.axis : -1
  if (axis === null || (isArray(axis) && axis.length === 0)) return []
  return [...axesField(layer, 'axis', rankOf(x), -1)].sort((a, b) => a - b)
}

/** x γ for each channel, of ConvNeXt; Keras 3 gives its one weight no name. */
const layerScale: Lower = (layer, call, build) => {
  const x = asFloat(build, inputOf(call))
  const name = layer.weights.at(0)?.name ?? 'gamma'
  return [multiply(build, x, build.weight(layer, name, 0, [sizeOf(x, -1)]))]
}

export const imageLayers: ReadonlyMap<string, Lower> = new Map([
  ['Resizing', resizing],
  ['CenterCrop', centerCrop],
  ['RandomCrop', randomCrop],
  ['Rescaling', rescaling],
  ['Normalization', normalization],
  ['LayerScale', layerScale],
])
