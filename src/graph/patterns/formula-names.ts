import { call, clip, maximum, minimum, number as c, perChannel as v, power, product, sum, x, type Term } from './terms'

const relu = (term: Term): Term => call('Relu', term)
const shifted = sum(x, c)
const scaled = product(x, c)
const negativePart = relu(scaled)
/** x - |x|: twice the negative part. */
const twiceNegative = sum(x, product(c, call('Abs', x)))
/** The inner polynomial of GELU's approximation by tanh, x + 0.044715 x³ times √(2/π). */
const cubes = [power(x), product(x, x, x), product(x, power(x))]
const polynomials = cubes.flatMap((cube) => [
  product(c, sum(x, product(c, cube))),
  // 0.0356774 x³ + 0.797885 x, and x (1 + 0.044715 x²).
  sum(product(c, x), product(c, cube)),
])
const factored = [power(x), product(x, x)].map((square) => product(c, x, sum(c, product(c, square))))

/**
 * Formulas of activations as graphs spell them out. Sources: hard-swish, Howard et al. 2019 (arXiv:1905.02244);
 * SiLU and GELU, Hendrycks and Gimpel 2016 (arXiv:1606.08415); Mish, Misra 2019 (arXiv:1908.08681);
 * PReLU, He et al. 2015 (arXiv:1502.01852).
 */
const table: readonly (readonly [name: string, ...terms: Term[]])[] = [
  [
    'SiLU',
    product(x, call('Sigmoid', x)),
    product(x, call('Sigmoid', scaled)),
    product(x, call('Sigmoid', product(x, v))),
  ],
  [
    'hard-swish',
    ...[call('Relu6', shifted), clip(shifted), minimum(relu(shifted), c)].map((gate) => product(x, c, gate)),
    ...[clip(sum(scaled, c)), minimum(relu(sum(scaled, c)), c)].map((gate) => product(x, gate)),
  ],
  [
    'hard-sigmoid',
    ...[call('Relu6', shifted), clip(shifted), minimum(relu(shifted), c)].map((gate) => product(c, gate)),
    ...[clip(sum(scaled, c)), minimum(relu(sum(scaled, c)), c)],
  ],
  ['Mish', product(x, call('Tanh', call('Softplus', x)))],
  ['GELU', product(c, x, sum(c, call('Erf', scaled))), product(x, sum(c, product(c, call('Erf', scaled))))],
  [
    'GELU',
    ...[...polynomials, ...factored].flatMap((inner) => [
      product(c, x, sum(c, call('Tanh', inner))),
      product(x, sum(c, product(c, call('Tanh', inner)))),
    ]),
  ],
  ['PReLU', sum(relu(x), product(v, negativePart)), sum(relu(x), product(v, twiceNegative)), maximum(x, product(v, x))],
  ['PReLU', sum(relu(x), product(v, minimum(x, c))), sum(maximum(x, c), product(v, minimum(x, c)))],
  ['LeakyReLU', sum(relu(x), product(c, negativePart)), sum(relu(x), product(c, twiceNegative)), maximum(x, scaled)],
  ['clipped ReLU', minimum(relu(x), c)],
  ['clip', clip(x)],
]

/** Names of activations by their formula in the one spelling of `terms.ts`. */
export const formulaNames: ReadonlyMap<string, string> = new Map(
  table.flatMap(([name, ...terms]) => terms.map((term): [string, string] => [term.text, name])),
)
