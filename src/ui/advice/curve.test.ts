import { expect, it } from 'vitest'
import { scaleOf, shapes } from './curve'

const placed = [
  { depth: 0.25, accuracy: 0.34, error: 0.05 },
  { depth: 0.75, accuracy: 0.81, error: 0.04 },
].map(({ depth, ...shares }) => ({
  depth,
  cut: { tensors: ['a:0'], featureLength: 1, multiplyAdds: 1, bytes: 1, ...shares },
}))
const cuts = placed.map(({ cut }) => cut)

it('the scale goes from tenth to tenth and holds all intervals', () => {
  const { low, high, of } = scaleOf(cuts)
  expect([low, high]).toEqual([0.2, 0.9])
  expect([of(0.2), of(0.9)]).toEqual([0, 100])
  expect(of(0.55)).toBeCloseTo(50, 10)
})

it('one cut, none, and all right have a scale too', () => {
  expect(scaleOf([{ ...cuts[0], accuracy: 1, error: 0.01 }])).toMatchObject({ low: 0.9, high: 1 })
  expect(scaleOf([{ ...cuts[0], accuracy: 1, error: 0 }]).high).toBeGreaterThanOrEqual(1)
  const { low, high } = scaleOf([])
  expect(high).toBeGreaterThan(low - 0.5)
  expect(shapes([], scaleOf([]))).toEqual({ band: '', line: '' })
})

it('the line goes through the accuracies, and the band round it to the ends of the intervals', () => {
  const scale = scaleOf(cuts)
  const { band, line } = shapes(placed, scale)
  expect(line).toBe('M20.00 25.00L87.14 75.00')
  expect(band).toBe('M12.86 25.00L81.43 75.00L92.86 75.00L27.14 25.00Z')
})
