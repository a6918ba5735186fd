import { at, type Descent, type HeadKernel } from './kernel'

/** The kernel in plain TypeScript: used where WebAssembly SIMD is missing, and what the tests hold the other against. */
export function plainKernel(): HeadKernel {
  return {
    name: 'plain',
    float32: (length) => new Float32Array(length),
    float64: (length) => new Float64Array(length),
    int32: (length) => new Int32Array(length),
    moments(raw, rows, shift, sums, squares) {
      for (let row = 0; row < rows; row++) {
        for (let column = 0; column < shift.length; column++) {
          const value = raw[row * shift.length + column] - shift[column]
          sums[column] += value
          squares[column] += value * value
        }
      }
    },
    standardise(raw, rows, mean, scale, target, first) {
      for (let row = 0; row < rows; row++) {
        for (let column = 0; column < mean.length; column++) {
          const value = (raw[row * mean.length + column] - mean[column]) * scale[column]
          target.data[at(target.stride, first + row, column)] = value
        }
      }
    },
    times(left, right, target, from, to, accumulate) {
      for (let row = from * 4; row < to * 4; row++) {
        for (let column = 0; column < right.columns; column++) {
          const place = at(target.stride, row, column)
          let sum = accumulate ? target.data[place] : 0
          for (let inner = 0; inner < left.columns; inner++) {
            sum += left.data[at(left.stride, row, inner)] * right.data[at(right.stride, inner, column)]
          }
          target.data[place] = sum
        }
      }
    },
    transposedTimes(left, right, target, from, to) {
      for (let row = 0; row < left.columns; row++) {
        for (let column = 0; column < right.columns; column++) {
          const place = at(target.stride, row, column)
          let sum = target.data[place]
          for (let inner = from * 4; inner < to * 4; inner++) {
            sum += left.data[at(left.stride, inner, row)] * right.data[at(right.stride, inner, column)]
          }
          target.data[place] = sum
        }
      }
    },
    scaleRows(source, factors, target, from, to) {
      for (let row = from * 4; row < to * 4; row++) {
        for (let column = 0; column < source.columns; column++) {
          target.data[at(target.stride, row, column)] = source.data[at(source.stride, row, column)] * factors[row]
        }
      }
    },
    softmax(logits, labels, weights, curvature, from, to) {
      const { data, stride, columns } = logits
      let loss = 0
      let correct = 0
      for (let row = from * 4; row < to * 4; row++) {
        const place = (column: number): number => at(stride, row, column)
        const own = data[place(labels[row])]
        let greatest = -Infinity
        for (let column = 0; column < columns; column++) greatest = Math.max(greatest, data[place(column)])
        let total = 0
        for (let column = 0; column < columns; column++) total += Math.exp(data[place(column)] - greatest)
        let squares = 0
        for (let column = 0; column < columns; column++) {
          const probability = Math.exp(data[place(column)] - greatest) / total
          squares += probability * probability
          data[place(column)] = weights[row] * (probability - (column === labels[row] ? 1 : 0))
        }
        loss += weights[row] * (Math.log(total) + greatest - own)
        curvature[row] = (weights[row] * (1 - squares)) / columns
        if (weights[row] > 0 && own >= greatest) correct++
      }
      return { loss, correct }
    },
    descend(descent, weights, gradient, [a, b]) {
      for (let index = 0; index < weights.length; index++) {
        weights[index] -= stepOf(descent, gradient[index], index, a, b)
      }
      gradient.fill(0)
    },
    close() {
      // The arrays are ordinary ones.
    },
  }
}

/** What one weight loses by its slope; brings what is remembered of it up to date. */
function stepOf(descent: Descent, slope: number, index: number, a: Float32Array, b: Float32Array): number {
  switch (descent.rule) {
    case 'sgd':
      return descent.rate * slope
    case 'momentum':
      a[index] = descent.decay * a[index] - descent.rate * slope
      return -a[index]
    case 'rmsprop':
      a[index] = descent.decay * a[index] + (1 - descent.decay) * slope * slope
      return (descent.rate * slope) / Math.sqrt(a[index] + descent.epsilon)
    case 'adam':
      a[index] = descent.first * a[index] + (1 - descent.first) * slope
      b[index] = descent.second * b[index] + (1 - descent.second) * slope * slope
      return (descent.rate * a[index]) / (Math.sqrt(b[index]) + descent.epsilon)
  }
}
