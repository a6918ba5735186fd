/** The graph and what stands around it: search, palette, breadcrumb, chart, legend, inspector. */
export const graphTexts = {
  graph: 'Graph',
  selection: 'Selection',
  places: 'Places visited',
  groupsAround: 'Groups around the selection',
  cutHere: 'Cut here',
  search: {
    placeholder: 'Find by name, op, shape …',
    found: 'Found in the graph',
  },
  palette: {
    title: 'Commands',
    find: 'Find a command',
    placeholder: 'What would you like to do?',
    none: 'No command of that name.',
  },
  chart: {
    title: 'Depth',
    what: 'Parameters and multiply-adds along the depth',
    putAway: 'Put away',
    putChartAway: 'Put the chart away',
  },
  view: {
    toolbar: 'Graph view',
    savePicture: 'Save a picture',
    colours: 'Colours',
    colourBy: 'Colour by',
    cutInside: 'The cut is inside',
    hideMap: 'Put the map away',
  },
  blocked: {
    /** On a box. */
    mark: ({ kind, blocked }: { readonly kind: 'node' | 'group'; readonly blocked: number }) =>
      kind === 'node'
        ? 'Cannot be run here'
        : blocked === 1
          ? 'One operation inside cannot be run here'
          : `${blocked} operations inside cannot be run here`,
    /** In the side panel. */
    sentence: (op: string, reason: string, after: number) =>
      `${op} cannot be run here: ${reason}. ` +
      (after === 0
        ? 'No other operation depends on it.'
        : after === 1
          ? 'The operation after it cannot be cut.'
          : `${after.toLocaleString('en')} operations after it cannot be cut.`),
  },
  inspector: {
    close: 'Close',
    goesIn: 'Goes in',
    comesOut: 'Comes out',
    weightsInside: 'Weights inside',
    configuration: 'Configuration',
    inputs: 'Inputs',
    takenBy: 'Taken by',
    runsAfter: 'Runs after',
    attributes: 'Attributes',
    madeBy: 'Made by',
    cutIsHere: 'The cut is here.',
    cannotRead: 'The values cannot be read.',
    data: 'Data',
    values: 'Values',
    reading: 'Reading the values',
  },
} as const
