import { descentNames, type DescentExports } from '../../kernels/descend'

/** What assembly/index.ts exports; pointers, counts and bytes are numbers. */
export interface TailExports extends DescentExports {
  heapBase(): number
  edge(index: number): number
  product(
    rows: number,
    inner: number,
    columns: number,
    a: number,
    aRow: number,
    aColumn: number,
    b: number,
    bRow: number,
    bColumn: number,
    target: number,
    targetRow: number,
    accumulate: boolean,
  ): void
  convolution(at: number, x: number, filter: number, y: number): void
  convolutionToInput(at: number, dy: number, filter: number, dx: number, accumulate: boolean): void
  convolutionToFilter(at: number, x: number, dy: number, filter: number, accumulate: boolean): void
  depthwise(at: number, x: number, filter: number, y: number): void
  depthwiseToInput(at: number, dy: number, filter: number, dx: number, accumulate: boolean): void
  depthwiseToFilter(at: number, x: number, dy: number, filter: number, accumulate: boolean): void
  averagePool(at: number, x: number, y: number): void
  averagePoolBack(at: number, dy: number, dx: number, accumulate: boolean): void
  maxPool(at: number, x: number, y: number): void
  maxPoolBack(at: number, x: number, dy: number, dx: number, accumulate: boolean): void
  add(outer: number, middle: number, inner: number, wide: number, narrow: number, target: number): void
  addEach(outer: number, middle: number, wide: number, narrow: number, target: number): void
  multiply(
    outer: number,
    middle: number,
    inner: number,
    wide: number,
    narrow: number,
    target: number,
    accumulate: boolean,
  ): void
  multiplyEach(outer: number, middle: number, wide: number, narrow: number, target: number, accumulate: boolean): void
  scaleOffset(
    outer: number,
    middle: number,
    inner: number,
    wide: number,
    scale: number,
    offset: number,
    target: number,
  ): void
  spread(
    outer: number,
    middle: number,
    inner: number,
    narrow: number,
    factor: number,
    target: number,
    accumulate: boolean,
  ): void
  spreadEach(outer: number, middle: number, narrow: number, factor: number, target: number, accumulate: boolean): void
  sum(
    outer: number,
    middle: number,
    inner: number,
    wide: number,
    factor: number,
    target: number,
    accumulate: boolean,
  ): void
  sumOfProducts(
    outer: number,
    middle: number,
    inner: number,
    a: number,
    b: number,
    target: number,
    accumulate: boolean,
  ): void
  sumOfDeviations(
    outer: number,
    middle: number,
    inner: number,
    x: number,
    mean: number,
    dy: number,
    target: number,
  ): void
  squares(values: number, count: number): number
  unary(kind: number, alpha: number, x: number, target: number, count: number): void
  unaryBack(
    kind: number,
    alpha: number,
    y: number,
    dy: number,
    target: number,
    count: number,
    accumulate: boolean,
  ): void
  copy(
    rows: number,
    bytes: number,
    source: number,
    sourceRow: number,
    target: number,
    targetRow: number,
    accumulate: boolean,
  ): void
}

const names: readonly (keyof TailExports)[] = [
  ...(['heapBase', 'edge', 'product', 'convolution', 'convolutionToInput', 'convolutionToFilter'] as const),
  ...(['depthwise', 'depthwiseToInput', 'depthwiseToFilter'] as const),
  ...(['averagePool', 'averagePoolBack', 'maxPool', 'maxPoolBack'] as const),
  ...(['add', 'addEach', 'multiply', 'multiplyEach', 'scaleOffset', 'spread', 'spreadEach'] as const),
  ...(['sum', 'sumOfProducts', 'sumOfDeviations', 'squares', 'unary', 'unaryBack', 'copy'] as const),
  ...descentNames,
]

export function isTailExports(exports: object): exports is TailExports {
  return names.every((name) => name in exports)
}
