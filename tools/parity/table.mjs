const headings = {
  frozen: 'frozen .pb',
  'saved-model': 'SavedModel',
  h5: '.h5',
  keras: '.keras',
  tfjs: 'TensorFlow.js graph',
}

/** The most that a cell may differ to count as equal. */
export const limit = 1e-4

/** docs/parity.md: families by formats, each cell the worst tensor's difference optimised and not, or a reason. */
export function markdown(families, formats, cells, versions) {
  const cell = (family, format) => {
    const found = cells.find((each) => each.family === family && each.format === format)
    if (!found) return 'not run'
    return found.reason ?? `${shown(worst(found.optimised))} / ${shown(worst(found.plain))}`
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
    `${equal.length} of ${2 * made.length} numbers are at most ${shown(limit)}.`,
    '',
    `| network | ${formats.map((format) => headings[format]).join(' | ')} |`,
    `| --- |${' --- |'.repeat(formats.length)}`,
    ...families.map((family) => `| ${family} | ${formats.map((format) => cell(family, format)).join(' | ')} |`),
    '',
  ]
  return lines.join('\n')
}

export const worst = ({ differences }) => Math.max(...differences.map((value) => value ?? Infinity))

const shown = (value) => (value > limit ? `**${value.toExponential(1)}**` : value.toExponential(1))
