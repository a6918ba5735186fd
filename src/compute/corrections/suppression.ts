/** What non-maximum suppression goes by. */
export interface SuppressionOptions {
  readonly maxOutputSize: number
  /** Boxes that overlap a chosen one by more go, where scores are not lowered. */
  readonly iouThreshold: number
  readonly scoreThreshold: number
  /** Above 0, overlaps lower scores instead of removing boxes. */
  readonly softSigma: number
}

interface BoxCandidate {
  readonly box: number
  score: number
  /** How many of the chosen boxes its score was lowered for. */
  seen: number
}

const { fround } = Math

/**
 * Chooses boxes `[y1, x1, y2, x2]`, highest score first, that do not overlap too much: their places and their scores as
 * lowered. All in float32, so that overlaps that are just the threshold come out as in TensorFlow.
 * Source: tensorflow/core/kernels/image/non_max_suppression_op.cc, https://github.com/tensorflow/tensorflow.
 */
export function suppress(
  boxes: Float32Array,
  scores: Float32Array,
  options: SuppressionOptions,
): { readonly indices: number[]; readonly scores: number[] } {
  const least = fround(options.scoreThreshold)
  const queue = new Queue()
  scores.forEach((score, box) => {
    if (score > least) queue.add({ box, score, seen: 0 })
  })
  const chosen: BoxCandidate[] = []
  while (chosen.length < options.maxOutputSize) {
    const candidate = queue.take()
    if (!candidate) break
    const before = candidate.score
    if (!survives(candidate, chosen, boxes, options)) continue
    if (candidate.score === before) chosen.push(candidate)
    else if (candidate.score > least) queue.add(candidate)
  }
  return { indices: chosen.map(({ box }) => box), scores: chosen.map(({ score }) => score) }
}

/** Lowers the score of a candidate for the boxes chosen since it was last looked at; false where it has to go. */
function survives(
  candidate: BoxCandidate,
  chosen: readonly BoxCandidate[],
  boxes: Float32Array,
  options: SuppressionOptions,
): boolean {
  const isSoft = options.softSigma > 0
  const scale = isSoft ? fround(-0.5 / fround(options.softSigma)) : 0
  const threshold = fround(options.iouThreshold)
  const { seen } = candidate
  candidate.seen = chosen.length
  for (let at = chosen.length - 1; at >= seen; at--) {
    const shared = overlap(boxes, candidate.box, chosen[at].box)
    if (!isSoft && shared > threshold) return false
    candidate.score = fround(candidate.score * fround(Math.exp(fround(fround(scale * shared) * shared))))
    if (candidate.score <= fround(options.scoreThreshold)) break
  }
  return true
}

/** The shared area of two boxes by that of both together; corners may come in any order. */
function overlap(boxes: Float32Array, first: number, second: number): number {
  const sides = [0, 1].map((axis) => {
    const [a, b] = [first, second].map((box) => {
      const ends = [boxes[4 * box + axis], boxes[4 * box + axis + 2]]
      return { from: Math.min(...ends), to: Math.max(...ends) }
    })
    const both = Math.max(fround(Math.min(a.to, b.to) - Math.max(a.from, b.from)), 0)
    return { both, a: fround(a.to - a.from), b: fround(b.to - b.from) }
  })
  const area = (part: 'a' | 'b' | 'both'): number => fround(sides[0][part] * sides[1][part])
  if (area('a') <= 0 || area('b') <= 0) return 0
  const shared = area('both')
  return fround(shared / fround(fround(area('a') + area('b')) - shared))
}

/** Candidates by score; of equal ones the earlier box is first. A heap: a detector has thousands. */
class Queue {
  readonly #heap: BoxCandidate[] = []

  add(candidate: BoxCandidate): void {
    const heap = this.#heap
    let at = heap.push(candidate) - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (isBefore(heap[parent], candidate)) break
      heap[at] = heap[parent]
      at = parent
    }
    heap[at] = candidate
  }

  take(): BoxCandidate | undefined {
    const heap = this.#heap
    const first = heap.at(0)
    const last = heap.pop()
    if (last === undefined || heap.length === 0) return first
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && isBefore(heap[child + 1], heap[child])) child++
      if (isBefore(last, heap[child])) break
      heap[at] = heap[child]
      at = child
    }
    heap[at] = last
    return first
  }
}

const isBefore = (a: BoxCandidate, b: BoxCandidate): boolean =>
  a.score > b.score || (a.score === b.score && a.box < b.box)
