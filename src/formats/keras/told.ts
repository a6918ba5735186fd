import { CutpointError } from '../../errors'
import { readFormula, type Expression, type Operation } from '../../graph/told/formula'
import type { ScopeInfo } from '../../graph/types'
import type { Told } from '../../types'
import { asFloat, binary, resize, unary } from './layers/ops'
import type { Builder, Symbolic } from './types'
import { sizes } from './layers/sizes'

/** Larger pictures than this no network works on. */
const largestSide = 16_384

/**
 * The operations that do what a layer was told to do. Throws CutpointError `bad-formula`, or `cannot-tell` where what the
 * layer gets does not fit.
 */
export function lowerTold(told: Told, layer: string, x: Symbolic, build: Builder): Symbolic {
  switch (told.does) {
    case 'identity':
      return unary(build, 'Identity', x)
    case 'scale':
      return scaled(told.by, layer, x, build)
    case 'shift':
      return shifted(told, layer, asFloat(build, x), build)
    case 'resize':
      return resized(told, layer, x, build)
    case 'formula':
      return worked(readFormula(told.formula), asFloat(build, x), build)
  }
}

function scaled(by: number, layer: string, x: Symbolic, build: Builder): Symbolic {
  if (!isNumber(by) || Math.fround(by) === 0) throw cannotTell(layer, 'it divides by a number other than 0')
  return binary(build, 'RealDiv', asFloat(build, x), by, 'truediv')
}

function shifted(
  { mean, deviation }: Extract<Told, { does: 'shift' }>,
  layer: string,
  x: Symbolic,
  build: Builder,
): Symbolic {
  const channels = x.shape?.at(-1) ?? null
  const fits = (values: readonly number[]): boolean =>
    values.every(isNumber) &&
    (values.length === 1 || (values.length > 0 && values.length === (channels ?? values.length)))
  if (!fits(mean) || !fits(deviation) || deviation.some((each) => Math.fround(each) === 0)) {
    const each = channels === null ? 'one for each channel' : `${channels}, one for each channel`
    throw cannotTell(layer, `mean and deviation are one number or ${each}, no deviation being 0`)
  }
  const constant = (name: string, values: readonly number[]): Symbolic =>
    build.numbers(name, values.length === 1 ? values[0] : values, 'float32')
  const centred = build.op('sub', 'Sub', [x, constant('mean', mean)])
  return build.op('truediv', 'RealDiv', [centred, constant('deviation', deviation)])
}

function resized(
  { height, width }: Extract<Told, { does: 'resize' }>,
  layer: string,
  x: Symbolic,
  build: Builder,
): Symbolic {
  const isSide = (side: number): boolean => Number.isInteger(side) && side > 0 && side <= largestSide
  if (!isSide(height) || !isSide(width)) throw cannotTell(layer, 'height and width are whole numbers of pixels')
  if (x.shape !== null && x.shape.length !== 4) {
    throw cannotTell(layer, `only pictures can be resized, and it gets ${x.shape.length} dimensions`)
  }
  return resize(build, asFloat(build, x), 'bilinear', sizes(build, [height, width], 'size'))
}

const operations: Record<Operation, readonly [op: string, name: string]> = {
  add: ['AddV2', 'add'],
  subtract: ['Sub', 'sub'],
  multiply: ['Mul', 'mul'],
  divide: ['RealDiv', 'truediv'],
  min: ['Minimum', 'Minimum'],
  max: ['Maximum', 'Maximum'],
}

function worked(expression: Expression, x: Symbolic, build: Builder): Symbolic {
  const made = (part: Expression): Symbolic | number => (part.kind === 'number' ? part.value : worked(part, x, build))
  switch (expression.kind) {
    case 'x':
      return unary(build, 'Identity', x)
    case 'number':
      return build.numbers('number', expression.value, 'float32')
    case 'negative':
      return unary(build, 'Neg', worked(expression.of, x, build))
    default: {
      const [op, name] = operations[expression.kind]
      return binary(build, op, made(expression.left), made(expression.right), name)
    }
  }
}

const isNumber = (value: number): boolean => Number.isFinite(Math.fround(value))

/** Throws CutpointError `cannot-tell` where a layer is told that is not there, or of which the file says what it does. */
export function requireTellable(layers: Iterable<string>, scopes: ReadonlyMap<string, ScopeInfo>, file: string): void {
  const known = new Set([...scopes.values()].map(({ tellable }) => tellable?.layer))
  for (const layer of layers) {
    if (known.has(layer)) continue
    throw new CutpointError(
      'cannot-tell',
      `There is no layer “${layer}” in ${file} that can be told what it does.`,
      'Choose a Lambda or a layer of a class of its author’s own, which takes one tensor.',
      { layer, known: [...known].filter(Boolean) },
    )
  }
}

function cannotTell(layer: string, why: string): CutpointError {
  return new CutpointError('cannot-tell', `The layer “${layer}” cannot do that: ${why}.`, 'Tell it something else.', {
    layer,
  })
}
