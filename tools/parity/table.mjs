const headings = {
  frozen: 'frozen .pb',
  'saved-model': 'SavedModel',
  h5: '.h5',
  keras: '.keras',
  tfjs: 'TensorFlow.js graph',
}

/** The most that a cell may differ to count as equal. */
export const limit = 1e-4

/**
 * docs/parity.md: families by formats, each cell the worst tensor's difference optimised and not and what can be cut, or a
 * reason.
 */
export function markdown(families, formats, cells, versions) {
  const cell = (family, format) => {
    const found = cells.find((each) => each.family === family && each.format === format)
    if (!found) return 'not run'
    if (found.reason !== undefined) return found.reason
    return `${shown(worst(found.optimised))} / ${shown(worst(found.plain))}; ${shownCuts(found.cuts)}`
  }
  const made = cells.filter(({ reason }) => reason === undefined)
  const equal = made
    .flatMap(({ optimised, plain }) => [worst(optimised), worst(plain)])
    .filter((value) => value <= limit)
  const lines = [
    '# Parity with TensorFlow',
    '',
    `Written by \`npm run parity\` (\`tools/parity/\`): ${versions}, the wasm backend.`,
    'Every network has its usual size, weights and batch norm statistics from a seed, and two pictures. Compared are the',
    'logits and three inner tensors, at about a quarter, a half and three quarters of the depth, by max|a − b| / max|b|; the',
    'cell is the worst of the four, with the optimiser and without it. `parity.json` beside this has each tensor.',
    '',
    'Behind that: how many of the tensors that are computed from the picture can be cut, and ✓ where the suggested cut holds what',
    'the classifier takes (by the same measure), ✗ where it does not. What cannot be cut has several rows for each picture: dense',
    'layers on maps and sequences make them of its places.',
    '',
    `${equal.length} of ${2 * made.length} numbers are at most ${shown(limit)}. The suggested cut is right in ${made.filter(isRight).length} of the ${made.filter(({ cuts }) => cuts).length} that were counted.`,
    '',
    `| network | ${formats.map((format) => headings[format]).join(' | ')} |`,
    `| --- |${' --- |'.repeat(formats.length)}`,
    ...families.map((family) => `| ${family} | ${formats.map((format) => cell(family, format)).join(' | ')} |`),
    '',
  ]
  return lines.join('\n')
}

const isRight = ({ cuts }) => (cuts?.apart ?? Infinity) <= limit

const shownCuts = (cuts) =>
  cuts ? `${cuts.possible} of ${cuts.computed} ${isRight({ cuts }) ? '✓' : '✗'}` : 'cuts not counted'

export const worst = ({ differences }) => Math.max(...differences.map((value) => value ?? Infinity))

const shown = (value) => (value > limit ? `**${value.toExponential(1)}**` : value.toExponential(1))
