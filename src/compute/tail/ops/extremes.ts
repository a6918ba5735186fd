import { table } from '../../../graph/table'
import { broadcastPlaces } from './places'
import { keptSizes } from './sums'
import type { TailOp } from './types'

/** The greatest, or the least, over dimensions; where several are equal they share the slope. */
const extreme =
  (isBetter: (a: number, b: number) => boolean): TailOp =>
  (facts) => {
    const places = broadcastPlaces(keptSizes(facts), facts.inputs[0])
    return {
      forward: (_, { inputs: [x], output }) => {
        output.fill(NaN)
        for (let at = 0; at < places.length; at++) {
          const best = output[places[at]]
          if (Number.isNaN(best) || isBetter(x[at], best)) output[places[at]] = x[at]
        }
      },
      back: [
        {
          inputs: [0],
          output: true,
          run: (_, { inputs: [x], output }, { dy, target, accumulate }) => {
            const equal = new Float64Array(output.length)
            for (let at = 0; at < places.length; at++) if (x[at] === output[places[at]]) equal[places[at]] += 1
            for (let at = 0; at < places.length; at++) {
              const own = places[at]
              const slope = x[at] === output[own] ? dy[own] / equal[own] : 0
              target[at] = slope + (accumulate ? target[at] : 0)
            }
          },
        },
      ],
    }
  }

/** The greatest and the least of what is in one tensor. */
export const extremes = table<TailOp>({
  Max: extreme((a, b) => a > b),
  Min: extreme((a, b) => a < b),
})
